// What a merged feed published, as the store and the disk remember it.
import type { FeedId, ItemHash, PublishedId, SourceId } from './ids.ts';
import type { RECORD_VERSION } from './record-version.ts';
import type { Timestamp } from './timestamp.ts';

/** A merged feed's items now: what was published, under which ids. */
export interface EditionRecord {
  readonly version: typeof RECORD_VERSION;
  readonly feedId: FeedId;
  /** Raised by one with every commit: the fence of the next. */
  readonly revision: number;
  /** When its content last changed. */
  readonly changedAt: Timestamp;
  /** The content revision of each source that this edition contains. */
  readonly sourceRevisions: Readonly<Record<string, number>>;
  /** Digest of everything else that went in: configuration of the feed and its sources, version of the writers. */
  readonly recipe: string;
  /** When it changes though nothing was polled (an item grows too old). */
  readonly nextChangeAt?: Timestamp | undefined;
  /** In published order. */
  readonly items: readonly EditionRecordItem[];
  /**
   * Items that would stand in it: their source could not be read again since the store was emptied, their text was lost, or
   * no document could hold them. They come back under the same ids and dates.
   */
  readonly absent?: readonly EditionRecordItem[] | undefined;
  /**
   * By item hash, the ids of items that are or were published under another id than their own (the story was first carried
   * by another source, or the id was taken): they keep it when they come back. Those that stand in it first, then those that
   * left last; bounded.
   */
  readonly keptIds: Readonly<Record<string, PublishedId>>;
  /**
   * When the sources whose copies stand in it were first read: a store that is emptied forgets it, and by it who leads where
   * several had a story already then. Absent in records that did not note it.
   */
  readonly sourceReads?: Readonly<Record<string, Timestamp>> | undefined;
  /** Digest of the operator's retractions that it was made under; absent where there were none. */
  readonly retractions?: string | undefined;
  /** What was taken out of it and its documents tell of; the latest first, bounded. */
  readonly retracted?: readonly RetractedItem[] | undefined;
  /** Items that stood in it once, the last to leave first; bounded. Who took them out tells their readers. */
  readonly former?: readonly ItemHash[] | undefined;
}

export interface EditionRecordItem {
  readonly publishedId: PublishedId;
  /** The leading copy first. */
  readonly members: readonly {
    readonly sourceId: SourceId;
    readonly hash: ItemHash;
    readonly revision: number;
    /** Of this copy; the item's is its leading copy's. */
    readonly firstSeenAt?: Timestamp | undefined;
  }[];
  readonly firstSeenAt: Timestamp;
}

/** An item that stood in an edition and was taken out. */
export interface RetractedItem {
  readonly publishedId: PublishedId;
  /** Its copies that are out. */
  readonly hashes: readonly ItemHash[];
  readonly takenOutBy: 'publisher' | 'operator';
  /** As whoever took it out says, within our clock. */
  readonly when: Timestamp;
  readonly learntAt: Timestamp;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
  /** The date that it was published under. */
  readonly publishedAt: Timestamp;
  readonly sourceTitle: string;
  /** Address of the source, else an id of it. */
  readonly sourceUrl: string;
}
