// What is known of a source while a document is matched with it: each entry is taken once.
import type { ItemKey } from '../../model/ids.ts';
import type { ItemIndexEntry } from '../../model/item-index.ts';

export class KnownEntries {
  readonly #all: readonly ItemIndexEntry[];
  readonly #byKey: ReadonlyMap<ItemKey, ItemIndexEntry>;
  readonly #keys: ReadonlySet<ItemKey>;
  readonly #used = new Set<ItemKey>();
  #byPage: ReadonlyMap<string, readonly ItemIndexEntry[]> | undefined;
  #byTitle: ReadonlyMap<string, readonly ItemIndexEntry[]> | undefined;

  constructor(known: readonly ItemIndexEntry[], inDocument: ReadonlySet<ItemKey>) {
    this.#all = known;
    this.#byKey = entriesByKey(known, inDocument);
    this.#keys = new Set(known.map((entry) => entry.key));
  }

  named(key: ItemKey): ItemIndexEntry | undefined {
    return this.#byKey.get(key);
  }

  /** Not by a former id: it may be another story's now. */
  goingBy(key: ItemKey): ItemIndexEntry | undefined {
    const entry = this.#byKey.get(key);
    return (entry?.aliasKey ?? entry?.key) === key ? entry : undefined;
  }

  /** No other item, of the document or known, stands there. */
  isFree(key: ItemKey): boolean {
    const entry = this.goingBy(key);
    return entry === undefined ? !this.#keys.has(key) && !this.#used.has(key) : !this.#used.has(entry.key);
  }

  isUsed(entry: ItemIndexEntry): boolean {
    return this.#used.has(entry.key);
  }

  use(key: ItemKey): void {
    this.#used.add(key);
  }

  unused(): readonly ItemIndexEntry[] {
    return this.#all.filter((entry) => !this.#used.has(entry.key));
  }

  /** Used ones too. */
  atPage(page: string): readonly ItemIndexEntry[] {
    this.#byPage ??= grouped(this.#all, (entry) => entry.canonicalUrl);
    return this.#byPage.get(page) ?? [];
  }

  /** Used ones too. */
  titled(title: string): readonly ItemIndexEntry[] {
    this.#byTitle ??= grouped(this.#all, (entry) => entry.titleHash);
    return this.#byTitle.get(title) ?? [];
  }
}

/**
 * Entries by the key that their latest id gives them and by the one that they are kept under; not by the latter where the
 * document has an item under the former: then another item goes by the old id now.
 */
function entriesByKey(
  known: readonly ItemIndexEntry[],
  inDocument: ReadonlySet<ItemKey>,
): ReadonlyMap<ItemKey, ItemIndexEntry> {
  const byKey = new Map<ItemKey, ItemIndexEntry>();
  for (const entry of known) if (entry.aliasKey !== undefined) byKey.set(entry.aliasKey, entry);
  for (const entry of known) {
    const goesByAlias = entry.aliasKey !== undefined && inDocument.has(entry.aliasKey);
    if (!goesByAlias) byKey.set(entry.key, entry);
  }
  return byKey;
}

function grouped(
  entries: readonly ItemIndexEntry[],
  nameOf: (entry: ItemIndexEntry) => string | undefined,
): ReadonlyMap<string, readonly ItemIndexEntry[]> {
  const groups = new Map<string, ItemIndexEntry[]>();
  for (const entry of entries) {
    const name = nameOf(entry);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  return groups;
}
