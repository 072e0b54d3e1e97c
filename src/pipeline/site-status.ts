// How polling goes, from what is configured and known. Pure; nothing secret gets in.
import { publicSource } from '../core/attribute/attribution-of.ts';
import { publishableFor } from '../core/attribute/publishable-url.ts';
import type { Source } from '../model/config.ts';
import { effectivePublishedAt } from '../model/item-dates.ts';
import type { ItemIndexEntry } from '../model/item-index.ts';
import type { PollRecord } from '../model/poll-record.ts';
import type { SourceRecord } from '../model/source-record.ts';
import {
  type ConfigAlarm,
  HEALTHS,
  type Health,
  type ListStatus,
  type RestingHost,
  type SiteStatus,
  type SourceStatus,
  type StatusNotice,
  type StoreAlarm,
} from '../model/status.ts';
import type { HubSubscription } from '../model/subscription-record.ts';
import { msFromTimestamp, type Timestamp, timestampOfClock } from '../model/timestamp.ts';
import { withoutSecrets } from './publishable-item.ts';
import { pushStatusOf } from './push/push-status.ts';
import { noticesOf } from './status-notices.ts';

export interface StatusInput {
  readonly sources: readonly Source[];
  /** Undefined where nothing is known of a source. */
  readonly recordOf: (source: Source) => SourceRecord | undefined;
  readonly pollOf: (source: Source) => PollRecord | undefined;
  readonly subscriptionOf: (source: Source) => HubSubscription | undefined;
  readonly configAlarm: ConfigAlarm | undefined;
  readonly storeAlarm: StoreAlarm | undefined;
  readonly hosts: readonly RestingHost[];
  readonly lists: readonly ListStatus[];
  readonly refusedFeeds: readonly string[];
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const RHYTHM_DAYS = 30;

/** Sources that need somebody first, then by the configuration's order. */
export function siteStatus(input: StatusInput): SiteStatus {
  const sources = input.sources.map((source) => statusOf(source, input));
  return {
    at: timestampOfClock(input.nowMs),
    sources: sources.toSorted((a, b) => HEALTHS.indexOf(a.health) - HEALTHS.indexOf(b.health)),
    configAlarm: input.configAlarm,
    storeAlarm: input.storeAlarm,
    hosts: input.hosts,
    lists: input.lists,
    refusedFeeds: input.refusedFeeds,
  };
}

function statusOf(source: Source, { recordOf, pollOf, subscriptionOf, nowMs }: StatusInput): SourceStatus {
  const record = recordOf(source);
  const poll = pollOf(source);
  const { title, feedUrl, siteUrl } = publicSource(source, withoutSecrets(record?.feed, source));
  const items = record?.items ?? [];
  const isPublishable = publishableFor(source);
  const notices = noticesOf({ source, record, poll, isPublishable, nowMs });
  const dates = items.map(effectivePublishedAt);
  return {
    id: source.id,
    name: title,
    url: feedUrl,
    siteUrl,
    health: healthOf(source, poll, notices.some(isToBeLookedAt)),
    lastPoll: poll?.polledAt,
    nextPoll: source.enabled ? poll?.nextPollAt : undefined,
    outcome: poll?.outcome,
    reason: poll?.reason,
    failures: poll?.failures ?? 0,
    why: poll?.why,
    intervalMs: poll?.intervalMs,
    items: items.length,
    latestItem: latestOf(dates),
    rhythm: rhythmOf(items, nowMs),
    days: poll?.days ?? [],
    movedTo: publishableMove(source, poll, isPublishable),
    push: pushStatusOf(subscriptionOf(source), isPublishable, nowMs),
    notices,
  };
}

/** That its configured address is a page is something to know of it; where it matters, its polls fail. */
function isToBeLookedAt({ code }: StatusNotice): boolean {
  return code !== 'page';
}

function healthOf({ enabled }: Source, poll: PollRecord | undefined, hasNotices: boolean): Health {
  if (!enabled) return 'off';
  if (poll === undefined) return 'waiting';
  if (poll.outcome === 'gone') return 'gone';
  if (poll.outcome === 'failed' || poll.outcome === 'rate-limited') return 'failing';
  return hasNotices ? 'attention' : 'ok';
}

/** Where a secret address moves to is most likely another secret, which we do not know for one. */
function publishableMove(
  { feedUrlIsSecret }: Source,
  poll: PollRecord | undefined,
  isPublishable: (url: string) => boolean,
): string | undefined {
  const url = poll?.movedTo?.feedUrl;
  return url !== undefined && !feedUrlIsSecret && isPublishable(url) ? url : undefined;
}

function latestOf(dates: readonly Timestamp[]): Timestamp | undefined {
  return dates.reduce<Timestamp | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
}

/** Items by the day (UTC) of their dates, the last 30 days. */
function rhythmOf(items: readonly ItemIndexEntry[], nowMs: number): readonly number[] {
  const counts = new Array<number>(RHYTHM_DAYS).fill(0);
  const today = Math.floor(nowMs / DAY_MS);
  for (const entry of items) {
    const place =
      RHYTHM_DAYS - 1 - (today - Math.floor(msFromTimestamp(effectivePublishedAt(entry)) / DAY_MS));
    const count = counts[place];
    if (count !== undefined) counts[place] = count + 1;
  }
  return counts;
}
