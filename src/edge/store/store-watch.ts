// Tells an outage of the store once when it begins and once when it is over, however many calls it hits.
import type { StoreError } from '../../model/errors.ts';
import type { Clock } from '../ops/clock.ts';

export type StoreChange =
  | { readonly kind: 'lost'; readonly error: StoreError }
  | { readonly kind: 'back'; readonly outageMs: number; readonly failedCalls: number };

/** A store that is full or read-only still answers half of the calls. */
export type CallKind = 'read' | 'write';

/** So long no call may fail before an outage is over: one that comes and goes is one. */
const QUIET_MS = 5_000;

export interface StoreWatch {
  succeeded(kind: CallKind): void;
  failed(kind: CallKind, error: StoreError): void;
  /** The one that lasts; undefined where all is well. */
  outage(): StoreOutage | undefined;
}

export interface StoreOutage {
  /** Milliseconds since 1970. */
  readonly sinceMs: number;
  /** The latest. */
  readonly error: StoreError;
}

interface Outage {
  readonly sinceMs: number;
  /** Monotonic, as all that is measured. */
  readonly startMs: number;
  error: StoreError;
  readonly failing: Set<CallKind>;
  lastFailureMs: number;
  failedCalls: number;
}

export function createStoreWatch(
  tell: (change: StoreChange) => void,
  clock: Pick<Clock, 'now' | 'monotonic'>,
): StoreWatch {
  let outage: Outage | undefined;
  return {
    outage: () => outage,
    failed(kind, error) {
      const now = clock.monotonic();
      if (outage === undefined) {
        outage = {
          sinceMs: clock.now(),
          startMs: now,
          error,
          failing: new Set(),
          lastFailureMs: now,
          failedCalls: 0,
        };
        tell({ kind: 'lost', error });
      }
      outage.error = error;
      outage.failing.add(kind);
      outage.lastFailureMs = now;
      outage.failedCalls += 1;
    },
    succeeded(kind) {
      if (outage === undefined) return;
      outage.failing.delete(kind);
      const now = clock.monotonic();
      if (outage.failing.size > 0 || now - outage.lastFailureMs < QUIET_MS) return;
      const { startMs, failedCalls } = outage;
      outage = undefined;
      tell({ kind: 'back', outageMs: now - startMs, failedCalls });
    },
  };
}
