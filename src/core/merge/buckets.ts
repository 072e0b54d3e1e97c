// Several things by one name, compact where most names have one.

export class Buckets<T extends object> {
  readonly #byName = new Map<string, T | Set<T>>();

  add(name: string, one: T): void {
    const there = this.#byName.get(name);
    if (there === undefined) this.#byName.set(name, one);
    else if (there instanceof Set) there.add(one);
    else if (there !== one) this.#byName.set(name, new Set([there, one]));
  }

  delete(name: string, one: T): void {
    const there = this.#byName.get(name);
    if (there === one) this.#byName.delete(name);
    if (!(there instanceof Set)) return;
    there.delete(one);
    const [first] = there;
    if (there.size === 1 && first !== undefined) this.#byName.set(name, first);
  }

  get(name: string): readonly T[] {
    const there = this.#byName.get(name);
    if (there === undefined) return [];
    return there instanceof Set ? [...there] : [there];
  }

  size(name: string): number {
    const there = this.#byName.get(name);
    if (there === undefined) return 0;
    return there instanceof Set ? there.size : 1;
  }

  forEach(name: string, visit: (one: T) => void): void {
    const there = this.#byName.get(name);
    if (there instanceof Set) for (const one of there) visit(one);
    else if (there !== undefined) visit(there);
  }
}
