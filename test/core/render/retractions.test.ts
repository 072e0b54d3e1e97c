// Whatever a publisher writes into a tombstone: documents stay whole, and hold one stub or tombstone for it, in place of none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRendition } from '../../../src/core/render/check-rendition.ts';
import { OUTPUT_FORMATS } from '../../../src/core/render/output-formats.ts';
import { stubIds, tombstoneIds } from '../../../src/core/render/retractions.ts';
import type { Edition, Retraction } from '../../../src/model/edition.ts';
import type { PublishedId } from '../../../src/model/ids.ts';
import { feedparserIsMissing, readWithFeedparser } from '../../oracles/feedparser.ts';
import { childrenOf, readWithFeedsmith, readWithRssParser, readXml, textsOf } from '../../oracles/readers.ts';
import { atomProblems } from '../../oracles/strict-atom.ts';
import { jsonFeedProblems } from '../../oracles/strict-json-feed.ts';
import { rssProblems } from '../../oracles/strict-rss.ts';
import { hostileText } from './hostile-edition.ts';
import { at, editionOf, FULL } from './sample-editions.ts';

const ID = 'urn:x-test:gone' as PublishedId;

function retraction(said: Partial<Retraction> = {}): Retraction {
  return {
    id: ID,
    takenOutBy: 'publisher',
    when: at('2026-11-20T13:00:00.000Z'),
    learntAt: at('2026-11-21T12:00:00.000Z'),
    by: undefined,
    reason: undefined,
    publishedAt: at('2026-11-19T12:00:00.000Z'),
    sourceTitle: 'Harbour News',
    sourceUrl: 'https://harbour.example/feed.xml',
    hasStub: true,
    ...said,
  };
}

const withRetractions = (...retractions: readonly Retraction[]): Edition => ({
  ...editionOf(FULL),
  retractions,
});
const write = (edition: Edition) =>
  Object.fromEntries(OUTPUT_FORMATS.map(({ format, render }) => [format, render(edition)])) as Record<
    (typeof OUTPUT_FORMATS)[number]['format'],
    string
  >;

function problemsOf(edition: Edition): readonly unknown[] {
  const documents = write(edition);
  const ids = edition.items.map((item) => item.id);
  return OUTPUT_FORMATS.flatMap(({ format }) =>
    checkRendition(
      format,
      documents[format],
      format === 'rss' || format === 'json' ? [...ids, ...stubIds(edition)] : ids,
      tombstoneIds(edition),
    ),
  );
}

const hostile = fc.record({
  by: fc.option(hostileText, { nil: undefined }),
  reason: fc.option(hostileText, { nil: undefined }),
  sourceTitle: hostileText.map((text) => `x${text}`),
  takenOutBy: fc.constantFrom('publisher' as const, 'operator' as const),
});

describe('retractions in documents', () => {
  it('leave every format whole, valid and of the right count, whatever is said in them', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 3 }), (said) => {
        const all = said.map((each, place) =>
          retraction({ ...each, id: `urn:x-test:${place}` as PublishedId }),
        );
        const edition = withRetractions(...all);
        const { rss, atom, json, html } = write(edition);
        expect(problemsOf(edition)).toEqual([]);
        expect([...rssProblems(rss), ...atomProblems(atom), ...jsonFeedProblems(json)]).toEqual([]);
        expect(childrenOf(readXml(atom), 'at:deleted-entry')).toHaveLength(all.length);
        expect(html).not.toMatch(/<script(?! src="\.\.\/page\.js" defer><)|onload='/);
      }),
      { numRuns: 300 },
    );
  });

  it('are found by two readers, hostile or not', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (said) => {
        const { rss, atom, json } = write(withRetractions(retraction(said)));
        const both = [FULL.id, ID];
        expect((await readWithRssParser(rss)).map((item) => item.id)).toEqual(both);
        for (const text of [rss, json]) expect(readWithFeedsmith(text).map((item) => item.id)).toEqual(both);
        expect(readWithFeedsmith(atom).map((item) => item.id)).toEqual([FULL.id]);
      }),
      { numRuns: 100 },
    );
  });

  it.skipIf(feedparserIsMissing)('are found by feedparser, hostile or not', { timeout: 60_000 }, () => {
    const samples = fc.sample(hostile, { numRuns: 100, seed: 1 });
    const documents = samples.map((said) => write(withRetractions(retraction(said))));
    const read = readWithFeedparser(documents.flatMap(({ rss, atom }) => [rss, atom]));
    for (const [place, { problem, entries }] of read.entries()) {
      expect(problem).toBe(null);
      expect(entries.map((entry) => entry.id)).toEqual(place % 2 === 0 ? [FULL.id, ID] : [FULL.id]);
    }
  });

  it('say who: the publisher by the name that it gives, else none; this site by the title of its feed', () => {
    const name = (edition: Edition) => {
      const [tombstone] = childrenOf(readXml(write(edition).atom), 'at:deleted-entry');
      return textsOf(childrenOf(tombstone, 'at:by')[0], 'name')[0];
    };
    expect(name(withRetractions(retraction()))).toBe(undefined);
    expect(name(withRetractions(retraction({ by: 'Ada' })))).toBe('Ada');
    const edition = withRetractions(retraction({ takenOutBy: 'operator' }));
    expect(name(edition)).toBe(edition.title);
  });

  it('have no stub when that has had its time, and a tombstone still', () => {
    const edition = withRetractions(retraction({ hasStub: false }));
    const { rss, atom, json, html } = write(edition);
    for (const text of [rss, json, html]) expect(text).not.toMatch(/withdrawn/i);
    expect(atom).toContain(`ref="${ID}"`);
    expect(problemsOf(edition)).toEqual([]);
  });
});

describe('the gate before publishing', () => {
  it('stops a document with a tombstone or a stub more or less than expected', () => {
    const edition = withRetractions(retraction());
    const { rss, atom, json } = write(edition);
    expect(checkRendition('atom', atom, [FULL.id], [])).toHaveLength(1);
    expect(checkRendition('atom', atom, [FULL.id], ['urn:x-test:other'])).toHaveLength(1);
    for (const [format, text] of [
      ['rss', rss],
      ['json', json],
    ] as const) {
      expect(checkRendition(format, text, [FULL.id])).toHaveLength(1);
      expect(checkRendition(format, text, [FULL.id, ID])).toEqual([]);
    }
  });
});
