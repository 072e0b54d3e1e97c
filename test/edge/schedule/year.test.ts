// Two months of clock with a source of each of the forty characters. The year of 500 sources is `bench/year/year.ts`.
import { describe, expect, it } from 'vitest';
import { CHARACTERS, DAY_MS, HOUR_MS, MINUTE_MS } from '../../../bench/year/characters.ts';
import { compare, YEAR_MS } from '../../../bench/year/compare.ts';
import { brokenRules } from '../../../bench/year/polite-rules.ts';
import { createRandom } from '../../../bench/year/random.ts';
import { simulate, simulateFixed } from '../../../bench/year/simulate.ts';
import { createServer } from '../../../bench/year/simulated-server.ts';
import { buildSource } from '../../core/build-item.ts';

const adaptive = { kind: 'adaptive', minMs: 15 * MINUTE_MS, maxMs: DAY_MS } as const;
const hourly = { kind: 'every', everyMs: HOUR_MS } as const;

describe('two months of forty sources', () => {
  it('break no rule, and bring news as early as a poll every hour, for half of the requests', () => {
    const { ours, fixed, broken } = compare({ sources: CHARACTERS.length, days: 60, schedule: adaptive });
    expect(broken).toEqual([]);
    expect(ours.requests).toBeLessThan(fixed.requests / 2);
    expect(ours.medianMs).toBeLessThanOrEqual(fixed.medianMs);
    expect(ours.items).toBeGreaterThan(5000);
  });

  it('break no rule by a fixed interval either', () => {
    const { ours, fixed, broken } = compare({ sources: CHARACTERS.length, days: 20, schedule: hourly });
    expect(broken).toEqual([]);
    expect(ours.requests).toBeLessThan(fixed.requests);
  });

  it('would break every rule if nobody heeded what publishers say', () => {
    const rules = CHARACTERS.flatMap((character, index) => {
      const server = createServer(character, YEAR_MS, 20 * DAY_MS, createRandom(index + 1));
      const stretch = { fromMs: YEAR_MS, toMs: YEAR_MS + 20 * DAY_MS };
      const { log } = simulateFixed(server, stretch, 0.5, 20 * MINUTE_MS);
      return brokenRules(character, { minMs: 30 * MINUTE_MS, maxMs: DAY_MS }, log);
    });
    for (const rule of [
      'the shortest interval',
      'max-age',
      'ttl',
      'the update period',
      'Retry-After',
      'the backoff',
      'an hour to skip',
      'a day to skip',
    ]) {
      expect(rules.some((broken) => broken.includes(rule))).toBe(true);
    }
  });
});

describe('a source that always fails', () => {
  it('F4: is asked about once a day after 30 days, and at once usual again when it answers', () => {
    const character = {
      name: 'down',
      publishes: () => Array.from({ length: 60 }, (_, day) => YEAR_MS + day * DAY_MS + HOUR_MS),
      outages: [[1, 31]],
    } as const;
    const stretch = { fromMs: YEAR_MS, toMs: YEAR_MS + 40 * DAY_MS };
    const server = createServer(character, YEAR_MS, 40 * DAY_MS, createRandom(1));
    const { log } = simulate(buildSource('down', { schedule: hourly }), server, stretch, 0);
    expect(brokenRules(character, { minMs: HOUR_MS, maxMs: HOUR_MS }, log)).toEqual([]);
    const failed = log.filter((poll) => poll.answer === 'failure');
    expect(failed.length).toBeGreaterThan(30);
    expect(failed.length).toBeLessThan(45);
    const back = log.findIndex((poll) => poll.atMs >= YEAR_MS + 31 * DAY_MS);
    expect(log[back]?.atMs).toBeLessThan(YEAR_MS + 32 * DAY_MS);
    const gapMs = (log[back + 1]?.atMs ?? 0) - (log[back]?.atMs ?? 0);
    expect(gapMs).toBeLessThan(1.1 * HOUR_MS);
  });
});
