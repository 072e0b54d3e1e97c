// When to poll a source next, and why then. Pure: all that is known in, a time out. docs/OPERATING.md has it as a table.
import type { Schedule } from '../../model/config.ts';
import { assertNever } from '../../model/errors.ts';
import type { ResponseHeaders } from '../../model/fetch-outcome.ts';
import type { SourceId } from '../../model/ids.ts';
import type { PollOutcomeName, PollWhy } from '../../model/poll-record.ts';
import { type CronSchedule, nextCronMatch } from './cron.ts';
import { freshForMs } from './freshness.ts';
import { placeOf, spreadMs } from './place.ts';
import { retryAfterMs } from './retry-after.ts';
import { type IntervalBounds, rhythmicWaitMs } from './rhythm.ts';
import { outsideSkips, type SkipWindows } from './skip-windows.ts';

/** The longest that anybody but the operator can have us wait, hours and days to skip aside. */
export const WAIT_MAX_MS = 24 * 60 * 60 * 1000;
/** The first wait after a failure where the configuration names no fixed interval. */
const BACKOFF_FIRST_MS = 60 * 60 * 1000;
const CRON_BACKOFF_FIRST_MS = 60 * 1000;
/** Polling goes on so much slower while a hub tells us of what is new. */
const PUSH_SLOWER = 6;
/** A time of a cron schedule is not left out for a wait that ends so little after it. */
const CRON_TOLERANCE_MS = 5 * 60 * 1000;

/** A publisher who names a time of updates is given so long to be ready. */
const READY_MS = 10 * 60 * 1000;

/** What a document says about when to ask again. */
export interface DeclaredRhythm extends SkipWindows {
  readonly ttlMinutes?: number | undefined;
  /** sy:updatePeriod and sy:updateFrequency. */
  readonly updateSeconds?: number | undefined;
  /** sy:updateBase, milliseconds since 1970: updates are counted from it. */
  readonly updateBaseMs?: number | undefined;
}

export interface NextPollInput {
  readonly sourceId: SourceId;
  /** A file of this machine has no publisher to be polite to: it is polled by its schedule alone. */
  readonly isFile?: boolean | undefined;
  readonly schedule: Schedule;
  readonly outcome: PollOutcomeName;
  /** In a row, this one included. */
  readonly failures: number;
  /** The header as sent, where the outcome is `rate-limited`. */
  readonly retryAfter?: string | undefined;
  /** Of an answer that gave a document or confirmed the one we have. */
  readonly headers?: ResponseHeaders | undefined;
  readonly declared?: DeclaredRhythm | undefined;
  /** When items came, in slots (see rhythm.ts): what an adaptive interval goes by. */
  readonly arrivals?: readonly number[] | undefined;
  /** Whether a hub tells us of what is new. */
  readonly push?: { readonly active: boolean } | undefined;
  readonly nowMs: number;
}

export interface NextPoll {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** What decided. */
  readonly why: PollWhy;
  /** The wait that was decided on, before anything to skip and the spread. */
  readonly intervalMs: number;
  /** Up to then the publisher asked us to stay away; undefined where it did not. */
  readonly askedUntilMs: number | undefined;
}

interface Wait {
  readonly ms: number;
  readonly why: PollWhy;
}

/** The earliest time of the next poll. Never earlier than the operator's interval and the publisher's wishes, which are bounded. */
export function nextPoll(input: NextPollInput): NextPoll {
  const { sourceId, schedule, nowMs } = input;
  const wishes = input.isFile === true ? [] : wishesOf(input);
  const wait = latest([ownWait(input), ...wishes]);
  const askedMs = latest([{ ms: 0, why: wait.why }, ...wishes]).ms;
  if (schedule.kind === 'cron') return onSchedule(schedule, wait, askedMs, input);
  const spread = input.isFile === true || isAtBound(wait) ? 0 : spreadMs(sourceId, wait.ms);
  const skips = skipsOf(input);
  const { atMs, by } = outsideSkips(nowMs + wait.ms + spread, skips);
  const afterSkip = by === undefined ? 0 : spreadMs(sourceId, WAIT_MAX_MS);
  return {
    atMs: atMs + afterSkip,
    why: by ?? wait.why,
    intervalMs: wait.ms,
    askedUntilMs: askedMs > 0 ? outsideSkips(nowMs + askedMs, skips).atMs : undefined,
  };
}

/** What the operator's schedule, and how polling went, have us wait. */
function ownWait(input: NextPollInput): Wait {
  const { schedule, outcome, failures } = input;
  switch (outcome) {
    case 'gone':
      return { ms: Math.max(WAIT_MAX_MS, usualWait(input).ms), why: 'gone' };
    case 'failed':
      return { ms: backoffMs(input, failures), why: 'backoff' };
    case 'rate-limited': {
      const isToldWhen = retryAfterMs(input.retryAfter, input.nowMs) !== undefined;
      const backoff: Wait = { ms: isToldWhen ? 0 : backoffMs(input, failures), why: 'backoff' };
      return latest([usualWait(input), backoff]);
    }
    case 'updated':
    case 'unchanged':
    case 'not-modified': {
      const usual = usualWait(input);
      if (input.push?.active !== true) return usual;
      const slower = Math.min(usual.ms * PUSH_SLOWER, WAIT_MAX_MS);
      return schedule.kind === 'cron' || slower <= usual.ms ? usual : { ms: slower, why: 'push' };
    }
    default:
      return assertNever(outcome);
  }
}

function usualWait({ schedule, arrivals = [], nowMs }: NextPollInput): Wait {
  switch (schedule.kind) {
    case 'every':
      return { ms: schedule.everyMs, why: 'every' };
    case 'adaptive':
      return { ms: rhythmicWaitMs(arrivals, nowMs, schedule), why: 'adaptive' };
    case 'cron':
      return { ms: 0, why: 'schedule' };
    default:
      return assertNever(schedule);
  }
}

/** What the publisher asks for, each within its bound. */
function wishesOf(input: NextPollInput): readonly Wait[] {
  const { headers, declared, outcome, nowMs } = input;
  if (outcome === 'failed' || outcome === 'gone') return [];
  if (outcome === 'rate-limited') {
    const ms = retryAfterMs(input.retryAfter, nowMs) ?? 0;
    return [{ ms: Math.min(ms, WAIT_MAX_MS), why: 'retry-after' }];
  }
  // The operator's own longest interval goes over what a document says for all its readers.
  const bounds: IntervalBounds | undefined = input.schedule.kind === 'adaptive' ? input.schedule : undefined;
  const documentMaxMs = Math.min(bounds?.maxMs ?? WAIT_MAX_MS, WAIT_MAX_MS);
  return [
    { ms: Math.min(freshForMs(headers ?? {}, nowMs), WAIT_MAX_MS), why: 'max-age' },
    { ms: Math.min((declared?.ttlMinutes ?? 0) * 60_000, documentMaxMs), why: 'ttl' },
    { ms: Math.min(updateWaitMs(declared, nowMs), documentMaxMs), why: 'update-period' },
  ];
}

/** Until the next update that the document declares: a period from now, or the next one counted from its base. */
function updateWaitMs(declared: DeclaredRhythm | undefined, nowMs: number): number {
  const periodMs = (declared?.updateSeconds ?? 0) * 1000;
  const baseMs = declared?.updateBaseMs;
  if (baseMs === undefined || periodMs <= 0) return periodMs;
  const sinceMs = (((nowMs - baseMs - READY_MS) % periodMs) + periodMs) % periodMs;
  return periodMs - sinceMs;
}

function skipsOf({ isFile, declared }: NextPollInput): SkipWindows {
  return isFile === true ? {} : { skipHours: declared?.skipHours, skipDays: declared?.skipDays };
}

/**
 * Twice as long with each failure in a row, up to a day; each attempt of each source at a place of its own within a
 * quarter more, so that sources that failed together do not come back together.
 */
function backoffMs({ schedule, sourceId }: NextPollInput, failures: number): number {
  const firstMs = firstBackoffMs(schedule);
  const doublings = Math.min(Math.max(failures - 1, 0), 20);
  const place = placeOf(sourceId, failures);
  const grownMs = firstMs * 2 ** doublings * (1 + place / 4);
  const boundMs = WAIT_MAX_MS * (1 - place / 10);
  return Math.floor(Math.max(firstMs, Math.min(grownMs, boundMs)));
}

function firstBackoffMs(schedule: Schedule): number {
  if (schedule.kind === 'every') return schedule.everyMs;
  if (schedule.kind === 'cron') return CRON_BACKOFF_FIRST_MS;
  return Math.min(Math.max(BACKOFF_FIRST_MS, schedule.minMs), schedule.maxMs);
}

/** The first time of the schedule after the wait. Where hours to skip leave no time of it within a week, the operator's word counts. */
function onSchedule(schedule: CronSchedule, wait: Wait, askedMs: number, input: NextPollInput): NextPoll {
  const { nowMs } = input;
  const toleranceMs = Math.min(CRON_TOLERANCE_MS, wait.ms / 10);
  const first = nextCronMatch(schedule, nowMs);
  const wanted = nextCronMatch(schedule, nowMs + wait.ms - toleranceMs);
  const outside = nextOutside(schedule, wanted, skipsOf(input));
  const atMs = outside?.atMs ?? wanted;
  return {
    atMs,
    why: outside?.by ?? (wanted > first ? wait.why : 'schedule'),
    intervalMs: atMs - nowMs,
    askedUntilMs: askedMs > toleranceMs ? nowMs + askedMs - toleranceMs : undefined,
  };
}

function nextOutside(
  schedule: CronSchedule,
  wantedMs: number,
  skips: SkipWindows,
): { readonly atMs: number; readonly by: PollWhy | undefined } | undefined {
  let atMs = wantedMs;
  let by: PollWhy | undefined;
  while (atMs - wantedMs <= 7 * WAIT_MAX_MS) {
    const outside = outsideSkips(atMs, skips);
    if (outside.by === undefined) return { atMs, by };
    by = outside.by;
    atMs = nextCronMatch(schedule, outside.atMs - 1);
  }
  return undefined;
}

/** Of equals the first. */
function latest(waits: readonly [Wait, ...Wait[]]): Wait {
  return waits.reduce((longest, wait) => (wait.ms > longest.ms ? wait : longest));
}

/** A wait at the bound is not made longer by the spread, unless it is the operator's own. */
function isAtBound({ ms, why }: Wait): boolean {
  return why !== 'every' && why !== 'adaptive' && ms >= WAIT_MAX_MS * 0.9;
}
