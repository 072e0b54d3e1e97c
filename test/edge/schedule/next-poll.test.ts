import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NextPollInput, nextPoll, WAIT_MAX_MS } from '../../../src/edge/schedule/next-poll.ts';
import { spreadMs } from '../../../src/edge/schedule/place.ts';
import { retryAfterMs } from '../../../src/edge/schedule/retry-after.ts';
import { sourceId } from '../../../src/model/ids.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z'); // a Friday
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ID = sourceId('a');
const hourly = { kind: 'every', everyMs: HOUR } as const;
const usual: NextPollInput = {
  sourceId: ID,
  schedule: hourly,
  outcome: 'unchanged',
  failures: 0,
  nowMs: NOW,
};
const next = (said: Partial<NextPollInput>) => nextPoll({ ...usual, ...said });
/** The decision in hours, the small spread of each source aside. */
const decided = (said: Partial<NextPollInput>) => {
  const { why, intervalMs } = next(said);
  return [why, intervalMs / HOUR];
};
const cached = (cacheControl: string, more: Readonly<Record<string, string>> = {}) => ({
  headers: { 'cache-control': cacheControl, ...more },
});

describe('the next poll', () => {
  it.each(['updated', 'unchanged', 'not-modified'] as const)(
    'comes after `every` when the last was %s',
    (outcome) => {
      expect(decided({ outcome })).toEqual(['every', 1]);
    },
  );

  it('is spread by the id: the same at every start, later by a twentieth at most, and not on one second', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => sourceId(`s${index}`));
    const times = ids.map((id) => next({ sourceId: id }).atMs);
    expect(ids.map((id) => next({ sourceId: id }).atMs)).toEqual(times);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(NOW + HOUR);
    expect(Math.max(...times)).toBeLessThanOrEqual(NOW + HOUR * 1.05);
    const bySecond = Map.groupBy(times, (ms) => Math.floor(ms / 1000));
    expect(Math.max(...[...bySecond.values()].map((each) => each.length))).toBeLessThan(30);
  });

  it('comes at the latest of what operator and publisher ask for, and says whose word it was', () => {
    expect(decided(cached('max-age=7200'))).toEqual(['max-age', 2]);
    expect(decided(cached('max-age=600'))).toEqual(['every', 1]);
    expect(decided({ declared: { ttlMinutes: 180 } })).toEqual(['ttl', 3]);
    expect(decided({ declared: { updateSeconds: 4 * 3600 } })).toEqual(['update-period', 4]);
    expect(decided({ ...cached('max-age=7200'), declared: { ttlMinutes: 180 } })).toEqual(['ttl', 3]);
    expect(decided({ declared: { ttlMinutes: 60 } })).toEqual(['every', 1]);
  });

  it('is bounded at a day, whatever a publisher asks for, but not what the operator does', () => {
    const year = 365 * 86_400;
    expect(decided(cached(`max-age=${year}`))).toEqual(['max-age', 24]);
    expect(decided(cached('max-age=99999999999999999999'))).toEqual(['max-age', 24]);
    expect(decided({ declared: { ttlMinutes: year / 60 } })).toEqual(['ttl', 24]);
    expect(decided({ declared: { updateSeconds: year } })).toEqual(['update-period', 24]);
    const schedule = { kind: 'every', everyMs: 3 * DAY } as const;
    expect(decided({ schedule, ...cached(`max-age=${year}`) })).toEqual(['every', 72]);
    expect(next({ schedule, outcome: 'failed', failures: 9 }).atMs - NOW).toBeGreaterThanOrEqual(3 * DAY);
  });

  it('counts updates from their base, also where that lies ahead', () => {
    const base = (text: string) => ({ updateSeconds: 86_400, updateBaseMs: Date.parse(text) });
    // Ten minutes are left to be ready in.
    expect(decided({ declared: base('2000-01-01T17:50:00Z') })).toEqual(['update-period', 6]);
    expect(decided({ declared: base('2099-01-01T17:50:00Z') })).toEqual(['update-period', 6]);
    expect(decided({ declared: base('2000-01-01T11:55:00Z') })).toEqual(['every', 1]);
    expect(decided({ declared: base('2000-01-01T12:30:00Z') })).toEqual(['every', 1]);
  });

  it('comes outside the hours and days that are skipped, in GMT', () => {
    const { atMs, why } = next({ declared: { skipHours: [13, 14, 15] } });
    expect([why, Math.floor((atMs - NOW) / HOUR)]).toEqual(['skip-hours', 4]);
    const weekend = next({ declared: { skipDays: ['Friday', 'Saturday', 'Sunday'] } });
    expect([weekend.why, new Date(weekend.atMs).toISOString().slice(0, 13)]).toEqual([
      'skip-days',
      '2026-11-23T00',
    ]);
    const both = next({ declared: { skipDays: ['Friday'], skipHours: [0, 1, 2] } });
    expect(new Date(both.atMs).toISOString().slice(0, 13)).toBe('2026-11-21T03');
    expect(decided({ declared: { skipHours: [3, 4] } })).toEqual(['every', 1]);
  });

  it('heeds no list that skips everything', () => {
    const all = Array.from({ length: 24 }, (_, hour) => hour);
    expect(decided({ declared: { skipHours: all } })).toEqual(['every', 1]);
    const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
    expect(decided({ declared: { skipDays: days } })).toEqual(['every', 1]);
  });

  it('comes later with each failure in a row, a day later at most, each at a place of its own', () => {
    const waits = [1, 2, 3, 4, 5, 6, 50, 5000].map((failures) => {
      const { intervalMs, why } = next({ outcome: 'failed', failures });
      expect(why).toBe('backoff');
      return intervalMs / HOUR;
    });
    for (const [index, plain] of [1, 2, 4, 8, 16].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(plain);
      expect(waits[index]).toBeLessThanOrEqual(plain * 1.25);
    }
    for (const wait of waits.slice(5)) {
      expect(wait).toBeGreaterThan(21.5);
      expect(wait).toBeLessThanOrEqual(24);
    }
    expect(waits[6]).not.toBe(waits[7]);
    const other = next({ sourceId: sourceId('b'), outcome: 'failed', failures: 3 }).intervalMs / HOUR;
    expect(other).not.toBe(waits[2]);
  });

  it.each([
    ['120', 'every', 1],
    ['7200', 'retry-after', 2],
    ['86400', 'retry-after', 24],
    ['9999999999', 'retry-after', 24],
    ['Fri, 20 Nov 2026 15:00:00 GMT', 'retry-after', 3],
    ['Fri, 20 Nov 2099 15:00:00 GMT', 'retry-after', 24],
  ])('A13: keeps a Retry-After of %s, within `every` and a day', (retryAfter, why, hours) => {
    expect(decided({ outcome: 'rate-limited', failures: 1, retryAfter })).toEqual([why, hours]);
    expect(decided({ outcome: 'rate-limited', failures: 9, retryAfter })).toEqual([why, hours]);
  });

  it.each(['1e30', '-1', 'soon', undefined])('A13: backs off where Retry-After says %s', (retryAfter) => {
    const third = next({ outcome: 'rate-limited', failures: 3, retryAfter });
    expect(third.why).toBe('backoff');
    expect(third.intervalMs).toBe(next({ outcome: 'failed', failures: 3 }).intervalMs);
  });

  it('comes a day later for a source that is gone', () => {
    expect(decided({ outcome: 'gone' })).toEqual(['gone', 24]);
  });

  it('is slower while a hub tells us of what is new, and usual when it stops', () => {
    expect(decided({ push: { active: true } })).toEqual(['push', 6]);
    expect(decided({ push: { active: false } })).toEqual(['every', 1]);
    const schedule = { kind: 'every', everyMs: 12 * HOUR } as const;
    expect(decided({ schedule, push: { active: true } })).toEqual(['push', 24]);
    expect(decided({ push: { active: true }, outcome: 'failed', failures: 1 })[0]).toBe('backoff');
  });

  it('heeds no wishes in a file of this machine', () => {
    const declared = { ttlMinutes: 600, skipHours: [13] };
    expect(next({ isFile: true, declared })).toMatchObject({ atMs: NOW + HOUR, why: 'every' });
  });

  it('remembers until when the publisher wants to be left alone', () => {
    expect(next({}).askedUntilMs).toBeUndefined();
    expect(next(cached('max-age=1200')).askedUntilMs).toBe(NOW + 20 * MINUTE);
    expect(next({ declared: { ttlMinutes: 30, skipHours: [12] } }).askedUntilMs).toBe(NOW + HOUR);
  });

  it('lets no wish of a document go over the longest interval of an adaptive source, but what its server says', () => {
    const schedule = { kind: 'adaptive', minMs: 15 * MINUTE, maxMs: 4 * HOUR } as const;
    expect(decided({ schedule, declared: { ttlMinutes: 600 } })[1]).toBe(4);
    expect(decided({ schedule, ...cached('max-age=36000') })).toEqual(['max-age', 10]);
    expect(next({ schedule, outcome: 'failed', failures: 1 }).intervalMs).toBeGreaterThanOrEqual(HOUR);
  });
});

describe('a schedule', () => {
  const schedule = { kind: 'cron', expression: '*/15 * * * *', timezone: 'UTC' } as const;
  const daily = { kind: 'cron', expression: '0 6 * * *', timezone: 'UTC' } as const;
  const at = (said: Partial<NextPollInput>) => {
    const { atMs, why } = next({ schedule, nowMs: NOW + 5000, ...said });
    return [why, new Date(atMs).toISOString().slice(5, 16)];
  };

  it('says when, at the first of its times after what is asked for', () => {
    expect(at({})).toEqual(['schedule', '11-20T12:15']);
    expect(at(cached('max-age=3600'))).toEqual(['max-age', '11-20T13:00']);
    expect(at({ declared: { ttlMinutes: 100 } })).toEqual(['ttl', '11-20T13:45']);
    expect(at({ declared: { skipHours: [12, 13] } })).toEqual(['skip-hours', '11-20T14:00']);
    expect(at({ outcome: 'rate-limited', failures: 1, retryAfter: '7200' })).toEqual([
      'retry-after',
      '11-20T14:00',
    ]);
    expect(at({ outcome: 'failed', failures: 1 })).toEqual(['schedule', '11-20T12:15']);
    expect(at({ outcome: 'failed', failures: 7 })).toEqual(['backoff', '11-20T13:15']);
  });

  it('of once a day stays one of once a day under a max-age of a day', () => {
    const nowMs = Date.parse('2026-11-20T06:00:07Z');
    expect(at({ schedule: daily, nowMs, ...cached('max-age=86400') })).toEqual(['schedule', '11-21T06:00']);
  });

  it('is kept where all of its times are skipped', () => {
    expect(at({ schedule: daily, declared: { skipHours: [5, 6, 7] } })).toEqual(['schedule', '11-21T06:00']);
  });
});

describe('whatever is known, the next poll', () => {
  const texts = fc.oneof(fc.string(), fc.constantFrom('-1', '1e30', '0', '86400', 'Fri, 31 Feb 2026', 'no'));
  const input = fc.record({
    schedule: fc.oneof(
      fc.integer({ min: 1000, max: 30 * DAY }).map((everyMs) => ({ kind: 'every', everyMs }) as const),
      fc
        .tuple(fc.integer({ min: 1000, max: DAY }), fc.integer({ min: 1, max: 29 * DAY }))
        .map(([minMs, more]) => ({ kind: 'adaptive', minMs, maxMs: minMs + more }) as const),
    ),
    outcome: fc.constantFrom('updated', 'unchanged', 'not-modified', 'failed', 'gone', 'rate-limited'),
    failures: fc.nat(),
    retryAfter: fc.option(texts, { nil: undefined }),
    headers: fc.dictionary(fc.constantFrom('cache-control', 'expires', 'age', 'date'), texts),
    declared: fc.record({
      ttlMinutes: fc.nat(),
      updateSeconds: fc.nat(),
      updateBaseMs: fc.option(fc.integer({ min: -1e14, max: 1e14 }), { nil: undefined }),
      skipHours: fc.array(fc.integer({ min: 0, max: 23 })),
      skipDays: fc.array(fc.constantFrom('Monday', 'Tuesday', 'Sunday')),
    }),
    arrivals: fc.array(fc.integer({ min: 0, max: 1e8 }), { maxLength: 160 }),
    push: fc.record({ active: fc.boolean() }),
  });

  it('comes within bounds: never before the shortest interval, never later than asked for, bounded, and skips', () => {
    fc.assert(
      fc.property(input, (said) => {
        const { schedule } = said;
        const [leastMs, mostMs] =
          schedule.kind === 'every' ? [schedule.everyMs, schedule.everyMs] : [schedule.minMs, schedule.maxMs];
        const { atMs, intervalMs } = next(said as Partial<NextPollInput>);
        expect(Number.isInteger(intervalMs)).toBe(true);
        expect(intervalMs).toBeGreaterThanOrEqual(leastMs);
        expect(intervalMs).toBeLessThanOrEqual(Math.max(WAIT_MAX_MS, mostMs));
        expect(atMs).toBeGreaterThanOrEqual(NOW + intervalMs);
        expect(atMs).toBeLessThanOrEqual(NOW + intervalMs + 7 * DAY + spreadMs(ID, DAY) * 2);
      }),
    );
  });
});

describe('Retry-After', () => {
  it.each([
    '',
    'soon',
    '1e30',
    '-1',
    '0',
    '1.5',
    '99999999999',
    '0x10',
    'Fri, 20 Nov 2020 15:00:00 GMT',
    'Soon 2099',
    '2026-11-21',
  ])('is not understood where it says %j', (value) => {
    expect(retryAfterMs(value, NOW)).toBeUndefined();
  });
});
