import { describe, expect, it } from 'vitest';
import type { PollRecord } from '../../src/model/poll-record.ts';
import { timestampOfClock } from '../../src/model/timestamp.ts';
import { nextPollRecord } from '../../src/pipeline/next-poll-record.ts';
import { historyAfter } from '../../src/pipeline/poll-history.ts';
import type { PollResult } from '../../src/pipeline/poll-report.ts';
import { buildSource } from '../core/build-item.ts';

const NOON = Date.UTC(2026, 10, 26, 12);
const DAY = 24 * 60 * 60 * 1000;

/** What is remembered after these polls, one each `stepMs`. */
function remembered(results: readonly PollResult[], stepMs = 0): Pick<PollRecord, 'emptyPolls' | 'days'> {
  return results.reduce(
    (before, result, place) => historyAfter(before as PollRecord, result, NOON + place * stepMs),
    {} as Pick<PollRecord, 'emptyPolls' | 'days'>,
  );
}

const FULL: PollResult = { outcome: 'updated', items: 3 };
const EMPTY: PollResult = { outcome: 'unchanged', items: 0 };
const SAME: PollResult = { outcome: 'not-modified' };
const FAILED: PollResult = { outcome: 'failed', reason: 'dns' };

describe('documents without items', () => {
  it.each<[string, readonly PollResult[], number | undefined]>([
    ['one with items', [FULL], undefined],
    ['three without', [FULL, EMPTY, EMPTY, EMPTY], 3],
    ['unchanged since it was empty: still empty', [EMPTY, SAME, { outcome: 'unchanged' }], 3],
    ['unchanged since it was full: not empty', [FULL, SAME, SAME], undefined],
    ['a failure says nothing of it', [EMPTY, FAILED, EMPTY], 2],
    ['items again', [EMPTY, EMPTY, EMPTY, FULL], undefined],
  ])('%s', (_, results, count) => {
    expect(remembered(results).emptyPolls).toBe(count);
  });
});

describe('how the days went', () => {
  it('counts polls and failures of each day, refusals among them', () => {
    const results: PollResult[] = [FULL, FAILED, { outcome: 'rate-limited' }, SAME];
    expect(remembered(results, DAY / 2).days).toEqual([
      { day: '2026-11-26', polls: 1, failed: 0 },
      { day: '2026-11-27', polls: 2, failed: 2 },
      { day: '2026-11-28', polls: 1, failed: 0 },
    ]);
  });

  it('does not count what was not even asked', () => {
    const unasked: PollResult = { outcome: 'failed', reason: 'store-unavailable', unasked: true };
    expect(remembered([FULL, unasked]).days).toEqual([{ day: '2026-11-26', polls: 1, failed: 0 }]);
  });

  it('remembers thirty days, and none that a clock set back made the future', () => {
    const days = remembered(new Array<PollResult>(40).fill(SAME), DAY).days ?? [];
    expect(days).toHaveLength(30);
    expect(days.at(-1)?.day).toBe('2027-01-04');
    const back = historyAfter({ days } as unknown as PollRecord, SAME, NOON + 20 * DAY);
    expect(back.days?.at(-1)).toEqual({ day: '2026-12-16', polls: 2, failed: 0 });
  });
});

describe('a source that was not even asked', () => {
  it('was last polled when it was, and waits no longer for it', () => {
    const polledAt = timestampOfClock(NOON - DAY);
    const before: PollRecord = {
      version: 1,
      polledAt,
      nextPollAt: polledAt,
      outcome: 'updated',
      failures: 0,
    };
    const after = nextPollRecord({
      source: buildSource('a'),
      before,
      known: undefined,
      result: { outcome: 'failed', reason: 'store-unavailable', unasked: true },
      isPushed: false,
      startedMs: NOON,
      nowMs: NOON,
    });
    expect(after).toMatchObject({ polledAt, failures: 0, nextPollAt: timestampOfClock(NOON + 60_000) });
  });
});
