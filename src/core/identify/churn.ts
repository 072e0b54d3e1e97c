// What a document did to most of its items at once, and what keeps that from flooding those who read them.
import type { Item } from '../../model/item.ts';
import { effectivePublishedAt } from '../../model/item-dates.ts';
import type { ItemIndexEntry } from '../../model/item-index.ts';
import { authorityOfId, siteHost } from '../../model/same-site.ts';
import type { Churn } from '../../model/source-record.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { Line } from './document-lines.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Match } from './match.ts';

/** Fewer are chance. */
const ITEMS_MIN = 3;

/** What happened to more than half of the items that it could have happened to; of several the gravest. */
export function churnOf(matches: readonly Match[], known: readonly ItemIndexEntry[]): Churn | undefined {
  if (isNewSite(matches, known)) return { kind: 'new-site', items: matches.length, of: matches.length };
  const again = matches.filter((match) => match.known !== undefined);
  const renamed = again.filter(({ key, known }) => known && latestKey(known.entry) !== key).length;
  if (renamed * 2 > again.length) return { kind: 'new-ids', items: renamed, of: again.length };
  const { later, dated } = redatedOf(matches);
  return isMost(later.length, dated) ? { kind: 'new-dates', items: later.length, of: dated } : undefined;
}

/** Nothing of it is known, and no page or id is of a host that was: another site stands at the address, or the same made anew. */
export function isNewSite(matches: readonly Match[], known: readonly ItemIndexEntry[]): boolean {
  if (matches.length < ITEMS_MIN || known.length === 0) return false;
  if (matches.some((match) => match.known !== undefined)) return false;
  const before = new Set(known.map((entry) => hostOf(entry.canonicalUrl, entry.guidUri)));
  if (before.has(undefined)) return false;
  return matches.every(({ line }) => {
    const host = hostOf(line.page, line.item.guid);
    return host !== undefined && !before.has(host);
  });
}

/** Later by its own date, within our clock, than everything that was known. */
export function isNews(entry: ItemIndexEntry, known: readonly ItemIndexEntry[], now: Timestamp): boolean {
  const { publishedAt } = entry;
  if (publishedAt === undefined || publishedAt >= now) return false;
  return known.every((each) => effectivePublishedAt(each) < publishedAt);
}

/**
 * Where most known items come under later dates at once, they keep those that they had: a site was made anew, nothing in it
 * was. What was withdrawn is left alone, since a later date brings it back.
 */
export function withSteadyDates(matches: readonly Match[]): readonly Match[] {
  const { later, dated } = redatedOf(matches);
  if (later.length === 0) return matches;
  const isAllAtOnce = isMost(later.length, dated);
  const redated = new Set(later.filter((match) => isAllAtOnce || isIgnoredAlready(match)));
  return matches.map((match) => (redated.has(match) ? withSteadyDate(match) : match));
}

/** It came under this date together with the others. */
function isIgnoredAlready({ line, known }: Match): boolean {
  const ignored = known?.entry.ignoredDate;
  return ignored !== undefined && ignored === latestDate(line.item);
}

function latestDate({ publishedAt, updatedAt }: Item): Timestamp | undefined {
  return publishedAt ?? updatedAt;
}

function withSteadyDate(match: Match): Match {
  const { line, known } = match;
  if (known === undefined) return match;
  const { entry } = known;
  const publishedAt = line.item.publishedAt === undefined ? undefined : entry.publishedAt;
  const item: Item = { ...line.item, publishedAt };
  const asBefore: Item = { ...item, updatedAt: entry.updatedAt };
  const isAsBefore = fingerprintOf(asBefore, entry.firstSeenAt) === entry.fingerprint;
  const ignoredDate = latestDate(line.item);
  return { ...match, ignoredDate, line: new Line(isAsBefore ? asBefore : item, line.key, line.page) };
}

/** `dated`: how many known items have a date, then and now. */
function redatedOf(matches: readonly Match[]): { readonly later: readonly Match[]; readonly dated: number } {
  const later: Match[] = [];
  let dated = 0;
  for (const match of matches) {
    const entry = match.known?.entry;
    if (entry === undefined || entry.withdrawn !== undefined) continue;
    const { publishedAt, updatedAt } = match.line.item;
    const [before, now] =
      publishedAt === undefined ? [entry.updatedAt, updatedAt] : [entry.publishedAt, publishedAt];
    if (before === undefined || now === undefined) continue;
    dated += 1;
    if (now > before) later.push(match);
  }
  return { later, dated };
}

function isMost(items: number, of: number): boolean {
  return items >= ITEMS_MIN && items * 2 > of;
}

function latestKey(entry: ItemIndexEntry): string {
  return entry.aliasKey ?? entry.key;
}

function hostOf(page: string | undefined, id: string | undefined): string | undefined {
  return page === undefined ? authorityOfId(id ?? '') : siteHost(`https:${page}`);
}
