import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/core/parse/limits.ts';
import { parseFeed } from '../../../src/core/parse/parse-feed.ts';
import { ReadError } from '../../../src/model/errors.ts';

const rss = (inner: string): string => `<rss version="2.0"><channel><title>H</title>${inner}</channel></rss>`;
const nested = (depth: number): string => '<a>'.repeat(depth) + '</a>'.repeat(depth);

describe('bounds of parsing', () => {
  // rss and channel are two of the elements that are counted.
  it('reads elements as deep as the bound and refuses one more', async () => {
    const inner = DEFAULT_LIMITS.depthMax - 2;
    const item = '<item><title>a</title></item>';
    expect((await parseFeed(rss(nested(inner) + item))).items).toHaveLength(1);
    await expect(parseFeed(rss(nested(inner + 1) + item))).rejects.toMatchObject({ code: 'too-deep' });
  });

  it('cuts the text of an item where its markup is deeper than the bound, and nothing else', async () => {
    const deepest = DEFAULT_LIMITS.depthMax - 4;
    const items = (depth: number): string =>
      rss(
        `<item><title>a</title><description>x${'<b>'.repeat(depth)}y${'</b>'.repeat(depth)}</description><guid>1</guid></item><item><title>b</title><description>z</description></item>`,
      );
    const whole = await parseFeed(items(deepest));
    expect(whole.notes).toEqual([]);
    expect(whole.items[0]?.bodies[0]?.value).toContain('y');
    const cut = await parseFeed(items(deepest + 1));
    expect(cut.items[0]).toMatchObject({ guid: '1', title: { value: 'a' }, bodies: [{ clipped: true }] });
    expect(cut.items[0]?.bodies[0]?.value).not.toContain('y');
    expect(cut.items[1]).toEqual(whole.items[1]);
    expect(cut.notes).toContainEqual({ code: 'truncated-text' });
  });

  it('survives a hundred thousand nested elements anywhere', async () => {
    const deep = nested(100_000);
    await expect(parseFeed(rss(deep))).rejects.toBeInstanceOf(ReadError);
    for (const inner of [deep, `<title>${deep}</title>`, `<description>${deep}</description>`]) {
      const feed = await parseFeed(rss(`<item>${inner}</item><item><title>b</title></item>`));
      expect(feed.items.at(-1)?.title?.value).toBe('b');
    }
  });

  it('reads as many items as the bound and counts the rest', async () => {
    const items = (count: number): string => '<item><title>x</title></item>'.repeat(count);
    const full = await parseFeed(rss(items(DEFAULT_LIMITS.itemsMax)));
    expect([full.items.length, full.notes]).toEqual([500, []]);
    const over = await parseFeed(rss(items(DEFAULT_LIMITS.itemsMax + 1)));
    expect([over.items.length, over.notes]).toEqual([500, [{ code: 'truncated-items', detail: '1' }]]);
  });

  it('reads documents as long as the bound and refuses one character more', async () => {
    const document = rss('');
    const limits = { documentCharsMax: document.length };
    expect((await parseFeed(document, { limits })).format).toBe('rss-2.0');
    await expect(parseFeed(`${document} `, { limits })).rejects.toMatchObject({ code: 'too-large' });
  });

  it('cuts a text at the bound and not before', async () => {
    const limits = { contentCharsMax: 10 };
    const body = async (text: string) => {
      const feed = await parseFeed(rss(`<item><description>${text}</description></item>`), { limits });
      return feed.items[0]?.bodies[0];
    };
    expect(await body('0123456789')).toEqual({
      value: '0123456789',
      kind: 'unknown',
      base: undefined,
      language: undefined,
    });
    expect(await body('0123456789x')).toMatchObject({ value: '0123456789', clipped: true });
  });

  it('keeps values, children and attributes within their bounds', async () => {
    const many = 10_000;
    const item = `<item>${'<category>c</category>'.repeat(many)}<x ${Array.from({ length: many }, (_, n) => `a${n}="1"`).join(' ')}/></item>`;
    const feed = await parseFeed(rss(item), { limits: { childrenMax: 50, valuesMax: 20, attributesMax: 5 } });
    expect(feed.items).toHaveLength(1);
    expect(feed.items[0]?.categories.length).toBeLessThanOrEqual(20);
  });
});

describe('hostile repetitions', () => {
  const length = 200_000;
  it.each([
    ['<', '<'],
    ['<a ', '<![CDATA[<a '],
    ['<!--', '<![CDATA[<!--'],
    ['<p><b><i>', '<![CDATA[<p><b><i>'],
    ['&', '&'],
    ['&amp;#', '&amp;#'],
    ['<?', '<?'],
    ['</x>', '</x>'],
    ['<![CDATA[]]>', '<![CDATA[]]>'],
    [']]>', ']]>'],
  ])('reads %s two hundred thousand characters long, and the items before it', async (_, start) => {
    const inner = start.startsWith('<![CDATA[<') ? start.slice(9) : start;
    const hostile = inner.repeat(length / inner.length);
    const opening = start === inner ? '' : '<![CDATA[';
    const closing = start === inner ? '' : ']]>';
    const document = rss(
      `<item><title>a</title></item><item><description>${opening}${hostile}${closing}</description></item>`,
    );
    const feed = await parseFeed(document);
    expect(feed.items[0]?.title?.value).toBe('a');
  });
});

describe('names that mean something to JavaScript', () => {
  it('changes no prototype, whatever elements, attributes and prefixes are called', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf'];
    for (const name of names) {
      const document = `<rss version="2.0" xmlns:${name}="urn:${name}"><channel ${name}="x"><title>H</title><${name}>y</${name}><item ${name}="x"><title>a</title><${name}:${name} ${name}="x">z</${name}:${name}></item></channel></rss>`;
      expect((await parseFeed(document)).items[0]?.title?.value).toBe('a');
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('any text at all', () => {
  const MARKUP = [
    '<',
    '>',
    '/',
    '&',
    ';',
    '"',
    "'",
    '=',
    ' ',
    'item',
    'title',
    'a',
    ':',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '\0',
    '\ud800',
    '😀',
    '<?',
    '?>',
    '#x',
  ];
  const soup = fc
    .array(fc.oneof(fc.constantFrom(...MARKUP), fc.string()), { maxLength: 60 })
    .map((parts) => parts.join(''));

  it('gives a feed or a ReadError', async () => {
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        for (const document of [
          text,
          rss(text),
          rss(`<item>${text}</item>`),
          `{"version":"https://jsonfeed.org/version/1","items":[${text}]}`,
        ]) {
          const error = await parseFeed(document).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          if (error !== undefined) expect(error).toBeInstanceOf(ReadError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the item before it whatever follows', async () => {
    await fc.assert(
      fc.asyncProperty(soup, async (text) => {
        const document = rss(
          `<item><title>before</title><guid>1</guid></item><item><description>${text}</description></item>`,
        );
        const feed = await parseFeed(document);
        expect(feed.items[0]).toMatchObject({ guid: '1', title: { value: 'before' } });
      }),
      { numRuns: 500 },
    );
  });

  it('quotes nothing of the document in an error', async () => {
    await expect(parseFeed('<p>secret words</p>')).rejects.toSatisfy(
      (error: unknown) => error instanceof ReadError && !error.message.includes('secret'),
    );
  });
});
