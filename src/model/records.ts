// What the store remembers. Every record carries the version of its shape; instants are our clock unless said otherwise.
import type { Validators } from './fetch-outcome.ts';
import type { FeedId, Fingerprint, ItemHash, ItemKey, PublishedId, SourceId } from './ids.ts';
import type { FeedDescription, FeedFormat, FeedPublishing, Item } from './item.ts';
import type { OriginTdm } from './rights.ts';
import type { Timestamp } from './timestamp.ts';

export const RECORD_VERSION = 1;

/** The fingerprint of an item whose text the store could not give: it is written again when its source next says it. */
export const LOST_TEXT = '' as Fingerprint;

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

export interface SourceDescription extends FeedDescription, FeedPublishing {
  readonly format: FeedFormat;
}

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

/** What is kept on disk of what a source's publisher took back. */
export interface SourceTombstones {
  readonly sourceId: SourceId;
  readonly address: string;
  readonly tombstones: readonly RememberedTombstone[];
}

/** One item, written only when new or changed. */
export interface ItemRecord {
  readonly version: typeof RECORD_VERSION;
  readonly hash: ItemHash;
  readonly revision: number;
  readonly item: Item;
}

/** Why a source is not polled at the address that it says it moved to. */
export const MOVE_OBSTACLES = [
  /** Its headers, or the user and password of its address, are for the configured origin alone. */
  'credentials',
  /** From https to http. */
  'insecure',
  /** It is a feed of ours. */
  'own-feed',
  /** Another source is polled there. */
  'known-source',
] as const;

export type MoveObstacle = (typeof MOVE_OBSTACLES)[number];

/** How polling goes: rewritten often, and no harm when the last write is lost. */
export interface PollRecord {
  readonly version: typeof RECORD_VERSION;
  readonly polledAt: Timestamp;
  readonly nextPollAt: Timestamp;
  readonly outcome: PollOutcomeName;
  readonly reason?: string | undefined;
  /** In a row, up to now. */
  readonly failures: number;
  /** Where the source says that it moved for good, and how often in a row. */
  readonly movedTo?:
    | {
        readonly feedUrl: string;
        readonly sightings: number;
        /** Digest of the configured address that said it: another one has not. */
        readonly saidBy?: string | undefined;
        /** When the configured address was last asked whether it has moved. */
        readonly askedAt?: Timestamp | undefined;
        /** Why it is not polled there (pipeline/source-address.ts); absent where it is, or will be. */
        readonly obstacle?: MoveObstacle | undefined;
      }
    | undefined;
  /** Its configured address is a page that names these feeds (pipeline/page-feeds.ts). */
  readonly page?:
    | {
        /** One where it is clear which one is meant; bounded. */
        readonly feedUrls: readonly string[];
        /** It is polled at the first of them. */
        readonly isFollowed: boolean;
        /** Digest of the configured address. */
        readonly saidBy: string;
        readonly obstacle?: MoveObstacle | undefined;
      }
    | undefined;
  /** Its title, site and own address all changed at once. Kept for 30 days. */
  readonly becameAnotherSite?:
    | {
        readonly at: Timestamp;
        readonly before: { readonly title: string; readonly siteUrl: string };
        readonly now: { readonly title: string; readonly siteUrl: string };
      }
    | undefined;
  /** The server asked us to come less often: others of its host rest as well. Host and port that answered. */
  readonly refusal?:
    | { readonly host: string; readonly status: number; readonly until: Timestamp }
    | undefined;
  /** What decided about `nextPollAt`. */
  readonly why?: PollWhy | undefined;
  /** The wait that was decided on, before hours and days to skip and the small spread of each source were added. */
  readonly intervalMs?: number | undefined;
  /** Until then its publisher asked us to stay away: no shorter interval of the configuration brings the poll before it. */
  readonly askedUntil?: Timestamp | undefined;
  /** When new items came, in slots of 5 minutes since 1970, the latest last; bounded. Of sources polled in their own rhythm only. */
  readonly arrivals?: readonly number[] | undefined;
  /** Documents without items, in a row up to now; absent where the last one had some. */
  readonly emptyPolls?: number | undefined;
  /** The last 30 days on which it was polled; the latest last. */
  readonly days?: readonly DayOfPolls[] | undefined;
}

/** How the polls of a day went. */
export interface DayOfPolls {
  /** In UTC, as in `2026-11-26`. */
  readonly day: string;
  readonly polls: number;
  /** Of them: failed, refused or gone. */
  readonly failed: number;
}

/** What decides when a source is polled next; documented in docs/OPERATING.md. */
export const POLL_WHYS = [
  /** The configured interval. */
  'every',
  /** The configured cron expression. */
  'schedule',
  /** How often the source really publishes, within the configured range. */
  'adaptive',
  /** Cache-Control or Expires. */
  'max-age',
  'ttl',
  /** sy:updatePeriod and its companions. */
  'update-period',
  'skip-hours',
  'skip-days',
  'retry-after',
  /** Failures in a row. */
  'backoff',
  'gone',
  /** A hub tells us of what is new. */
  'push',
  /** The store did not answer: the source was not even asked. */
  'store',
] as const;

export type PollWhy = (typeof POLL_WHYS)[number];

/** What is agreed with hubs about one source. */
export interface SubscriptionRecord {
  readonly version: typeof RECORD_VERSION;
  readonly sourceId: SourceId;
  /** Absent where the source names no hub any more, or is no longer read. */
  readonly wanted?: HubSubscription | undefined;
  /** What hubs are still to be told to end; bounded. */
  readonly leaving: readonly LeavingSubscription[];
}

interface AgreedAddresses {
  readonly hubUrl: string;
  readonly topicUrl: string;
  /** A capability: whoever knows it may speak for the hub. Never logged, never published. */
  readonly callbackUrl: string;
}

export interface HubSubscription extends AgreedAddresses {
  /** Signs what the hub sends. Never logged, never published. */
  readonly secret: string;
  /** `asking`: not verified yet. `denied`: the hub will not. */
  readonly state: 'asking' | 'verified' | 'denied';
  /** When the hub is asked next: for the first time, again, or to renew. */
  readonly askAt: Timestamp;
  /** Requests in a row that came to nothing. */
  readonly failures: number;
  /** Why the last one did; for people. */
  readonly reason?: string | undefined;
  readonly verifiedAt?: Timestamp | undefined;
  readonly leaseEndsAt?: Timestamp | undefined;
  /** When something signed last came. */
  readonly pushedAt?: Timestamp | undefined;
  /** When a push last brought an item that no poll had found before it. */
  readonly provenAt?: Timestamp | undefined;
  /** When a poll last found an item that no push had brought. */
  readonly missedAt?: Timestamp | undefined;
}

export interface LeavingSubscription extends AgreedAddresses {
  readonly askAt: Timestamp;
  readonly attempts: number;
}

/** What a hub of ours was last told of. */
export interface HubRecord {
  readonly version: typeof RECORD_VERSION;
  readonly hubUrl: string;
  /** By the path of a document, the ETag that the hub knows of. */
  readonly told: Readonly<Record<string, string>>;
  /** Requests in a row that failed. */
  readonly failures: number;
  /** Not before then. */
  readonly nextAt?: Timestamp | undefined;
  /** Why the last one failed; for people. */
  readonly reason?: string | undefined;
}

/** What is stored and no longer configured, by the ids of sources and lists. */
export interface AbsenceRecord {
  readonly version: typeof RECORD_VERSION;
  /** When it was last looked. */
  readonly lookedAt: Timestamp;
  /** For how long each has been absent, in milliseconds that we saw pass. */
  readonly absentMs: Readonly<Record<string, number>>;
}

export type PollOutcomeName = 'updated' | 'unchanged' | 'not-modified' | 'failed' | 'gone' | 'rate-limited';

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
  /** Every copy that was known then, the leading one first. */
  readonly members: readonly {
    readonly sourceId: SourceId;
    readonly hash: ItemHash;
    readonly firstSeenAt: Timestamp;
  }[];
}

/** Changes with every commit of retractions: by it others see that there is something to be read. */
export interface RetractionStamp {
  readonly version: typeof RECORD_VERSION;
  /** Raised by one with every commit. */
  readonly revision: number;
  readonly changedAt: Timestamp;
}
