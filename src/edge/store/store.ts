// The store as the pipeline sees it: what we remember, in domain verbs.
// Every verb answers within its time limit and none throws for a store that fails: the failure is the answer.
import type { ArchiveContent, ArchiveHead, ArchiveWrites, PendingArchive } from '../../model/archive.ts';
import type { EditionRecord } from '../../model/edition-record.ts';
import type { StoreError } from '../../model/errors.ts';
import type { FeedId, ItemHash, SourceId } from '../../model/ids.ts';
import type { AbsenceRecord, PollRecord } from '../../model/poll-record.ts';
import type { RetractionRecord, RetractionStamp } from '../../model/retraction-record.ts';
import type { ItemRecord, SourceRecord } from '../../model/source-record.ts';
import type { HubRecord, SubscriptionRecord } from '../../model/subscription-record.ts';

/** The store could not be asked, or did not answer in time. Never a reason to forget or to publish. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly error: StoreError;
}

/** Only a miss means new. `unreadable`: something is there, but damaged or written by another version. */
export type Answer<T> =
  | { readonly kind: 'hit'; readonly value: T }
  | { readonly kind: 'miss' }
  | { readonly kind: 'unreadable'; readonly reason: string }
  | Unavailable;

/**
 * `stale`: another commit came first; nothing of this one was written, and `revision` is the one that stands (0: none).
 * After `unavailable` a commit may have been written or not: read again before building on it.
 */
export type CommitResult =
  | { readonly kind: 'committed' }
  | { readonly kind: 'stale'; readonly revision: number }
  | Unavailable;

export type WriteResult = { readonly kind: 'written' } | Unavailable;

/** Everything that one poll changes, written whole or not at all. */
export interface PollWrites {
  /** Its `revision` is the expected one plus one. */
  readonly source: SourceRecord;
  /** New and changed items. */
  readonly items: readonly ItemRecord[];
  readonly removed: readonly ItemHash[];
  readonly poll?: PollRecord | undefined;
}

/** Since the store was opened. */
export interface StoreCounts {
  /** Values that were there but could not be read. */
  readonly unreadable: number;
  /** Calls that failed or took too long. */
  readonly unavailable: number;
}

export interface Store {
  readSource(id: SourceId): Promise<Answer<SourceRecord>>;
  readSources(ids: readonly SourceId[]): Promise<ReadonlyMap<SourceId, Answer<SourceRecord>>>;
  /** Every source that has a record, configured or not. */
  listSourceIds(): Promise<Answer<readonly SourceId[]>>;

  readPolls(ids: readonly SourceId[]): Promise<ReadonlyMap<SourceId, Answer<PollRecord>>>;
  /** Every source that has one, read or not, configured or not. */
  listPollIds(): Promise<Answer<readonly SourceId[]>>;
  /** Without compare-and-set: losing the last of them does no harm. */
  writePolls(records: ReadonlyMap<SourceId, PollRecord>): Promise<WriteResult>;

  /** Of every source that has one, configured or not. Unreadable ones are left out: they are asked for anew. */
  readSubscriptions(): Promise<Answer<readonly SubscriptionRecord[]>>;
  /** Without compare-and-set: of what is lost the hub is asked again. */
  writeSubscriptions(records: readonly SubscriptionRecord[]): Promise<WriteResult>;
  forgetSubscriptions(ids: readonly SourceId[]): Promise<WriteResult>;

  /** Every feed of which an edition or an archive is stored, configured or not. */
  listFeedIds(): Promise<Answer<readonly FeedId[]>>;
  /** Numbers of its archives, in any order. */
  listArchives(feedId: FeedId): Promise<Answer<readonly number[]>>;
  /** Not within a commit: of many archives a part is taken out at a time, and the edition after them. */
  forgetArchives(feedId: FeedId, numbers: readonly number[]): Promise<WriteResult>;
  /** Takes a feed's edition, and what waits for its next archive, out of the store. */
  forgetFeed(feedId: FeedId, expectedRevision: number): Promise<CommitResult>;

  readAbsence(): Promise<Answer<AbsenceRecord>>;
  /** Without compare-and-set: what is lost is counted anew. */
  writeAbsence(record: AbsenceRecord): Promise<WriteResult>;

  readHubs(hubUrls: readonly string[]): Promise<ReadonlyMap<string, Answer<HubRecord>>>;
  /** Without compare-and-set: of what is lost the hub is told again. */
  writeHub(record: HubRecord): Promise<WriteResult>;
  /** Digests of the addresses of all that have a record, used by a feed or not. */
  listHubs(): Promise<Answer<readonly string[]>>;
  forgetHubs(digests: readonly string[]): Promise<WriteResult>;

  /** Missing and unreadable items are absent from the map; the unreadable ones are counted. */
  readItems(hashes: readonly ItemHash[]): Promise<Answer<ReadonlyMap<ItemHash, ItemRecord>>>;

  /** `expectedRevision` 0: the source has no record yet. */
  commitPoll(sourceId: SourceId, expectedRevision: number, writes: PollWrites): Promise<CommitResult>;
  /** Takes a source's record, its polls and the items named out of the store. */
  forgetSource(
    sourceId: SourceId,
    expectedRevision: number,
    items: readonly ItemHash[],
  ): Promise<CommitResult>;

  readEdition(feedId: FeedId): Promise<Answer<EditionRecord>>;
  /** On return it and every poll committed before it outlive a loss of power: only then may it be published. */
  commitEdition(
    feedId: FeedId,
    expectedRevision: number,
    edition: EditionRecord,
    archives?: ArchiveWrites,
  ): Promise<CommitResult>;

  /** Of every archive that it has, in any order. One unreadable head makes the answer `unreadable`: its items would be archived twice. */
  readArchiveHeads(feedId: FeedId): Promise<Answer<readonly ArchiveHead[]>>;
  readArchive(feedId: FeedId, number: number): Promise<Answer<ArchiveContent>>;
  readPendingArchive(feedId: FeedId): Promise<Answer<PendingArchive>>;

  /** What changes with every commit of retractions; a miss where there never was one. Cheap: it is asked every second. */
  readRetractionStamp(): Promise<Answer<RetractionStamp>>;
  /** One unreadable retraction makes the answer `unreadable`: what was taken out must not come back unnoticed. */
  readRetractions(): Promise<Answer<readonly RetractionRecord[]>>;
  /** Adds and replaces records, whole or not at all; on return they outlive a loss of power. `stamp.revision` is the expected one plus one. */
  commitRetractions(
    expectedRevision: number,
    stamp: RetractionStamp,
    records: readonly RetractionRecord[],
  ): Promise<CommitResult>;

  counts(): StoreCounts;
  /** Every later call answers `unavailable`. Closing twice is closing once. */
  close(): Promise<void>;
}
