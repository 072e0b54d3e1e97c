// One story once: copies of items become clusters, clusters an edition's order. Pure, and the same whatever order polls came in.
import type { DuplicateRule } from '../../model/config.ts';
import type { PublishedId } from '../../model/ids.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { type Group, groupCopies } from './group.ts';
import { type Copy, compareNewestFirst, leadershipOf } from './order.ts';
import { assignIds, type PublishedBefore } from './published-ids.ts';
import { cutWindow, type WindowLimits } from './window.ts';

export interface MergeInput extends WindowLimits {
  /** Every copy that the feed's selection and filters let through. */
  readonly copies: readonly Copy[];
  readonly duplicates: readonly DuplicateRule[];
  /** What was published before: its ids stay. */
  readonly previous: PublishedBefore | undefined;
  readonly now: Timestamp;
}

/** One item of the edition with all copies of it. */
export interface Cluster extends Group {
  readonly publishedId: PublishedId;
}

export interface Merged {
  /** In published order. */
  readonly clusters: readonly Cluster[];
  /** When the first of them grows too old; undefined where none does. */
  readonly nextChangeAt: Timestamp | undefined;
}

export function mergeCopies(input: MergeInput): Merged {
  const compareLeadership = leadershipOf(input.copies);
  const groups = groupCopies(input.copies.toSorted(compareLeadership), new Set(input.duplicates));
  // Those outside the window keep theirs too: nobody else takes it before they come back.
  const ids = assignIds(
    groups.toSorted((a, b) => compareLeadership(a.lead, b.lead)),
    input.previous,
  );
  const newestFirst = groups.toSorted((a, b) => compareNewestFirst(a.lead, b.lead));
  const { shown, nextChangeAt } = cutWindow(newestFirst, input, input.now);
  return {
    clusters: shown.map((group) => ({ ...group, publishedId: ids.get(group) as PublishedId })),
    nextChangeAt,
  };
}
