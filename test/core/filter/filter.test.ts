import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, nextAgeChange } from '../../../src/core/filter/filter.ts';
import { subjectOf } from '../../../src/core/filter/subject.ts';
import { plainText } from '../../../src/core/sanitize/plain-text.ts';
import type { FilterRule, RuleTest, TextField } from '../../../src/model/config.ts';
import type { Item } from '../../../src/model/item.ts';
import type { Timestamp } from '../../../src/model/timestamp.ts';
import { buildItem } from '../build-item.ts';

const NOW = '2026-11-26T12:00:00.000Z' as Timestamp;
const rule = (test: RuleTest): FilterRule => ({ ...test, line: 7 });
const words = (text: string, field?: TextField) => rule({ kind: 'words', text, field });
const pattern = (re2: string, field?: TextField) =>
  rule({ kind: 'pattern', pattern: re2, field, written: `/${re2}/` });

interface Said {
  readonly categories?: readonly string[];
  readonly publishedAt?: string;
  readonly feedLanguage?: string;
  readonly languageOf?: (text: string) => string | undefined;
}

function subject(item: Partial<Item>, said: Said = {}) {
  return subjectOf({
    item: buildItem(item),
    categories: said.categories ?? [],
    publishedAt: (said.publishedAt ?? NOW) as Timestamp,
    feedLanguage: said.feedLanguage,
    textOf: plainText,
    languageOf: said.languageOf,
  });
}

const verdict = (item: Partial<Item>, include: FilterRule[], exclude: FilterRule[] = [], said: Said = {}) =>
  judge(subject(item, said), { include, exclude }, NOW).kind;
const finds = (test: FilterRule, item: Partial<Item>, said?: Said) =>
  verdict(item, [test], [], said) === 'passes';

describe('filter', () => {
  it('passes everything where there are no rules', () => {
    expect(verdict({ title: 'Anything' }, [])).toBe('passes');
  });

  it('keeps only what an include rule matches, and says which rules did not', () => {
    expect(verdict({ title: 'The ferry is late' }, [words('bus'), words('ferry')])).toBe('passes');
    const include = [words('ferry')];
    expect(judge(subject({ title: 'The tram is late' }), { include, exclude: [] }, NOW)).toEqual({
      kind: 'not-included',
      rules: include,
    });
  });

  it('lets an exclude rule win, and says which', () => {
    const filter = { include: [words('ferry')], exclude: [words('tram'), words('sponsored')] };
    const found = judge(subject({ title: 'Ferry: sponsored' }), filter, NOW);
    expect(found).toEqual({ kind: 'excluded', rule: words('sponsored') });
  });
});

describe('words', () => {
  it.each<[string, string]>([
    ['ferry', 'The FERRY is late'],
    ['CAFÉ', 'Cafe\u0301 opens'],
    ['Hauptstrasse', 'In der Hauptstraße'],
    ['STRASSE', 'straße'],
    ['ΟΔΟΣ', 'η οδοσήμανση'],
    ['istanbul', 'İSTANBUL'],
    ['ISPARTA', 'ısparta'],
    ['Hafenfähre', 'Hafen\u00ADfäh\u00ADre'],
    ['ferr', 'Two ferries'],
  ])('%j is found in %j', (wanted, title) => {
    expect(finds(words(wanted), { title })).toBe(true);
  });

  it('tells letters with marks from those without', () => {
    expect(finds(words('Fahre'), { title: 'Fähre' })).toBe(false);
  });

  it.each<[TextField, Partial<Item>]>([
    ['title', { title: 'about ferries' }],
    ['author', { authors: [{ name: 'Ferry Master' }] }],
    ['category', { categories: [{ term: 'ferry' }] }],
    ['link', { permalink: 'https://a.example/ferry/1' }],
    ['content', { content: { html: '<p>the f<b>er</b>ry</p>' } }],
    ['content', { summary: { html: '&#102;erry &amp; tram' } }],
  ])('looks at the %s where the rule names it, and nowhere else', (field, item) => {
    for (const make of [words, pattern]) {
      expect(finds(make('ferr', field), item) || finds(make('(?i)ferr', field), item)).toBe(true);
      const others = (['title', 'author', 'category', 'link', 'content'] as const).filter((f) => f !== field);
      for (const other of others) expect(finds(make('ferr', other), { title: '', ...item })).toBe(false);
    }
    expect(finds(words('ferr'), item)).toBe(true);
  });

  it('counts the categories that the configuration adds', () => {
    expect(finds(words('transport', 'category'), {}, { categories: ['Transport'] })).toBe(true);
  });

  it('does not find words inside tags', () => {
    const html = '<a href="https://a.example/ferry">x</a><!-- ferry --><script>ferry</script>';
    expect(finds(words('ferry', 'content'), { content: { html } })).toBe(false);
    expect(finds(words('ferry', 'content'), { content: { html: '<a ferry' } })).toBe(false);
  });
});

describe('patterns', () => {
  it.each<[string, string, boolean]>([
    ['(?i)tram|bus', 'The BUS', true],
    ['tram|bus', 'The BUS', false],
    ['(?i)\\bbus\\b', 'In business', false],
    ['(?i)äÖ', 'ÄÖ', true],
    ['^The', 'The end', true],
    ['^end', 'The end', false],
    ['\\p{Greek}', 'über', false],
    ['h\u00E4fen', 'ha\u0308fen', true],
  ])('%j of %j: %s', (re2, title, found) => {
    expect(finds(pattern(re2, 'title'), { title })).toBe(found);
  });

  it('agree with JavaScript’s own engine wherever both know the syntax', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(?:ab|b)', '\\w', '^', '$', '\\b');
    const piece = fc
      .tuple(atom, fc.constantFrom('', '*', '+', '?', '{1,3}'))
      .map(([one, often]) => (/^(?:\^|\$|\\b)$/.test(one) ? one : one + often));
    const source = fc.array(fc.array(piece, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(source, fc.stringMatching(/^[abc é\n]{0,12}$/), fc.boolean(), (parts, title, anyCase) => {
        const text = parts.map((part) => part.join('')).join('|');
        const found = finds(pattern(anyCase ? `(?i)${text}` : text, 'title'), { title });
        expect(found).toBe(new RegExp(text, anyCase ? 'iu' : 'u').test(title));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a pattern of many instructions', () => {
  const far = (chars: number, end: string) => ({ title: `${'b'.repeat(chars)}${end}` });

  it('looks at the beginning of a long text alone, at the less the more its repetitions come to', () => {
    const large = pattern('[xz]{0,900}y', 'title');
    expect(finds(large, far(400, 'y'))).toBe(true);
    expect(finds(large, far(2_000, 'y'))).toBe(false);
    expect(finds(pattern('[xz]{0,90}y', 'title'), far(2_000, 'y'))).toBe(true);
    expect(finds(pattern('b$', 'title'), far(2_000, 'y'))).toBe(false);
    expect(finds(pattern('(?:b{900}|x)$', 'title'), far(2_000, 'y'))).toBe(true);
  });

  it.each(['[xz]*y', '\\x{2014}|y', '\\\\{2}|y', `${'sunflower|'.repeat(20)}y`, '[a{2}]?y'])(
    'looks at all of it where it repeats nothing often: %s',
    (re2) => {
      expect(finds(pattern(re2, 'title'), far(90_000, 'y'))).toBe(true);
    },
  );

  it('is taken for all repetition where it is no pattern without its counts', () => {
    const odd = pattern('[+-{2}]{0,900}y', 'title');
    expect(finds(odd, far(300, 'y'))).toBe(true);
    expect(finds(odd, far(2_000, 'y'))).toBe(false);
  });
});

describe('language', () => {
  const german = rule({ kind: 'language', range: 'de' });

  it.each<[Partial<Item>, string | undefined, boolean]>([
    [{ language: 'de' }, undefined, true],
    [{ language: 'de-CH' }, undefined, true],
    [{ language: 'den' }, undefined, false],
    [{ language: 'en' }, 'de', false],
    [{ content: { html: 'x', language: 'DE' } }, 'en', true],
    [{}, 'de-AT', true],
    [{}, undefined, false],
  ])('%j of a feed in %s: %s', (item, feedLanguage, found) => {
    expect(finds(german, item, feedLanguage === undefined ? {} : { feedLanguage })).toBe(found);
  });

  it('is guessed where nobody says it, once for all rules, and nowhere else', () => {
    const asked: string[] = [];
    const languageOf = (text: string) => (asked.push(text) > 0 ? 'de' : undefined);
    const french = rule({ kind: 'language', range: 'fr' });
    const content = { html: '<p>im Sturm</p>' };
    expect(verdict({ title: 'Fähre', content }, [french, german], [], { languageOf })).toBe('passes');
    expect(asked).toEqual(['Fähre\nim Sturm\n']);
    expect(finds(german, { title: 'Fähre' }, { languageOf, feedLanguage: 'en' })).toBe(false);
    expect(asked).toHaveLength(1);
  });
});

describe('age', () => {
  const HOUR = 3_600_000;
  const older = rule({ kind: 'age', than: 'older', ms: HOUR });
  const younger = rule({ kind: 'age', than: 'younger', ms: HOUR });

  it.each<[string, boolean]>([
    ['2026-11-26T11:00:00.000Z', false],
    ['2026-11-26T10:59:59.999Z', true],
  ])('an item of %s is older than an hour: %s', (publishedAt, isOlder) => {
    expect(finds(older, {}, { publishedAt })).toBe(isOlder);
    expect(finds(younger, {}, { publishedAt })).toBe(!isOlder);
  });

  it('changes with time, and says when', () => {
    const filter = { include: [older], exclude: [rule({ kind: 'age', than: 'older', ms: 3 * HOUR })] };
    const publishedAt = '2026-11-26T11:30:00.000Z' as Timestamp;
    const first = nextAgeChange(filter, publishedAt, NOW);
    expect(first).toBe('2026-11-26T12:30:00.001Z');
    expect(nextAgeChange(filter, publishedAt, first as Timestamp)).toBe('2026-11-26T14:30:00.001Z');
    expect(nextAgeChange(filter, publishedAt, '2026-11-27T00:00:00.000Z' as Timestamp)).toBeUndefined();
    const at = (now: string) => judge(subject({}, { publishedAt }), filter, now as Timestamp).kind;
    expect([NOW, first ?? '', '2026-11-26T14:30:00.001Z'].map(at)).toEqual([
      'not-included',
      'passes',
      'excluded',
    ]);
  });
});

describe('enclosure', () => {
  it.each<[string, string | undefined, boolean]>([
    ['audio', 'audio/mpeg', true],
    ['audio/mpeg', 'Audio/MPEG; codecs=mp3', true],
    ['audio/ogg', 'audio/mpeg', false],
    ['audio', 'audiobook/mpeg', false],
    ['audio', undefined, false],
  ])('%s finds %s: %s', (mediaType, type, found) => {
    const enclosures = [
      { url: 'https://a.example/1.jpg', type: 'image/jpeg' },
      { url: 'https://a.example/1', type },
    ];
    expect(finds(rule({ kind: 'enclosure', mediaType }), { enclosures })).toBe(found);
  });
});
