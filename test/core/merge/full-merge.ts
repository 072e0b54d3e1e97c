// The same edition by the plain way: all copies at once, nothing remembered. What the merger that is kept from change to
// change is held against.
import { compareNewestFirst, groupCopies } from '../../../src/core/merge/group.ts';
import { compareLeadership, type Standing, standingsOf } from '../../../src/core/merge/leadership.ts';
import type { Merged } from '../../../src/core/merge/merged.ts';
import type { NearPairs } from '../../../src/core/merge/near-pairs.ts';
import type { Copy } from '../../../src/core/merge/order.ts';
import { assignIds, type PublishedBefore, PublishedIds } from '../../../src/core/merge/published-ids.ts';
import { cutWindow, type WindowLimits } from '../../../src/core/merge/window.ts';
import type { DuplicateRule } from '../../../src/model/config.ts';
import type { Timestamp } from '../../../src/model/timestamp.ts';

export interface MergeInput extends WindowLimits {
  readonly copies: readonly Copy[];
  readonly duplicates: readonly DuplicateRule[];
  readonly previous: PublishedBefore | undefined;
  readonly pairs?: NearPairs;
  readonly now: Timestamp;
}

export function mergeCopies(input: MergeInput): Merged {
  const standings = standingsOf(input.copies);
  const standingOf = (copy: Copy) => standings.get(copy) as Standing;
  const ranked = [...standings.values()].toSorted(compareLeadership);
  const claimants = groupCopies(ranked, new Set(input.duplicates), input.pairs).map((group) => ({
    group,
    lead: standingOf(group.lead),
  }));
  const ids = assignIds(claimants, new PublishedIds(input.previous));
  const clusters = claimants
    .map((claimant) => ({ ...claimant.group, publishedId: ids.get(claimant)?.id ?? ('' as never) }))
    .toSorted((a, b) => compareNewestFirst(a, b));
  const { shown, nextChangeAt } = cutWindow(clusters, input, input.now);
  return { clusters: shown, nextChangeAt };
}
