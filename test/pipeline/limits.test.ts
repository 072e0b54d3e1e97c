// Every bound of reading, at the bound and one past it, as `readFeed` takes them (core/parse/limits.ts). Bounds of extensions
// are in the fixtures `ext-bound-*`.
import { describe, expect, it } from 'vitest';
import type { ParseLimits } from '../../src/core/parse/limits.ts';
import type { Item } from '../../src/model/item.ts';
import { readFeed } from '../../src/pipeline/read-feed.ts';

const rss = (inner: string, before = ''): string =>
  `${before}<rss version="2.0"><channel><title>H</title>${inner}</channel></rss>`;
const item = (inner: string): string => `<item><title>a</title>${inner}</item>`;
const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

async function firstItem(document: string, limits: Partial<ParseLimits>): Promise<Item | undefined> {
  return (await readFeed(document, { limits, sanitize: false })).items[0];
}

async function notesOf(document: string, limits: Partial<ParseLimits>): Promise<string[]> {
  return (await readFeed(document, { limits })).notes.map(({ code }) => code);
}

describe('bounds', () => {
  it('documentCharsMax: refuses a document that is longer', async () => {
    const document = rss(item(''));
    const limits = { documentCharsMax: document.length };
    await expect(readFeed(document, { limits })).resolves.toMatchObject({ title: 'H' });
    await expect(readFeed(`${document} `, { limits })).rejects.toMatchObject({ code: 'too-large' });
  });

  it('depthMax: refuses elements deeper outside of items, cuts the text that they are in within one', async () => {
    const limits = { depthMax: 6 };
    const nested = (depth: number): string => '<x>'.repeat(depth) + '</x>'.repeat(depth);
    expect(await notesOf(rss(nested(4) + item('')), limits)).toEqual([]);
    await expect(readFeed(rss(nested(5) + item('')), { limits })).rejects.toMatchObject({ code: 'too-deep' });
    const text = (depth: number): string => rss(item(`<description>${nested(depth)}</description>`));
    expect(await notesOf(text(2), limits)).toEqual([]);
    expect(await notesOf(text(3), limits)).toEqual(['truncated-text']);
  });

  it('itemsMax: reads that many and counts the rest', async () => {
    const limits = { itemsMax: 3 };
    expect(await notesOf(rss(item('').repeat(3)), limits)).toEqual([]);
    const feed = await readFeed(rss(item('').repeat(5)), { limits });
    expect(feed.items).toHaveLength(3);
    expect(feed.notes).toEqual([{ code: 'truncated-items', detail: '2' }]);
  });

  it('childrenMax: keeps that many children of one element', async () => {
    // The title is one of them.
    const categories = (count: number): string =>
      rss(item(times(count, (index) => `<category>c${index}</category>`)));
    expect((await firstItem(categories(4), { childrenMax: 5 }))?.categories).toHaveLength(4);
    expect((await firstItem(categories(5), { childrenMax: 5 }))?.categories).toHaveLength(4);
  });

  it('attributesMax: keeps that many attributes of one element', async () => {
    const enclosure = (before: number): string =>
      rss(item(`<enclosure ${times(before, (index) => `a${index}="" `)} url="https://h.example/a.mp3"/>`));
    expect((await firstItem(enclosure(4), { attributesMax: 5 }))?.enclosures).toHaveLength(1);
    expect((await firstItem(enclosure(5), { attributesMax: 5 }))?.enclosures).toHaveLength(0);
  });

  it('contentCharsMax: cuts a text that is longer', async () => {
    const body = (count: number): string => rss(item(`<description>${'x'.repeat(count)}</description>`));
    const limits = { contentCharsMax: 10 };
    expect((await firstItem(body(10), limits))?.content?.html).toBe('x'.repeat(10));
    expect((await firstItem(body(11), limits))?.content?.html).toBe(`${'x'.repeat(9)}…`);
    expect(await notesOf(body(11), limits)).toEqual(['truncated-text']);
  });

  it('titleCharsMax: cuts a title that is longer, the ellipsis counted', async () => {
    const titled = (count: number): string => rss(`<item><title>${'x'.repeat(count)}</title></item>`);
    expect((await firstItem(titled(10), { titleCharsMax: 10 }))?.title).toBe('x'.repeat(10));
    expect((await firstItem(titled(11), { titleCharsMax: 10 }))?.title).toBe(`${'x'.repeat(9)}…`);
    expect((await firstItem(titled(1024), {}))?.title).toBe('x'.repeat(1024));
    expect((await firstItem(titled(1025), {}))?.title).toBe(`${'x'.repeat(1023)}…`);
  });

  it('attributeCharsMax: cuts a value that is longer', async () => {
    const category = (count: number): string =>
      rss(item(`<category domain="${'x'.repeat(count)}">c</category>`));
    const limits = { attributeCharsMax: 10 };
    expect((await firstItem(category(10), limits))?.categories[0]?.scheme).toBe('x'.repeat(10));
    expect((await firstItem(category(11), limits))?.categories[0]?.scheme).toBe('x'.repeat(10));
  });

  it('valuesMax: keeps that many authors, categories, enclosures and links', async () => {
    const many = (count: number): string =>
      rss(
        item(
          times(
            count,
            (index) =>
              `<author>a${index}</author><category>c${index}</category><enclosure url="https://h.example/${index}"/><link rel="related" href="https://h.example/${index}"/>`,
          ),
        ),
      );
    const counts = async (count: number): Promise<(number | undefined)[]> => {
      const read = await firstItem(many(count), { valuesMax: 3 });
      return [read?.authors, read?.categories, read?.enclosures, read?.links].map((list) => list?.length);
    };
    expect(await counts(3)).toEqual([3, 3, 3, 3]);
    expect(await counts(4)).toEqual([3, 3, 3, 3]);
  });

  it('tombstonesMax: reads that many', async () => {
    const feed = (count: number): string =>
      `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>H</title>${times(
        count,
        (index) => `<at:deleted-entry ref="urn:x:${index}" when="2026-11-01T00:00:00Z"/>`,
      )}</feed>`;
    const read = async (count: number): Promise<number | undefined> =>
      (await readFeed(feed(count), { limits: { tombstonesMax: 3 } })).tombstones?.length;
    expect([await read(3), await read(4)]).toEqual([3, 3]);
  });
});

describe('bounds of the entities that a document declares', () => {
  const declaring = (declarations: string, title: string): string =>
    rss(`<item><title>${title}</title></item>`, `<!DOCTYPE rss [${declarations}]>`);
  const title = async (document: string, limits: Partial<ParseLimits>): Promise<string | undefined> =>
    (await firstItem(document, limits))?.title;

  it('entitiesMax: takes that many', async () => {
    const declarations = times(3, (index) => `<!ENTITY e${index} "${index}">`);
    expect(await title(declaring(declarations, '&e0;&e1;&e2;'), { entitiesMax: 3 })).toBe('012');
    expect(await title(declaring(declarations, '&e0;&e1;&e2;'), { entitiesMax: 2 })).toBe('01&e2;');
  });

  it('entityCharsMax: takes none that is longer', async () => {
    const document = declaring('<!ENTITY e "12345">', '&e;');
    expect(await title(document, { entityCharsMax: 5 })).toBe('12345');
    expect(await title(document, { entityCharsMax: 4 })).toBe('&e;');
  });

  it('expandedCharsMax: leaves references as written once they have given that much', async () => {
    const document = declaring('<!ENTITY e "12345">', '&e;&e;');
    expect(await title(document, { expandedCharsMax: 10 })).toBe('1234512345');
    expect(await title(document, { expandedCharsMax: 9 })).toBe('12345&e;');
  });

  it('counts what a damaged document gives from its start when it is read a second time', async () => {
    const document = declaring('<!ENTITY e "12345">', '&e;&e;</guid>').replace('</rss>', '');
    expect(await title(document, { expandedCharsMax: 10 })).toBe('1234512345');
  });
});
