// How the polls of a source go, as the store remembers it, and what is stored without being configured.
import type { RECORD_VERSION } from './record-version.ts';
import type { Timestamp } from './timestamp.ts';

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

export type PollOutcomeName = 'updated' | 'unchanged' | 'not-modified' | 'failed' | 'gone' | 'rate-limited';

/** What is stored and no longer configured: ids of sources and lists, `feed:ID`, and `hub:` with the digest of an address. */
export interface AbsenceRecord {
  readonly version: typeof RECORD_VERSION;
  /** When it was last looked. */
  readonly lookedAt: Timestamp;
  /** For how long each has been absent, in milliseconds that we saw pass. */
  readonly absentMs: Readonly<Record<string, number>>;
}
