// Which copies may be of one story: those with one id, with one page, and those that say nearly the same.
import type { DuplicateRule } from '../../model/config.ts';
import type { ItemHash } from '../../model/ids.ts';
import { Buckets } from './buckets.ts';
import { NearPairs } from './near-pairs.ts';
import type { Copy } from './order.ts';

interface HasCopy {
  readonly copy: Copy;
}

export class Neighbours<M extends HasCopy> {
  readonly #rules: ReadonlySet<DuplicateRule>;
  readonly #members = new Map<ItemHash, M>();
  readonly #byId = new Buckets<M>();
  readonly #byPage = new Buckets<M>();
  readonly pairs = new NearPairs();

  constructor(rules: ReadonlySet<DuplicateRule>) {
    this.#rules = rules;
  }

  get size(): number {
    return this.#members.size;
  }

  all(): Iterable<M> {
    return this.#members.values();
  }

  get(hash: ItemHash): M | undefined {
    return this.#members.get(hash);
  }

  add(member: M): void {
    const { hash, guidUri, canonicalUrl } = member.copy.entry;
    this.#members.set(hash, member);
    if (guidUri !== undefined) this.#byId.add(guidUri, member);
    if (canonicalUrl !== undefined) this.#byPage.add(canonicalUrl, member);
  }

  /** Those that say nearly the same stay known. */
  delete(member: M): void {
    const { hash, guidUri, canonicalUrl } = member.copy.entry;
    this.#members.delete(hash);
    if (guidUri !== undefined) this.#byId.delete(guidUri, member);
    if (canonicalUrl !== undefined) this.#byPage.delete(canonicalUrl, member);
  }

  /** Whatever the rules make of it. */
  withId(guidUri: string): readonly M[] {
    return this.#byId.get(guidUri);
  }

  withPage(page: string): readonly M[] {
    return this.#byPage.get(page);
  }

  near(hash: ItemHash): readonly M[] {
    return [...this.pairs.of(hash).keys()].flatMap((near) => this.#members.get(near) ?? []);
  }

  isAlone({ copy: { entry } }: M): boolean {
    const { hash, guidUri, canonicalUrl } = entry;
    if (guidUri !== undefined && this.#rules.has('id') && this.#byId.size(guidUri) > 1) return false;
    if (canonicalUrl !== undefined && this.#rules.has('url') && this.#byPage.size(canonicalUrl) > 1)
      return false;
    return this.near(hash).length === 0;
  }

  /** With everything that hangs together with them, by whatever chain of ids, pages and texts; each id and page is gone through once. */
  connectedTo(some: Iterable<M>): ReadonlySet<M> {
    const reached = new Set(some);
    const reach = (member: M) => void reached.add(member);
    const [ids, pages] = [new Set<string>(), new Set<string>()];
    // A set hands out what is added while it is walked.
    for (const { copy } of reached) {
      const { hash, guidUri, canonicalUrl } = copy.entry;
      if (guidUri !== undefined && this.#rules.has('id') && !ids.has(guidUri))
        this.#byId.forEach(guidUri, reach);
      if (canonicalUrl !== undefined && this.#rules.has('url') && !pages.has(canonicalUrl))
        this.#byPage.forEach(canonicalUrl, reach);
      if (guidUri !== undefined) ids.add(guidUri);
      if (canonicalUrl !== undefined) pages.add(canonicalUrl);
      this.near(hash).forEach(reach);
    }
    return reached;
  }
}
