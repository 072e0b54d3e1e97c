// Which stories stand in a feed now, in which order, and why the others do not. Walked from the newest on, no further than the
// feed reaches.
import type { PerSource } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import { earlier, msFromTimestamp, type Timestamp, timestampFromMs } from '../../model/timestamp.ts';
import { isTooOldToBeKept, placesThatGoRound, storiesKept } from './fair-share.ts';
import type { Group } from './group.ts';
import { comparePlace, compareText } from './order.ts';

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

/** Newest first; what ties goes by what we saw first, then by the configuration's order, then by key: a total order. */
export function compareNewestFirst(a: Group, b: Group): number {
  return (
    compareText(b.publishedAt, a.publishedAt) ||
    compareText(b.seenAt, a.seenAt) ||
    comparePlace(a.lead, b.lead)
  );
}

/** `groups`: newest first. No more of them is read than it takes to fill the window fairly. */
export function cutWindow<G extends Group>(
  groups: Iterable<G>,
  limits: WindowLimits,
  now: Timestamp,
): Window<G> {
  const { limit } = limits;
  const within: G[] = [];
  const sources = new Set<SourceId>();
  for (const { group, verdict } of withCaps(groups, limits, now)) {
    if (verdict?.kind === 'maxAge') break;
    if (verdict !== undefined) continue;
    if (within.length >= limit && isSettled(sources.size, limit, group, within[0])) break;
    within.push(group);
    sources.add(group.lead.source.id);
  }
  const shown = fill(within, limit);
  return { shown, nextChangeAt: firstAgeing(shown, limits.maxAgeMs) };
}

/** No story from `next` on can have a place. */
function isSettled(sources: number, limit: number, next: Group, newest: Group | undefined): boolean {
  return sources >= placesThatGoRound(limit) || isTooOldToBeKept(next, newest);
}

/** Those whose places go round, and the newest of the others. */
function fill<G extends Group>(newestFirst: readonly G[], limit: number): readonly G[] {
  if (newestFirst.length <= limit) return newestFirst;
  const kept = storiesKept(newestFirst, limit);
  let others = limit - kept.size;
  return newestFirst.filter((group) => {
    if (kept.has(group)) return true;
    others -= 1;
    return others >= 0;
  });
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
