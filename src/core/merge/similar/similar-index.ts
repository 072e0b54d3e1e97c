// Which items of other sources tell the same story as an item. Each is compared, once, with those alone that share its rarest
// looking numbers, names, words and runs; what too many share leads to nobody, so that no source can make it slow.
import { NEARNESS_MIN, nearnessOf } from './nearness.ts';
import { PostingLists } from './posting-lists.ts';
import { type PackedSignature, type Signature, unpackSignature } from './signature.ts';

export interface SimilarItem {
  readonly hash: string;
  readonly sourceId: string;
  /** When it was published, as far as we believe it. Milliseconds since 1970. */
  readonly atMs: number;
  readonly signature: PackedSignature;
}

export interface Near {
  readonly hash: string;
  /** From `nearnessMin` to 1. */
  readonly nearness: number;
}

export interface SimilarIndex {
  readonly size: number;
  has(hash: string): boolean;
  /** Takes the place of an item of the same hash. */
  add(item: SimilarItem): void;
  remove(hash: string): void;
  /** The nearest first; of sources other than the item's, and no further apart in time than the window. At most 32. */
  near(hash: string, windowMs?: number): readonly Near[];
}

export interface SimilarIndexOptions {
  /** Items further apart are never one. */
  readonly windowMs: number;
  readonly nearnessMin?: number;
}

const KEYS = { runs: 10, numbers: 8, names: 12, words: 12 } as const;
const KEYS_MAX = KEYS.runs + KEYS.numbers + KEYS.names + KEYS.words;
/** A key that more items have says nothing. */
const SHARERS_MAX = 128;
/** What so many items of one source have is how that source writes: no further one is found by it. */
const SHARERS_OF_SOURCE_MAX = 8;
/** Of keys, for two items to be compared. */
const SHARED_MIN = 2;
const COMPARED_MAX = 48;
const NEAR_MAX = 32;
const FIRST_CAPACITY = 256;

export function createSimilarIndex({
  windowMs,
  nearnessMin = NEARNESS_MIN,
}: SimilarIndexOptions): SimilarIndex {
  const places = new Map<string, number>();
  const near = new Map<string, Map<string, number>>();
  let items: (SimilarItem | undefined)[] = [];
  let free: number[] = [];
  let capacity = FIRST_CAPACITY;
  let lists = new PostingLists(KEYS_MAX, capacity);
  /** By place: how many keys it shares with the item at hand. All 0 in between. */
  let counts = new Uint8Array(capacity);

  function add(item: SimilarItem): void {
    remove(item.hash);
    if (places.size === capacity) grow();
    const signature = unpackSignature(item.signature);
    const keys = keysOf(signature);
    for (const other of comparable(keys, item)) {
      const nearness = nearnessOf(signature, unpackSignature(other.signature));
      if (nearness >= nearnessMin) join(item.hash, other.hash, nearness);
    }
    put(item, keys);
  }

  function put(item: SimilarItem, keys: readonly number[]): void {
    const place = free.pop() ?? items.length;
    items[place] = item;
    places.set(item.hash, place);
    for (const [nth, key] of keys.entries()) if (!isHabit(key, item.sourceId)) lists.put(place, nth, key);
  }

  function isHabit(key: number, sourceId: string): boolean {
    if (lists.size(key) > SHARERS_MAX) return false;
    let own = 0;
    lists.visit(key, (place) => {
      if (items[place]?.sourceId === sourceId) own += 1;
    });
    return own >= SHARERS_OF_SOURCE_MAX;
  }

  /** Those that share most keys first; what ties, by hash. */
  function comparable(keys: readonly number[], item: SimilarItem): readonly SimilarItem[] {
    const touched: number[] = [];
    for (const key of keys) {
      if (lists.size(key) > SHARERS_MAX) continue;
      lists.visit(key, (place) => {
        if (counts[place] === 0) touched.push(place);
        counts[place] = (counts[place] ?? 0) + 1;
      });
    }
    const found: { readonly other: SimilarItem; readonly count: number }[] = [];
    for (const place of touched) {
      const other = items[place];
      const count = counts[place] ?? 0;
      counts[place] = 0;
      if (other === undefined || count < SHARED_MIN || other.sourceId === item.sourceId) continue;
      if (Math.abs(other.atMs - item.atMs) <= windowMs) found.push({ other, count });
    }
    return found
      .toSorted((a, b) => b.count - a.count || (a.other.hash < b.other.hash ? -1 : 1))
      .slice(0, COMPARED_MAX)
      .map(({ other }) => other);
  }

  function join(a: string, b: string, nearness: number): void {
    if ((near.get(a)?.size ?? 0) >= NEAR_MAX || (near.get(b)?.size ?? 0) >= NEAR_MAX) return;
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const known = near.get(one) ?? new Map<string, number>();
      near.set(one, known.set(other, nearness));
    }
  }

  function remove(hash: string): void {
    const place = places.get(hash);
    if (place === undefined) return;
    lists.takeOut(place);
    items[place] = undefined;
    places.delete(hash);
    free.push(place);
    for (const other of near.get(hash)?.keys() ?? []) {
      near.get(other)?.delete(hash);
      if (near.get(other)?.size === 0) near.delete(other);
    }
    near.delete(hash);
  }

  function grow(): void {
    capacity *= 2;
    const known = items.filter((item) => item !== undefined);
    [items, free] = [[], []];
    places.clear();
    lists = new PostingLists(KEYS_MAX, capacity);
    counts = new Uint8Array(capacity);
    for (const item of known) put(item, keysOf(unpackSignature(item.signature)));
  }

  function timeApart(a: string, b: string): number {
    const at = (hash: string) => items[places.get(hash) ?? -1]?.atMs ?? Number.NaN;
    return Math.abs(at(a) - at(b));
  }

  return {
    get size() {
      return places.size;
    },
    has: (hash) => places.has(hash),
    add,
    remove,
    near: (hash, within = windowMs) =>
      [...(near.get(hash) ?? [])]
        .filter(([other]) => timeApart(hash, other) <= within)
        .map(([other, nearness]) => ({ hash: other, nearness }))
        .toSorted((a, b) => b.nearness - a.nearness || (a.hash < b.hash ? -1 : 1)),
  };
}

/** The smallest hashes of each kind: of two items that share many they are mostly the same. */
function keysOf({ runs, numbers, names, words }: Signature): readonly number[] {
  return [
    ...runs.subarray(0, KEYS.runs),
    ...numbers.subarray(0, KEYS.numbers),
    ...names.subarray(0, KEYS.names),
    ...words.subarray(0, KEYS.words),
  ];
}
