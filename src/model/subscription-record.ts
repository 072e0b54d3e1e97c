// What is agreed with hubs, and what hubs of ours were told: WebSub as the store remembers it.
import type { SourceId } from './ids.ts';
import type { RECORD_VERSION } from './record-version.ts';
import type { Timestamp } from './timestamp.ts';

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
