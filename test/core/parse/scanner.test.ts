// What is well-formed is read as XML has it, whatever it looks like; the rules for damage are in test/fixtures/parse.
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../../src/core/parse/parse-feed.ts';

const AWKWARD = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '=',
  ']]>',
  ']',
  '<!--',
  '-->',
  '</title>',
  '<item>',
  '</item>',
  '<![CDATA[',
  '<x a="',
  '&amp;',
  ' ',
  '/>',
];
const words = fc
  .array(fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'grapheme' })), { maxLength: 20 })
  .map((parts) => `(${parts.join('').replace(/[\0-\x1f\x7f-\x9f\ufffe\uffff]/g, '')})`);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const cdata = (text: string): string => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
const quoted = (text: string): string => `"${escaped(text).replaceAll('"', '&quot;')}"`;

interface Written {
  readonly title: string;
  readonly guid: string;
  readonly type: string;
}

const feedOf = (items: readonly Written[]): string =>
  `<rss version="2.0"><channel><title>H</title>${items
    .map(
      ({ title, guid, type }, index) =>
        `<item><title>${index % 2 === 0 ? escaped(title) : cdata(title)}</title>\n<enclosure url="https://h.example/${index}" length=${quoted(type)} /><guid isPermaLink='false'>${escaped(guid)}</guid></item>`,
    )
    .join('<!-- between -->')}</channel></rss>`;

function isWellFormed(document: string): boolean {
  try {
    new SaxesParser().write(document).close();
    return true;
  } catch {
    return false;
  }
}

describe('well-formed documents', () => {
  it('are read to the character, with no note of damage', async () => {
    const items = fc.array(fc.record({ title: words, guid: words, type: words }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(items, async (written) => {
        const document = feedOf(written);
        expect(isWellFormed(document)).toBe(true);
        const feed = await parseFeed(document);
        expect(feed.notes).toEqual([]);
        expect(
          feed.items.map((item) => ({
            title: item.title?.value,
            guid: item.guid,
            type: item.enclosures[0]?.length,
          })),
        ).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });

  it('keep attributes whose values look like markup', async () => {
    const value = 'a > b = c / d';
    const feed = await parseFeed(
      `<rss version="2.0"><channel><item><enclosure url="https://h.example/" length=${quoted(value)}/><title>t</title></item></channel></rss>`,
    );
    expect(feed.items[0]).toMatchObject({ title: { value: 't' }, enclosures: [{ length: value }] });
    expect(feed.notes).toEqual([]);
  });
});

describe('names without number', () => {
  it('end what they opened, however many came before', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => `<x${index}>y</x${index}>`).join('');
    const feed = await parseFeed(
      `<rss version="2.0"><channel><item><title>a</title>${many}</item><item><title>b</title></item></channel></rss>`,
    );
    expect(feed.items.map((item) => item.title?.value)).toEqual(['a', 'b']);
    expect(feed.notes).toEqual([]);
  });
});
