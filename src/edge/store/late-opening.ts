// A store that cannot be opened now is opened by a later call: a service starts without it, on what it published last.
import { messageOf, StoreError } from '../../model/errors.ts';
import type { StoreAdapter } from './adapter.ts';

const REST_MIN_MS = 1_000;
const REST_MAX_MS = 15_000;
/** What time may mend, without a change of the configuration. */
const MAY_PASS = new Set(['store-unavailable', 'store-unreadable']);

export interface Opening {
  /** Opens where that is not done yet; rests between attempts, in which it fails with the last failure. Throws StoreError. */
  adapter(): Promise<StoreAdapter>;
  close(): Promise<void>;
}

export function openLate(
  open: () => Promise<StoreAdapter>,
  nowMs: () => number = () => performance.now(),
): Opening {
  let opened: Promise<StoreAdapter> | undefined;
  let failure: { readonly error: unknown; readonly untilMs: number } | undefined;
  let failures = 0;

  async function attempt(): Promise<StoreAdapter> {
    try {
      return await open();
    } catch (error) {
      const restMs = Math.min(REST_MIN_MS * 2 ** failures, REST_MAX_MS);
      failures += 1;
      failure = { error, untilMs: nowMs() + restMs };
      opened = undefined;
      throw error;
    }
  }

  return {
    adapter() {
      if (opened === undefined && failure !== undefined && nowMs() < failure.untilMs)
        return Promise.reject(failure.error);
      opened ??= attempt();
      return opened;
    },
    async close() {
      const adapter = await opened?.catch(() => undefined);
      await adapter?.disconnect();
    },
  };
}

/** Waits for the first attempt; throws what waiting cannot mend. */
export async function firstAttempt(opening: Opening): Promise<void> {
  try {
    await opening.adapter();
  } catch (error) {
    if (!(error instanceof StoreError) || !MAY_PASS.has(error.code)) throw error;
  }
}

export function alreadyOpen(adapter: StoreAdapter): Opening {
  return { adapter: async () => adapter, close: async () => adapter.disconnect() };
}

export function asStoreError(what: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError('store-unavailable', `the store failed to ${what}: ${messageOf(error)}`, {
    cause: error,
  });
}
