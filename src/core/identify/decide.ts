// New, changed or same: what a document means for what is known of its source. Pure: known entries and document in,
// decisions and the next index out; the pipeline reads the one and writes the other.

import { isAbsoluteUri } from '../../model/absolute-uri.ts';
import type { ItemHash, ItemKey } from '../../model/ids.ts';
import type { Item } from '../../model/item.ts';
import { effectivePublishedAt } from '../../model/item-dates.ts';
import { mintedId } from '../../model/minted-id.ts';
import { type ItemIndexEntry, LOST_TEXT } from '../../model/records.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { canonicalUrl } from './canonical-url.ts';
import { fingerprintOf, saysTheSameWithout } from './fingerprint.ts';
import { itemHash } from './item-key.ts';
import { type Match, matchItems, titleHashOf } from './match.ts';

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
  /** Undefined before the source was first read. */
  readonly known: readonly ItemIndexEntry[] | undefined;
  /** In document order. */
  readonly items: readonly Item[];
  readonly now: Timestamp;
}

export interface Decision {
  readonly verdict: 'new' | 'changed' | 'same';
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
}

/** What a document means: which of its items are new, changed or the same, and what is known afterwards. */
export function decideItems(input: DecideInput): Decided {
  const known = input.known ?? [];
  const { matches, repeated } = matchItems(input.items, known);
  const all = matches.map((match) => decideItem(match, input));
  const kept = newestFirst(newestOfDocument(all, input.itemsMax));
  const keptSet = new Set(kept);
  const joined = input.known === undefined ? holdBack(kept, input) : kept;
  const byKey = new Map(joined.map((decision) => [decision.entry.key, decision]));
  const index = nextIndex(known, joined, input.itemsMax);
  const present = new Set(index.map((entry) => entry.hash));
  return {
    decisions: all.filter((decision) => keptSet.has(decision)).map((d) => byKey.get(d.entry.key) ?? d),
    index,
    removed: known.filter((entry) => !present.has(entry.hash)).map((entry) => entry.hash),
    repeated,
  };
}

function decideItem({ item, key, known }: Match, input: DecideInput): Decision {
  const hash = known?.hash ?? itemHash(input.firstAddress, key);
  const firstSeenAt = known?.firstSeenAt ?? input.firstSeen.get(hash) ?? input.now;
  const fingerprint = fingerprintOf(item, firstSeenAt);
  const aliasKey = known === undefined || known.key === key ? undefined : key;
  if (known?.fingerprint === fingerprint) {
    return { verdict: 'same', entry: known.aliasKey === aliasKey ? known : { ...known, aliasKey }, item };
  }
  const claims = {
    aliasKey,
    fingerprint,
    guidUri:
      item.guid !== undefined && isAbsoluteUri(item.guid) && input.isPublicId(item.guid)
        ? item.guid
        : undefined,
    canonicalUrl: item.permalink === undefined ? undefined : canonicalUrl(item.permalink),
    titleHash: titleHashOf(item),
    publishedAt: item.publishedAt ?? (known === undefined ? item.updatedAt : known.publishedAt),
    updatedAt: item.updatedAt,
    changedAt: input.now,
  };
  if (
    known !== undefined &&
    (known.fingerprint === LOST_TEXT || saysTheSameWithout(item, known.fingerprint, firstSeenAt))
  ) {
    // Its text was lost, or its elements are read for the first time: that it is written again is no edit.
    const { revision, changedAt } = known;
    return { verdict: 'changed', entry: { ...known, ...claims, revision, changedAt }, item };
  }
  if (known !== undefined) {
    return { verdict: 'changed', entry: { ...known, ...claims, revision: known.revision + 1 }, item };
  }
  const entry: ItemIndexEntry = {
    key,
    hash,
    publishedId: (claims.guidUri ??
      mintedId(input.firstAddress, givenId(item, key))) as ItemIndexEntry['publishedId'],
    firstSeenAt,
    revision: 1,
    ...claims,
  };
  return { verdict: 'new', entry, item };
}

/** What an id is minted from: the publisher's own, else its permalink, else the key. */
function givenId(item: Item, key: ItemKey): string {
  return item.guid || item.permalink || key;
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

/** What was published already is not held back. */
function holdBack(
  newest: readonly Decision[],
  { join, firstSeen }: Pick<DecideInput, 'join' | 'firstSeen'>,
): readonly Decision[] {
  if (join === undefined) return newest;
  return newest.map((decision, place) =>
    place < join || firstSeen.has(decision.entry.hash)
      ? decision
      : { ...decision, entry: { ...decision.entry, heldBack: true as const } },
  );
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
