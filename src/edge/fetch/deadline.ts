// One deadline for a whole poll: name, connection, headers, redirects and body draw on the same time.
import { FetchProblem } from './fetch-problem.ts';

/** What setTimeout can count to; more would fire at once. */
const TIMEOUT_MS_MAX = 2_147_483_647;

export interface Deadline {
  /** Aborts with a FetchProblem: `timeout`, or `aborted` where the caller gave up. */
  readonly signal: AbortSignal;
  /** `work`, unless the deadline comes first; what then becomes of it is nobody's concern. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Ends it early: everything that listens lets go. */
  abort(): void;
  /** To be called when the poll is over: frees the timer and the caller's signal. */
  clear(): void;
}

export function startDeadline(timeoutMs: number, callersSignal: AbortSignal | undefined): Deadline {
  const controller = new AbortController();
  const abort = () => controller.abort(new FetchProblem('aborted', 'the poll was stopped'));
  const timer = setTimeout(
    () => controller.abort(new FetchProblem('timeout', `no complete answer within ${timeoutMs / 1000} s`)),
    Math.min(Math.max(timeoutMs, 0), TIMEOUT_MS_MAX),
  );
  if (callersSignal?.aborted === true) abort();
  callersSignal?.addEventListener('abort', abort, { once: true });

  return {
    signal: controller.signal,
    race: (work) => raceAgainst(work, controller.signal),
    abort,
    clear() {
      clearTimeout(timer);
      callersSignal?.removeEventListener('abort', abort);
    },
  };
}

/** Rejects with the signal's reason as soon as it aborts; leaves no listener behind. */
export async function raceAgainst<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => {});
  signal.throwIfAborted();
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
