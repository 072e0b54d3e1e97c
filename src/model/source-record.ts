// A source and its items as the store remembers them. Instants are our clock unless said otherwise.
import type { Validators } from './fetch-outcome.ts';
import type { ItemHash, SourceId } from './ids.ts';
import type { FeedDescription, FeedFormat, FeedPublishing, Item } from './item.ts';
import type { ItemIndexEntry } from './item-index.ts';
import type { RECORD_VERSION } from './record-version.ts';
import type { OriginTdm } from './rights.ts';
import type { Timestamp } from './timestamp.ts';
import type { RememberedTombstone } from './withdrawal.ts';

/** A source as last read: everything that the next poll and the next publish need, its items' texts aside. */
export interface SourceRecord {
  readonly version: typeof RECORD_VERSION;
  readonly sourceId: SourceId;
  /** Raised by one with every commit: the expected revision of the next (compare and set). */
  readonly revision: number;
  /** The revision at which items or description last changed: what editions are compared with. */
  readonly contentRevision: number;
  /** The first address that the source was polled at. Minted ids are made from it: it never changes. */
  readonly firstAddress: string;
  /** When it was first read: what it had then, others may have had before. Absent in records that did not note it. */
  readonly firstReadAt?: Timestamp | undefined;
  /** The address that validators and hashes belong to. */
  readonly address: string;
  readonly validators: Validators;
  /** SHA-256 of the decoded body last parsed, and of headers about its rights, hexadecimal. */
  readonly bodyHash?: string | undefined;
  /** The same of the body as it travelled, where it was compressed. */
  readonly encodedHash?: string | undefined;
  /** The bound on its items when it was last parsed: under another one the same bytes are parsed again. */
  readonly itemsMax?: number | undefined;
  readonly unconditionalAt?: Timestamp | undefined;
  /** What its origin reserves. */
  readonly tdm?: OriginTdm | undefined;
  /** Where its changes are pushed from; absent where it names no hub. */
  readonly push?: PushAddresses | undefined;
  /** What the document last said of itself; absent until it was first read. */
  readonly feed?: SourceDescription | undefined;
  /** What its last document did to ids or dates all at once; absent where it did nothing of the kind. */
  readonly churn?: Churn | undefined;
  /** The version of ours that last read its document. */
  readonly readBy?: string | undefined;
  /** The rules that the `canonicalUrl` of its items follow (core/identify/canonical-url.ts); absent for the first. */
  readonly pageRules?: number | undefined;
  /** Newest first by firstSeenAt, then document order; bounded by the source's `items`. */
  readonly items: readonly ItemIndexEntry[];
  /**
   * What its publisher has taken back, those of its last document first; bounded (core/identify/withdraw.ts). Absent where
   * the source was last read by a version that knew none.
   */
  readonly tombstones?: readonly RememberedTombstone[] | undefined;
}

/** Hubs and topic of a source as its last document, or the header that came with it, names them (WebSub, section 4). */
export interface PushAddresses {
  /** In the publisher's order; bounded. */
  readonly hubUrls: readonly string[];
  /** As given: hubs compare it character by character. */
  readonly topicUrl: string;
  /** Where the document came from and what its header said: a pushed document is read the same way. */
  readonly documentUrl: string;
  readonly contentLocation?: string | undefined;
  readonly contentLanguage?: string | undefined;
}

/**
 * What a document did to most of what it had in common with the one before. `new-ids`: other ids for known items; `new-dates`:
 * later dates for known items; `new-site`: nothing known is left, and no page or id is of a host that was known.
 */
export interface Churn {
  readonly kind: 'new-ids' | 'new-dates' | 'new-site';
  /** Items that it befell. */
  readonly items: number;
  /** Items that it could have befallen. */
  readonly of: number;
}

export interface SourceDescription extends FeedDescription, FeedPublishing {
  readonly format: FeedFormat;
}

/** One item, written only when new or changed. */
export interface ItemRecord {
  readonly version: typeof RECORD_VERSION;
  readonly hash: ItemHash;
  readonly revision: number;
  readonly item: Item;
}
