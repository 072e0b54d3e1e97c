// The items of a document as they are matched: each with the name that it goes by in this document, and what it says.
import type { ItemKey } from '../../model/ids.ts';
import type { Item } from '../../model/item.ts';
import { isFrontPage } from '../../model/telling-names.ts';
import { canonicalUrl } from './canonical-url.ts';
import { digest } from './digest.ts';
import { fingerprintOf } from './fingerprint.ts';
import { keyByContent, keyByGuid, keyWithoutGuid, resolveItemKey } from './item-key.ts';
import { sketchOf } from './text-sketch.ts';

export class Line {
  readonly item: Item;
  /** What the item is called in this document. */
  readonly key: ItemKey;
  /** Canonical; its page as far as that tells it from others. */
  readonly page: string | undefined;
  readonly title: string;
  #sketch: string | undefined | null = null;

  constructor(item: Item, key: ItemKey, page: string | undefined) {
    this.item = item;
    this.key = key;
    this.page = page;
    this.title = titleHashOf(item);
  }

  /** Of its text, else of the addresses of what it encloses. */
  get sketch(): string | undefined {
    if (this.#sketch === null) this.#sketch = textSketchOf(this.item);
    return this.#sketch;
  }

  /** Of its id: undefined where several items of the document have it, or there is none. */
  get hasOwnId(): boolean {
    return this.item.guid !== undefined && this.key === keyByGuid(this.item.guid);
  }
}

/** One line for each item that is not a repetition, in document order. */
export function linesOf(items: readonly Item[]): readonly Line[] {
  const distinct = dropRepeats(items);
  const keys = keysOf(distinct);
  const pages = pagesOf(distinct);
  return distinct.map((item, place) => new Line(item, keys[place] as ItemKey, pages[place]));
}

export function titleHashOf(item: Item): string {
  return digest(12, item.title.toLowerCase());
}

export function textSketchOf({ content, summary, enclosures }: Item): string | undefined {
  const sketch = sketchOf(content?.html ?? summary?.html ?? '');
  if (sketch !== undefined || enclosures.length === 0) return sketch;
  return sketchOf(enclosures.map((enclosure) => enclosure.url).join(' '));
}

/** How often each value stands there. */
export function countOf<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
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

/**
 * The address that an item itself calls the canonical one (`link rel="canonical"`), where no other item of the document does so
 * and it is not the front page of a site; else its permalink's.
 */
function pagesOf(items: readonly Item[]): readonly (string | undefined)[] {
  const stated = items.map(({ links }) => {
    const link = links.length === 0 ? undefined : links.find(({ rel }) => rel === 'canonical');
    return link === undefined ? undefined : canonicalUrl(link.url);
  });
  const counts = countOf(stated);
  return items.map(({ permalink }, place) => {
    const page = stated[place];
    if (page !== undefined && counts.get(page) === 1 && !isFrontPage(page)) return page;
    return permalink === undefined ? undefined : canonicalUrl(permalink);
  });
}
