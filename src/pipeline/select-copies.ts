// What a merged feed may draw from: every known item of its sources that its filters and theirs let through.
import type { RetractionMatcher } from '../core/filter/retractions.ts';
import type { Copy } from '../core/merge/order.ts';
import { selectSources } from '../core/merge/select-sources.ts';
import type { MergedFeed, Source } from '../model/config.ts';
import type { Timestamp } from '../model/timestamp.ts';
import { type CopyVerdicts, createCopyJudge } from './judge-copies.ts';
import type { KnownSources } from './known-sources.ts';
import type { ItemReader } from './prepare-items.ts';
import type { OutCopy } from './retracted-items.ts';

export interface SelectedCopies {
  readonly copies: readonly Copy[];
  /** What was taken out, filters aside. */
  readonly out: readonly OutCopy[];
  /** What the filters say of each that was not taken out. */
  readonly verdicts: CopyVerdicts;
}

export interface CopySelector {
  /** `isRetracted`: what the operator took out of the feed. */
  select(isRetracted: RetractionMatcher, now: Timestamp): Promise<SelectedCopies>;
}

/** Filters judge at publishing, over what is known: a changed rule acts at once, on old items too. */
export function createCopySelector(
  feed: MergedFeed,
  sources: readonly Source[],
  known: KnownSources,
  read: ItemReader,
): CopySelector {
  const selected = selectSources(feed, sources);
  const judge = createCopyJudge(feed, known, read);
  const copiesOf = (source: Source): readonly Copy[] => {
    const state = known.of(source.id);
    if (state.kind !== 'known') return [];
    const place = sources.indexOf(source);
    const { firstAddress, firstReadAt: sourceReadAt, items } = state.record;
    return items.flatMap((entry) =>
      entry.heldBack ? [] : [{ source, place, firstAddress, sourceReadAt, entry }],
    );
  };

  return {
    async select(isRetracted, now) {
      const { copies, out } = part(selected.flatMap(copiesOf), isRetracted);
      const verdicts = await judge.judge(copies, now);
      return { copies: copies.filter(verdicts.passes), out, verdicts };
    },
  };
}

/** What its publisher or the operator took out, and the rest. */
function part(known: readonly Copy[], isRetracted: RetractionMatcher): Omit<SelectedCopies, 'verdicts'> {
  const copies: Copy[] = [];
  const out: OutCopy[] = [];
  for (const copy of known) {
    const operator = isRetracted(copy.entry);
    if (operator !== undefined || copy.entry.withdrawn !== undefined) out.push({ ...copy, operator });
    else copies.push(copy);
  }
  return { copies, out };
}
