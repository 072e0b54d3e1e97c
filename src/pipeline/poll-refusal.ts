// That a server asked us to come less often: until when its host rests, and what of it is remembered over restarts. Pure.
import { refusedUntilMs } from '../edge/schedule/refusal.ts';
import type { PollRecord } from '../model/poll-record.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import type { PollRefusal, PollResult } from './poll-report.ts';

/** `failures`: in a row, this poll included. */
export function refusalOf(
  { refusedBy, retryAfter }: PollResult,
  failures: number,
  nowMs: number,
): PollRefusal | undefined {
  if (refusedBy === undefined) return undefined;
  return { ...refusedBy, atMs: nowMs, untilMs: refusedUntilMs(retryAfter, failures, nowMs) };
}

export function rememberedRefusal(refusal: PollRefusal | undefined): PollRecord['refusal'] {
  if (refusal === undefined) return undefined;
  const { host, status, untilMs } = refusal;
  return { host, status, until: timestampOfClock(untilMs) };
}
