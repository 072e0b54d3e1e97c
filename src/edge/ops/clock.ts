// The clock that the edges and the pipeline ask: passed in, so that tests set the time. core/ gets instants as arguments.
import { setTimeout as delay } from 'node:timers/promises';

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z, as the machine says. May jump either way. */
  now(): number;
  /** Milliseconds since an arbitrary start; never goes back. For intervals and deadlines. */
  monotonic(): number;
  /** Resolves after `ms`, at once for 0 and less, never for Infinity; rejects with an `AbortError` when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A longer timer of Node's fires at once: it counts in 32 bits. */
const TIMER_MS_MAX = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    for (let left = ms; left > 0; left -= TIMER_MS_MAX) {
      await delay(Math.min(left, TIMER_MS_MAX), undefined, signal === undefined ? {} : { signal });
    }
  },
};
