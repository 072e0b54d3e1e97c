// Which items have a key: doubly linked lists in flat arrays, so that an item is put in and taken out in a time that does not
// depend on how many share its keys. Keys fall together where their lowest bits do; whoever asks compares what it finds.

const NONE = -1;

export class PostingLists {
  readonly #perItem: number;
  #heads: Int32Array;
  #sizes: Uint32Array;
  #next: Int32Array;
  #previous: Int32Array;
  /** Of each posting: the list that it stands in, or NONE. */
  #listOf: Int32Array;

  /** `perItem`: keys of an item at most; `capacity`: items. */
  constructor(perItem: number, capacity: number) {
    this.#perItem = perItem;
    const lists = 2 ** Math.ceil(Math.log2(capacity * perItem));
    this.#heads = new Int32Array(lists).fill(NONE);
    this.#sizes = new Uint32Array(lists);
    this.#next = new Int32Array(capacity * perItem);
    this.#previous = new Int32Array(capacity * perItem);
    this.#listOf = new Int32Array(capacity * perItem).fill(NONE);
  }

  /** How many items have the key, or one that falls together with it. */
  size(key: number): number {
    return this.#sizes[this.#list(key)] ?? 0;
  }

  /** Calls `visit` with the place of each item that has the key. */
  visit(key: number, visit: (place: number) => void): void {
    let posting = this.#heads[this.#list(key)] ?? NONE;
    while (posting !== NONE) {
      visit(Math.floor(posting / this.#perItem));
      posting = this.#next[posting] ?? NONE;
    }
  }

  /** `nth`: which of the item's keys it is, from 0. */
  put(place: number, nth: number, key: number): void {
    const list = this.#list(key);
    const posting = place * this.#perItem + nth;
    const head = this.#heads[list] ?? NONE;
    this.#next[posting] = head;
    this.#previous[posting] = NONE;
    if (head !== NONE) this.#previous[head] = posting;
    this.#heads[list] = posting;
    this.#listOf[posting] = list;
    this.#sizes[list] = (this.#sizes[list] ?? 0) + 1;
  }

  /** Takes the item out of every list that it stands in. */
  takeOut(place: number): void {
    for (let posting = place * this.#perItem; posting < (place + 1) * this.#perItem; posting += 1) {
      const list = this.#listOf[posting] ?? NONE;
      if (list === NONE) continue;
      const [before, after] = [this.#previous[posting] ?? NONE, this.#next[posting] ?? NONE];
      if (before === NONE) this.#heads[list] = after;
      else this.#next[before] = after;
      if (after !== NONE) this.#previous[after] = before;
      this.#listOf[posting] = NONE;
      this.#sizes[list] = (this.#sizes[list] ?? 1) - 1;
    }
  }

  #list(key: number): number {
    return key & (this.#heads.length - 1);
  }
}
