// Tells an outage of the store once when it begins and once when it is over, however many calls it hits.
import type { StoreError } from '../../model/errors.ts';

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
}

interface Outage {
  readonly sinceMs: number;
  readonly failing: Set<CallKind>;
  lastFailureMs: number;
  failedCalls: number;
}

export function createStoreWatch(
  tell: (change: StoreChange) => void,
  nowMs: () => number = () => performance.now(),
): StoreWatch {
  let outage: Outage | undefined;
  return {
    failed(kind, error) {
      const now = nowMs();
      if (outage === undefined) {
        outage = { sinceMs: now, failing: new Set(), lastFailureMs: now, failedCalls: 0 };
        tell({ kind: 'lost', error });
      }
      outage.failing.add(kind);
      outage.lastFailureMs = now;
      outage.failedCalls += 1;
    },
    succeeded(kind) {
      if (outage === undefined) return;
      outage.failing.delete(kind);
      const now = nowMs();
      if (outage.failing.size > 0 || now - outage.lastFailureMs < QUIET_MS) return;
      const { sinceMs, failedCalls } = outage;
      outage = undefined;
      tell({ kind: 'back', outageMs: now - sinceMs, failedCalls });
    },
  };
}
