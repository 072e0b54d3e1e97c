// How many of a feed's 100 items differ from the plain newest because a quarter of its places goes round (ADR 18): Poisson series
// of sources whose rates are even, or fall as 1/rank. Run: node scripts/node24.mjs bench/fair-share.ts
import { groupOf } from '../src/core/merge/group.ts';
import { cutWindow } from '../src/core/merge/window.ts';
import type { Timestamp } from '../src/model/timestamp.ts';
import { timestampOfClock } from '../src/model/timestamp.ts';
import { buildEntry, buildSource } from '../test/core/build-item.ts';

const NOW_MS = Date.parse('2026-11-20T18:00:00Z');
const DAY_MS = 86_400_000;
const LIMIT = 100;
const SEEDS = 20;

/** A linear congruential generator: the same numbers everywhere. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function story(id: string, firstSeenAt: Timestamp) {
  const copy = { source: buildSource(id), place: 0, firstAddress: '', entry: buildEntry({ firstSeenAt }) };
  return groupOf({ copy, seenAt: firstSeenAt, atHome: false });
}

function series(sources: number, perDay: number, isFalling: boolean, seed: number) {
  const random = randomOf(seed);
  const weights = Array.from({ length: sources }, (_, n) => (isFalling ? 1 / (n + 1) : 1));
  const sum = weights.reduce((a, b) => a + b);
  const told: { readonly id: string; readonly day: number }[] = [];
  // More than the window and the week that it looks back take.
  const days = perDay >= 100 ? 8 : 60;
  for (const [n, weight] of weights.entries()) {
    const gap = () => -Math.log(1 - random()) / ((perDay * weight) / sum);
    for (let day = gap(); day <= days; day += gap()) told.push({ id: `s-${n}`, day });
  }
  return told
    .toSorted((a, b) => a.day - b.day)
    .map(({ id, day }) => story(id, timestampOfClock(Math.round(NOW_MS - day * DAY_MS))));
}

for (const [sources, perDay] of [
  [5, 50],
  [20, 5],
  [20, 40],
  [20, 200],
  [60, 300],
  [500, 2_000],
] as const)
  for (const isFalling of [false, true]) {
    let differing = 0;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const stories = series(sources, perDay, isFalling, seed);
      const newest = new Set(stories.slice(0, LIMIT));
      const { shown } = cutWindow(stories, { limit: LIMIT, maxAgeMs: undefined }, timestampOfClock(NOW_MS));
      differing += shown.filter((one) => !newest.has(one)).length;
    }
    const rates = isFalling ? 'falling' : 'even';
    console.log(
      `${sources} sources, ${perDay} items a day, ${rates}: ${(differing / SEEDS).toFixed(1)} of ${LIMIT}`,
    );
  }
