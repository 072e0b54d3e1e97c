// Everything that lies in a store, for whoever looks through it or moves it elsewhere.

/** An entry as it lies in the store. No record of ours has an expiry. */
export interface StoredEntry {
  readonly key: string;
  /** As Keyv itself would write it. */
  readonly value: string;
  /** Raised by each commit that it guards; 0 where it never guarded one. */
  readonly revision: number;
}

/** Errors are thrown as StoreError. */
export interface StoreContents {
  /** Entries, those past their expiry left out. */
  readonly total: number;
  /** Entries past their expiry that still take room. */
  readonly expired: number;
  /** For people: what the medium's own check found. Empty where it is whole, or has none. */
  damage(): readonly string[];
  /** In the order of their keys. SQLite's are those of one instant; a server's may change meanwhile: compare `revisions`. */
  entries(): AsyncGenerator<StoredEntry>;
  /** Of everything that guards commits, as they are now. */
  revisions(): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

/** Characters that are asked for or written in one call, unless one value alone has more: a few seconds' worth of a slow line. */
const BATCH_CHARS_MAX = 4 * 1024 * 1024;
const BATCH_ENTRIES_MAX = 500;

/** Gathers what comes, in its order, into groups that are bounded in number and in the sum of `charsOf`. */
export class Batches<T> {
  readonly #charsOf: (one: T) => number;
  #batch: T[] = [];
  #chars = 0;

  constructor(charsOf: (one: T) => number) {
    this.#charsOf = charsOf;
  }

  /** The group that is full without `one`; undefined while there is room. */
  add(one: T): readonly T[] | undefined {
    const chars = this.#charsOf(one);
    const isFull = this.#batch.length === BATCH_ENTRIES_MAX || this.#chars + chars > BATCH_CHARS_MAX;
    const full = isFull && this.#batch.length > 0 ? this.rest() : undefined;
    this.#batch.push(one);
    this.#chars += chars;
    return full;
  }

  rest(): readonly T[] {
    const rest = this.#batch;
    this.#batch = [];
    this.#chars = 0;
    return rest;
  }
}

export function* inBatches<T>(all: Iterable<T>, charsOf: (one: T) => number): Generator<readonly T[]> {
  const batches = new Batches(charsOf);
  for (const one of all) {
    const full = batches.add(one);
    if (full !== undefined) yield full;
  }
  const rest = batches.rest();
  if (rest.length > 0) yield rest;
}

/** For keys, which are ASCII: the order of their bytes everywhere. */
export function compareKeys(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** How the contents of a server's store are asked for, some keys at a time. */
export interface KeyedReads {
  charsOf(keys: readonly string[]): Promise<readonly number[]>;
  /** Undefined where it is gone meanwhile. */
  entriesOf(keys: readonly string[]): Promise<readonly (StoredEntry | undefined)[]>;
  revisions(): Promise<ReadonlyMap<string, number>>;
}

export function contentsByKeys(
  unsorted: readonly string[],
  expired: number,
  reads: KeyedReads,
): StoreContents {
  const keys = unsorted.toSorted(compareKeys);
  return {
    total: keys.length,
    expired,
    damage: () => [],
    async *entries() {
      for (const some of inBatches(keys, () => 0)) {
        const chars = await reads.charsOf(some);
        const sized = some.map((key, index) => ({ key, chars: chars[index] ?? 0 }));
        for (const batch of inBatches(sized, (one) => one.chars)) {
          const found = await reads.entriesOf(batch.map(({ key }) => key));
          yield* found.filter((entry) => entry !== undefined);
        }
      }
    },
    revisions: reads.revisions,
    close: async () => undefined,
  };
}
