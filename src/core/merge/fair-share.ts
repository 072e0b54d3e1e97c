// Places that one loud source cannot take from the rest (ADR 18).
import { msFromTimestamp } from '../../model/timestamp.ts';
import { compareNewestFirst, type Group } from './group.ts';

/** How far behind the newest story another may lie for a place to be kept for it: after a week its readers have seen it. */
export const KEPT_FOR_MS = 7 * 86_400_000;

/** A quarter of the window goes round; the rest is simply the newest. */
export function placesThatGoRound(limit: number): number {
  return Math.floor(limit / 4);
}

/**
 * The stories whose places go round: the newest of each source, the source that spoke last first, then the second newest of
 * each, and so on. A story counts for its lead's source. `lists`: of each source those that may stand in the window, newest
 * first; `newest`: of all. No more of them is read than it takes.
 */
export function storiesKept<G extends Group>(
  lists: Iterable<Iterable<G>>,
  limit: number,
  newest: G | undefined,
): ReadonlySet<G> {
  const places = placesThatGoRound(limit);
  const kept = new Set<G>();
  let speaking = [...lists].map((list) => list[Symbol.iterator]());
  while (speaking.length > 0 && kept.size < places) {
    const round: G[] = [];
    speaking = speaking.filter((list) => {
      const { done, value } = list.next();
      if (done || isTooOldToBeKept(value, newest)) return false;
      round.push(value);
      return true;
    });
    for (const group of round.sort(compareNewestFirst).slice(0, places - kept.size)) kept.add(group);
  }
  return kept;
}

export function isTooOldToBeKept(group: Group, newest: Group | undefined): boolean {
  return newest !== undefined && publishedMs(newest) - publishedMs(group) > KEPT_FOR_MS;
}

function publishedMs({ publishedAt }: Group): number {
  return msFromTimestamp(publishedAt);
}
