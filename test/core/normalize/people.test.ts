import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizePeople } from '../../../src/core/normalize/people.ts';
import { BaseResolver } from '../../../src/core/normalize/urls.ts';
import type { Person } from '../../../src/model/item.ts';
import type { RawPerson } from '../../../src/model/raw-feed.ts';

const people = (...raw: RawPerson[]): Person[] =>
  normalizePeople(raw, new BaseResolver('https://f.example/a/'));
const inText = (text: string): Person[] => people({ text });
const A = 'ada@x.example';
const B = 'bob@y.example';

describe('people in one line', () => {
  it.each([
    `${A} (Ada Quay)`,
    `${A}(Ada Quay)`,
    `${A} ( Ada Quay )`,
    `Ada Quay <${A}>`,
    `Ada Quay<${A}>`,
    `"Ada Quay" <${A}>`,
    `“Ada Quay” <${A}>`,
    `'Ada Quay' <${A}>`,
    `Ada Quay (${A})`,
    `Ada Quay [${A}]`,
    `Ada Quay &lt;${A}&gt;`,
    `Ada Quay &amp;lt;${A}&amp;gt;`,
    `Ada Quay ${A}`,
    `${A} Ada Quay`,
    `${A}, Ada Quay`,
    `${A}; Ada Quay`,
    `${A} - Ada Quay`,
    `Ada Quay – ${A}`,
    `Ada Quay, ${A}`,
    `Ada Quay: ${A}`,
    `mailto:${A} (Ada Quay)`,
    `Ada Quay <mailto:${A}>`,
    `Ada Quay <MAILTO:${A}>`,
    `<${A}> Ada Quay`,
    `${A} (Ada Quay`,
    `  ${A} \n (Ada\u00a0 Quay)`,
    `<b>Ada Quay</b> ${A}`,
    `&lt;b&gt;Ada Quay&lt;/b&gt; ${A}`,
    `Editor ${A} (Ada Quay)`,
    `Ada Quay <${A}> (Editor)`,
  ])('%s is one person with name and address', (text) => {
    expect(inText(text)).toEqual([{ name: 'Ada Quay', email: A }]);
  });

  it.each([
    A,
    `<${A}>`,
    `(${A})`,
    `"${A}"`,
    `mailto:${A}`,
    `mailto:${A}?subject=a%20feed`,
    `${A} ()`,
    `${A} (${A})`,
  ])('%s is an address and no name', (text) => {
    expect(inText(text)).toEqual([{ email: A }]);
  });

  it.each([
    ['a+tag@x.example', 'a+tag@x.example'],
    ["o'brien@x.example", undefined],
    ['jörg@müller.example (Jörg)', 'jörg@müller.example'],
    ['ada@sub.x.co.uk', 'ada@sub.x.co.uk'],
    ['root@localhost (Ada)', 'root@localhost'],
  ])('finds the address in %s', (text, email) => {
    if (email !== undefined) expect(inText(text)[0]?.email).toBe(email);
    else expect(inText(text)).toHaveLength(1);
  });

  it.each([
    'Ada Quay',
    'Quay, Ada',
    'Ada Quay, PhD',
    'Ada Quay, Bob Pier',
    'Ada Quay and Bob Pier',
    'Ada Quay & Bob Pier',
    'Brown and Sons',
    'Harbour Press, Inc.',
    'University of Brine, Department of Tides',
    "Seán O'Brien",
    'Ada "The Countess" Quay',
    'Ada Quay (Editor)',
    'Ada / Bob',
    'Ada | Bob',
    '阿达',
    '@ada',
    'Ada @ada',
    'Ada@Home Magazine',
    'ada at x dot example',
    'ada(at)x.example',
    'ada [at] x.example (Ada Quay)',
    'by Ada Quay',
    'Staff',
    'Anonymous',
  ])('%s is one name, as it stands', (text) => {
    expect(inText(text)).toEqual([{ name: text }]);
  });

  it.each([
    ['AT&amp;T Press', 'AT&T Press'],
    ['Ada Quay,', 'Ada Quay'],
    ['"Ada Quay"', 'Ada Quay'],
    ['(Ada Quay)', 'Ada Quay'],
    ['Ada Quay ()', 'Ada Quay'],
    ['Ada Quay <>', 'Ada Quay'],
    ['<a href="https://x.example/ada">Ada Quay</a>', 'Ada Quay'],
    ['&lt;i&gt;Ada&lt;/i&gt; Quay', 'Ada Quay'],
    ['J&ouml;rg', 'Jörg'],
    ['J&amp;ouml;rg', 'Jörg'],
  ])('%s is the name %s', (text, name) => {
    expect(inText(text)).toEqual([{ name }]);
  });

  it.each<[string, Person[]]>([
    [`${A}, ${B}`, [{ email: A }, { email: B }]],
    [`${A}; ${B}`, [{ email: A }, { email: B }]],
    [
      `${A} (Ada), ${B} (Bob)`,
      [
        { name: 'Ada', email: A },
        { name: 'Bob', email: B },
      ],
    ],
    [
      `${A} (Quay, Ada), ${B} (Bob)`,
      [
        { name: 'Quay, Ada', email: A },
        { name: 'Bob', email: B },
      ],
    ],
    [
      `Ada <${A}>, Bob <${B}>`,
      [
        { name: 'Ada', email: A },
        { name: 'Bob', email: B },
      ],
    ],
    [
      `Quay, Ada <${A}>, Pier, Bob <${B}>`,
      [
        { name: 'Quay, Ada', email: A },
        { name: 'Pier, Bob', email: B },
      ],
    ],
    [
      `Ada <${A}> and Bob <${B}>`,
      [
        { name: 'Ada', email: A },
        { name: 'Bob', email: B },
      ],
    ],
    [
      `${A} (Ada) & ${B} (Bob)`,
      [
        { name: 'Ada', email: A },
        { name: 'Bob', email: B },
      ],
    ],
    [
      `${A} (Ada) / ${B} (Bob)`,
      [
        { name: 'Ada', email: A },
        { name: 'Bob', email: B },
      ],
    ],
    [`${A} (Ada), Bob Pier`, [{ name: 'Ada', email: A }, { name: 'Bob Pier' }]],
    ['Ada Quay; Bob Pier', [{ name: 'Ada Quay' }, { name: 'Bob Pier' }]],
    ['Quay, Ada; Pier, Bob;', [{ name: 'Quay, Ada' }, { name: 'Pier, Bob' }]],
    ['Ada Quay; Ada Quay; ada quay', [{ name: 'Ada Quay' }]],
  ])('%s is several people', (text, expected) => {
    expect(inText(text)).toEqual(expected);
  });

  it.each([
    'Unknown',
    'unknown author',
    'admin',
    'Administrator',
    'root',
    'N/A',
    'none',
    'null',
    'undefined',
    'noreply@blogger.com (Unknown)',
    'noreply@blogger.com',
    'no-reply@x.example',
    'DoNotReply@x.example',
    '',
    '-',
    '()',
    '<>',
    ';',
    '@',
    '" "',
  ])('%j is nobody', (text) => {
    expect(inText(text)).toEqual([]);
  });

  it('has no use for the page of nobody', () => {
    expect(people({ name: 'admin', uri: { href: 'https://x.example/' } })).toEqual([]);
  });

  it('keeps the name beside an address that is nobody’s, and the address beside such a name', () => {
    expect(inText('noreply@blogger.com (Ada Quay)')).toEqual([{ name: 'Ada Quay' }]);
    expect(inText(`${A} (admin)`)).toEqual([{ email: A }]);
  });

  it.each<[string, Person[]]>([
    ['Ada (https://ada.example/)', [{ name: 'Ada', uri: 'https://ada.example/' }]],
    ['Ada <https://ada.example/about>', [{ name: 'Ada', uri: 'https://ada.example/about' }]],
    ['https://ada.example/', [{ uri: 'https://ada.example/' }]],
    ['Ada (https://not an address)', [{ name: 'Ada (https://not an address)' }]],
  ])('%s names a page', (text, expected) => {
    expect(inText(text)).toEqual(expected);
  });
});

describe('people in parts', () => {
  it.each<[RawPerson, Person[]]>([
    [{ name: 'Ada', email: A }, [{ name: 'Ada', email: A }]],
    [{ name: 'Ada', email: `mailto:${A}` }, [{ name: 'Ada', email: A }]],
    [{ name: 'Ada', email: `Ada Quay <${A}>` }, [{ name: 'Ada', email: A }]],
    [{ email: `Ada Quay <${A}>` }, [{ name: 'Ada Quay', email: A }]],
    [{ name: A }, [{ email: A }]],
    [{ name: `Ada <${A}>` }, [{ name: 'Ada', email: A }]],
    [{ name: 'Ada', email: 'ada at x' }, [{ name: 'Ada' }]],
    [{ name: 'Ada', uri: { href: '/ada' } }, [{ name: 'Ada', uri: 'https://f.example/ada' }]],
    [{ name: 'Ada', uri: { href: 'javascript:alert(1)' } }, [{ name: 'Ada' }]],
    [{ name: 'Ada', uri: { href: `mailto:${A}` } }, [{ name: 'Ada', email: A }]],
    [{ uri: { href: 'https://x.example/' } }, [{ uri: 'https://x.example/' }]],
    [{}, []],
  ])('%j', (raw, expected) => {
    expect(people(raw)).toEqual(expected);
  });

  it('joins what two elements say of one', () => {
    expect(people({ text: `${A} (Ada)` }, { text: 'ada' }, { name: 'Ada', uri: { href: '/ada' } })).toEqual([
      { name: 'Ada', email: A, uri: 'https://f.example/ada' },
    ]);
    expect(people({ text: A }, { text: `${A.toUpperCase()} (Ada)` })).toEqual([{ name: 'Ada', email: A }]);
  });
});

const part = fc.constantFrom(
  'Ada',
  A,
  '@',
  '<',
  '>',
  '(',
  ')',
  ',',
  ';',
  ' and ',
  '"',
  'mailto:',
  '&lt;',
  'http://',
  ' ',
  '-',
);
const line = fc.array(part, { maxLength: 30 }).map((parts) => parts.join(''));

describe('any line at all', () => {
  it('never throws, gives no empty person and no name with an address in it', () => {
    fc.assert(
      fc.property(fc.oneof(line, fc.string()), (text) => {
        for (const person of inText(text)) {
          expect(Object.values(person).every((value) => value.length > 0)).toBe(true);
          expect(Object.keys(person).length).toBeGreaterThan(0);
          expect(person.name ?? '').not.toContain(A);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('says the same of what it gave', () => {
    fc.assert(
      fc.property(line, (text) => {
        for (const { name, email } of inText(text)) {
          if (name === undefined || email === undefined || !/^[A-Za-z ,]+$/.test(name)) continue;
          expect(inText(`${name} <${email}>`)).toEqual([{ name, email }]);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
