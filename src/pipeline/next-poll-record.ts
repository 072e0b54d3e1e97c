// What is remembered of how polling goes, after a poll. Pure.
import { type SeenItem, withArrivals } from '../edge/schedule/arrivals.ts';
import { type DeclaredRhythm, nextPoll } from '../edge/schedule/next-poll.ts';
import type { Source } from '../model/config.ts';
import { syndicationOf } from '../model/extensions/syndication.ts';
import type { ItemIndexEntry } from '../model/item-index.ts';
import type { PollRecord } from '../model/poll-record.ts';
import { RECORD_VERSION } from '../model/record-version.ts';
import type { SourceDescription, SourceRecord } from '../model/source-record.ts';
import { msFromTimestamp, type Timestamp, timestampOfClock } from '../model/timestamp.ts';
import { historyAfter } from './poll-history.ts';
import type { PollResult } from './poll-report.ts';

const UNASKED_RETRY_MS = 60_000;

export interface EndedPoll {
  readonly source: Source;
  readonly before: PollRecord | undefined;
  /** The source as it stands after the poll; undefined where nothing is known of it. */
  readonly known: SourceRecord | undefined;
  readonly result: PollResult;
  /** Hubs tell of what is new. */
  readonly isPushed: boolean;
  readonly startedMs: number;
  /** When it ended, milliseconds since 1970. */
  readonly nowMs: number;
}

/** All but what the poll tells of the source itself: see poll-notices.ts. */
export function nextPollRecord(poll: EndedPoll): PollRecord {
  const { before, result, nowMs } = poll;
  const arrivals = arrivalsAfter(poll);
  return {
    version: RECORD_VERSION,
    polledAt: result.unasked && before !== undefined ? before.polledAt : timestampOfClock(nowMs),
    outcome: result.outcome,
    reason: result.reason,
    failures: failuresAfter(before, result),
    arrivals,
    ...(result.unasked ? unasked(poll) : whenNext(poll, arrivals)),
    ...historyAfter(before, result, nowMs),
  };
}

type WhenNext = Pick<PollRecord, 'nextPollAt' | 'why' | 'intervalMs' | 'askedUntil'>;

function whenNext(
  { source, before, known, result, isPushed, nowMs }: EndedPoll,
  arrivals: readonly number[] | undefined,
): WhenNext {
  const { outcome, retryAfter, headers } = result;
  const next = nextPoll({
    sourceId: source.id,
    isFile: source.feedUrl.startsWith('file:'),
    schedule: source.schedule,
    outcome,
    failures: failuresAfter(before, result),
    retryAfter,
    headers,
    declared: declaredBy(known?.feed),
    arrivals,
    push: { active: isPushed },
    nowMs,
  });
  return {
    nextPollAt: timestampOfClock(next.atMs),
    why: next.why,
    intervalMs: next.intervalMs,
    askedUntil: next.askedUntilMs === undefined ? undefined : timestampOfClock(next.askedUntilMs),
  };
}

/** The source pays nothing for our store's trouble. */
function unasked({ source: { schedule }, nowMs }: EndedPoll): WhenNext {
  // Once the store is back nobody waits longer than for a poll.
  const intervalMs = Math.min(
    UNASKED_RETRY_MS,
    schedule.kind === 'every' ? schedule.everyMs : UNASKED_RETRY_MS,
  );
  return {
    nextPollAt: timestampOfClock(nowMs + intervalMs),
    why: 'store',
    intervalMs,
    askedUntil: undefined,
  };
}

function failuresAfter(before: PollRecord | undefined, { outcome, unasked }: PollResult): number {
  if (outcome !== 'failed' && outcome !== 'rate-limited') return 0;
  return (before?.failures ?? 0) + (unasked ? 0 : 1);
}

function declaredBy(feed: SourceDescription | undefined): DeclaredRhythm | undefined {
  if (feed === undefined) return undefined;
  const syndication = syndicationOf(feed.extensions);
  return {
    ttlMinutes: feed.ttlMinutes,
    updateSeconds: syndication?.intervalSeconds,
    updateBaseMs: syndication?.base === undefined ? undefined : msFromTimestamp(syndication.base),
    skipHours: feed.skipHours,
    skipDays: feed.skipDays,
  };
}

/** Only an adaptive interval goes by them. It begins with what is known of the source's items. */
function arrivalsAfter({
  source,
  before,
  known,
  result,
  startedMs,
}: EndedPoll): readonly number[] | undefined {
  if (source.schedule.kind !== 'adaptive') return undefined;
  const items = known?.items ?? [];
  if (before?.arrivals === undefined) return withArrivals([], items.map(seenItem), undefined);
  if (result.outcome !== 'updated') return before.arrivals;
  const started = timestampOfClock(startedMs);
  const fresh = items.filter((item) => item.firstSeenAt >= started).map(seenItem);
  // Where the last poll failed, it did not look.
  const lookedMs = before.failures > 0 ? undefined : msFromTimestamp(before.polledAt);
  return withArrivals(before.arrivals, fresh, lookedMs);
}

function seenItem({ publishedAt, firstSeenAt }: ItemIndexEntry): SeenItem {
  const msOf = (at: Timestamp | undefined) => (at === undefined ? undefined : msFromTimestamp(at));
  return { claimedMs: msOf(publishedAt), seenMs: msFromTimestamp(firstSeenAt) };
}
