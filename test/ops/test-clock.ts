// A clock that stands still until a test moves it.
import type { Clock } from '../../src/edge/ops/clock.ts';

interface Sleeper {
  readonly dueAt: number;
  readonly wake: () => void;
}

export interface TestClock extends Clock {
  /** Moves both clocks on, waking sleepers in the order in which they are due; what they start may sleep again within it. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock alone, as an administrator or NTP does: no sleeper notices. */
  setNow(ms: number): void;
  sleepers(): number;
}

export function createTestClock(startMs: number = Date.UTC(2026, 0, 1)): TestClock {
  let elapsed = 0;
  let offset = startMs;
  const sleeping = new Set<Sleeper>();

  const nextDue = (limit: number): Sleeper | undefined => {
    let first: Sleeper | undefined;
    for (const sleeper of sleeping) {
      if (sleeper.dueAt <= limit && sleeper.dueAt < (first?.dueAt ?? Number.POSITIVE_INFINITY))
        first = sleeper;
    }
    return first;
  };

  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    sleepers: () => sleeping.size,
    setNow(ms) {
      offset = ms - elapsed;
    },
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.reject(abortError());
      if (!(ms > 0)) return Promise.resolve();
      return new Promise((resolve, reject) => {
        const onAbort = () => {
          sleeping.delete(sleeper);
          reject(abortError());
        };
        const sleeper: Sleeper = {
          dueAt: elapsed + ms,
          wake: () => {
            sleeping.delete(sleeper);
            signal?.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        sleeping.add(sleeper);
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    },
    async advance(ms) {
      const target = elapsed + ms;
      await settle();
      for (let sleeper = nextDue(target); sleeper !== undefined; sleeper = nextDue(target)) {
        elapsed = sleeper.dueAt;
        sleeper.wake();
        await settle();
      }
      elapsed = target;
    },
  };
}

function abortError(): DOMException {
  return new DOMException('The sleep was aborted', 'AbortError');
}

/** Lets everything run that waits for promises alone. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
