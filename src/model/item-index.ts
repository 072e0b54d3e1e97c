// What is remembered of an item beside its text: by it a source's items are identified, selected and ordered.
import type { Fingerprint, ItemHash, ItemKey, PublishedId } from './ids.ts';
import type { Timestamp } from './timestamp.ts';
import type { Withdrawal } from './withdrawal.ts';

/** The fingerprint of an item whose text the store could not give: it is written again when its source next says it. */
export const LOST_TEXT = '' as Fingerprint;

/** What must be known of an item to identify, select and order it, without its text. */
export interface ItemIndexEntry {
  readonly key: ItemKey;
  /** The key that its latest id gives, where its publisher has changed the id. */
  readonly aliasKey?: ItemKey | undefined;
  readonly hash: ItemHash;
  readonly fingerprint: Fingerprint;
  readonly publishedId: PublishedId;
  /** The publisher's id, where it is an absolute URI: two sources with one such id carry one story. */
  readonly guidUri?: string | undefined;
  /** The permalink, normalized for comparison. */
  readonly canonicalUrl?: string | undefined;
  /** The publisher's claims. */
  readonly publishedAt?: Timestamp | undefined;
  readonly updatedAt?: Timestamp | undefined;
  /** The later date that it was given together with most of its source, and that is not taken. */
  readonly ignoredDate?: Timestamp | undefined;
  /** Digest of the title: with the canonical URL it knows an item again whose id has changed. */
  readonly titleHash: string;
  /** What its text is compared by (core/identify/text-sketch.ts); absent where it has none, or was last read before there were any. */
  readonly textSketch?: string | undefined;
  /** How it was last known again when it came under another name. */
  readonly knownBy?: KnownBy | undefined;
  readonly firstSeenAt: Timestamp;
  /**
   * When we first saw it under the id and at the page that it has, with a text that is near to its own; absent where it never was
   * another story. From then on it counts against those that tell the same.
   */
  readonly toldAt?: Timestamp | undefined;
  /** The sketch of its text then, or at first sight; absent where that is `textSketch`. */
  readonly toldSketch?: string | undefined;
  /** When we first saw this revision of it. */
  readonly changedAt: Timestamp;
  /** Raised with every change of the item's fingerprint; from 1. */
  readonly revision: number;
  /** Known, but not published: it was there when the source joined, and older than what `join` lets in. */
  readonly heldBack?: true | undefined;
  /** Known, but its publisher took it back. `claim`: the latest date that the item had then, as given. */
  readonly withdrawn?: (Withdrawal & { readonly claim?: Timestamp | undefined }) | undefined;
}

/**
 * Why an item of a document was taken for a known one; see docs/adr/0015. `id`, `page`, `words`: what it is named by, its id or,
 * where it has none of its own, its address or all that it says; the others: what agrees where the name does not.
 */
export type KnownBy =
  | 'id'
  | 'page'
  | 'words'
  | 'page-and-title'
  | 'page-and-date'
  | 'page-and-text'
  | 'page-of-new-ids'
  | 'title-and-path'
  | 'title-and-text'
  | 'title-and-date';
