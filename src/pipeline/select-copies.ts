// What a merged feed may draw from: every known item of its sources that its filters and theirs let through.
import { isFiltering, judge } from '../core/filter/filter.ts';
import type { RetractionMatcher } from '../core/filter/retractions.ts';
import type { Copy } from '../core/merge/order.ts';
import { selectSources } from '../core/merge/select-sources.ts';
import type { MergedFeed, Source } from '../model/config.ts';
import type { Item } from '../model/item.ts';
import type { KnownSources } from './known-sources.ts';
import type { ItemReader } from './prepare-items.ts';
import type { OutCopy } from './retracted-items.ts';

export interface SelectedCopies {
  readonly copies: readonly Copy[];
  /** What was taken out, filters aside. */
  readonly out: readonly OutCopy[];
}

export interface CopySelector {
  /** `isRetracted`: what the operator took out of the feed. */
  select(isRetracted: RetractionMatcher): Promise<SelectedCopies>;
}

/** Filters judge at publishing, over what is known: a changed rule acts at once, on old items too. Each item is judged once. */
export function createCopySelector(
  feed: MergedFeed,
  sources: readonly Source[],
  known: KnownSources,
  read: ItemReader,
): CopySelector {
  const selected = selectSources(feed, sources);
  let verdicts = new Map<string, boolean>();
  const copiesOf = (source: Source): readonly Copy[] => {
    const state = known.of(source.id);
    if (state.kind !== 'known') return [];
    const place = sources.indexOf(source);
    const { firstAddress, firstReadAt: sourceReadAt, items } = state.record;
    return items.flatMap((entry) =>
      entry.heldBack ? [] : [{ source, place, firstAddress, sourceReadAt, entry }],
    );
  };
  const nameOf = ({ entry }: Copy) => `${entry.hash} ${entry.fingerprint}`;

  /** Undefined where the item cannot be read. */
  function judgeCopy({ source }: Copy, item: Item | undefined): boolean | undefined {
    return (
      item &&
      [source.filter, feed.filter].every((filter) => judge(item, filter, source.categories).kind === 'passes')
    );
  }

  async function judgeAll(copies: readonly Copy[]): Promise<void> {
    const fresh = copies.filter((copy) => !verdicts.has(nameOf(copy)));
    const records = await read(fresh.map((copy) => copy.entry));
    known.askAgain(new Set(fresh.map(({ entry }) => entry.hash).filter((hash) => !records.has(hash))));
    const next = new Map<string, boolean>();
    for (const copy of copies) {
      const name = nameOf(copy);
      const verdict = verdicts.get(name) ?? judgeCopy(copy, records.get(copy.entry.hash)?.item);
      if (verdict !== undefined) next.set(name, verdict);
    }
    verdicts = next;
  }

  return {
    async select(isRetracted) {
      const { copies, out } = part(selected.flatMap(copiesOf), isRetracted);
      const filtered = copies.filter(({ source }) => isFiltering(source.filter) || isFiltering(feed.filter));
      if (filtered.length === 0) return { copies, out };
      await judgeAll(filtered);
      const judged = new Set(filtered);
      const passes = (copy: Copy) => !judged.has(copy) || verdicts.get(nameOf(copy)) === true;
      return { copies: copies.filter(passes), out };
    },
  };
}

/** What its publisher or the operator took out, and the rest. */
function part(known: readonly Copy[], isRetracted: RetractionMatcher): SelectedCopies {
  const copies: Copy[] = [];
  const out: OutCopy[] = [];
  for (const copy of known) {
    const operator = isRetracted(copy.entry);
    if (operator !== undefined || copy.entry.withdrawn !== undefined) out.push({ ...copy, operator });
    else copies.push(copy);
  }
  return { copies, out };
}
