// Hostile text in every field: no item is forged, lost or changed by what another says.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRendition } from '../../../src/core/render/check-rendition.ts';
import { MergedFeedDocument } from '../../../src/core/render/merged-feed-document.ts';
import { OUTPUT_FORMATS } from '../../../src/core/render/output-formats.ts';
import { feedparserIsMissing, readWithFeedparser } from '../../oracles/feedparser.ts';
import {
  childrenOf,
  readWithFeedsmith,
  readWithRssParser,
  readXml,
  type XmlElement,
} from '../../oracles/readers.ts';
import { hostileEdition as edition, withSafeHtml } from './hostile-edition.ts';

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
      // It reads HTML too, and falls over doctypes in it.
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
