// When to poll a source next. Pure: the outcome and the time in, a time out.
import type { Schedule } from '../../model/config.ts';
import type { PollOutcomeName } from '../../model/records.ts';
import { retryAfterMs } from './retry-after.ts';

export const WAIT_MAX_MS = 24 * 60 * 60 * 1000;
/** Where a cron expression says when, failures still wait at least this long, doubled with each. */
const CRON_BACKOFF_MS = 60 * 1000;

export interface NextPollInput {
  readonly schedule: Schedule;
  readonly outcome: PollOutcomeName;
  /** In a row, this one included. */
  readonly failures: number;
  /** The header as sent, where the outcome is `rate-limited`. */
  readonly retryAfter?: string | undefined;
  readonly nowMs: number;
}

/**
 * The earliest time of the next poll, in milliseconds since 1970. A source on a cron schedule waits for its next match after it.
 * Failures double the wait up to 24 h; a server's Retry-After is kept, bounded at 24 h; a source that is gone is asked once a day.
 */
export function nextPollAtMs(input: NextPollInput): number {
  const { schedule, outcome, failures, nowMs } = input;
  const usualMs = schedule.kind === 'every' ? schedule.everyMs : 0;
  switch (outcome) {
    case 'gone':
      return nowMs + WAIT_MAX_MS;
    case 'rate-limited': {
      const askedMs = retryAfterMs(input.retryAfter, nowMs) ?? backoffMs(schedule, failures);
      return nowMs + Math.max(usualMs, Math.min(askedMs, WAIT_MAX_MS));
    }
    case 'failed':
      return nowMs + backoffMs(schedule, failures);
    default:
      return nowMs + usualMs;
  }
}

function backoffMs(schedule: Schedule, failures: number): number {
  const firstMs = schedule.kind === 'every' ? schedule.everyMs : CRON_BACKOFF_MS;
  const doublings = Math.min(Math.max(failures - 1, 0), 20);
  return Math.max(firstMs, Math.min(firstMs * 2 ** doublings, WAIT_MAX_MS));
}
