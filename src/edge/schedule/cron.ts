// Cron expressions, as node-cron reads them. It has no clock to set: we ask it whether a minute matches, by our own clock.
import { createTask, validateDetailed } from 'node-cron';

const MINUTE_MS = 60_000;
/** After a longer gap (a machine that slept, a service that was down), older minutes are not looked at. */
const CATCH_UP_MAX_MS = 24 * 60 * MINUTE_MS;
/** A minute costs some 10 µs to look at: so far ahead is looked at one time. */
const LOOK_AHEAD_MS = 10 * MINUTE_MS;

/** What is wrong with the expression; undefined where nothing is. */
export function cronProblem(expression: string): string | undefined {
  const { valid, errors } = validateDetailed(expression);
  return valid
    ? undefined
    : errors.map((error) => `${error.field}: ${error.message}`).join('; ') || 'not a cron expression';
}

export interface CronTimes {
  /** The first matching minute after `afterMs`; where none of the next ten matches, when to look again. */
  next(afterMs: number): { readonly atMs: number; readonly isMatch: boolean };
  /** The last matching minute up to `untilMs`, of a day. */
  last(untilMs: number): number | undefined;
  /** How many minutes after `afterMs`, up to and with `untilMs`, match; those of the last day count. */
  count(afterMs: number, untilMs: number): number;
}

/** The times of an expression in its time zone (the machine's where none is given). */
export function createCronTimes(expression: string, timezone: string | undefined): CronTimes {
  const task = createTask(expression, () => undefined, timezone === undefined ? {} : { timezone });
  const matches = (atMs: number) => task.match(new Date(atMs));
  let lastAsked = { minute: Number.NaN, found: undefined as number | undefined };
  let nextAsked = { fromMs: Number.NaN, atMs: Number.NaN, isMatch: false };
  return {
    next(afterMs) {
      const firstMs = minuteOf(afterMs) + MINUTE_MS;
      if (nextAsked.fromMs <= firstMs && firstMs <= nextAsked.atMs) return nextAsked;
      let atMs = firstMs;
      while (atMs < firstMs + LOOK_AHEAD_MS && !matches(atMs)) atMs += MINUTE_MS;
      const isMatch = atMs < firstMs + LOOK_AHEAD_MS;
      // The minute to look again from is the one before the first that was not looked at.
      nextAsked = { fromMs: firstMs, atMs: isMatch ? atMs : atMs - MINUTE_MS, isMatch };
      return nextAsked;
    },
    last(untilMs) {
      const minute = minuteOf(untilMs);
      if (lastAsked.minute === minute) return lastAsked.found;
      let atMs = minute;
      while (atMs > minute - CATCH_UP_MAX_MS && !matches(atMs)) atMs -= MINUTE_MS;
      lastAsked = { minute, found: atMs > minute - CATCH_UP_MAX_MS ? atMs : undefined };
      return lastAsked.found;
    },
    count(afterMs, untilMs) {
      const firstMs = minuteOf(Math.max(afterMs, untilMs - CATCH_UP_MAX_MS)) + MINUTE_MS;
      let found = 0;
      for (let atMs = firstMs; atMs <= untilMs; atMs += MINUTE_MS) if (matches(atMs)) found += 1;
      return found;
    },
  };
}

function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}
