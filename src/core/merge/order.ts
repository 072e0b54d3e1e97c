// In which order items stand, and which copy of a story leads.
import type { Source } from '../../model/config.ts';
import { effectivePublishedAt } from '../../model/item-dates.ts';
import type { ItemIndexEntry } from '../../model/records.ts';

/** An item as one source carries it. */
export interface Copy {
  readonly source: Source;
  /** Its source's place in the configuration. */
  readonly place: number;
  /** What ids are minted from. */
  readonly firstAddress: string;
  readonly entry: ItemIndexEntry;
}

/** Newest first; what ties goes by what we saw first, then by the configuration's order, then by key: a total order. */
export function compareNewestFirst(a: Copy, b: Copy): number {
  return (
    compare(effectivePublishedAt(b.entry), effectivePublishedAt(a.entry)) ||
    compare(b.entry.firstSeenAt, a.entry.firstSeenAt) ||
    a.place - b.place ||
    compare(a.entry.key, b.entry.key)
  );
}

/**
 * The copy that leads before the others: the one from its permalink's own host, then the greater weight, then what we saw
 * first, then the configuration's order. Dates that publishers claim decide nothing, so that nobody takes over an item by copying it.
 */
export function compareLeadership(a: Copy, b: Copy): number {
  return (
    Number(isAtHome(b)) - Number(isAtHome(a)) ||
    b.source.weight - a.source.weight ||
    compare(a.entry.firstSeenAt, b.entry.firstSeenAt) ||
    a.place - b.place ||
    compare(a.entry.key, b.entry.key)
  );
}

/** The item's page, and its id where that is an address, are on the host that we poll its source at. */
export function isAtHome({ source, entry }: Copy): boolean {
  const home = hostOf(homeAddress(source));
  if (home === undefined || entry.canonicalUrl === undefined) return false;
  if (!isSameSite(hostOf(`http:${entry.canonicalUrl}`), home)) return false;
  return (
    entry.guidUri === undefined || !/^https?:/i.test(entry.guidUri) || isSameSite(hostOf(entry.guidUri), home)
  );
}

/** What the operator configured: what a document says of itself proves nothing. */
function homeAddress(source: Source): string {
  return source.feedUrl.startsWith('file:') ? (source.publicUrl ?? '') : source.feedUrl;
}

function hostOf(url: string): string | undefined {
  return URL.parse(url)?.hostname.replace(/^www\./, '') || undefined;
}

/** The same host, or one inside the other: feeds.example.org and example.org, but not two guests of one example.org. */
function isSameSite(a: string | undefined, b: string): boolean {
  return a !== undefined && (a === b || isInside(a, b) || isInside(b, a));
}

function isInside(host: string, parent: string): boolean {
  return parent.includes('.') && host.endsWith(`.${parent}`);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
