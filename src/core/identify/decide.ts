// New, changed or same: what a document means for what is known of its source. Pure: known entries and document in,
// decisions and the next index out; the pipeline reads the one and writes the other.

import type { ItemHash } from '../../model/ids.ts';
import type { Item } from '../../model/item.ts';
import { effectivePublishedAt } from '../../model/item-dates.ts';
import type { ItemIndexEntry, KnownBy } from '../../model/item-index.ts';
import type { Churn } from '../../model/source-record.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { churnOf, isNewSite, isNews, withSteadyDates } from './churn.ts';
import { decideItem } from './decide-item.ts';
import { type Match, matchItems } from './match.ts';

export interface DecideInput {
  /** The address that ids and hashes are made from. */
  readonly firstAddress: string;
  /** At most so many items are kept. */
  readonly itemsMax: number;
  /** How many of its newest items a source brings when it is first read; undefined for all. */
  readonly join: number | undefined;
  /** Whether an id may be published: one that gives a secret away may not, and is minted instead. */
  readonly isPublicId: (id: string) => boolean;
  /** When an item was first seen that was published, for those whose entries are lost. */
  readonly firstSeen: ReadonlyMap<ItemHash, Timestamp>;
  /** What is known was read by another version of ours, which may have made something else of the same document. */
  readonly isReadAnew: boolean;
  /** Undefined before the source was first read. */
  readonly known: readonly ItemIndexEntry[] | undefined;
  /** In document order. */
  readonly items: readonly Item[];
  readonly now: Timestamp;
}

export interface Decision {
  readonly verdict: 'new' | 'changed' | 'same';
  /** Why it is taken for a known item; undefined for a new one. */
  readonly by: KnownBy | undefined;
  readonly entry: ItemIndexEntry;
  readonly item: Item;
}

export interface Decided {
  /** For each item of the document that is kept, in document order. */
  readonly decisions: readonly Decision[];
  /** Everything known now, newest first. */
  readonly index: readonly ItemIndexEntry[];
  /** Known before, over the bound now. */
  readonly removed: readonly ItemHash[];
  /** Items that repeat another of the same document. */
  readonly repeated: number;
  readonly churn: Churn | undefined;
}

/** What a document means: which of its items are new, changed or the same, and what is known afterwards. */
export function decideItems(input: DecideInput): Decided {
  const known = input.known ?? [];
  const { matches: found, repeated } = matchItems(input.items, known);
  const matches = withSteadyDates(found);
  const all = matches.map((match) => decideItem(match, input));
  const kept = newestFirst(newestOfDocument(all, input.itemsMax));
  const keptSet = new Set(kept);
  const joined = joinedBy(kept, found, input);
  const byKey = new Map(joined.map((decision) => [decision.entry.key, decision]));
  const index = nextIndex(known, joined, input.itemsMax);
  const present = new Set(index.map((entry) => entry.hash));
  return {
    decisions: all.filter((decision) => keptSet.has(decision)).map((d) => byKey.get(d.entry.key) ?? d),
    index,
    removed: known.filter((entry) => !present.has(entry.hash)).map((entry) => entry.hash),
    repeated,
    churn: churnOf(found, known),
  };
}

function isPast({ publishedAt }: ItemIndexEntry, now: Timestamp): boolean {
  return publishedAt !== undefined && publishedAt < now;
}

function newestFirst(decisions: readonly Decision[]): Decision[] {
  return decisions.toSorted((a, b) => compareNewest(a.entry, b.entry));
}

function compareNewest(a: ItemIndexEntry, b: ItemIndexEntry): number {
  const [x, y] = [effectivePublishedAt(a), effectivePublishedAt(b)];
  return x === y ? 0 : x > y ? -1 : 1;
}

/** Up to the bound by what the document alone says, else items without date or of a future one, new at each sight, would take turns. */
function newestOfDocument(decisions: readonly Decision[], itemsMax: number): readonly Decision[] {
  if (decisions.length <= itemsMax) return decisions;
  // An item without date stands where the one before it does.
  let date: Timestamp | undefined;
  const dated = decisions.map((decision) => {
    date = decision.item.publishedAt ?? decision.item.updatedAt ?? date;
    return { decision, date: date ?? '~' };
  });
  return dated
    .toSorted((a, b) => (a.date === b.date ? 0 : a.date > b.date ? -1 : 1))
    .slice(0, itemsMax)
    .map(({ decision }) => decision);
}

/**
 * Of a source that is read for the first time, the newest that `join` lets in; also of one that is another site all at once, where
 * besides what is no news by its own date waits for a date of its own. What was published already is not held back.
 */
function joinedBy(
  newest: readonly Decision[],
  matches: readonly Match[],
  { join, firstSeen, known, now }: DecideInput,
): readonly Decision[] {
  const isFirst = known === undefined;
  if (isFirst ? join === undefined : !isNewSite(matches, known)) return newest;
  return newest.map((decision, place) => {
    const { entry } = decision;
    const isIn = isFirst
      ? place < (join ?? 0)
      : isNews(entry, known, now) || (isPast(entry, now) && place < (join ?? newest.length));
    return isIn || firstSeen.has(entry.hash)
      ? decision
      : { ...decision, entry: { ...entry, heldBack: true as const } };
  });
}

/**
 * What is known after this document: all that it carries, then the newest of the rest up to the bound. Items still in the
 * document go first, since one that we forgot would come back as new with the next poll.
 */
function nextIndex(
  known: readonly ItemIndexEntry[],
  decisions: readonly Decision[],
  itemsMax: number,
): readonly ItemIndexEntry[] {
  const present = new Set(decisions.map((decision) => decision.entry.key));
  const rest = known
    .filter((entry) => !present.has(entry.key))
    .toSorted(compareNewest)
    .slice(0, Math.max(0, itemsMax - decisions.length));
  return [...decisions.map((decision) => decision.entry), ...rest].toSorted(compareNewest);
}
