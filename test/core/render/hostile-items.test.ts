// Hostile text in every field: no item is forged, lost or changed by what another says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRendition } from '../../../src/core/render/check-rendition.ts';
import { MergedFeedDocument } from '../../../src/core/render/merged-feed-document.ts';
import { OUTPUT_FORMATS } from '../../../src/core/render/output-formats.ts';
import { sanitizeHtml } from '../../../src/core/sanitize/sanitize.ts';
import type { EditionItem } from '../../../src/model/edition.ts';
import type { PublishedId } from '../../../src/model/ids.ts';
import { feedparserIsMissing, readWithFeedparser } from '../../oracles/feedparser.ts';
import {
  childrenOf,
  readWithFeedsmith,
  readWithRssParser,
  readXml,
  type XmlElement,
} from '../../oracles/readers.ts';
import { BARE, editionOf, FULL } from './sample-editions.ts';

const text = fc.oneof(
  fc.constantFrom(
    ']]>]]>',
    ']]></title></item><item><guid>forged</guid></item>',
    '</content></entry><entry><id>forged</id></entry>',
    '<script>alert(1)</script>',
    '"><b>',
    "' onload='x",
    'a < b & c',
    '&#0;&#xD800;&lt;',
    '\u0000\u0008\u001f\ufffe\uffff',
    '\ud800 \udfff',
    '\r\n\t ',
    '<!--',
    '<![CDATA[',
    '<?xml version="1.0"?>',
    '<!DOCTYPE a [<!ENTITY x "y">]>&x;',
    '{title}[{x}]$1',
    '__proto__',
    '<!DOCTYPE a [&</b>',
    '</b>',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const maybe = fc.option(text, { nil: undefined });
const url = text.map((part) => `https://evil.example/${encodeURI(part.toWellFormed())}`);
const category = fc.record({ term: text, scheme: maybe, label: maybe });
const person = fc.record({ name: text, email: maybe, uri: fc.option(url, { nil: undefined }) });
const people = fc.array(person, { minLength: 1, maxLength: 2 });
const link = fc.record({
  rel: fc.constantFrom('related', 'replies', 'alternate', 'self', 'via', 'enclosure', 'license', ']]>'),
  url,
  type: maybe,
  title: maybe,
  hreflang: maybe,
});

const hostileItem: fc.Arbitrary<EditionItem> = fc
  .record({
    guid: maybe,
    title: text,
    // What comes out of the sanitizer, and what would if it failed.
    contentHtml: fc.option(
      text.map((part) => `<p>${part}</p>`),
      { nil: undefined },
    ),
    summary: maybe,
    categories: fc.array(category, { maxLength: 2 }),
    enclosures: fc.array(fc.record({ url, type: maybe, title: maybe, length: fc.double() }), {
      maxLength: 2,
    }),
    links: fc.array(link, { maxLength: 3 }),
    language: maybe,
    permalink: fc.option(url, { nil: undefined }),
    authors: people,
    rights: maybe,
    sourceTitle: text,
    note: text,
    position: fc.constantFrom('before', 'after', 'both', 'none'),
  })
  .map(({ authors, rights, sourceTitle, note, position, ...fields }) => ({
    ...FULL,
    ...fields,
    attribution: {
      ...FULL.attribution,
      authors,
      contributors: authors,
      rights,
      publisher: sourceTitle,
      source: {
        ...FULL.attribution.source,
        title: sourceTitle,
        authors,
        rights,
        categories: fields.categories,
      },
      via: [{ title: sourceTitle, url: 'https://evil.example/via' }],
      also: [{ title: sourceTitle, url: 'https://evil.example/also', authors: [sourceTitle] }],
    },
    note: { position, html: `<p>${note}</p>`, text: note },
  }));

const edition = fc
  .array(hostileItem, { minLength: 1, maxLength: 3 })
  .map((items) =>
    editionOf(...items.map((item, place) => ({ ...item, id: `urn:x:${place}` as PublishedId })), BARE),
  );

/** feedparser reads HTML too, and falls over doctypes in it. */
function withSafeHtml(item: EditionItem): EditionItem {
  const contentHtml = item.contentHtml === undefined ? undefined : sanitizeHtml(item.contentHtml);
  return { ...item, contentHtml, note: { ...item.note, html: sanitizeHtml(item.note.html) } };
}

const CHILDREN_OF_ITEMS = new Set(
  (
    'title link guid pubDate atom:updated description content:encoded tributary:note source dc:creator dc:contributor dc:publisher ' +
    'dc:rights creativeCommons:license dcterms:license atom:link category enclosure itunes:duration media:content ' +
    'media:thumbnail comments dc:language id published updated summary content author contributor rights name uri email icon'
  ).split(' '),
);

function namesWithin(element: XmlElement): readonly string[] {
  return element.children.flatMap((child) => [child.name, ...namesWithin(child)]);
}

describe('hostile items', () => {
  it('come out as many as went in, under their ids, for three readers and the gate', async () => {
    await fc.assert(
      fc.asyncProperty(edition, async (given) => {
        const ids = given.items.map((item) => item.id);
        for (const { format, render } of OUTPUT_FORMATS)
          expect(checkRendition(format, render(given), ids)).toEqual([]);
        const document = new MergedFeedDocument(given);
        for (const xml of [document.rss2(), document.atom1()]) {
          expect((await readWithRssParser(xml)).map((item) => item.id)).toEqual(ids);
          expect(readWithFeedsmith(xml).map((item) => item.id)).toEqual(ids);
        }
        expect(readWithFeedsmith(document.json1()).map((item) => item.id)).toEqual(ids);
      }),
      { numRuns: 300, seed: 20261123 },
    );
  });

  it('hold no element but ours', () => {
    fc.assert(
      fc.property(edition, (given) => {
        const document = new MergedFeedDocument(given);
        const rss = childrenOf(childrenOf(readXml(document.rss2()), 'channel')[0], 'item');
        const atom = childrenOf(readXml(document.atom1()), 'entry');
        for (const name of [...rss, ...atom].flatMap(namesWithin)) expect(CHILDREN_OF_ITEMS).toContain(name);
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  it.skipIf(feedparserIsMissing)("come out as many as went in for Python's feedparser", () => {
    const editions = fc.sample(edition, { numRuns: 150, seed: 20261123 });
    const documents = editions.flatMap((given) => {
      const document = new MergedFeedDocument({ ...given, items: given.items.map(withSafeHtml) });
      return [document.rss2(), document.atom1()];
    });
    for (const [place, { problem, entries }] of readWithFeedparser(documents).entries()) {
      expect(problem).toBeNull();
      expect(entries.map((entry) => entry.id)).toEqual(
        editions[Math.floor(place / 2)]?.items.map((item) => item.id),
      );
    }
  });
});
