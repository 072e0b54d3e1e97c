// How polling goes, as `/status`, `/status.json` and `tributary status` tell it. Nothing secret stands in it.
import type { SourceId } from './ids.ts';
import type { DayOfPolls, PollOutcomeName, PollWhy } from './poll-record.ts';
import type { StoreTrouble } from './store-trouble.ts';
import type { Timestamp } from './timestamp.ts';

export interface SiteStatus {
  readonly at: Timestamp;
  /** Those that need somebody first. */
  readonly sources: readonly SourceStatus[];
  /** The file on disk has mistakes: what was read before goes on. */
  readonly configAlarm: ConfigAlarm | undefined;
  /** The store does not answer: what is published stays, and nothing is polled. */
  readonly storeAlarm: StoreAlarm | undefined;
  /** Hosts and domains that asked us to come less often: none of their sources is polled. */
  readonly hosts: readonly RestingHost[];
  /** Lists of feeds that are followed, in the order of the configuration. */
  readonly lists: readonly ListStatus[];
  /** Feeds that the configuration asks for and that cannot be, as the lists are now: why, for people. */
  readonly refusedFeeds: readonly string[];
}

export interface ListStatus {
  readonly id: SourceId;
  /** Its address, the name of its file, or, where the address is a secret, its id. */
  readonly name: string;
  readonly health: Health;
  readonly lastPoll: Timestamp | undefined;
  readonly nextPoll: Timestamp | undefined;
  readonly outcome: PollOutcomeName | undefined;
  /** A documented code, where the last reading failed: the last good content stays. */
  readonly reason: string | undefined;
  readonly failures: number;
  readonly why: PollWhy | undefined;
  /** Feeds that it names, those that are configured beside it too. */
  readonly feeds: number;
  /** More than half of its feeds went when it last changed. */
  readonly lost: { readonly before: number; readonly after: number } | undefined;
}

export interface RestingHost {
  /** Host, with its port where that is another than usual, or domain; absent where the address of the source that was told is a secret. */
  readonly name: string | undefined;
  readonly scope: 'host' | 'domain';
  readonly since: Timestamp;
  readonly until: Timestamp;
  /** 429 or 503. */
  readonly status: number;
  /** The source that was told so. */
  readonly told: SourceId;
}

export interface ConfigAlarm {
  readonly since: Timestamp;
  /** Where each mistake stands, as in `tributary.yaml:12:5: sources[3].every`. What it is may quote secrets: the log tells it. */
  readonly places: readonly string[];
}

export interface StoreAlarm {
  /** What is published may be behind its sources since then. */
  readonly staleSince: Timestamp;
  readonly trouble: StoreTrouble;
}

/** From the worst on. `waiting`: not polled yet. */
export const HEALTHS = ['gone', 'failing', 'attention', 'waiting', 'ok', 'off'] as const;
export type Health = (typeof HEALTHS)[number];

export interface SourceStatus {
  readonly id: SourceId;
  readonly name: string;
  /** What is polled, or what may be published in its place; absent where nothing may. */
  readonly url: string | undefined;
  readonly siteUrl: string | undefined;
  readonly health: Health;
  readonly lastPoll: Timestamp | undefined;
  readonly nextPoll: Timestamp | undefined;
  readonly outcome: PollOutcomeName | undefined;
  /** A documented code, where the last poll failed. */
  readonly reason: string | undefined;
  /** Polls that failed, in a row up to now. */
  readonly failures: number;
  /** What decided when it is polled next. */
  readonly why: PollWhy | undefined;
  /** The wait in force, in milliseconds. */
  readonly intervalMs: number | undefined;
  /** Items that are known of it. */
  readonly items: number;
  /** The date of the latest of them, within our clock. */
  readonly latestItem: Timestamp | undefined;
  /** Items a day (UTC) over the last 30 days; today's last. */
  readonly rhythm: readonly number[];
  /** Polls by day; the latest last. */
  readonly days: readonly DayOfPolls[];
  /** Where it says that it moved for good. */
  readonly movedTo: string | undefined;
  /** What is agreed with a hub that tells us of its changes; absent where nothing is. */
  readonly push: PushStatus | undefined;
  /** For people: what they should know of it or do about it. */
  readonly notices: readonly StatusNotice[];
}

export interface PushStatus {
  /** The hub's origin; absent where it gives a secret away. */
  readonly hub: string | undefined;
  /** `asking`: not verified yet. `denied`: the hub will not. `ended`: the lease ran out unrenewed. */
  readonly state: 'asking' | 'verified' | 'denied' | 'ended';
  readonly leaseEnd: Timestamp | undefined;
  /** When something signed last came. */
  readonly lastPush: Timestamp | undefined;
  /** Pushes bring what is new: it is polled less often for that. */
  readonly isReliedOn: boolean;
}

export interface StatusNotice {
  /** Documented in docs/OPERATING.md. */
  readonly code: string;
  readonly text: string;
  /** What to write into the configuration. */
  readonly yaml?: string | undefined;
}
