// Which story has which id, kept as stories come and go: only those are asked again that share an id with what changed.
import type { PublishedId } from '../../model/ids.ts';
import { mintedId } from '../../model/minted-id.ts';
import { Buckets } from './buckets.ts';
import { type AssignedId, assignIds, type Claimant, idsOf, type PublishedIds } from './published-ids.ts';

export interface Bearer extends Claimant {
  /** Written by the book alone. */
  assigned: AssignedId | undefined;
}

export class IdBook<B extends Bearer> {
  readonly #wanters = new Buckets<B>();
  readonly #asked = new Set<B>();

  /** It is new, or what was published of it may have changed. */
  ask(bearer: B): void {
    this.#asked.add(bearer);
  }

  /** Who wanted what it wanted may have it now. */
  delete(bearer: B): void {
    this.#asked.delete(bearer);
    this.#forget(bearer);
    for (const rival of this.#wantersOf(bearer.assigned?.wanted ?? [])) this.#asked.add(rival);
  }

  /** Gives everybody an id. How many were asked, each as often as it was. */
  settle(published: PublishedIds): number {
    let work = 0;
    while (this.#asked.size > 0) {
      const asked = this.#withRivals(published);
      work += asked.size;
      const ids = assignIds([...asked], published);
      const open = [...ids].filter(([bearer, { wanted }]) => this.#askHolders(bearer, wanted, asked));
      if (open.length > 0) continue;
      for (const [bearer, assigned] of ids) this.#write(bearer, assigned);
      this.#asked.clear();
    }
    return work;
  }

  /**
   * An id minted on the way may be wanted elsewhere: then those who want it are asked too, and those who want what would be minted
   * next, since a source may have guessed them all. False where everybody was.
   */
  #askHolders(bearer: B, wanted: readonly PublishedId[], asked: ReadonlySet<B>): boolean {
    const others = this.#wantersOf(wanted).filter((other) => !asked.has(other));
    for (const other of others) this.#asked.add(other);
    if (others.length === 0) return false;
    const { firstAddress } = bearer.group.lead;
    let next = wanted.at(-1);
    let holders: readonly B[] = others;
    while (next !== undefined && holders.length > 0) {
      for (const holder of holders) this.#asked.add(holder);
      next = mintedId(firstAddress, next) as PublishedId;
      holders = this.#wantersOf([next]);
    }
    return true;
  }

  /** Everybody who was asked, and all who want what one of them wants. */
  #withRivals(published: PublishedIds): ReadonlySet<B> {
    const asked = new Set(this.#asked);
    // A set hands out what is added while it is walked.
    for (const bearer of asked) {
      const wanted = [...idsOf(bearer.group, published), ...(bearer.assigned?.wanted ?? [])];
      for (const rival of this.#wantersOf(wanted)) asked.add(rival);
    }
    return asked;
  }

  #wantersOf(ids: readonly PublishedId[]): readonly B[] {
    return ids.flatMap((id) => this.#wanters.get(id));
  }

  #write(bearer: B, assigned: AssignedId): void {
    this.#forget(bearer);
    bearer.assigned = assigned;
    for (const id of assigned.wanted) this.#wanters.add(id, bearer);
  }

  #forget(bearer: B): void {
    for (const id of bearer.assigned?.wanted ?? []) this.#wanters.delete(id, bearer);
  }
}
