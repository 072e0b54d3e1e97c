// Cron expressions, as node-cron reads them. It has no clock to set: we ask it whether a minute matches, by our own clock.
import { createTask, validateDetailed } from 'node-cron';

const MINUTE_MS = 60_000;
/** After a longer gap (a machine that slept, a service that was down), older minutes are not looked at. */
const CATCH_UP_MAX_MS = 24 * 60 * MINUTE_MS;

/** What is wrong with the expression; undefined where nothing is. */
export function cronProblem(expression: string): string | undefined {
  const { valid, errors } = validateDetailed(expression);
  return valid
    ? undefined
    : errors.map((error) => `${error.field}: ${error.message}`).join('; ') || 'not a cron expression';
}

/** Tells whether a minute after `afterMs`, up to and with `untilMs`, matches the expression in its time zone (the machine's where none is given). */
export function createCronMatcher(
  expression: string,
  timezone: string | undefined,
): (afterMs: number, untilMs: number) => boolean {
  const task = createTask(expression, () => undefined, timezone === undefined ? {} : { timezone });
  return (afterMs, untilMs) => {
    const earliestMs = Math.max(afterMs, untilMs - CATCH_UP_MAX_MS);
    const firstMs = (Math.floor(earliestMs / MINUTE_MS) + 1) * MINUTE_MS;
    for (let atMs = firstMs; atMs <= untilMs; atMs += MINUTE_MS) {
      if (task.match(new Date(atMs))) return true;
    }
    return false;
  };
}
