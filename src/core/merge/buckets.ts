// Several things by one name, compact where most names have one.

export class Buckets<T extends object> {
  readonly #byName = new Map<string, T | T[]>();

  add(name: string, one: T): void {
    const there = this.#byName.get(name);
    if (there === undefined) this.#byName.set(name, one);
    else if (Array.isArray(there)) there.push(one);
    else this.#byName.set(name, [there, one]);
  }

  delete(name: string, one: T): void {
    const there = this.#byName.get(name);
    if (there === one) this.#byName.delete(name);
    if (!Array.isArray(there)) return;
    const rest = there.filter((other) => other !== one);
    const [first] = rest;
    if (first === undefined) this.#byName.delete(name);
    else this.#byName.set(name, rest.length === 1 ? first : rest);
  }

  get(name: string): readonly T[] {
    const there = this.#byName.get(name);
    if (there === undefined) return [];
    return Array.isArray(there) ? there : [there];
  }

  size(name: string): number {
    const there = this.#byName.get(name);
    if (there === undefined) return 0;
    return Array.isArray(there) ? there.length : 1;
  }

  forEach(name: string, visit: (one: T) => void): void {
    const there = this.#byName.get(name);
    if (Array.isArray(there)) for (const one of there) visit(one);
    else if (there !== undefined) visit(there);
  }
}
