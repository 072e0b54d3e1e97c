// Which story has which id, kept as stories come and go: only those are asked again that share an id with what changed.
import type { PublishedId } from '../../model/ids.ts';
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

  /** Gives everybody an id. How many were asked. */
  settle(published: PublishedIds): number {
    if (this.#asked.size === 0) return 0;
    const asked = new Set(this.#asked);
    // A set hands out what is added while it is walked.
    for (const bearer of asked) {
      const wanted = [...idsOf(bearer.group, published), ...(bearer.assigned?.wanted ?? [])];
      for (const rival of this.#wantersOf(wanted)) asked.add(rival);
    }
    const ids = assignIds([...asked], published);
    const met = [...ids.values()].flatMap(({ wanted }) => this.#wantersOf(wanted));
    if (met.some((bearer) => !asked.has(bearer))) {
      // An id minted on the way is wanted elsewhere.
      for (const bearer of met) this.#asked.add(bearer);
      return this.settle(published);
    }
    for (const [bearer, assigned] of ids) this.#write(bearer, assigned);
    this.#asked.clear();
    return asked.size;
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
