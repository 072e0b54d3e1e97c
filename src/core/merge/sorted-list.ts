// Many things in order, of which a few come and go: found by halving, moved within blocks of a bounded size.

const BLOCK_MAX = 512;

export class SortedList<T> {
  readonly #compare: (a: T, b: T) => number;
  /** None of them empty. */
  readonly #blocks: T[][] = [];

  /** `compare`: a total order. */
  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  add(one: T): void {
    const place = Math.max(0, this.#blockOf(one));
    const block = this.#blocks[place];
    if (block === undefined) {
      this.#blocks.push([one]);
      return;
    }
    block.splice(
      countWhile(block, (other) => this.#compare(other, one) < 0),
      0,
      one,
    );
    if (block.length > BLOCK_MAX) this.#blocks.splice(place + 1, 0, block.splice(BLOCK_MAX / 2));
  }

  /** False where it is not there. */
  delete(one: T): boolean {
    const place = this.#blockOf(one);
    const block = this.#blocks[place];
    if (block === undefined) return false;
    const at = countWhile(block, (other) => this.#compare(other, one) < 0);
    if (block[at] !== one) return false;
    block.splice(at, 1);
    if (block.length === 0) this.#blocks.splice(place, 1);
    return true;
  }

  *[Symbol.iterator](): Generator<T> {
    for (const block of this.#blocks) yield* block;
  }

  /** The last block that begins no later than with `one`; -1 where none does. */
  #blockOf(one: T): number {
    return countWhile(this.#blocks, ([first]) => this.#compare(first as T, one) <= 0) - 1;
  }
}

/** Of how many from the first on `holds` is true, where it is of no further one; found by halving. */
function countWhile<T>(list: readonly T[], holds: (one: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
