// What a document's tombstones mean for the items of its source (RFC 6721). They speak of that source's own copies and of
// nothing else: another source's item under the same id is that source's. Pure.
import type { ItemKey } from '../../model/ids.ts';
import type { Item, Tombstone } from '../../model/item.ts';
import type { ItemIndexEntry } from '../../model/item-index.ts';
import { earlier, later, type Timestamp } from '../../model/timestamp.ts';
import type { RememberedTombstone } from '../../model/withdrawal.ts';
import type { Decided } from './decide.ts';
import { digest } from './digest.ts';
import { keyByGuid, keyByUrl } from './item-key.ts';
import { keyUrl } from './key-url.ts';

/** Tombstones that are remembered of one source; those of its last document come first. */
export const TOMBSTONES_MAX = 1000;

export interface WithdrawInput {
  /** As it was before the document. */
  readonly known: readonly ItemIndexEntry[];
  readonly decided: Pick<Decided, 'decisions' | 'index'>;
  /** Of the document. */
  readonly tombstones: readonly Tombstone[];
  readonly remembered: readonly RememberedTombstone[];
  readonly now: Timestamp;
}

export interface WithdrawnItems {
  readonly index: readonly ItemIndexEntry[];
  readonly tombstones: readonly RememberedTombstone[];
  /** An item was taken back, or came again. */
  readonly changed: boolean;
}

/**
 * Marks the items that their publisher has taken back. A tombstone holds until the item is published again under a later
 * date (section 3: an entry updated after `when` stands), and then never again; that it leaves the document changes nothing.
 */
export function withdrawItems(input: WithdrawInput): WithdrawnItems {
  const { index } = input.decided;
  const remembered = remember(input);
  if (remembered.length === 0 && !index.some((entry) => entry.withdrawn !== undefined))
    return { index, tombstones: remembered, changed: false };
  const graves = new Graves(remembered);
  const before = new Map(input.known.map((entry) => [entry.key, entry]));
  const items = new Map(input.decided.decisions.map(({ entry, item }) => [entry.key, item]));
  let changed = false;
  const next = index.map((entry) => {
    const known = before.get(entry.key);
    const marked = mark(entry, known, items.get(entry.key), graves, input.now);
    if (marked.withdrawn !== entry.withdrawn) changed = true;
    return marked;
  });
  return { index: next, tombstones: graves.all(), changed };
}

/** Those of the document, then what was known before. One that was seen keeps its instants until it names a later one. */
function remember({ tombstones, remembered, now }: WithdrawInput): readonly RememberedTombstone[] {
  const seen = new Map(remembered.map((tombstone) => [tombstone.keys[0], tombstone]));
  const inDocument = new Map<ItemKey, RememberedTombstone>();
  for (const tombstone of tombstones.slice(0, TOMBSTONES_MAX)) {
    const key = keyByGuid(tombstone.ref);
    const before = inDocument.get(key) ?? seen.get(key);
    const isNews =
      before === undefined ||
      (tombstone.when !== undefined && tombstone.when > (before.claimed ?? before.when));
    inDocument.set(key, isNews ? freshOf(tombstone, key, now) : before);
  }
  const rest = remembered.filter(({ keys: [key] }) => key !== undefined && !inDocument.has(key));
  return [...inDocument.values(), ...rest].slice(0, TOMBSTONES_MAX);
}

/** No instant of a tombstone is later than our clock: one from the future would hold against every later date. */
function freshOf({ ref, when, by, comment }: Tombstone, key: ItemKey, now: Timestamp): RememberedTombstone {
  const url = keyUrl(ref);
  return {
    keys: url === undefined ? [key] : [key, keyByUrl(url)],
    claimed: when,
    when: when === undefined ? now : earlier(when, now),
    learntAt: now,
    by: by?.name,
    reason: comment,
  };
}

/** The entry as it stands under the tombstones; itself where nothing changes. */
function mark(
  entry: ItemIndexEntry,
  known: ItemIndexEntry | undefined,
  item: Item | undefined,
  graves: Graves,
  now: Timestamp,
): ItemIndexEntry {
  const held = entry.withdrawn;
  const grave = graves.of(entry, known === undefined);
  const claim = latestDate(item ?? entry);
  if (grave !== undefined && (held === undefined || grave.when > held.when)) {
    const wasSaid = claim !== undefined && known !== undefined && claim === latestDate(known);
    if (claim !== undefined && earlier(claim, wasSaid ? entry.changedAt : now) > grave.when) {
      graves.spend(entry);
      return held === undefined ? entry : without(entry);
    }
    graves.link(grave, entry);
    const { when, learntAt, by, reason } = grave;
    return { ...entry, withdrawn: { when, learntAt, by, reason, claim } };
  }
  if (held === undefined || item === undefined) return entry;
  const isAgain = claim !== undefined && claim !== held.claim && earlier(claim, now) > held.when;
  if (!isAgain) return entry;
  graves.spend(entry);
  return without(entry);
}

function without({ withdrawn: _taken, ...entry }: ItemIndexEntry): ItemIndexEntry {
  return entry;
}

/** What the publisher claims, be it in the future. */
function latestDate({
  publishedAt,
  updatedAt,
}: Pick<Item, 'publishedAt' | 'updatedAt'>): Timestamp | undefined {
  return publishedAt !== undefined && updatedAt !== undefined
    ? later(publishedAt, updatedAt)
    : (updatedAt ?? publishedAt);
}

/** Tombstones by what items are known by. */
class Graves {
  readonly #list: RememberedTombstone[];
  readonly #places = new Map<string, number[]>();

  constructor(tombstones: readonly RememberedTombstone[]) {
    this.#list = [...tombstones];
    for (const [place, { keys, page }] of tombstones.entries()) {
      for (const name of [...keys, ...(page === undefined ? [] : [page])]) {
        const places = this.#places.get(name);
        if (places === undefined) this.#places.set(name, [place]);
        else places.push(place);
      }
    }
  }

  all(): readonly RememberedTombstone[] {
    return this.#list;
  }

  /** The latest that still holds. */
  of(entry: ItemIndexEntry, isNew: boolean): RememberedTombstone | undefined {
    return this.#placesOf(entry, isNew)
      .map((place) => this.#list[place])
      .filter((tombstone) => tombstone !== undefined && tombstone.isSpent !== true)
      .reduce((a, b) => (a === undefined || (b !== undefined && b.when > a.when) ? b : a), undefined);
  }

  spend(entry: ItemIndexEntry): void {
    for (const place of this.#placesOf(entry, true)) {
      const tombstone = this.#list[place];
      if (tombstone !== undefined) this.#list[place] = { ...tombstone, isSpent: true };
    }
  }

  /** The item is known again by its own key, and where the store has forgotten it by its page and title. */
  link(tombstone: RememberedTombstone, entry: ItemIndexEntry): void {
    const place = this.#list.indexOf(tombstone);
    if (place === -1) return;
    const keys = [...new Set([...tombstone.keys, entry.key])];
    this.#list[place] = { ...tombstone, keys, page: pageOf(entry) ?? tombstone.page };
  }

  #placesOf({ key, aliasKey, ...entry }: ItemIndexEntry, isNew: boolean): readonly number[] {
    const page = isNew ? pageOf(entry) : undefined;
    return [key, aliasKey, page].flatMap((name) =>
      name === undefined ? [] : (this.#places.get(name) ?? []),
    );
  }
}

function pageOf({
  canonicalUrl: url,
  titleHash,
}: Pick<ItemIndexEntry, 'canonicalUrl' | 'titleHash'>): string | undefined {
  return url === undefined ? undefined : digest(27, 'page', url, titleHash);
}
