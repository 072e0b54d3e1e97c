// Whatever elements of other vocabularies an item brings: every reader finds the same items with the same credit as without them.
import fc from 'fast-check';
import RssParser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { checkRendition } from '../../../src/core/render/check-rendition.ts';
import { MergedFeedDocument } from '../../../src/core/render/merged-feed-document.ts';
import { OUTPUT_FORMATS } from '../../../src/core/render/output-formats.ts';
import type { EditionItem } from '../../../src/model/edition.ts';
import type { ExtensionElement } from '../../../src/model/extension.ts';
import {
  creditByFeedparser,
  creditByFeedsmith,
  creditInAtom,
  creditInJson,
  creditInRss,
} from '../../oracles/credit.ts';
import { feedparserIsMissing, readWithFeedparser } from '../../oracles/feedparser.ts';
import { readXml, type XmlElement } from '../../oracles/readers.ts';
import { atomProblems } from '../../oracles/strict-atom.ts';
import { jsonFeedProblems } from '../../oracles/strict-json-feed.ts';
import { rssProblems } from '../../oracles/strict-rss.ts';
import { lintXml, xmllintIsMissing } from '../../oracles/xmllint.ts';
import { hostileExtensions } from './hostile-extensions.ts';
import { BARE, editionOf, FULL, RECEIVED } from './sample-editions.ts';

/** With something of everything, without anything, and one of another publisher between them. */
function documentWith(extensions: readonly ExtensionElement[] | undefined): MergedFeedDocument {
  const hostile = (item: EditionItem): EditionItem => ({ ...item, extensions });
  return new MergedFeedDocument(editionOf(hostile(FULL), RECEIVED, hostile(BARE)));
}

const plain = documentWith(undefined);
const withoutMedia = <T extends { enclosures?: unknown; categories?: unknown }>(items: readonly T[]) =>
  items.map(({ enclosures: _, categories: __, ...credit }) => credit);

/** What is ours in an item, in the order it stands there: without prefix, or with one of those that only we write. */
const OURS =
  /^(?:[^:]+|(?:atom|content|creativeCommons|tributary|sy):.*|dc:(?:creator|contributor|publisher|rights|language)|dcterms:license|itunes:duration)$/;
function ours({ name, attributes, text, children }: XmlElement): unknown {
  const kept = children.filter((child) => OURS.test(child.name)).map(ours);
  return OURS.test(name) && name !== 'rss' && name !== 'feed'
    ? { name, attributes, text: text.trim(), kept }
    : kept;
}

const runs = { numRuns: 400, seed: 20261126 };

describe('hostile elements of other vocabularies', () => {
  it('leave every element of ours as it is, and no error in any document', () => {
    const expected = [plain.rss2(), plain.atom1()].map((text) => ours(readXml(text)));
    fc.assert(
      fc.property(hostileExtensions, (extensions) => {
        const document = documentWith(extensions);
        const [rss, atom] = [document.rss2(), document.atom1()];
        expect([rss, atom].map((text) => ours(readXml(text)))).toEqual(expected);
        expect(rssProblems(rss)).toEqual([]);
        expect(atomProblems(atom)).toEqual([]);
        expect(jsonFeedProblems(document.json1())).toEqual([]);
        const ids = document.edition.items.map((item) => item.id);
        for (const { format, render } of OUTPUT_FORMATS)
          expect(checkRendition(format, render(document.edition), ids)).toEqual([]);
      }),
      runs,
    );
  });

  it('leave the credit that feedsmith, rss-parser and a reader of JSON find', async () => {
    const byRssParser = async (text: string) =>
      (await new RssParser().parseString(text)).items.map(
        ({ guid, id, link, title, isoDate, creator, content }) => ({
          guid,
          id,
          link,
          title,
          isoDate,
          creator,
          content,
        }),
      );
    const read = async (document: MergedFeedDocument) => ({
      rss: [
        await byRssParser(document.rss2()),
        withoutMedia(creditByFeedsmith(document.rss2())),
        creditInRss(document.rss2()),
      ],
      atom: [
        await byRssParser(document.atom1()),
        withoutMedia(creditByFeedsmith(document.atom1())),
        creditInAtom(document.atom1()),
      ],
      json: [creditByFeedsmith(document.json1()), creditInJson(document.json1())],
    });
    const expected = await read(plain);
    await fc.assert(
      fc.asyncProperty(hostileExtensions, async (extensions) => {
        expect(await read(documentWith(extensions))).toEqual(expected);
      }),
      { ...runs, numRuns: 200 },
    );
  });

  it.skipIf(feedparserIsMissing)("leave the credit that Python's feedparser finds", () => {
    const samples = fc.sample(hostileExtensions, { numRuns: 250, seed: 7 });
    const documents = [plain, ...samples.map(documentWith)].flatMap((one) => [one.rss2(), one.atom1()]);
    const [rss, atom, ...results] = readWithFeedparser(documents).map(({ problem, entries }) => ({
      problem,
      credit: withoutMedia(creditByFeedparser(entries)),
    }));
    for (const [place, result] of results.entries())
      expect({ ...result, sample: samples[place >> 1] }).toEqual({
        ...(place % 2 === 0 ? rss : atom),
        sample: samples[place >> 1],
      });
  });

  it.skipIf(xmllintIsMissing)('are well-formed for libxml2', () => {
    for (const extensions of fc.sample(hostileExtensions, { numRuns: 20, seed: 8 })) {
      const document = documentWith(extensions);
      for (const text of [document.rss2(), document.atom1()]) expect(lintXml(text)).toBe('');
    }
  });

  it('form nothing in prototypes', () => {
    fc.assert(
      fc.property(hostileExtensions, (extensions) => {
        documentWith(extensions).json1();
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 100, seed: 9 },
    );
  });
});
