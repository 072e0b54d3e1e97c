// What is remembered of a feed's archives (RFC 5005): the sealed documents with everything to write them again, and what has been
// published and stands in none of them yet.
import type { Edition, EditionItem, Retraction } from './edition.ts';
import type { FeedId, ItemHash, SourceId } from './ids.ts';
import type { RECORD_VERSION } from './record-version.ts';
import type { Timestamp } from './timestamp.ts';

/** An item as it was last published before it was sealed, and by what it is known: it needs no source to be published again. */
export interface ArchivedItem {
  readonly item: EditionItem;
  /** Of its copies, the leading one first. */
  readonly hashes: readonly ItemHash[];
  /** Of the leading copy: by these the operator's retractions may mean it. */
  readonly guidUri?: string | undefined;
  readonly canonicalUrl?: string | undefined;
}

/** That an archived item was taken out; its text stays with the record, so that it may come back. */
export interface ArchivedOut
  extends Omit<ArchivedItem, 'item'>,
    Omit<Retraction, 'hasStub' | 'by' | 'reason'> {
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
}

/** A sealed archive without its text: what is kept in memory. */
export interface ArchiveHead {
  readonly version: typeof RECORD_VERSION;
  readonly feedId: FeedId;
  /** From 1, in the order in which they were sealed: each links to the one before it. */
  readonly number: number;
  /** Part of its documents' addresses: the month (UTC) in which it was sealed, and from the second of a month on which. */
  readonly name: string;
  /** Raised by one with every change. */
  readonly revision: number;
  readonly sealedAt: Timestamp;
  /** Items that stand in it now. */
  readonly items: number;
  /** Dates of the oldest and the newest of them. */
  readonly from?: Timestamp | undefined;
  readonly to?: Timestamp | undefined;
  /** Digests of everything that its items are known by (archiveKey). */
  readonly keys: readonly string[];
  /** Whose copies lead its items. */
  readonly sourceIds: readonly SourceId[];
  readonly out: readonly ArchivedOut[];
  /** Digest of what the configuration let be shown when it was last looked at. */
  readonly rights: string;
}

/** Its text. */
export interface ArchiveContent {
  readonly version: typeof RECORD_VERSION;
  readonly feedId: FeedId;
  readonly number: number;
  readonly revision: number;
  /** The feed as it called itself when it was sealed; without items and retractions. */
  readonly feed: Omit<Edition, 'items' | 'retractions'>;
  /** In published order; those that are out too. */
  readonly items: readonly ArchivedItem[];
  /** As they are served. */
  readonly documents: readonly ArchivedDocument[];
}

export interface ArchivedDocument {
  readonly path: string;
  readonly mediaType: string;
  readonly changedAt: Timestamp;
  /** Compressed, in base64: another zlib would make other bytes under the same ETag. */
  readonly gzip: string;
  readonly etag: string;
  readonly gzipEtag: string;
}

export interface SealedArchive {
  readonly head: ArchiveHead;
  readonly content: ArchiveContent;
}

/** What was published and stands in no archive, as it was last published. */
export interface PendingArchive {
  readonly version: typeof RECORD_VERSION;
  readonly feedId: FeedId;
  /** Of the edition that it was committed with. */
  readonly revision: number;
  readonly items: readonly ArchivedItem[];
}

/** What a publish changes of a feed's archives, committed with its edition. */
export interface ArchiveWrites {
  readonly sealed: readonly SealedArchive[];
  readonly pending: PendingArchive;
}

/** A feed's archives as they were found. */
export interface KnownArchives {
  readonly heads: readonly ArchiveHead[];
  readonly pending: PendingArchive | undefined;
}
