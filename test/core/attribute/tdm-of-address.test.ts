import { describe, expect, it } from 'vitest';
import { tdmOfAddress } from '../../../src/core/attribute/tdm-of-address.ts';
import { readTdmFile } from '../../../src/core/normalize/tdm-file.ts';
import { AT } from './samples.ts';

const ORIGIN = 'https://harbour.example';
const rulesOf = (rules: unknown) => readTdmFile(JSON.stringify(rules), `${ORIGIN}/.well-known/tdmrep.json`);
const reserving = (location: string, reservation: unknown = 1) => ({
  location,
  'tdm-reservation': reservation,
});

/** Undefined where no rule is about the path. */
function isReserved(rules: unknown, path: string): boolean | undefined {
  return tdmOfAddress({ origin: ORIGIN, checkedAt: AT, rules: rulesOf(rules) }, `${ORIGIN}${path}`)?.reserved;
}

describe('the file of an origin', () => {
  it('gives its rules, policies absolute', () => {
    const policy = { ...reserving('/a'), 'tdm-policy': '/policies/1.json' };
    expect(rulesOf([policy, reserving('/b', 0)])).toEqual([
      { location: '/a', reserved: true, policyUrl: `${ORIGIN}/policies/1.json` },
      { location: '/b', reserved: false },
    ]);
  });

  it.each([
    ['no JSON', '<html>not found</html>'],
    ['no list', '{"location": "/"}'],
    [
      'rules without sense',
      '[null, 1, {}, {"location": 1, "tdm-reservation": 1}, {"location": "/", "tdm-reservation": "yes"}]',
    ],
    ['nothing', ''],
  ])('with %s has none', (_, text) => {
    expect(readTdmFile(text, ORIGIN)).toEqual([]);
  });

  it('may give the reservation as text', () => {
    expect(rulesOf([reserving('/', '1')])).toEqual([{ location: '/', reserved: true }]);
  });
});

describe('a rule of an origin', () => {
  it.each([
    ['/', '/news/1', true],
    ['/news', '/news/1', true],
    ['/news', '/newsletter', true],
    ['/news/', '/news', undefined],
    ['/news/*', '/news/1', true],
    ['/*/private/', '/a/b/private/1', true],
    ['/*.jpg$', '/a/1.jpg', true],
    ['/*.jpg$', '/a/1.jpg?x=1', undefined],
    ['/*.jpg', '/a/1.jpg?x=1', true],
    ['/news$', '/news', true],
    ['/news$', '/news/1', undefined],
    ['*', '/anything', true],
    ['/caf%C3%A9', '/café/1', true],
    ['/café', '/caf%c3%a9/1', true],
    ['/a?x=*', '/a?x=1', true],
    ['news', '/news', undefined],
    ['', '/news', true],
  ])('%s is about %s: %s', (location, path, expected) => {
    expect(isReserved([reserving(location)], path)).toBe(expected);
  });

  it('that is longest holds, wherever it stands; of two as long the one that reserves', () => {
    const rules = [reserving('/', 1), reserving('/open/', 0), reserving('/open/not/', 1)];
    for (const order of [rules, rules.toReversed()]) {
      expect(['/a', '/open/a', '/open/not/a'].map((path) => isReserved(order, path))).toEqual([
        true,
        false,
        true,
      ]);
    }
    expect(isReserved([reserving('/a', 0), reserving('/a', 1)], '/a')).toBe(true);
  });

  it('is about no other origin', () => {
    const tdm = { origin: ORIGIN, checkedAt: AT, rules: rulesOf([reserving('/')]) };
    for (const url of [
      'http://harbour.example/',
      'https://www.harbour.example/',
      'https://harbour.example:8443/',
      'mailto:a@b',
    ])
      expect(tdmOfAddress(tdm, url)).toBeUndefined();
    expect(tdmOfAddress(undefined, ORIGIN)).toBeUndefined();
  });
});
