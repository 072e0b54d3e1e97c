// A feed's stories in step with what is known of its sources: what changed since the last time is taken up, nothing else.
import { cameAlike, type RetractionMatcher } from '../core/filter/retractions.ts';
import { FeedMerger } from '../core/merge/feed-merger.ts';
import type { MergeWork } from '../core/merge/merged.ts';
import type { Copy } from '../core/merge/order.ts';
import { selectSources } from '../core/merge/select-sources.ts';
import { placesAfter, placesOf } from '../core/merge/source-places.ts';
import type { MergedFeed, Source } from '../model/config.ts';
import type { ItemHash, SourceId } from '../model/ids.ts';
import type { ItemIndexEntry } from '../model/item-index.ts';
import type { SourceRecord } from '../model/source-record.ts';
import type { Timestamp } from '../model/timestamp.ts';
import { createAlikeToRetracted, type OutByText } from './alike-to-retracted.ts';
import { saysTheSame } from './config-changes.ts';
import { type CopyJudge, type CopyVerdict, createCopyJudge } from './judge-copies.ts';
import type { KnownSources } from './known-sources.ts';
import type { ItemReader } from './prepare-items.ts';
import type { OutCopy } from './retracted-items.ts';
import { createSimilarCopies } from './similar-copies.ts';
import { yieldToOthers } from './yield-to-others.ts';

/** What the operator took out of the feed; another digest for other retractions. */
export interface RetractionsInForce {
  readonly matches: RetractionMatcher;
  readonly digest: string | undefined;
}

/** What becomes of a copy before stories are made of those that are left. */
export type CopyState =
  /** One of the copies that stories are made of. */
  | { readonly kind: 'merged' }
  | { readonly kind: 'held' }
  /** `isByText`: it says nearly the same as something that the operator took out. */
  | { readonly kind: 'out'; readonly copy: OutCopy; readonly isByText: boolean }
  | { readonly kind: 'filtered'; readonly verdict: CopyVerdict }
  /** A rule asks what cannot be told, for want of its text. */
  | { readonly kind: 'unread' };

export interface FeedStories {
  readonly merger: FeedMerger;
  /**
   * These are the sources now: at the next update those that left, or are configured otherwise, go with their copies, and those that
   * came are taken up. False where everything must be made anew, since those that stay are in another order; nothing follows then.
   */
  follow(sources: readonly Source[]): boolean;
  /** What was taken out, filters aside. */
  readonly out: ReadonlyMap<ItemHash, OutCopy>;
  /** Those of them that the operator's retractions do not name: they say nearly the same as something that one does name. */
  unnamed(): readonly OutByText[];
  readonly judge: Pick<CopyJudge, 'of' | 'nextChangeAt'>;
  /** Undefined for what is no item of the feed's sources. */
  stateOf(hash: ItemHash): CopyState | undefined;
  /** It is an item of the feed's sources, whatever becomes of it. */
  knows(hash: ItemHash): boolean;
  /**
   * Filters judge at publishing, over what is known: a changed rule acts at once, on old items too. Requests and polls go in between,
   * since a start takes up everything that is known; nothing may be asked of the stories meanwhile, nor may two updates run at once.
   */
  update(retractions: RetractionsInForce, now: Timestamp): Promise<MergeWork>;
}

/** Copies that are taken up, or merged, between two pauses: some 40 ms of work. */
const AT_ONCE = 1_000;

export function createFeedStories(
  feed: MergedFeed,
  sources: readonly Source[],
  known: Pick<KnownSources, 'of' | 'askAgain'>,
  read: ItemReader,
  signal?: AbortSignal,
): FeedStories {
  let selected = selectSources(feed, sources);
  let places = placesOf(selected.map(({ id }) => id));
  /** Their copies are taken out before anything else. */
  const leaving = new Map<SourceId, Source>();
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
  let handled = 0;
  /** Known, but not published. */
  const held = new Set<ItemHash>();
  const alike = createAlikeToRetracted(merger, out);
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
    alike.delete(hash);
    if (heldBack === undefined && operator === undefined && withdrawn === undefined) judge.put(copy);
    else if (heldBack === undefined && operator !== undefined) {
      judge.remove(hash);
      merger.setAside(hash);
      out.set(hash, { ...copy, operator });
      // Its text is compared still: what says nearly the same may come later.
      similar?.put(copy);
      if (!cameAlike(operator, hash)) alike.addNamed(hash);
    } else {
      remove(hash);
      if (heldBack) held.add(hash);
      else out.set(hash, { ...copy, operator });
    }
  }

  function remove(hash: ItemHash): void {
    out.delete(hash);
    held.delete(hash);
    alike.delete(hash);
    judge.remove(hash);
    drop(hash);
  }

  function drop(hash: ItemHash): void {
    merger.remove(hash);
    similar?.remove(hash);
  }

  function follow(next: readonly Source[]): boolean {
    const before = new Map(selected.map((source) => [source.id, source]));
    const after = selectSources(feed, next).map((source) => {
      const old = before.get(source.id);
      return old !== undefined && saysTheSame(old, source) ? old : source;
    });
    const staying = new Set(after.filter((source) => before.get(source.id) === source));
    const kept = new Map([...staying].map(({ id }) => [id, places.get(id) ?? 0]));
    const moved = placesAfter(
      kept,
      after.map(({ id }) => id),
    );
    if (moved === undefined) return false;
    for (const source of selected) if (!staying.has(source)) leaving.set(source.id, source);
    selected = after;
    places = moved;
    return true;
  }

  /** Entries that did not change are the same objects. */
  async function take(source: Source, record: SourceRecord | undefined): Promise<void> {
    const before = taken.get(source.id);
    if (record === before) return;
    if (record === undefined) taken.delete(source.id);
    else taken.set(source.id, record);
    const left = new Map(before?.items.map((entry) => [entry.hash, entry]));
    const isOther = isOtherSource(before, record);
    for (const entry of record?.items ?? []) {
      if (isOther || left.get(entry.hash) !== entry) {
        place(copyOf(source, record as SourceRecord, entry));
        await pause();
      }
      left.delete(entry.hash);
    }
    for (const hash of left.keys()) {
      remove(hash);
      await pause();
    }
  }

  /** After so many copies. */
  async function pause(): Promise<void> {
    handled += 1;
    if (handled % AT_ONCE === 0) await yieldToOthers(signal);
  }

  async function settleMerger(): Promise<MergeWork> {
    const steps = merger.settleInSteps(AT_ONCE);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) return step.value;
      await yieldToOthers(signal);
    }
  }

  /** Only what is retracted now and was not, or the other way round. */
  function retract(retractions: RetractionsInForce): void {
    const isSame = retractions.digest === inForce.digest;
    inForce = retractions;
    if (isSame) return;
    for (const source of selected) {
      const record = taken.get(source.id);
      for (const entry of record?.items ?? []) {
        const before = alike.has(entry.hash) ? undefined : out.get(entry.hash)?.operator;
        if (inForce.matches(entry) !== before) place(copyOf(source, record as SourceRecord, entry));
      }
    }
  }

  function stateOf(hash: ItemHash): CopyState | undefined {
    const copy = out.get(hash);
    if (copy !== undefined) return { kind: 'out', copy, isByText: alike.has(hash) };
    if (held.has(hash)) return { kind: 'held' };
    if (merger.copyOf(hash) !== undefined) return { kind: 'merged' };
    const verdict = judge.of(hash);
    if (verdict !== undefined) return { kind: 'filtered', verdict };
    return judge.knows(hash) ? { kind: 'unread' } : undefined;
  }

  return {
    merger,
    out,
    unnamed: alike.unnamed,
    judge,
    follow,
    stateOf,
    knows: (hash) => stateOf(hash) !== undefined,
    async update(retractions, now) {
      for (const source of leaving.values()) await take(source, undefined);
      leaving.clear();
      retract(retractions);
      for (const source of selected) {
        const state = known.of(source.id);
        await take(source, state.kind === 'known' ? state.record : undefined);
      }
      await judge.settle(now);
      await similar?.settle(merger);
      for (const copy of alike.settle()) place(copy);
      return settleMerger();
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
