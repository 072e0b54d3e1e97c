// What is remembered of polls beside the last one: how the last days went, and empty documents in a row. Pure.
import type { DayOfPolls, PollRecord } from '../model/poll-record.ts';
import type { PollResult } from './poll-report.ts';

const DAYS_MAX = 30;

/** `nowMs`: when the poll ended, milliseconds since 1970. */
export function historyAfter(
  before: PollRecord | undefined,
  result: PollResult,
  nowMs: number,
): Pick<PollRecord, 'emptyPolls' | 'days'> {
  return { emptyPolls: emptyPollsAfter(before, result), days: daysAfter(before?.days ?? [], result, nowMs) };
}

/** A document that did not change since it was empty is empty still; a poll that failed says nothing of it. */
function emptyPollsAfter(before: PollRecord | undefined, result: PollResult): number | undefined {
  const sofar = before?.emptyPolls;
  if (isFailure(result)) return sofar;
  if (result.items === undefined) return sofar === undefined ? undefined : sofar + 1;
  return result.items === 0 ? (sofar ?? 0) + 1 : undefined;
}

function daysAfter(days: readonly DayOfPolls[], result: PollResult, nowMs: number): readonly DayOfPolls[] {
  if (result.unasked) return days;
  const day = new Date(nowMs).toISOString().slice(0, 10);
  const today = days.find((each) => each.day === day) ?? { day, polls: 0, failed: 0 };
  const counted = { day, polls: today.polls + 1, failed: today.failed + Number(isFailure(result)) };
  return [...days.filter((each) => each.day < day), counted].slice(-DAYS_MAX);
}

function isFailure({ outcome }: PollResult): boolean {
  return outcome === 'failed' || outcome === 'rate-limited' || outcome === 'gone';
}
