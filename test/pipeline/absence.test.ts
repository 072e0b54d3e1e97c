import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceId } from '../../src/model/ids.ts';
import type { AbsenceRecord } from '../../src/model/poll-record.ts';
import { KEPT_MS, longAbsent, nextAbsence } from '../../src/pipeline/absence.ts';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const ids = (...names: readonly string[]) => names as readonly SourceId[];

describe('how long something has been absent', () => {
  it('is counted from the first look, and anew when it was there in between', () => {
    let record = nextAbsence(undefined, ids('a', 'b'), START);
    for (let day = 1; day <= 29; day += 1) record = nextAbsence(record, ids('a', 'b'), START + day * DAY_MS);
    expect(longAbsent(record)).toEqual([]);
    record = nextAbsence(record, ids('a'), START + 29.5 * DAY_MS);
    record = nextAbsence(record, ids('a', 'b'), START + 30 * DAY_MS);
    expect(longAbsent(record)).toEqual(['a']);
    expect(record.absentMs).toEqual({ a: 30 * DAY_MS, b: 0 });
  });

  it('grows by no jump of a clock, forward or back, and by no long time in which nobody looked', () => {
    let record = nextAbsence(undefined, ids('a'), START);
    for (const jump of [365 * DAY_MS, -400 * DAY_MS, 1000 * DAY_MS])
      record = nextAbsence(record, ids('a'), Date.parse(record.lookedAt) + jump);
    expect(record.absentMs['a']).toBe(4 * DAY_MS);
  });

  it('never ends before 30 days of the clock have passed, however often is looked', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 3 * DAY_MS }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(gaps, (steps) => {
        let atMs = START;
        let record: AbsenceRecord = nextAbsence(undefined, ids('a'), atMs);
        for (const step of steps) {
          atMs += step;
          record = nextAbsence(record, ids('a'), atMs);
          if (longAbsent(record).length > 0) expect(atMs - START).toBeGreaterThanOrEqual(KEPT_MS);
        }
      }),
    );
  });

  it('is kept of 50,000 at most: with more, those that are known go before', () => {
    const many = Array.from({ length: 50_001 }, (_, place) => `s${place}` as SourceId);
    const first = nextAbsence(undefined, ids('zz'), START);
    const next = nextAbsence(first, [...many, ...ids('zz')], START + DAY_MS);
    expect(Object.keys(next.absentMs)).toHaveLength(50_000);
    expect(next.absentMs['zz']).toBe(DAY_MS);
  });
});
