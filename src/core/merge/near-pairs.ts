// Which copies say nearly the same, as it was found when the later of two came.
import type { ItemHash } from '../../model/ids.ts';

const NONE: ReadonlyMap<ItemHash, number> = new Map();

export class NearPairs {
  readonly #near = new Map<ItemHash, Map<ItemHash, number>>();

  /** `nearness`: 0 to 1. */
  link(a: ItemHash, b: ItemHash, nearness: number): void {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const near = this.#near.get(one) ?? new Map<ItemHash, number>();
      this.#near.set(one, near.set(other, nearness));
    }
  }

  unlink(hash: ItemHash): void {
    for (const other of this.of(hash).keys()) {
      const near = this.#near.get(other);
      near?.delete(hash);
      if (near?.size === 0) this.#near.delete(other);
    }
    this.#near.delete(hash);
  }

  of(hash: ItemHash): ReadonlyMap<ItemHash, number> {
    return this.#near.get(hash) ?? NONE;
  }
}
