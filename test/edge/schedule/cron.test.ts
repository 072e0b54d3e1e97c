import fc from 'fast-check';
import { createTask } from 'node-cron';
import { describe, expect, it } from 'vitest';
import { countCronMatches, cronProblem, nextCronMatch } from '../../../src/edge/schedule/cron.ts';

const DAY = 86_400_000;
/** The day before clocks are put back. */
const FROM = Date.parse('2026-10-24T00:00:00Z');
const berlin = (expression: string) => ({ expression, timezone: 'Europe/Berlin' });

/** Its next times, as UTC. */
function times(
  schedule: { expression: string; timezone: string | undefined },
  from: string,
  count: number,
): string[] {
  const found: string[] = [];
  let atMs = Date.parse(from);
  for (let time = 0; time < count; time++) {
    atMs = nextCronMatch(schedule, atMs);
    found.push(new Date(atMs).toISOString().slice(0, 16));
  }
  return found;
}

describe('cron expressions', () => {
  it('are checked with a reason', () => {
    expect(cronProblem('*/15 6-22 * * *')).toBeUndefined();
    expect(cronProblem('99 * * * *')).toMatch(/minute/);
  });

  it('have a next time, however far away', () => {
    expect(times(berlin('*/15 6-22 * * *'), '2026-11-20T21:40:00Z', 3)).toEqual([
      '2026-11-20T21:45',
      '2026-11-21T05:00',
      '2026-11-21T05:15',
    ]);
    expect(times(berlin('5 4 1 jan *'), '2026-11-20T12:00:00Z', 1)).toEqual(['2027-01-01T03:05']);
    expect(times({ expression: '0 0 29 2 *', timezone: 'UTC' }, '2026-11-20T12:00:00Z', 1)).toEqual([
      '2028-02-29T00:00',
    ]);
  });

  it('know zones that differ by quarters of an hour', () => {
    expect(times({ expression: '0 0 * * 1', timezone: 'Asia/Kathmandu' }, '2026-11-20T12:00:00Z', 1)).toEqual(
      ['2026-11-22T18:15'],
    );
  });

  it('F1: leave out a time that does not exist when clocks are put forward', () => {
    expect(times(berlin('30 2 * * *'), '2026-03-27T12:00:00Z', 2)).toEqual([
      '2026-03-28T01:30',
      '2026-03-30T00:30',
    ]);
    expect(times(berlin('0,30 1-3 * * *'), '2026-03-29T00:00:00Z', 3)).toEqual([
      '2026-03-29T00:30',
      '2026-03-29T01:00',
      '2026-03-29T01:30',
    ]);
  });

  it('F1: come once, at the second of two equal times, when clocks are put back', () => {
    expect(times(berlin('30 2 * * *'), '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T01:30',
      '2026-10-26T01:30',
    ]);
    const count = (from: string, to: string) =>
      countCronMatches(berlin('30 2 * * *'), Date.parse(from), Date.parse(to));
    expect(count('2026-10-25T00:29:00Z', '2026-10-25T00:31:00Z')).toBe(0);
    expect(count('2026-10-25T01:29:00Z', '2026-10-25T01:31:00Z')).toBe(1);
  });

  it('are counted for a day at most', () => {
    const quarterly = berlin('*/15 * * * *');
    const [from, to] = [Date.parse('2026-01-01T00:00:00Z'), Date.parse('2026-06-01T00:00:00Z')];
    expect(countCronMatches(quarterly, to - 3_600_000, to)).toBe(4);
    expect(countCronMatches(quarterly, from, to)).toBe(96);
    expect(countCronMatches(quarterly, to, from)).toBe(0);
  });

  it('are the same whatever was asked before', () => {
    const asked = fc.array(fc.integer({ min: 0, max: 3 * 24 * 60 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(asked, (minutes) => {
        const daily = berlin('*/7 3,15 * * *');
        const answers = minutes.map((minute) => nextCronMatch(daily, FROM + minute * 60_000 + 1));
        const plain = minutes.map((minute) => {
          // What is remembered then is of another time.
          nextCronMatch(daily, FROM - 90 * 24 * 3_600_000);
          return nextCronMatch(daily, FROM + minute * 60_000 + 1);
        });
        expect(answers).toEqual(plain);
      }),
      { numRuns: 50 },
    );
  });

  it.each(['30 2 * * *', '*/15 * * * *', '0 0 * * *', '59 1-3 * * sun'])(
    'F1: come when a task of node-cron would run, over both changes of the clocks: %s',
    (expression) => {
      const task = createTask(expression, () => undefined, { timezone: 'Europe/Berlin' }) as unknown as {
        readonly timeMatcher: { getNextMatch(date: Date): Date };
      };
      for (const from of ['2026-03-28T20:00:00Z', '2026-10-24T20:00:00Z']) {
        let atMs = Date.parse(from);
        const endMs = atMs + DAY;
        while (atMs < endMs) {
          const expected = task.timeMatcher.getNextMatch(new Date(atMs)).toISOString();
          atMs = nextCronMatch(berlin(expression), atMs);
          expect(new Date(atMs).toISOString()).toBe(expected);
        }
      }
    },
  );
});
