// What the parts of the store contract work on.
import type { StoreAdapter } from '../../src/edge/store/adapter.ts';
import type { Store } from '../../src/edge/store/store.ts';

/** Generous: the contract is about answers, not about speed. */
export const CALL_TIMEOUT_MS = 20_000;

export interface StoreKind {
  readonly name: string;
  /** Two handles see one set of data. */
  readonly shared: boolean;
  /** A new, empty store. */
  create(): Promise<StorePlace>;
}

export interface StorePlace {
  /** A handle on the store; where the kind is shared, every call gives one on the same data. */
  open(): Promise<StoreAdapter>;
  /** Takes away what the test made. */
  remove(): Promise<void>;
}

/** The store of the test that runs now. */
export interface StoreRig {
  readonly kind: StoreKind;
  /** Another handle. */
  open(): Promise<StoreAdapter>;
  adapter: StoreAdapter;
  store: Store;
}
