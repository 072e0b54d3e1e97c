import { describe, expect, it } from 'vitest';
import { cronProblem } from '../../../src/edge/schedule/cron.ts';
import { type NextPollInput, nextPollAtMs, WAIT_MAX_MS } from '../../../src/edge/schedule/next-poll.ts';
import { retryAfterMs } from '../../../src/edge/schedule/retry-after.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const HOUR = 3_600_000;
const hourly = { kind: 'every', everyMs: HOUR } as const;
const waitMs = (said: Partial<NextPollInput>) =>
  nextPollAtMs({ schedule: hourly, outcome: 'unchanged', failures: 0, nowMs: NOW, ...said }) - NOW;

describe('the next poll', () => {
  it.each(['updated', 'unchanged', 'not-modified'] as const)(
    'comes after `every` when the last was %s',
    (outcome) => {
      expect(waitMs({ outcome })).toBe(HOUR);
    },
  );

  it('comes later with each failure in a row, a day later at most', () => {
    const waits = [1, 2, 3, 4, 5, 6, 50, 5000].map(
      (failures) => waitMs({ outcome: 'failed', failures }) / HOUR,
    );
    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24, 24]);
  });

  it('never comes sooner after a failure than after a success', () => {
    const schedule = { kind: 'every', everyMs: 3 * WAIT_MAX_MS } as const;
    expect(waitMs({ schedule, outcome: 'failed', failures: 9 })).toBe(3 * WAIT_MAX_MS);
  });

  it.each([
    ['120', HOUR],
    ['7200', 2 * HOUR],
    ['86400', 24 * HOUR],
    ['9999999999', 24 * HOUR],
    ['Fri, 20 Nov 2026 15:00:00 GMT', 3 * HOUR],
    ['Fri, 20 Nov 2099 15:00:00 GMT', 24 * HOUR],
    ['1e30', HOUR],
    ['-1', HOUR],
    ['soon', HOUR],
    [undefined, HOUR],
  ])('keeps a Retry-After of %s, within `every` and a day', (retryAfter, expected) => {
    expect(waitMs({ outcome: 'rate-limited', failures: 1, retryAfter })).toBe(expected);
  });

  it('comes a day later for a source that is gone', () => {
    expect(waitMs({ outcome: 'gone' })).toBe(24 * HOUR);
  });

  it('lets a cron schedule say when, unless polls fail', () => {
    const schedule = { kind: 'cron', expression: '* * * * *', timezone: undefined } as const;
    expect(waitMs({ schedule })).toBe(0);
    expect(waitMs({ schedule, outcome: 'failed', failures: 3 })).toBe(240_000);
  });
});

describe('Retry-After', () => {
  it.each([
    '',
    'soon',
    '1e30',
    '-1',
    '1.5',
    '99999999999',
    '0x10',
    'Fri, 20 Nov 2020 15:00:00 GMT',
    '2026-11-21',
  ])('is not understood where it says %j', (value) => {
    expect(retryAfterMs(value, NOW)).toBeUndefined();
  });
});

describe('cron expressions', () => {
  it('are checked with a reason', () => {
    expect(cronProblem('*/15 6-22 * * *')).toBeUndefined();
    expect(cronProblem('99 * * * *')).toMatch(/minute/);
  });
});
