import { describe, expect, it } from 'vitest';
import { checkRendition } from '../../../src/core/render/check-rendition.ts';
import { OUTPUT_FORMATS } from '../../../src/core/render/output-formats.ts';
import { BARE, editionOf, FULL, RECEIVED } from './sample-editions.ts';

const edition = editionOf(FULL, RECEIVED, BARE);
const IDS = edition.items.map((item) => item.id);
const rendered = Object.fromEntries(OUTPUT_FORMATS.map(({ format, render }) => [format, render(edition)]));
const textOf = (format: string) => rendered[format] ?? '';

describe('the gate before publishing', () => {
  it.each(OUTPUT_FORMATS)('lets a whole document pass: $format', ({ format }) => {
    expect(checkRendition(format, textOf(format), IDS)).toEqual([]);
  });

  it.each(OUTPUT_FORMATS)(
    'stops a document with an item more or less than expected: $format',
    ({ format }) => {
      expect(checkRendition(format, textOf(format), IDS.slice(0, 2))).toHaveLength(1);
      expect(checkRendition(format, textOf(format), [...IDS, 'urn:x:more'])).toHaveLength(1);
    },
  );

  it.each(OUTPUT_FORMATS)('stops a document that ends too early: $format', ({ format }) => {
    const text = textOf(format);
    expect(checkRendition(format, text.slice(0, text.length - 10), IDS)).toHaveLength(1);
  });

  it('names the item that breaks XML, though the parser reads on', () => {
    for (const format of ['rss', 'atom'] as const) {
      const broken = textOf(format).replace('From the first', 'From <the> first & \u0001');
      expect(checkRendition(format, broken, IDS)).toEqual([
        { message: expect.stringContaining('not well-formed'), itemId: RECEIVED.id },
      ]);
    }
  });

  it('names the item whose id reads back as another', () => {
    for (const format of ['rss', 'atom', 'json'] as const) {
      const broken = textOf(format).replace(RECEIVED.id, 'urn:x:forged');
      expect(checkRendition(format, broken, IDS)).toEqual([
        { message: expect.any(String), itemId: RECEIVED.id },
      ]);
    }
  });

  it('counts items where items stand, and takes no foreign element for one', () => {
    const nested = textOf('rss').replace(
      '</description>',
      '<item><guid>urn:x:forged</guid></item></description>',
    );
    expect(checkRendition('rss', nested, IDS)).toEqual([]);
    const forged = textOf('rss').replace('</channel>', '<item><guid>urn:x:forged</guid></item></channel>');
    expect(checkRendition('rss', forged, IDS)).toHaveLength(1);
  });

  it('wants of a JSON item its id, content and authors', () => {
    for (const member of ['"id"', '"content_html"', '"authors"']) {
      const from = textOf('json').indexOf('"items"');
      const broken = textOf('json').slice(0, from) + textOf('json').slice(from).replace(member, '"gone"');
      expect(checkRendition('json', broken, IDS)).toEqual([{ message: expect.any(String), itemId: FULL.id }]);
    }
  });
});
