import { describe, expect, it } from 'vitest';
import { readRightsStatement } from '../../src/model/rights-statement.ts';

/** What a statement says, in a line: names of licences, then `domain`, `reserved`, `claimed`. */
function said(text: string): string {
  const { licenses, isPublicDomain, isReserved, isClaimed } = readRightsStatement(text);
  const flags = [isPublicDomain && 'domain', isReserved && 'reserved', isClaimed && 'claimed'];
  return [...licenses.map((license) => license.name), ...flags.filter(Boolean)].join(', ');
}

describe('statements of rights', () => {
  it.each([
    ['Licensed under CC BY 4.0', 'CC BY 4.0'],
    ['CC BY-SA 4.0', 'CC BY-SA 4.0'],
    ['cc-by-nc-nd 3.0', 'CC BY-NC-ND 3.0'],
    ['CC-BY', 'CC BY'],
    ['CC BY-NC-SA v2.5 International', 'CC BY-NC-SA 2.5'],
    ['© 2026 Ines Marsh, CC BY 4.0', 'CC BY 4.0, claimed'],
    ['CC BY‑SA 4.0', 'CC BY-SA 4.0'],
    ['This post is BY-NC-SA 4.0', 'CC BY-NC-SA 4.0'],
    ['Creative Commons Attribution 4.0 International', 'CC BY 4.0'],
    ['Creative Commons Attribution-ShareAlike 3.0', 'CC BY-SA 3.0'],
    ['Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International License', 'CC BY-NC-ND 4.0'],
    ['Creative Commons Attribution-Noncommercial-No Derivative Works 3.0 Unported', 'CC BY-NC-ND 3.0'],
    ['Creative Commons Attribution, Share Alike', 'CC BY-SA'],
    ['Licence: https://creativecommons.org/licenses/by/4.0/.', 'CC BY 4.0'],
    ['Licence: creativecommons.org/licenses/by-sa/3.0/de/', 'CC BY-SA 3.0 DE'],
    ['CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)', 'CC BY 4.0'],
    ['CC BY, see https://creativecommons.org/licenses/by/4.0/', 'CC BY 4.0'],
    ['Text CC BY 4.0, pictures CC BY-NC 2.0', 'CC BY 4.0, CC BY-NC 2.0'],
    ['CC0', 'CC0 1.0'],
    ['To the extent possible, CC0 1.0', 'CC0 1.0'],
    ['Creative Commons Zero', 'CC0 1.0'],
    ['Public Domain Mark 1.0', 'Public Domain Mark 1.0'],
  ])('name licences: %s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it.each([
    ['This work is in the public domain.', 'domain'],
    ['No rights reserved', 'domain'],
    ['Gemeinfrei', 'domain'],
    ['Domaine public', 'domain'],
    ['This work is not in the public domain', ''],
    ["It isn't public domain", ''],
  ])('name the public domain: %s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it.each([
    ['All rights reserved', 'reserved'],
    ['© 2026 Harbour News. ALL RIGHTS RESERVED.', 'reserved, claimed'],
    ['© Verlag. Alle Rechte vorbehalten.', 'reserved, claimed'],
    ['Tous droits réservés', 'reserved'],
    ['Todos los derechos reservados', 'reserved'],
    ['Todos os direitos reservados', 'reserved'],
    ['Tutti i diritti riservati', 'reserved'],
    ['Alle rechten voorbehouden', 'reserved'],
    ['Wszelkie prawa zastrzeżone', 'reserved'],
    ['Все права защищены', 'reserved'],
    ['版权所有', 'reserved'],
    ['無断転載を禁じます', 'reserved'],
    ['This text may not be republished without consent', 'reserved'],
    ['Reproduction in whole or in part is prohibited', 'reserved'],
    ['Not all rights reserved', ''],
  ])('reserve: %s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it.each([
    ['© 2026 Harbour News', 'claimed'],
    ['(c) 2026 Harbour News', 'claimed'],
    ['Copyright Harbour News', 'claimed'],
    ['Some rights reserved', 'claimed'],
    ['℗ 2026 Quay Records', 'claimed'],
    ['copyright-free', ''],
    ['No copyright', ''],
  ])('claim: %s', (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it.each([
    '',
    '   ',
    'MIT License',
    'See our terms',
    'Creative Commons',
    'Harbour News (cc) the desk',
    'Not licensed under CC BY 4.0',
    'by-nc of the way',
    'Standby 4.0',
    'CC: by the editor@x',
  ])('say nothing that is known: %j', (text) => {
    expect(said(text)).toBe('');
  });

  it('are read as far as 2,000 characters', () => {
    expect(said(`${'x'.repeat(1_980)} CC BY 4.0`)).toBe('CC BY 4.0');
    expect(said(`${'x'.repeat(2_000)} CC BY 4.0`)).toBe('');
  });
});
