// Places that one loud source cannot take from the rest (ADR 18).
import type { SourceId } from '../../model/ids.ts';
import { msFromTimestamp } from '../../model/timestamp.ts';
import type { Group } from './group.ts';

/** How far behind the newest story another may lie for a place to be kept for it: after a week its readers have seen it. */
export const KEPT_FOR_MS = 7 * 86_400_000;

/** A quarter of the window goes round; the rest is simply the newest. */
export function placesThatGoRound(limit: number): number {
  return Math.floor(limit / 4);
}

/**
 * The stories whose places go round: the newest of each source, the source that spoke last first, then the second newest of
 * each, and so on. A story counts for its lead's source. `newestFirst`: those that may stand in the window.
 */
export function storiesKept<G extends Group>(newestFirst: readonly G[], limit: number): ReadonlySet<G> {
  const told = new Map<SourceId, number>();
  const rounds: G[][] = [];
  for (const group of newestFirst) {
    if (isTooOldToBeKept(group, newestFirst[0])) break;
    const { id } = group.lead.source;
    const round = told.get(id) ?? 0;
    told.set(id, round + 1);
    const ofRound = rounds[round];
    if (ofRound === undefined) rounds.push([group]);
    else ofRound.push(group);
  }
  return new Set(rounds.flat().slice(0, placesThatGoRound(limit)));
}

export function isTooOldToBeKept(group: Group, newest: Group | undefined): boolean {
  return newest !== undefined && publishedMs(newest) - publishedMs(group) > KEPT_FOR_MS;
}

function publishedMs({ publishedAt }: Group): number {
  return msFromTimestamp(publishedAt);
}
