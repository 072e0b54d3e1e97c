// What the operator took out, as the store and the disk remember it.
import type { FeedId, ItemHash, PublishedId, SourceId } from './ids.ts';
import type { RECORD_VERSION } from './record-version.ts';
import type { Timestamp } from './timestamp.ts';

/**
 * A story that the operator took out. Records are never deleted: that one was undone is remembered too, so that of two that
 * differ, as after a loss, the one of the greater revision counts.
 */
export interface RetractionRecord {
  readonly version: typeof RECORD_VERSION;
  /** Of the copy that led when it was taken out: names the record, with `feedId`. */
  readonly publishedId: PublishedId;
  /** Undefined: in every feed. */
  readonly feedId?: FeedId | undefined;
  /** Raised with every change; from 1. */
  readonly revision: number;
  readonly retractedAt: Timestamp;
  /** It may be published again. */
  readonly undoneAt?: Timestamp | undefined;
  /** Plain text, to be published. */
  readonly reason?: string | undefined;
  /** By what further copies are known: the leading copy's id and page. */
  readonly guidUri?: string | undefined;
  /** Absent where the page says nothing of its own: several items stand there, or it is the front page of a site. */
  readonly canonicalUrl?: string | undefined;
  /** Every copy that was known then, the leading one first; then those that came later and were known by their text. */
  readonly members: readonly RetractedMember[];
}

export interface RetractedMember {
  readonly sourceId: SourceId;
  readonly hash: ItemHash;
  readonly firstSeenAt: Timestamp;
  /** It came later, and says nearly the same as one of the others: what is near to it alone is not taken out. */
  readonly isAlike?: true | undefined;
}

/** Changes with every commit of retractions: by it others see that there is something to be read. */
export interface RetractionStamp {
  readonly version: typeof RECORD_VERSION;
  /** Raised by one with every commit. */
  readonly revision: number;
  readonly changedAt: Timestamp;
}
