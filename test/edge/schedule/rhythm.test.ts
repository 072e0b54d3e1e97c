import { describe, expect, it } from 'vitest';
import { withArrivals } from '../../../src/edge/schedule/arrivals.ts';
import { ARRIVALS_MAX, rhythmicWaitMs, SLOT_MS } from '../../../src/edge/schedule/rhythm.ts';
import { startTimes } from '../../../src/edge/schedule/start-times.ts';
import type { PollRecord } from '../../../src/model/poll-record.ts';
import { RECORD_VERSION } from '../../../src/model/record-version.ts';
import { timestampOfClock } from '../../../src/model/timestamp.ts';
import { buildSource } from '../../core/build-item.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-20T12:00:00Z'); // a Friday
const bounds = { minMs: 15 * MINUTE, maxMs: DAY };
const slot = (ms: number) => Math.floor(ms / SLOT_MS);
const times = (count: number, everyMs: number, lastMs: number) =>
  Array.from({ length: count }, (_, back) => slot(lastMs - (count - 1 - back) * everyMs));
const waitHours = (arrivals: readonly number[], nowMs = NOW) =>
  rhythmicWaitMs(arrivals, nowMs, bounds) / HOUR;

describe('the wait of an adaptive source', () => {
  it('is longer the less it publishes', () => {
    const waits = [HOUR, 7 * HOUR, 9 * DAY].map((everyMs) =>
      waitHours(times(40, everyMs, NOW - everyMs / 2)),
    );
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeLessThan(1.5);
    expect(waits[2]).toBeGreaterThan(4);
  });

  it('ends soon after the hour at which it publishes every day', () => {
    const sixes = times(60, DAY, Date.parse('2026-11-20T06:00:00Z'));
    let polls = 0;
    let atMs = NOW;
    for (; atMs < Date.parse('2026-11-21T06:00:00Z'); atMs += rhythmicWaitMs(sixes, atMs, bounds)) polls += 1;
    expect(atMs).toBeLessThan(Date.parse('2026-11-21T06:45:00Z'));
    expect(polls).toBeLessThanOrEqual(6);
  });

  it('grows when it falls silent', () => {
    const arrivals = times(100, HOUR, NOW);
    const waits = [0, 2, 10, 60].map((days) => waitHours(arrivals, NOW + days * DAY));
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeLessThan(1.5);
    expect(waits[3]).toBeGreaterThan(6);
  });

  it('stays within the bounds, whatever came when', () => {
    expect(waitHours([])).toBeLessThanOrEqual(24);
    expect(waitHours(times(160, SLOT_MS, NOW))).toBeLessThan(0.5);
    expect(rhythmicWaitMs(times(160, SLOT_MS, NOW), NOW, { minMs: HOUR, maxMs: DAY })).toBe(HOUR);
    expect(waitHours([slot(Date.UTC(2099, 0, 1))])).toBeLessThanOrEqual(24);
    expect(waitHours([0])).toBe(24);
  });
});

describe('when an item came', () => {
  const came = (claimedMs: number | undefined, lookedMs: number | undefined) =>
    withArrivals([], [{ claimedMs, seenMs: NOW }], lookedMs);

  it('is what its date says, where that can be true', () => {
    expect(came(NOW - 20 * MINUTE, NOW - HOUR)).toEqual([slot(NOW - 20 * MINUTE)]);
    expect(came(NOW - 40 * DAY, undefined)).toEqual([slot(NOW - 40 * DAY)]);
  });

  it('F2: lies between two looks where its date is of 2099, of long ago, or absent', () => {
    for (const claimedMs of [Date.UTC(2099, 0, 1), NOW - DAY, undefined]) {
      expect(came(claimedMs, NOW - HOUR)).toEqual([slot(NOW - HOUR / 2)]);
    }
    expect(came(Date.UTC(2099, 0, 1), undefined)).toEqual([slot(NOW)]);
    expect(came(undefined, NOW + DAY)).toEqual([slot(NOW)]);
  });

  it('is kept in order, once for what came together, and no more than bounded', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ claimedMs: NOW - index * 1000, seenMs: NOW }));
    expect(withArrivals([slot(NOW) + 3], many, undefined)).toEqual([
      slot(NOW - 499_000),
      slot(NOW) - 1,
      slot(NOW),
      slot(NOW) + 3,
    ]);
    expect(
      withArrivals(times(160, DAY, NOW - DAY), [{ claimedMs: NOW, seenMs: NOW }], undefined),
    ).toHaveLength(ARRIVALS_MAX);
  });
});

describe('after a start', () => {
  const poll: PollRecord = {
    version: RECORD_VERSION,
    polledAt: timestampOfClock(NOW - HOUR),
    nextPollAt: timestampOfClock(NOW + 10 * HOUR),
    outcome: 'updated',
    failures: 0,
    askedUntil: timestampOfClock(NOW + 3 * HOUR),
  };
  it('a shorter interval counts at once, but no sooner than the publisher asked for', () => {
    const due = (schedule: Parameters<typeof buildSource>[1]) => {
      const source = buildSource('a', schedule);
      return ((startTimes([source], new Map([[source.id, poll]]), NOW).get(source.id) ?? 0) - NOW) / HOUR;
    };
    expect(due({ schedule: { kind: 'every', everyMs: 6 * HOUR } })).toBe(5);
    expect(due({ schedule: { kind: 'every', everyMs: HOUR / 2 } })).toBe(3);
    expect(due({ schedule: { kind: 'adaptive', minMs: HOUR, maxMs: DAY } })).toBe(10);
    expect(due({ schedule: { kind: 'cron', expression: '30 * * * *', timezone: 'UTC' } })).toBe(3.5);
  });
});
