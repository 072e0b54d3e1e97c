// Which stories stand in a feed now, in which order, and why the others do not. Walked from the newest on, no further than the
// feed reaches.
import { effectivePublishedAt } from '../../model/item-dates.ts';
import { earlier, msFromTimestamp, type Timestamp, timestampFromMs } from '../../model/timestamp.ts';
import type { Group } from './group.ts';

export interface WindowLimits {
  readonly limit: number;
  readonly maxAgeMs: number | undefined;
}

/** Why a story stands in the feed or does not. */
export type WindowVerdict =
  | { readonly kind: 'shown' }
  /** So many newer ones stand there: as many as the feed's `limit` lets in. */
  | { readonly kind: 'limit'; readonly limit: number }
  /** Its date lies before `oldestAt`. */
  | { readonly kind: 'maxAge'; readonly maxAgeMs: number; readonly oldestAt: Timestamp };

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

/** `groups`: newest first. No more of them is read than it takes to fill the window. */
export function cutWindow<G extends Group>(
  groups: Iterable<G>,
  limits: WindowLimits,
  now: Timestamp,
): Window<G> {
  const shown: G[] = [];
  for (const { group, verdict } of judgeWindow(groups, limits, now)) {
    if (verdict.kind === 'shown') shown.push(group);
    else if (isEndOfWindow(verdict)) break;
  }
  return { shown, nextChangeAt: firstAgeing(shown, limits.maxAgeMs) };
}

/** Every story with its verdict, as far as it is asked. `groups`: newest first. */
export function* judgeWindow<G extends Group>(
  groups: Iterable<G>,
  { limit, maxAgeMs }: WindowLimits,
  now: Timestamp,
): Generator<JudgedGroup<G>> {
  const oldestAt = maxAgeMs === undefined ? undefined : timestampFromMs(msFromTimestamp(now) - maxAgeMs);
  let shown = 0;
  for (const group of groups) {
    if (maxAgeMs !== undefined && oldestAt !== undefined && effectivePublishedAt(group.lead.entry) < oldestAt)
      yield { group, verdict: { kind: 'maxAge', maxAgeMs, oldestAt } };
    else if (shown >= limit) yield { group, verdict: { kind: 'limit', limit } };
    else {
      shown += 1;
      yield { group, verdict: { kind: 'shown' } };
    }
  }
}

/** Nothing that follows can stand in the feed either. */
function isEndOfWindow({ kind }: WindowVerdict): boolean {
  return kind === 'limit' || kind === 'maxAge';
}

function firstAgeing(shown: readonly Group[], maxAgeMs: number | undefined): Timestamp | undefined {
  if (maxAgeMs === undefined || shown.length === 0) return undefined;
  const oldest = shown.map(({ lead }) => effectivePublishedAt(lead.entry)).reduce(earlier);
  return timestampFromMs(msFromTimestamp(oldest) + maxAgeMs + 1);
}
