// What is remembered of how polling goes, after a poll. Pure.
import { nextPollAtMs } from '../edge/schedule/next-poll.ts';
import type { Source } from '../model/config.ts';
import { type PollRecord, RECORD_VERSION } from '../model/records.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import type { PollResult } from './poll-report.ts';

const UNASKED_RETRY_MS = 60_000;

export interface EndedPoll {
  readonly source: Source;
  readonly before: PollRecord | undefined;
  readonly result: PollResult;
  /** When it ended, milliseconds since 1970. */
  readonly nowMs: number;
}

export function nextPollRecord({ source, before, result, nowMs }: EndedPoll): PollRecord {
  const { schedule } = source;
  const { outcome, retryAfter } = result;
  const failed = outcome === 'failed' || outcome === 'rate-limited';
  const failures = failed ? (before?.failures ?? 0) + (result.unasked ? 0 : 1) : 0;
  const nextMs = result.unasked
    ? nowMs + UNASKED_RETRY_MS
    : nextPollAtMs({ schedule, outcome, failures, retryAfter, nowMs });
  return {
    version: RECORD_VERSION,
    polledAt: timestampOfClock(nowMs),
    nextPollAt: timestampOfClock(nextMs),
    outcome,
    reason: result.reason,
    failures,
    movedTo: movedToAfter(before, result),
  };
}

function movedToAfter(before: PollRecord | undefined, result: PollResult): PollRecord['movedTo'] {
  if (result.outcome === 'failed' || result.outcome === 'rate-limited') return before?.movedTo;
  if (result.movedTo === undefined) return undefined;
  const again = before?.movedTo?.feedUrl === result.movedTo;
  return { feedUrl: result.movedTo, sightings: again ? (before?.movedTo?.sightings ?? 0) + 1 : 1 };
}
