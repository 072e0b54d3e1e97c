// What is due when: a binary heap that knows the place of each thing, so that a time can be changed or taken back. Pure.

interface Place<T> {
  readonly thing: T;
  atMs: number;
  /** Of two that are due together, the one that was put in first comes first. */
  readonly turn: number;
}

/** Things by the time they are due. Every change costs O(log n) comparisons, the next time none. */
export class Timeline<T> {
  readonly #heap: Place<T>[] = [];
  readonly #indexes = new Map<T, number>();
  #turns = 0;
  /** Comparisons made so far: what it costs, whatever the machine. */
  steps = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** Puts it in, or moves it. */
  set(thing: T, atMs: number): void {
    this.delete(thing);
    this.#turns += 1;
    this.#heap.push({ thing, atMs, turn: this.#turns });
    this.#rise(this.#heap.length - 1);
  }

  delete(thing: T): boolean {
    const index = this.#indexes.get(thing);
    if (index === undefined) return false;
    this.#indexes.delete(thing);
    const last = this.#heap.pop();
    if (last === undefined || last.thing === thing) return true;
    this.#put(last, index);
    this.#sink(this.#rise(index));
    return true;
  }

  /** When it is due; undefined where it is not in. */
  timeOf(thing: T): number | undefined {
    const index = this.#indexes.get(thing);
    return index === undefined ? undefined : this.#heap[index]?.atMs;
  }

  nextAtMs(): number | undefined {
    return this.#heap[0]?.atMs;
  }

  /** Takes out what is due first, if it is due at `nowMs`. */
  takeDue(nowMs: number): T | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.atMs > nowMs) return undefined;
    this.delete(first.thing);
    return first.thing;
  }

  /** All of it is due so much later, or earlier. */
  shift(ms: number): void {
    for (const place of this.#heap) place.atMs += ms;
  }

  /** In no order. */
  things(): T[] {
    return this.#heap.map(({ thing }) => thing);
  }

  #rise(from: number): number {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfBefore(index, parent)) break;
      index = parent;
    }
    this.#note(index);
    return index;
  }

  #sink(from: number): void {
    let index = from;
    for (;;) {
      const left = 2 * index + 1;
      const child = left + 1 < this.#heap.length && this.#isBefore(left + 1, left) ? left + 1 : left;
      if (child >= this.#heap.length || !this.#swapIfBefore(child, index)) return;
      index = child;
    }
  }

  #swapIfBefore(lower: number, upper: number): boolean {
    const [one, other] = [this.#heap[lower], this.#heap[upper]];
    if (one === undefined || other === undefined || !this.#isBefore(lower, upper)) return false;
    this.#put(one, upper);
    this.#put(other, lower);
    return true;
  }

  #isBefore(one: number, other: number): boolean {
    this.steps += 1;
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.atMs < b.atMs || (a.atMs === b.atMs && a.turn < b.turn);
  }

  #put(place: Place<T>, index: number): void {
    this.#heap[index] = place;
    this.#indexes.set(place.thing, index);
  }

  #note(index: number): void {
    const place = this.#heap[index];
    if (place !== undefined) this.#indexes.set(place.thing, index);
  }
}
