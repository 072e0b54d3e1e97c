// Which stories stand in a feed now, in which order, and why the others do not. Walked from the newest on, no further than the
// feed reaches.
import type { PerSource } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import { earlier, msFromTimestamp, type Timestamp, timestampFromMs } from '../../model/timestamp.ts';
import { isTooOldToBeKept, placesThatGoRound, storiesKept } from './fair-share.ts';
import { compareNewestFirst, type Group } from './group.ts';
import { SortedList } from './sorted-list.ts';

export interface WindowLimits {
  readonly limit: number;
  readonly maxAgeMs: number | undefined;
  readonly perSource?: PerSource | undefined;
}

/** A bound that keeps a story out, whatever else stands in the feed. A story counts for its lead's source. */
export type CapVerdict =
  /** Its date lies before `oldestAt`. */
  | { readonly kind: 'maxAge'; readonly maxAgeMs: number; readonly oldestAt: Timestamp }
  /** So many newer ones of the source stand there. */
  | { readonly kind: 'perSource'; readonly sourceId: SourceId; readonly limit: number }
  /** So many newer ones of the source and of that day (UTC, `2026-11-03`) stand there. */
  | {
      readonly kind: 'perDay';
      readonly sourceId: SourceId;
      readonly perDay: number;
      readonly day: string;
    };

/** Why a story stands in the feed or does not. */
export type WindowVerdict =
  /** `isKept`: newer ones of another source would stand there, were it not for its fair share. */
  | { readonly kind: 'shown'; readonly isKept?: true | undefined }
  /** So many newer ones stand there: as many as the feed's `limit` lets in. */
  | { readonly kind: 'limit'; readonly limit: number }
  /** Newer than some that stand there, which are kept for other sources; its own has `shown` of the `limit` places. */
  | {
      readonly kind: 'fairShare';
      readonly sourceId: SourceId;
      readonly shown: number;
      readonly limit: number;
    }
  | CapVerdict;

export interface JudgedGroup<G extends Group> {
  readonly group: G;
  readonly verdict: WindowVerdict;
}

export interface Window<G extends Group> {
  /** Newest first. */
  readonly shown: readonly G[];
  /** When the first of them grows too old; undefined where none does. */
  readonly nextChangeAt: Timestamp | undefined;
}

/**
 * `groups`: newest first; `bySource`: the same by their leads' sources, with which no more of them is read than it takes to fill
 * the window fairly; without it that may be a week of them, and with bounds for each source all.
 */
export function cutWindow<G extends Group>(
  groups: Iterable<G>,
  limits: WindowLimits,
  now: Timestamp,
  bySource?: Iterable<Iterable<G>>,
): Window<G> {
  const { limit, perSource } = limits;
  const lists =
    bySource && (() => [...bySource].map((list) => withinBounds(list, limits, now, 'one source')));
  const newestFirst = lists && perSource ? inOneOrder(lists()) : withinBounds(groups, limits, now);
  const within: G[] = [];
  const sources = new Set<SourceId>();
  const isFair = () => sources.size >= placesThatGoRound(limit);
  for (const group of newestFirst) {
    if (within.length >= limit && (lists || isFair() || isTooOldToBeKept(group, within[0]))) break;
    within.push(group);
    sources.add(group.lead.source.id);
  }
  const kept = storiesKept(lists && !isFair() ? lists() : bySourceOf(within), limit, within[0]);
  const shown = fill(within, kept, limit);
  return { shown, nextChangeAt: firstAgeing(shown, limits.maxAgeMs) };
}

function bySourceOf<G extends Group>(groups: readonly G[]): Iterable<readonly G[]> {
  return Map.groupBy(groups, ({ lead }) => lead.source.id).values();
}

/** Those whose places go round, and the newest of the others. */
function fill<G extends Group>(newestFirst: readonly G[], kept: ReadonlySet<G>, limit: number): readonly G[] {
  if (newestFirst.length < limit) return newestFirst;
  let others = limit - kept.size;
  const newest = newestFirst.filter((group) => {
    if (kept.has(group)) return false;
    others -= 1;
    return others >= 0;
  });
  return [...newest, ...kept].sort(compareNewestFirst);
}

/** Those that no bound keeps out. */
function* withinBounds<G extends Group>(
  groups: Iterable<G>,
  limits: WindowLimits,
  now: Timestamp,
  of: 'all sources' | 'one source' = 'all sources',
): Generator<G> {
  for (const { group, verdict } of withCaps(groups, limits, now)) {
    if (verdict === undefined) yield group;
    else if (verdict.kind === 'maxAge' || (verdict.kind === 'perSource' && of === 'one source')) return;
  }
}

function* inOneOrder<G extends Group>(lists: readonly Iterator<G>[]): Generator<G> {
  const heads = new SortedList<{ readonly group: G; readonly rest: Iterator<G> }>((a, b) =>
    compareNewestFirst(a.group, b.group),
  );
  const add = (rest: Iterator<G>) => {
    const { done, value } = rest.next();
    if (!done) heads.add({ group: value, rest });
  };
  for (const list of lists) add(list);
  for (let [first] = heads; first !== undefined; [first] = heads) {
    heads.delete(first);
    yield first.group;
    add(first.rest);
  }
}

/** Every story with its verdict. `newestFirst`: all of them, those too old included. */
export function judgeWindow<G extends Group>(
  newestFirst: readonly G[],
  limits: WindowLimits,
  now: Timestamp,
): readonly JudgedGroup<G>[] {
  const { limit } = limits;
  const { shown } = cutWindow(newestFirst, limits, now);
  const isShown = new Set(shown);
  const places = countBySource(shown);
  const last = shown.at(-1);
  let isBehindLast = last === undefined;
  let within = 0;
  return [...withCaps(newestFirst, limits, now)].map(({ group, verdict }) => {
    if (verdict !== undefined) return { group, verdict };
    within += 1;
    if (isShown.has(group)) {
      isBehindLast = group === last;
      return { group, verdict: within > limit ? { kind: 'shown', isKept: true } : { kind: 'shown' } };
    }
    if (isBehindLast) return { group, verdict: { kind: 'limit', limit } };
    const { id: sourceId } = group.lead.source;
    return { group, verdict: { kind: 'fairShare', sourceId, shown: places.get(sourceId) ?? 0, limit } };
  });
}

function countBySource(groups: readonly Group[]): ReadonlyMap<SourceId, number> {
  const counts = new Map<SourceId, number>();
  for (const { lead } of groups) counts.set(lead.source.id, (counts.get(lead.source.id) ?? 0) + 1);
  return counts;
}

/** Each story with the first bound that it is over; undefined for none. What one bound keeps out counts for no other. */
function* withCaps<G extends Group>(
  groups: Iterable<G>,
  { maxAgeMs, perSource }: WindowLimits,
  now: Timestamp,
): Generator<{ readonly group: G; readonly verdict: CapVerdict | undefined }> {
  const oldestAt = maxAgeMs === undefined ? undefined : timestampFromMs(msFromTimestamp(now) - maxAgeMs);
  const isOver = perSourceCounter(perSource);
  for (const group of groups) {
    const { publishedAt } = group;
    if (maxAgeMs !== undefined && oldestAt !== undefined && publishedAt < oldestAt)
      yield { group, verdict: { kind: 'maxAge', maxAgeMs, oldestAt } };
    else yield { group, verdict: isOver(group.lead.source.id, publishedAt) };
  }
}

/** Counts what it lets through, by source and by source and day. */
function perSourceCounter({
  limit,
  perDay,
}: PerSource = {}): (sourceId: SourceId, at: Timestamp) => CapVerdict | undefined {
  const counts = new Map<string, number>();
  const isFull = (name: string, most: number | undefined) =>
    most !== undefined && (counts.get(name) ?? 0) >= most;
  return (sourceId, at) => {
    const day = at.slice(0, 10);
    const ofDay = `${sourceId} ${day}`;
    if (limit !== undefined && isFull(sourceId, limit)) return { kind: 'perSource', sourceId, limit };
    if (perDay !== undefined && isFull(ofDay, perDay)) return { kind: 'perDay', sourceId, perDay, day };
    for (const name of [sourceId, ofDay]) counts.set(name, (counts.get(name) ?? 0) + 1);
    return undefined;
  };
}

function firstAgeing(shown: readonly Group[], maxAgeMs: number | undefined): Timestamp | undefined {
  if (maxAgeMs === undefined || shown.length === 0) return undefined;
  const oldest = shown.map(({ publishedAt }) => publishedAt).reduce(earlier);
  return timestampFromMs(msFromTimestamp(oldest) + maxAgeMs + 1);
}
