// Which known entry does each item of a document belong to, and under which key is it kept?
import type { ItemKey } from '../../model/ids.ts';
import type { Item } from '../../model/item.ts';
import type { ItemIndexEntry } from '../../model/records.ts';
import { canonicalUrl } from './canonical-url.ts';
import { digest } from './digest.ts';
import { fingerprintOf } from './fingerprint.ts';
import { keyByContent, keyWithoutGuid, resolveItemKey } from './item-key.ts';

export interface Match {
  readonly item: Item;
  /** What the item is called in this document: another than its entry's where its id has changed. */
  readonly key: ItemKey;
  readonly known: ItemIndexEntry | undefined;
}

/**
 * Gives each item its key and its known entry. Where one id stands on several items of a document it says nothing:
 * those go by permalink or content. An item under an unknown id is known again by its permalink with its title,
 * where nothing else of the document or of what is known claims that page. Items that repeat another are dropped and counted.
 */
export function matchItems(
  items: readonly Item[],
  known: readonly ItemIndexEntry[],
): { readonly matches: readonly Match[]; readonly repeated: number } {
  const distinct = dropRepeats(items);
  const keys = keysOf(distinct);
  const byKey = entriesByKey(known, new Set(keys));
  const byPage = soleByPage(known);
  const pages = countOf(distinct.map(pageOf));
  const taken = new Set(keys.map((key) => byKey.get(key)?.key));
  const matches: Match[] = [];
  const kept = new Set(known.map((entry) => entry.key));
  const used = new Set<ItemKey>();
  /** Undefined where another item, of the document or known, stands there already. */
  const matchBy = (key: ItemKey, entry: ItemIndexEntry | undefined): Omit<Match, 'item'> | undefined => {
    const isFree = entry === undefined ? !kept.has(key) && !used.has(key) : !used.has(entry.key);
    return isFree ? { key, known: entry } : undefined;
  };
  for (const [place, item] of distinct.entries()) {
    const key = keys[place] as ItemKey;
    const match =
      matchBy(key, byKey.get(key) ?? knownByPage(item, byPage, pages, taken)) ??
      lowerKeys(item)
        .map((lower) => matchBy(lower, byKey.get(lower)))
        .find((found) => found !== undefined);
    if (match === undefined) continue;
    used.add(match.known?.key ?? match.key);
    matches.push({ item, ...match });
  }
  return { matches, repeated: items.length - matches.length };
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

/** What an item goes by where its id is taken. */
function lowerKeys(item: Item): readonly ItemKey[] {
  return item.guid === undefined ? [] : [keyWithoutGuid(item), keyByContent(item)];
}

/** Of items under one id and permalink, the first; of those that lack either, one of each that say the same. */
function dropRepeats(items: readonly Item[]): readonly Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const named = item.guid !== undefined && item.permalink !== undefined;
    const name = named
      ? digest(27, item.guid, item.permalink)
      : digest(27, item.guid, item.permalink, fingerprintOf(item));
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

/** A key for each item: what several items of the document share names none of them, and the next lower key is taken. */
function keysOf(items: readonly Item[]): readonly ItemKey[] {
  const byGuid = items.map(resolveItemKey);
  const guidCounts = countOf(byGuid);
  const byUrl = items.map((item, place) => {
    const key = byGuid[place] as ItemKey;
    return (guidCounts.get(key) ?? 0) > 1 ? keyWithoutGuid(item) : key;
  });
  const urlCounts = countOf(byUrl);
  return items.map((item, place) => {
    const key = byUrl[place] as ItemKey;
    return (urlCounts.get(key) ?? 0) > 1 ? keyByContent(item) : key;
  });
}

function countOf<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function pageOf(item: Item): string | undefined {
  return item.permalink === undefined ? undefined : canonicalUrl(item.permalink);
}

/** Known entries by page, without the pages that several of them link to. */
function soleByPage(known: readonly ItemIndexEntry[]): ReadonlyMap<string, ItemIndexEntry | undefined> {
  const byPage = new Map<string, ItemIndexEntry | undefined>();
  for (const entry of known) {
    if (entry.canonicalUrl === undefined) continue;
    byPage.set(entry.canonicalUrl, byPage.has(entry.canonicalUrl) ? undefined : entry);
  }
  return byPage;
}

function knownByPage(
  item: Item,
  byPage: ReadonlyMap<string, ItemIndexEntry | undefined>,
  pages: ReadonlyMap<string | undefined, number>,
  taken: ReadonlySet<ItemKey | undefined>,
): ItemIndexEntry | undefined {
  const page = pageOf(item);
  if (page === undefined || pages.get(page) !== 1) return undefined;
  const entry = byPage.get(page);
  if (entry === undefined || taken.has(entry.key)) return undefined;
  return entry.titleHash === titleHashOf(item) ? entry : undefined;
}

export function titleHashOf(item: Item): string {
  return digest(12, item.title.toLowerCase());
}
