// Taking up all that is known gives way to everything else again and again.
import { describe, expect, it } from 'vitest';
import type { Filter, Source } from '../../src/model/config.ts';
import { RECORD_VERSION } from '../../src/model/record-version.ts';
import type { SourceRecord } from '../../src/model/source-record.ts';
import { createFeedStories, type FeedStories } from '../../src/pipeline/feed-stories.ts';
import type { KnownSources } from '../../src/pipeline/known-sources.ts';
import { createEditionMaker } from '../../src/pipeline/make-edition.ts';
import { at, buildEntry, buildItem, buildSource } from '../core/build-item.ts';
import { buildConfig, buildFeed } from './rig.ts';

const NOW = at('2026-11-26T12:00:00Z');
const SOURCES = ['a', 'b'].map((id) => buildSource(id));

/** How often something else came in between while `copies` were taken up for the first time. */
async function turnsOf(copies: number, exclude: Filter['exclude'] = []): Promise<number> {
  const records = new Map(
    SOURCES.map((source) => {
      const items = Array.from({ length: copies / 2 }, () => buildEntry());
      const record = { version: RECORD_VERSION, sourceId: source.id, firstAddress: source.address, items };
      return [source.id, record as unknown as SourceRecord];
    }),
  );
  const known: Pick<KnownSources, 'of' | 'askAgain'> = {
    of: (id) => ({ kind: 'known', record: records.get(id) as SourceRecord }),
    askAgain: () => undefined,
  };
  const feed = buildFeed({ filter: { include: [], exclude } });
  const stories = createFeedStories(feed, SOURCES, known as KnownSources, async (entries) => {
    const texts = entries.map(({ hash, revision }) => ({
      hash,
      revision,
      item: buildItem(),
      version: 1 as const,
    }));
    return new Map(texts.map((text) => [text.hash, text]));
  });
  let turns = 0;
  let timer = setImmediate(function turn() {
    turns += 1;
    timer = setImmediate(turn);
  });
  const work = await stories.update({ matches: () => undefined, digest: undefined }, NOW);
  clearImmediate(timer);
  expect(work.copies).toBe(copies);
  expect(stories.merger.size).toBe(copies);
  return turns;
}

it('every thousand copies when they are taken up, and when they are merged', async () => {
  expect(await turnsOf(20_000)).toBeGreaterThanOrEqual(2 * 20 - 2);
});

it('a rule about age leaves nothing due of a copy whose text is lost', async () => {
  const entry = buildEntry({ firstSeenAt: at('2026-11-26T11:00:00Z') });
  const record = { version: RECORD_VERSION, firstAddress: '', items: [entry] } as unknown as SourceRecord;
  const known: Pick<KnownSources, 'of' | 'askAgain'> = {
    of: () => ({ kind: 'known', record }),
    askAgain: () => undefined,
  };
  const rule = { kind: 'age', than: 'older', ms: 2 * 3_600_000, line: 1 } as const;
  const feed = buildFeed({ filter: { include: [], exclude: [rule] } });
  const texts = new Map([
    [entry.hash, { hash: entry.hash, revision: 1, item: buildItem(), version: 1 as const }],
  ]);
  const stories = createFeedStories(feed, SOURCES.slice(0, 1), known, async () => texts);
  const update = (time: string) => stories.update({ matches: () => undefined, digest: undefined }, at(time));
  await update('2026-11-26T12:00:00Z');
  expect(stories.judge.nextChangeAt()).toBe(at('2026-11-26T13:00:00.001Z'));
  const [kept] = texts.values();
  texts.clear();
  await update('2026-11-26T14:00:00Z');
  expect(stories.judge.nextChangeAt()).toBeUndefined();
  expect([stories.merger.size, stories.stateOf(entry.hash)?.kind]).toEqual([0, 'unread']);
  if (kept !== undefined) texts.set(entry.hash, kept);
  await update('2026-11-26T14:00:01Z');
  expect(stories.stateOf(entry.hash)?.kind).toBe('filtered');
});

it('each copy that a pattern looks at', async () => {
  const rule = { kind: 'pattern', field: 'title', pattern: 'ferry', written: '/ferry/', line: 1 } as const;
  expect(await turnsOf(200, [rule])).toBeGreaterThanOrEqual(200);
});

describe('a configuration with other sources', () => {
  const feed = buildFeed({ limit: 400 });
  const inForce = { matches: () => undefined, digest: undefined };
  const records = new Map<string, SourceRecord>();
  const known = {
    of: (id: string) => ({ kind: 'known', record: records.get(id) as SourceRecord }),
    askAgain: () => undefined,
  } as unknown as KnownSources;
  const texts = async () => new Map();
  /** Every tenth of a source's items is told by all the others too, under one id. */
  for (const [place, id] of ['a', 'b', 'c', 'd', 'e'].entries()) {
    const items = Array.from({ length: 100 }, (_, n) =>
      buildEntry({
        firstSeenAt: at(`2026-11-${10 + place}T12:00:00Z`),
        publishedAt: at(`2026-11-01T${String(n % 24).padStart(2, '0')}:00:00Z`),
        ...(n % 10 === 0 ? { guidUri: `https://shared.example/${n}` } : {}),
      }),
    );
    const record = { version: RECORD_VERSION, sourceId: id, firstAddress: `https://${id}.example/`, items };
    records.set(id, record as unknown as SourceRecord);
  }
  const sources = (...ids: readonly string[]) => ids.map((id) => buildSource(id));
  const windowOf = (stories: FeedStories) =>
    stories.merger
      .window(feed, NOW)
      .clusters.map(({ publishedId, lead, others }) => [
        publishedId,
        lead.entry.hash,
        others.map((copy) => copy.entry.hash),
      ]);
  const freshly = async (next: readonly Source[]) => {
    const stories = createFeedStories(feed, next, known, texts);
    await stories.update(inForce, NOW);
    return windowOf(stories);
  };

  it('takes up those that came and lets go those that left, and comes to what a start comes to', async () => {
    const stories = createFeedStories(feed, sources('a', 'c', 'e'), known, texts);
    expect((await stories.update(inForce, NOW)).copies).toBe(300);
    const steps: readonly (readonly [readonly Source[], number])[] = [
      // The same once more, from a file that was read again.
      [sources('a', 'c', 'e'), 0],
      // In front, between and behind: those that came, and what they have in common with others.
      [sources('b', 'a', 'd', 'c', 'e'), 200 + 30],
      [sources('b', 'd', 'e'), 30],
      // One is configured otherwise.
      [[...sources('b'), buildSource('d', { weight: 9 }), ...sources('e')], 100 + 20],
    ];
    for (const [next, most] of steps) {
      expect(stories.follow(next)).toBe(true);
      expect((await stories.update(inForce, NOW)).copies).toBeLessThanOrEqual(most);
      expect(windowOf(stories)).toEqual(await freshly(next));
      expect(stories.merger.size).toBe(100 * next.length);
    }
  });

  it('is made anew where those that stay are in another order', async () => {
    const stories = createFeedStories(feed, sources('a', 'b'), known, texts);
    expect(stories.follow(sources('b', 'a'))).toBe(false);
  });
});

it('a feed that is configured as it was keeps what it has merged, whatever else the file says now', async () => {
  const [a, b] = SOURCES;
  if (a === undefined || b === undefined) throw new Error('too few');
  const known = {
    of: () => ({ kind: 'new', revision: 0 }),
    askAgain: () => undefined,
  } as unknown as KnownSources;
  const feed = buildFeed();
  const maker = createEditionMaker(feed, {
    config: buildConfig([a], [feed]),
    known,
    read: async () => new Map(),
    preparer: { prepare: async () => new Map() },
  });
  const server = { host: '127.0.0.1', port: 8080, publicUrl: 'https://elsewhere.example/' };
  expect(maker.follow({ ...feed }, { ...buildConfig([a, b], [feed]), server })).toBe(true);
  expect(maker.follow({ ...feed, limit: 7 }, buildConfig([a, b], [feed]))).toBe(false);
});
