import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesThatGoRound } from '../../../src/core/merge/fair-share.ts';
import { compareNewestFirst, type Group, groupOf } from '../../../src/core/merge/group.ts';
import { cutWindow, judgeWindow, type WindowLimits } from '../../../src/core/merge/window.ts';
import { msFromTimestamp, type Timestamp, timestampOfClock } from '../../../src/model/timestamp.ts';
import { at, buildEntry, buildSource } from '../build-item.ts';

const NOW = at('2026-11-20T18:00:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NO_CAPS: WindowLimits = { limit: 100, maxAgeMs: undefined };

interface Story extends Group {
  readonly name: string;
}

/** The `n`th newest of a source, so many hours old. */
function story(source: string, hours: number, n = 0): Story {
  const firstSeenAt = timestampOfClock(msFromTimestamp(NOW) - hours * HOUR_MS);
  const lead = {
    source: buildSource(source),
    place: 0,
    firstAddress: '',
    entry: buildEntry({ firstSeenAt }),
  };
  return { ...groupOf({ copy: lead, seenAt: firstSeenAt, atHome: false }), name: `${source} ${n}` };
}

const dateOf = ({ lead }: Story) => lead.entry.firstSeenAt;
const newestFirst = (stories: readonly Story[]) => stories.toSorted(compareNewestFirst);
const series = (source: string, many: number, from: number, every: number) =>
  Array.from({ length: many }, (_, n) => story(source, from + n * every, n));
const shown = (stories: readonly Story[], limits: Partial<WindowLimits> = {}) =>
  cutWindow(newestFirst(stories), { ...NO_CAPS, ...limits }, NOW).shown;
const countOf = (stories: readonly Story[], source: string) =>
  stories.filter(({ lead }) => lead.source.id === source).length;
const verdicts = (stories: readonly Story[], limits: Partial<WindowLimits>) =>
  judgeWindow(newestFirst(stories), { ...NO_CAPS, ...limits }, NOW).map(({ group, verdict }) => [
    group.name,
    verdict,
  ]);

describe('perSource', () => {
  it('lets in so many of a source, and so many of a day, the newest, and says which bound it was', () => {
    const stories = series('harbour', 6, 1, 8);
    expect(verdicts(stories, { perSource: { limit: 3, perDay: 2 } })).toEqual([
      ['harbour 0', { kind: 'shown' }],
      ['harbour 1', { kind: 'shown' }],
      ['harbour 2', { kind: 'perDay', sourceId: 'harbour', perDay: 2, day: '2026-11-20' }],
      ['harbour 3', { kind: 'shown' }],
      ['harbour 4', { kind: 'perSource', sourceId: 'harbour', limit: 3 }],
      ['harbour 5', { kind: 'perSource', sourceId: 'harbour', limit: 3 }],
    ]);
  });

  it('reaches further back for others', () => {
    const stories = [...series('loud', 10, 0, 1), ...series('quiet', 3, 100, 24)];
    const names = shown(stories, { limit: 5, perSource: { limit: 2 } }).map(({ name }) => name);
    expect(names).toEqual(['loud 0', 'loud 1', 'quiet 0', 'quiet 1']);
  });
});

describe('fair share', () => {
  it('changes nothing where every source has its places anyway', () => {
    const stories = [
      ...series('a', 60, 0, 2),
      ...series('b', 60, 1, 3),
      ...series('c', 30, 0.5, 5),
      ...series('d', 20, 0.7, 8),
      // Long silent: what its readers have seen makes room for nobody's news.
      ...series('e', 20, 24 * 30, 24),
    ];
    expect(shown(stories)).toEqual(newestFirst(stories).slice(0, 100));
  });

  it('leaves a quarter of the window to the rest where one source empties its archive at once', () => {
    const quiet = Array.from({ length: 19 }, (_, n) => series(`quiet-${n}`, 7, 5 + n / 10, 24));
    const stories = [...series('loud', 400, 0, 0.001), ...quiet.flat()];
    const found = shown(stories);
    expect(countOf(found, 'loud')).toBe(77);
    for (let n = 0; n < 19; n += 1) expect(countOf(found, `quiet-${n}`)).toBeGreaterThanOrEqual(1);
    expect(found).toEqual(newestFirst(found));
  });

  it('leaves it where there are more sources than places: those that spoke last', () => {
    const quiet = Array.from({ length: 499 }, (_, n) => story(`quiet-${n}`, 1 + n / 10));
    const found = shown([...series('loud', 400, 0, 0.001), ...quiet]);
    expect(countOf(found, 'loud')).toBe(76);
    expect(found.slice(76)).toEqual(quiet.slice(0, 24));
  });

  it('gives what nobody needs to whoever has it', () => {
    const found = shown([...series('loud', 400, 0, 0.001), ...series('quiet', 3, 5, 24)]);
    expect([countOf(found, 'loud'), countOf(found, 'quiet')]).toEqual([97, 3]);
  });

  it('says whose places are kept, and from whom, with the numbers', () => {
    const stories = [...series('loud', 9, 0, 0.1), story('quiet', 20), story('gone', 24 * 8)];
    const found = verdicts(stories, { limit: 8 });
    expect(found.slice(0, 7).map(([, verdict]) => verdict)).toEqual(Array(7).fill({ kind: 'shown' }));
    expect(found.slice(7)).toEqual([
      ['loud 7', { kind: 'fairShare', sourceId: 'loud', shown: 7, limit: 8 }],
      ['loud 8', { kind: 'fairShare', sourceId: 'loud', shown: 7, limit: 8 }],
      ['quiet 0', { kind: 'shown', isKept: true }],
      ['gone 0', { kind: 'limit', limit: 8 }],
    ]);
  });
});

describe('a window, whatever stands in it', () => {
  const stories = fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 0, max: 400 })), {
      maxLength: 80,
    })
    .map((said) => newestFirst(said.map(([source, hours], n) => story(source, hours, n))));
  const often = (most: number) => fc.option(fc.integer({ min: 1, max: most }), { nil: undefined });
  const caps = fc.record({
    limit: fc.integer({ min: 1, max: 30 }),
    maxAgeMs: fc.option(fc.integer({ min: 1, max: 400 * HOUR_MS }), { nil: undefined }),
    perSource: fc.option(fc.record({ limit: often(10), perDay: often(4) }), { nil: undefined }),
  });
  const dayOf = (one: Story) => dateOf(one).slice(0, 10);

  it('keeps each bound, the order, and its verdicts agree with it', () => {
    fc.assert(
      fc.property(stories, caps, (all, limits) => {
        const { shown: found } = cutWindow(all, limits, NOW);
        const { limit, maxAgeMs, perSource } = limits;
        expect(found.length).toBeLessThanOrEqual(limit);
        expect(found).toEqual(all.filter((one) => found.includes(one)));
        for (const one of found) {
          const own = found.filter(({ lead }) => lead.source.id === one.lead.source.id);
          expect(own.length).toBeLessThanOrEqual(perSource?.limit ?? own.length);
          const ofDay = own.filter((other) => dayOf(other) === dayOf(one));
          expect(ofDay.length).toBeLessThanOrEqual(perSource?.perDay ?? ofDay.length);
          const age = msFromTimestamp(NOW) - msFromTimestamp(dateOf(one));
          expect(age).toBeLessThanOrEqual(maxAgeMs ?? age);
        }
        const judged = judgeWindow(all, limits, NOW);
        expect(judged.map(({ group }) => group)).toEqual(all);
        expect(judged.filter(({ verdict }) => verdict.kind === 'shown').map(({ group }) => group)).toEqual(
          found,
        );
        for (const { verdict } of judged)
          if (verdict.kind === 'limit' || verdict.kind === 'fairShare') expect(found).toHaveLength(limit);
      }),
    );
  });

  it('is the same where the stories of each source are at hand', () => {
    fc.assert(
      fc.property(stories, caps, (all, limits) => {
        const bySource = Map.groupBy(all, ({ lead }) => lead.source.id).values();
        expect(cutWindow(all, limits, NOW, bySource)).toEqual(cutWindow(all, limits, NOW));
      }),
      { numRuns: 500 },
    );
  });

  it('shows what a lesser limit showed, and more', () => {
    fc.assert(
      fc.property(stories, caps, (all, limits) => {
        const { shown: fewer } = cutWindow(all, limits, NOW);
        const { shown: more } = cutWindow(all, { ...limits, limit: limits.limit + 1 }, NOW);
        expect(fewer.filter((one) => !more.includes(one))).toEqual([]);
      }),
    );
  });

  it('gives each source of the last week its share, and three quarters to the newest, whoever has them', () => {
    fc.assert(
      fc.property(stories, fc.integer({ min: 1, max: 30 }), (all, limit) => {
        const { shown: found } = cutWindow(all, { ...NO_CAPS, limit }, NOW);
        const newest = all[0];
        if (newest === undefined) return;
        const weekBefore = timestampOfClock(msFromTimestamp(dateOf(newest)) - 7 * DAY_MS) as Timestamp;
        const recent = all.filter((one) => dateOf(one) >= weekBefore);
        const active = new Set(recent.map(({ lead }) => lead.source.id));
        const share = Math.floor(placesThatGoRound(limit) / active.size);
        for (const id of active)
          expect(countOf(found, id)).toBeGreaterThanOrEqual(Math.min(share, countOf(recent, id)));
        const newestOfAll = all.slice(0, limit - placesThatGoRound(limit));
        expect(newestOfAll.filter((one) => !found.includes(one))).toEqual([]);
      }),
    );
  });

  it('reads no further than it must', () => {
    let read = 0;
    function* counted(all: readonly Story[]): Generator<Story> {
      for (const one of all) {
        read += 1;
        yield one;
      }
    }
    const busy = newestFirst(Array.from({ length: 5_000 }, (_, n) => story(`s-${n % 60}`, n / 100)));
    cutWindow(counted(busy), NO_CAPS, NOW);
    expect(read).toBe(101);
    read = 0;
    const slow = newestFirst(Array.from({ length: 5_000 }, (_, n) => story(`s-${n % 5}`, n)));
    cutWindow(counted(slow), NO_CAPS, NOW);
    // The 168 hours of a week, both ends, and the first beyond.
    expect(read).toBe(170);
    read = 0;
    const sources = (all: readonly Story[]) =>
      [...Map.groupBy(all, ({ lead }) => lead.source.id).values()].map(counted);
    cutWindow(counted(slow), NO_CAPS, NOW, sources(slow));
    // As many as the feed shows and one, and of five sources the five that have places each.
    expect(read).toBe(101 + 25);
    read = 0;
    cutWindow(counted(slow), { ...NO_CAPS, perSource: { limit: 6 } }, NOW, sources(slow));
    // Of each source the six that it may have and one, and as many again for its places.
    expect(read).toBeLessThanOrEqual(5 * 7 * 2);
  });
});
