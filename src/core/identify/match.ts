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
  const byKey = new Map(known.map((entry) => [entry.key, entry]));
  const byPage = soleByPage(known);
  const pages = countOf(distinct.map(pageOf));
  const taken = new Set<ItemKey>(keys.filter((key) => byKey.has(key)));
  const matches: Match[] = [];
  const used = new Set<ItemKey>();
  for (const [place, item] of distinct.entries()) {
    const key = keys[place] as ItemKey;
    const entry = byKey.get(key) ?? knownByPage(item, byPage, pages, taken);
    const finalKey = entry?.key ?? key;
    if (used.has(finalKey)) continue;
    used.add(finalKey);
    matches.push({ item, key: finalKey, known: entry });
  }
  return { matches, repeated: items.length - matches.length };
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
  taken: ReadonlySet<ItemKey>,
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
