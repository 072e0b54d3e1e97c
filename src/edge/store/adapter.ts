// What a kind of store must bring: Keyv 6's storage contract, and the two things that Keyv cannot say: a commit of
// several keys with compare-and-set, and the keys that begin with a prefix. One file per kind implements it;
// test/contract/store-contract.ts is what it must pass.
import type { KeyvStorageAdapter } from 'keyv';
import type { StoreContents, StoredEntry } from './contents.ts';

/**
 * Values are texts, as the codec makes them. Errors are thrown to whoever asked. There is no `on` on purpose: Keyv would
 * listen to its `error` event and pass such errors on to nobody.
 */
export interface StoreAdapter
  extends Required<
    Pick<
      KeyvStorageAdapter,
      | 'capabilities'
      | 'get'
      | 'getMany'
      | 'has'
      | 'hasMany'
      | 'set'
      | 'setMany'
      | 'delete'
      | 'deleteMany'
      | 'clear'
      | 'iterator'
      | 'disconnect'
    >
  > {
  /** Whole or not at all. */
  commit(commit: AdapterCommit): Promise<AdapterCommitResult>;
  /** Keys that begin with `prefix`, expired ones left out, in any order. */
  keysWithPrefix(prefix: string): Promise<readonly string[]>;
  contents(): Promise<StoreContents>;
  /** Puts entries as they were elsewhere, revisions and all. On return they outlive a loss of power. */
  restore(entries: readonly StoredEntry[]): Promise<void>;
}

export interface AdapterCommit {
  /** The commit stands only if this key's revision is `expectedRevision` (0: no such key); it is then raised by one. */
  readonly guardKey: string;
  readonly expectedRevision: number;
  readonly sets: readonly AdapterEntry[];
  readonly deletes: readonly string[];
  /** On return this commit and all before it outlive a loss of power. Without it they may be lost together, never in part. */
  readonly durable: boolean;
}

export interface AdapterEntry {
  readonly key: string;
  /** As Keyv itself would write it. */
  readonly value: string;
  /** Milliseconds since 1970. */
  readonly expires?: number | undefined;
}

export type AdapterCommitResult =
  | { readonly kind: 'committed' }
  | { readonly kind: 'stale'; readonly revision: number };

/** Values past their `expires` are as good as absent. */
export function isExpired(expires: number | null | undefined, nowMs: number): boolean {
  return typeof expires === 'number' && expires <= nowMs;
}

/** The first text after all that begin with `prefix`, which ends in ':'. */
export function afterAll(prefix: string): string {
  return `${prefix.slice(0, -1)}${String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)}`;
}
