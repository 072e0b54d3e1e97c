// Which known entry does each item of a document belong to, and under which key is it kept? ADR 0015 has the order of evidence.
import type { ItemKey } from '../../model/ids.ts';
import type { Item } from '../../model/item.ts';
import type { ItemIndexEntry, KnownBy } from '../../model/item-index.ts';
import { isFrontPage, isUntitled } from '../../model/telling-names.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import {
  hasNearText,
  hasOtherDate,
  hasOtherText,
  hasSameDate,
  hasSamePage,
  hasSameText,
  isAnotherStory,
  isIdReused,
} from './agreement.ts';
import { countOf, type Line, linesOf } from './document-lines.ts';
import { fingerprintOf } from './fingerprint.ts';
import { keyByContent, keyByGuid, keyByUrl, keyWithoutGuid } from './item-key.ts';
import { keyUrl } from './key-url.ts';
import { KnownEntries } from './known-entries.ts';
import { findMoved } from './moved.ts';

export interface Match {
  readonly line: Line;
  /** What the item is called in this document: another than its entry's where its id has changed. */
  readonly key: ItemKey;
  /** Undefined for a new item. */
  readonly known: { readonly entry: ItemIndexEntry; readonly by: KnownBy } | undefined;
  /** The date that it comes under where that is ignored (churn.ts). */
  readonly ignoredDate?: Timestamp | undefined;
}

/**
 * Gives each item its key and its known entry. Where one id stands on several items of a document it says nothing:
 * those go by permalink or content. Evidence counts in passes over the whole document, the strongest first, so that the order of
 * items decides nothing. Items that repeat another are dropped and counted.
 */
export function matchItems(
  items: readonly Item[],
  known: readonly ItemIndexEntry[],
): { readonly matches: readonly Match[]; readonly repeated: number } {
  const lines = linesOf(items);
  const matching = new Matching(lines, known);
  if (known.length > 0) matching.recognize();
  matching.nameTheRest();
  const matches = lines.flatMap((line) => matching.matchOf(line) ?? []);
  return { matches, repeated: items.length - matches.length };
}

type Find = (line: Line) => { readonly entry: ItemIndexEntry | undefined; readonly by: KnownBy } | undefined;

class Matching {
  readonly #lines: readonly Line[];
  readonly #known: KnownEntries;
  readonly #pages: ReadonlyMap<string | undefined, number>;
  readonly #matches = new Map<Line, Match>();
  #idsWander = false;

  constructor(lines: readonly Line[], known: readonly ItemIndexEntry[]) {
    this.#lines = lines;
    this.#known = new KnownEntries(known, new Set(lines.map((line) => line.key)));
    this.#pages = countOf(lines.map((line) => line.page));
  }

  matchOf(line: Line): Match | undefined {
    return this.#matches.get(line);
  }

  recognize(): void {
    this.#pass((line) => ({ entry: this.#byName(line), by: nameKindOf(line.item, line.key) }));
    const idsHold = this.#idsHold();
    this.#pass((line) => ({ entry: this.#byPageAndTitle(line, idsHold), by: 'page-and-title' }));
    this.#pass((line) => ({ entry: this.#byWords(line, idsHold), by: 'words' }));
    this.#passMoved();
    this.#idsWander = this.#findWandering();
    this.#pass((line) => ({ entry: this.#byIdAlone(line), by: nameKindOf(line.item, line.key) }));
    const idsChange = this.#idsChange();
    this.#pass((line) => this.#byPage(line, idsChange));
  }

  #passMoved(): void {
    const left = this.#left();
    if (left.length === 0) return;
    for (const { line, entry, by } of findMoved(left, this.#known.unused(), this.#lines.length))
      this.#match(line, line.key, { entry, by });
  }

  /** What is left is new, under the first of its names that is free; without one it repeats another item. */
  nameTheRest(): void {
    for (const line of this.#left()) {
      const entry = this.#known.goingBy(line.key);
      const isTaken = entry !== undefined && this.#isOfAnother(line, entry);
      const key = [...(isTaken ? [] : [line.key]), ...lowerKeys(line.item)].find((each) =>
        this.#known.isFree(each),
      );
      if (key === undefined) continue;
      const found = this.#known.goingBy(key);
      this.#match(
        line,
        key,
        found === undefined ? undefined : { entry: found, by: nameKindOf(line.item, key) },
      );
    }
  }

  #left(): readonly Line[] {
    return this.#lines.filter((line) => !this.#matches.has(line));
  }

  #pass(find: Find): void {
    for (const line of this.#lines) {
      if (this.#matches.has(line)) continue;
      const found = find(line);
      if (found?.entry === undefined || this.#known.isUsed(found.entry)) continue;
      this.#match(line, line.key, { entry: found.entry, by: found.by });
    }
  }

  #match(line: Line, key: ItemKey, known: Match['known']): void {
    this.#known.use(known?.entry.key ?? key);
    this.#matches.set(line, { line, key, known });
  }

  /** A name is believed first where page or title agree. */
  #byName(line: Line): ItemIndexEntry | undefined {
    const entry = this.#known.named(line.key);
    if (entry === undefined || isIdReused(line, entry)) return undefined;
    const hasSameTitle =
      entry.titleHash === line.title && !(isUntitled(line.title) && hasOtherText(line, entry));
    return hasSameTitle || hasSamePage(line, entry) ? entry : undefined;
  }

  /** What agrees in date or text as well; else the only one, unless date and text speak against it. */
  #byPageAndTitle(line: Line, idsHold: boolean): ItemIndexEntry | undefined {
    if (line.page === undefined) return undefined;
    const there = this.#known.atPage(line.page);
    const titled = there.filter((entry) => entry.titleHash === line.title && !this.#known.isUsed(entry));
    const saysTheSame = titled.find(
      (entry) => hasSameText(line, entry) && !(idsHold && hasOtherDate(line, entry)),
    );
    // Every untitled note of a site is at its front page.
    const isVague = isFrontPage(line.page) && isUntitled(line.title);
    if (saysTheSame !== undefined || isVague) return saysTheSame;
    const ofOneDate = titled.find((entry) => hasSameDate(line, entry) && !hasOtherText(line, entry));
    if (ofOneDate !== undefined) return ofOneDate;
    const [entry] = titled;
    const isSole = there.length === 1 && this.#pages.get(line.page) === 1;
    return entry === undefined || !isSole || isAnotherStory(line, entry) ? undefined : entry;
  }

  /**
   * An item whose id says nothing any more or only now says something: kept by what lies below the id, or under the id while
   * that was its alone, or under another id and no address, which says all the same.
   */
  #byWords(line: Line, idsHold: boolean): ItemIndexEntry | undefined {
    const { item, key } = line;
    if (item.guid === undefined) return undefined;
    const byId = this.#known.named(keyByGuid(item.guid));
    if (byId !== undefined && key !== keyByGuid(item.guid))
      return byId.fingerprint === fingerprintOf(item, byId.firstSeenAt) ? byId : undefined;
    const byLower = this.#known.named(byId === undefined ? keyByContent(item) : keyWithoutGuid(item));
    return byLower ?? this.#withoutPage(line, idsHold);
  }

  /** Where ids hold, an item of another date is another one, be it word by word the same. */
  #withoutPage(line: Line, idsHold: boolean): ItemIndexEntry | undefined {
    if (line.page !== undefined || (isUntitled(line.title) && line.sketch === undefined)) return undefined;
    return this.#known
      .titled(line.title)
      .find(
        (entry) =>
          !this.#known.isUsed(entry) &&
          entry.canonicalUrl === undefined &&
          entry.textSketch === line.sketch &&
          !(idsHold && hasOtherDate(line, entry)),
      );
  }

  #byIdAlone(line: Line): ItemIndexEntry | undefined {
    const entry = this.#known.goingBy(line.key);
    return entry === undefined || this.#isOfAnother(line, entry) ? undefined : entry;
  }

  #isOfAnother(line: Line, entry: ItemIndexEntry): boolean {
    return (this.#idsWander && line.item.guid !== undefined) || isIdReused(line, entry);
  }

  /** The page of one item alone, of the document and of what is known; neither name nor title are the same. */
  #byPage(line: Line, idsChange: boolean): ReturnType<Find> {
    const { page } = line;
    if (page === undefined || isFrontPage(page) || this.#pages.get(page) !== 1) return undefined;
    const [entry, ...others] = this.#known.atPage(page);
    if (entry === undefined || others.length > 0 || isAnotherStory(line, entry)) return undefined;
    if (hasSameDate(line, entry)) return { entry, by: 'page-and-date' };
    if (hasNearText(line, entry)) return { entry, by: 'page-and-text' };
    if (line.item.guid === undefined) return { entry, by: 'page' };
    return idsChange || entry.knownBy !== undefined ? { entry, by: 'page-of-new-ids' } : undefined;
  }

  /** An id stands on another item than the one that it named: ids are places, say, and one alone says nothing. */
  #findWandering(): boolean {
    return [...this.#matches.values()].some(({ line, known }) => {
      const named = line.hasOwnId ? this.#known.named(line.key) : undefined;
      return named !== undefined && known !== undefined && named.key !== known.entry.key;
    });
  }

  /** More items of the document go by the ids that they went by than do not. */
  #idsHold(): boolean {
    const held = this.#lines.filter((line) => line.hasOwnId && this.#matches.has(line)).length;
    return held > 0 && held * 2 >= this.#lines.length;
  }

  #idsChange(): boolean {
    const known = [...this.#matches.values()].flatMap(({ key, known }) => (known ? [{ key, known }] : []));
    const renamed = known.filter(({ key, known: { entry } }) => (entry.aliasKey ?? entry.key) !== key);
    return renamed.length > 0 && renamed.length * 2 > known.length;
  }
}

function nameKindOf(item: Item, key: ItemKey): KnownBy {
  if (item.guid !== undefined && key === keyByGuid(item.guid)) return 'id';
  const url = item.permalink === undefined ? undefined : keyUrl(item.permalink);
  return url !== undefined && key === keyByUrl(url) ? 'page' : 'words';
}

/** What an item goes by where its id is taken. */
function lowerKeys(item: Item): readonly ItemKey[] {
  return item.guid === undefined ? [] : [keyWithoutGuid(item), keyByContent(item)];
}
