// What we rely on of re2js: it reads a text in proportion to its length, whatever the pattern; it knows no syntax that would
// make that impossible; its size in instructions is what we bound patterns by.
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';

/** How often the engine looks at a byte of the text. */
function readsOf(pattern: string, text: string): number {
  let reads = 0;
  const bytes = new Proxy([...Buffer.from(text)], {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) reads += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  RE2JS.compile(pattern).test(bytes);
  return reads;
}

/** No literal at an end: the engine would look for that alone. */
const HOSTILE: readonly (readonly [string, (size: number) => string])[] = [
  ['(a+)+[cd]$', (size) => 'a'.repeat(size)],
  ['(a|aa)*[cd]', (size) => 'a'.repeat(size)],
  ['(a|a)*[cd]', (size) => 'a'.repeat(size)],
  ['(.*)*[cd]', (size) => 'ab'.repeat(size / 2)],
  ['(.*a){20}[cd]', (size) => 'a'.repeat(size)],
  ['(?:a?){60}a{60}[cd]', (size) => 'a'.repeat(size)],
  ['[ab]*a[ab]{60}[cd]', (size) => 'abbabaabbaababba'.repeat(size / 16)],
  ['^(\\w+\\s?)*[.!]$', (size) => 'word '.repeat(size / 5)],
  ['(?i)(\\pL+\\PL*)+[0-9]', (size) => 'Ärger '.repeat(size / 6)],
];

describe('re2js', () => {
  it.each(HOSTILE)('reads twice the text in twice the steps: %s', (pattern, make) => {
    const [once, twice] = [4_000, 8_000].map((size) => readsOf(pattern, make(size)));
    expect(once).toBeGreaterThanOrEqual(4_000 / 8);
    expect(twice).toBeLessThanOrEqual((once ?? 0) * 2.5);
  });

  it('looks at no text much more often than it is long, whatever patterns are nested', () => {
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('a', 'b', '.', '[ab]', '\\w', '\\b', 'é'),
        fc
          .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{0,5}', '{3}', '*?'))
          .map(([inner, often]) => `(?:${inner})${often}`),
        fc.tuple(tie('pattern'), tie('pattern')).map((both) => both.join('')),
        fc.tuple(tie('pattern'), tie('pattern')).map((both) => `(${both.join('|')})`),
      ),
    }));
    const text = fc.array(fc.constantFrom('a', 'b', 'ab', 'é', ' '), { minLength: 200, maxLength: 400 });
    fc.assert(
      fc.property(pattern, text, (nested, pieces) => {
        const hostile = pieces.join('');
        expect(readsOf(`${nested}[xyz]$`, hostile)).toBeLessThanOrEqual(8 * Buffer.byteLength(hostile) + 64);
      }),
      { numRuns: 150 },
    );
  });

  it.each(['(?=a)', '(?!a)', '(?<=a)', '(?<!a)', '(a)\\1', '(?<n>a)\\k<n>', '(?>a)', 'a++', 'a{1001}'])(
    'refuses %s',
    (pattern) => {
      expect(() => RE2JS.compile(pattern)).toThrow();
    },
  );

  it('counts repetitions as they are written out', () => {
    expect(RE2JS.compile('a{1,900}').programSize()).toBeGreaterThan(1_000);
    expect(RE2JS.compile('a+').programSize()).toBeLessThan(10);
  });

  it('translates what JavaScript writes otherwise', () => {
    const find = (source: string, text: string) => RE2JS.compile(RE2JS.translateRegExp(source)).test(text);
    expect(find('\\u00e4\\/\\x41(?<name>b)', 'ä/Ab')).toBe(true);
    expect(find('\\u{1F600}', '😀')).toBe(true);
  });
});
