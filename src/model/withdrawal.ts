// What publishers took back, as it is remembered (RFC 6721).
import type { ItemKey, SourceId } from './ids.ts';
import type { Timestamp } from './timestamp.ts';

/** That a publisher took an item back (RFC 6721). */
export interface Withdrawal {
  /** When, as the publisher says, but none later than when we learnt of it. */
  readonly when: Timestamp;
  readonly learntAt: Timestamp;
  /** The name of whoever did it. */
  readonly by?: string | undefined;
  /** Plain text. */
  readonly reason?: string | undefined;
}

export interface RememberedTombstone extends Withdrawal {
  /** Under which keys the item may come: that of the id that the tombstone names first. */
  readonly keys: readonly ItemKey[];
  /** Digest of the page and title of the item, where it was known: its id may change. */
  readonly page?: string | undefined;
  /** When, as the publisher says; absent where that is not said. */
  readonly claimed?: Timestamp | undefined;
  /** The item was published again later: it says nothing any more. */
  readonly isSpent?: true | undefined;
}

/** What is kept on disk of what a source's publisher took back. */
export interface SourceTombstones {
  readonly sourceId: SourceId;
  readonly address: string;
  readonly tombstones: readonly RememberedTombstone[];
}
