// Taking up all that is known gives way to everything else again and again.
import { expect, it } from 'vitest';
import type { Filter } from '../../src/model/config.ts';
import { RECORD_VERSION } from '../../src/model/record-version.ts';
import type { SourceRecord } from '../../src/model/source-record.ts';
import { createFeedStories } from '../../src/pipeline/feed-stories.ts';
import type { KnownSources } from '../../src/pipeline/known-sources.ts';
import { at, buildEntry, buildItem, buildSource } from '../core/build-item.ts';
import { buildFeed } from './rig.ts';

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
