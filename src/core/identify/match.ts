// Which known entry does each item of a document belong to, and under which key is it kept?
import type { ItemKey } from '../../model/ids.ts';
import type { Item } from '../../model/item.ts';
import type { ItemIndexEntry } from '../../model/records.ts';
import { canonicalUrl } from './canonical-url.ts';
import { digest } from './digest.ts';
import { fingerprintOf } from './fingerprint.ts';
import { keyByContent, keyByGuid, keyWithoutGuid, resolveItemKey } from './item-key.ts';

export interface Match {
  readonly item: Item;
  /** What the item is called in this document: another than its entry's where its id has changed. */
  readonly key: ItemKey;
  readonly known: ItemIndexEntry | undefined;
}

/**
 * Gives each item its key and its known entry. Where one id stands on several items of a document it says nothing:
 * those go by permalink or content. An id is believed first where page or title agree; an item whose id is unknown, or is
 * that of another story, is known again by its permalink with its title, where nothing else of the document or of what is
 * known claims that page, or by all that it says. Items that repeat another are dropped and counted.
 */
export function matchItems(
  items: readonly Item[],
  known: readonly ItemIndexEntry[],
): { readonly matches: readonly Match[]; readonly repeated: number } {
  const lines = dropRepeats(items).map((item) => ({ item, page: pageOf(item), title: titleHashOf(item) }));
  const keys = keysOf(lines.map((line) => line.item));
  const byKey = entriesByKey(known, new Set(keys));
  const byPage = soleByPage(known);
  const pages = countOf(lines.map((line) => line.page));
  const kept = new Set(known.map((entry) => entry.key));
  const used = new Set<ItemKey>();
  const matches = new Map<Line, Match>();
  const match = (line: Line, key: ItemKey, entry: ItemIndexEntry | undefined) => {
    used.add(entry?.key ?? key);
    matches.set(line, { item: line.item, key, known: entry });
  };
  /** Not by a former id: it may be another story's now. */
  const goingBy = (key: ItemKey) => {
    const entry = byKey.get(key);
    return (entry?.aliasKey ?? entry?.key) === key ? entry : undefined;
  };
  /** No other item, of the document or known, stands there. */
  const isFree = (key: ItemKey) => {
    const entry = goingBy(key);
    return entry === undefined ? !kept.has(key) && !used.has(key) : !used.has(entry.key);
  };
  const pass = (find: (line: Line, key: ItemKey) => ItemIndexEntry | undefined) => {
    for (const [place, line] of lines.entries()) {
      if (matches.has(line)) continue;
      const key = keys[place] as ItemKey;
      const entry = find(line, key);
      if (entry !== undefined && !used.has(entry.key)) match(line, key, entry);
    }
  };
  pass((line, key) => ifAgreed(line, byKey.get(key)));
  pass(({ page, title }) => {
    const entry = page === undefined || pages.get(page) !== 1 ? undefined : byPage.get(page);
    return entry?.titleHash === title ? entry : undefined;
  });
  pass((line, key) => knownByWords(line, key, byKey));
  pass((_line, key) => goingBy(key));
  for (const [place, line] of lines.entries()) {
    if (matches.has(line)) continue;
    const key = [keys[place] as ItemKey, ...lowerKeys(line.item)].find((each) => isFree(each));
    if (key !== undefined) match(line, key, goingBy(key));
  }
  const found = lines.flatMap((line) => matches.get(line) ?? []);
  return { matches: found, repeated: items.length - found.length };
}

interface Line {
  readonly item: Item;
  readonly page: string | undefined;
  readonly title: string;
}

function ifAgreed({ page, title }: Line, entry: ItemIndexEntry | undefined): ItemIndexEntry | undefined {
  return entry?.titleHash === title || (page !== undefined && entry?.canonicalUrl === page)
    ? entry
    : undefined;
}

/**
 * The entry of an item whose id says nothing any more or only now says something: kept by what lies below the id, or under the
 * id while that was its alone.
 */
function knownByWords(
  { item }: Line,
  key: ItemKey,
  byKey: ReadonlyMap<ItemKey, ItemIndexEntry>,
): ItemIndexEntry | undefined {
  if (item.guid === undefined) return undefined;
  const byId = byKey.get(keyByGuid(item.guid));
  if (byId !== undefined && key !== keyByGuid(item.guid)) {
    return byId.fingerprint === fingerprintOf(item, byId.firstSeenAt) ? byId : undefined;
  }
  return byKey.get(byId === undefined ? keyByContent(item) : keyWithoutGuid(item));
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

export function titleHashOf(item: Item): string {
  return digest(12, item.title.toLowerCase());
}
