// A feed's stories in step with what is known of its sources: what changed since the last time is taken up, nothing else.
import type { RetractionMatcher } from '../core/filter/retractions.ts';
import { FeedMerger, type MergeWork } from '../core/merge/feed-merger.ts';
import type { Copy } from '../core/merge/order.ts';
import { selectSources } from '../core/merge/select-sources.ts';
import type { MergedFeed, Source } from '../model/config.ts';
import type { ItemHash, SourceId } from '../model/ids.ts';
import type { ItemIndexEntry, SourceRecord } from '../model/records.ts';
import type { Timestamp } from '../model/timestamp.ts';
import { type CopyJudge, createCopyJudge } from './judge-copies.ts';
import type { KnownSources } from './known-sources.ts';
import type { ItemReader } from './prepare-items.ts';
import type { OutCopy } from './retracted-items.ts';
import { createSimilarCopies } from './similar-copies.ts';

/** What the operator took out of the feed; another digest for other retractions. */
export interface RetractionsInForce {
  readonly matches: RetractionMatcher;
  readonly digest: string | undefined;
}

export interface FeedStories {
  readonly merger: FeedMerger;
  /** What was taken out, filters aside. */
  readonly out: ReadonlyMap<ItemHash, OutCopy>;
  readonly judge: Pick<CopyJudge, 'of' | 'nextChangeAt'>;
  /** It is an item of the feed's sources, whatever becomes of it. */
  knows(hash: ItemHash): boolean;
  /** Filters judge at publishing, over what is known: a changed rule acts at once, on old items too. */
  update(retractions: RetractionsInForce, now: Timestamp): Promise<MergeWork>;
}

export function createFeedStories(
  feed: MergedFeed,
  sources: readonly Source[],
  known: KnownSources,
  read: ItemReader,
): FeedStories {
  const places = new Map(sources.map((source, place) => [source.id, place]));
  const selected = selectSources(feed, sources);
  const merger = new FeedMerger(feed.duplicates);
  const similar = feed.duplicates.includes('similar')
    ? createSimilarCopies(read, feed.similarWithinMs)
    : undefined;
  const judge = createCopyJudge(feed, known, read, (copy, passes) => {
    if (passes) {
      merger.put(copy);
      similar?.put(copy);
    } else drop(copy.entry.hash);
  });
  const taken = new Map<SourceId, SourceRecord>();
  const out = new Map<ItemHash, OutCopy>();
  /** Known, but not published. */
  const held = new Set<ItemHash>();
  let inForce: RetractionsInForce = { matches: () => undefined, digest: undefined };

  function copyOf(source: Source, record: SourceRecord, entry: ItemIndexEntry): Copy {
    const { firstAddress, firstReadAt: sourceReadAt } = record;
    return { source, place: places.get(source.id) ?? 0, firstAddress, sourceReadAt, entry };
  }

  function place(copy: Copy): void {
    const { hash, heldBack, withdrawn } = copy.entry;
    const operator = inForce.matches(copy.entry);
    out.delete(hash);
    held.delete(hash);
    if (heldBack === undefined && operator === undefined && withdrawn === undefined) judge.put(copy);
    else {
      remove(hash);
      if (heldBack) held.add(hash);
      else out.set(hash, { ...copy, operator });
    }
  }

  function remove(hash: ItemHash): void {
    out.delete(hash);
    held.delete(hash);
    judge.remove(hash);
    drop(hash);
  }

  function drop(hash: ItemHash): void {
    merger.remove(hash);
    similar?.remove(hash);
  }

  /** Entries that did not change are the same objects. */
  function take(source: Source, record: SourceRecord | undefined): void {
    const before = taken.get(source.id);
    if (record === before) return;
    if (record === undefined) taken.delete(source.id);
    else taken.set(source.id, record);
    const left = new Map(before?.items.map((entry) => [entry.hash, entry]));
    const isOther = isOtherSource(before, record);
    for (const entry of record?.items ?? []) {
      if (isOther || left.get(entry.hash) !== entry) place(copyOf(source, record as SourceRecord, entry));
      left.delete(entry.hash);
    }
    for (const hash of left.keys()) remove(hash);
  }

  /** Only what is retracted now and was not, or the other way round. */
  function retract(retractions: RetractionsInForce): void {
    const isSame = retractions.digest === inForce.digest;
    inForce = retractions;
    if (isSame) return;
    for (const source of selected) {
      const record = taken.get(source.id);
      for (const entry of record?.items ?? []) {
        if (inForce.matches(entry) !== out.get(entry.hash)?.operator)
          place(copyOf(source, record as SourceRecord, entry));
      }
    }
  }

  return {
    merger,
    out,
    judge,
    knows: (hash) =>
      merger.copyOf(hash) !== undefined || judge.knows(hash) || out.has(hash) || held.has(hash),
    async update(retractions, now) {
      retract(retractions);
      for (const source of selected) {
        const state = known.of(source.id);
        take(source, state.kind === 'known' ? state.record : undefined);
      }
      await judge.settle(now);
      await similar?.settle(merger);
      return merger.settle();
    },
  };
}

/** Something of it changed that goes into each of its copies. */
function isOtherSource(before: SourceRecord | undefined, record: SourceRecord | undefined): boolean {
  return (
    before?.firstAddress !== record?.firstAddress ||
    before?.firstReadAt !== record?.firstReadAt ||
    before?.feed?.language !== record?.feed?.language
  );
}
