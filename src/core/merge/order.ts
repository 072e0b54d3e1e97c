// In which order items stand, and which copy of a story leads.
import type { Source } from '../../model/config.ts';
import { effectivePublishedAt } from '../../model/item-dates.ts';
import type { ItemIndexEntry } from '../../model/records.ts';
import { authorityOfId, isSameSite, siteHost } from '../../model/same-site.ts';
import { msFromTimestamp, type Timestamp } from '../../model/timestamp.ts';

/** An item as one source carries it. */
export interface Copy {
  readonly source: Source;
  /** Its source's place in the configuration. */
  readonly place: number;
  /** What ids are minted from. */
  readonly firstAddress: string;
  /** When its source was first read; undefined where that is not known any more. */
  readonly sourceReadAt?: Timestamp | undefined;
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

/** First reads that lie no further apart than this are one cycle: a start reads every source within minutes. */
const CYCLE_GAP_MS = 10 * 60_000;

/**
 * The order of `copies` by who leads before the others: the copy from its permalink's own host, then the greater weight, then
 * what we saw first, then the configuration's order. Dates that publishers claim decide nothing, so that nobody takes over an
 * item by copying it. Of what stood in two sources already when both were first read, in one cycle, nobody knows who had it
 * first: there our own order of polls decides nothing either.
 */
export function leadershipOf(copies: readonly Copy[]): (a: Copy, b: Copy) => number {
  const cycles = cycleStarts(copies);
  const seenAt = ({ sourceReadAt, entry: { firstSeenAt } }: Copy) =>
    firstSeenAt === sourceReadAt ? (cycles.get(firstSeenAt) ?? firstSeenAt) : firstSeenAt;
  const compareSeen = (a: Copy, b: Copy) =>
    b.source.weight - a.source.weight ||
    compare(seenAt(a), seenAt(b)) ||
    a.place - b.place ||
    compare(a.entry.key, b.entry.key);
  const holders = holdersOfIds(copies, compareSeen);
  const atHome = new Set(copies.filter((copy) => isAtHome(copy) && standsWith(copy, holders)));
  return (a, b) => Number(atHome.has(b)) - Number(atHome.has(a)) || compareSeen(a, b);
}

/**
 * Whose each id is, where several pages stand under it: of the copy whose page is where the id says that it comes from, else
 * of the one that we trust first. A page of one's own proves nothing under an id that was copied.
 */
function holdersOfIds(
  copies: readonly Copy[],
  compareSeen: (a: Copy, b: Copy) => number,
): ReadonlyMap<string, Copy> {
  const holders = new Map<string, Copy>();
  for (const copy of copies) {
    const { guidUri } = copy.entry;
    const other = guidUri === undefined ? undefined : holders.get(guidUri);
    if (guidUri === undefined) continue;
    if (
      other === undefined ||
      (Number(namesItsPage(other)) - Number(namesItsPage(copy)) || compareSeen(copy, other)) < 0
    )
      holders.set(guidUri, copy);
  }
  return holders;
}

function standsWith(copy: Copy, holders: ReadonlyMap<string, Copy>): boolean {
  const holder = copy.entry.guidUri === undefined ? undefined : holders.get(copy.entry.guidUri);
  if (holder === undefined || holder === copy) return true;
  const [page, held] = [pageHost(copy), pageHost(holder)];
  return held !== undefined && isSameSite(page, held);
}

/** For each first read the first one of its cycle. */
function cycleStarts(copies: readonly Copy[]): ReadonlyMap<Timestamp, Timestamp> {
  const reads = [...new Set(copies.flatMap((copy) => copy.sourceReadAt ?? []))].toSorted();
  const starts = new Map<Timestamp, Timestamp>();
  let [start, last] = [reads[0], reads[0]];
  for (const read of reads) {
    if (last !== undefined && msFromTimestamp(read) - msFromTimestamp(last) > CYCLE_GAP_MS) start = read;
    last = read;
    starts.set(read, start ?? read);
  }
  return starts;
}

/** The item's page, and its id where that is an address, are on the host that we poll its source at. */
function isAtHome(copy: Copy): boolean {
  const { source, entry } = copy;
  const home = siteHost(homeAddress(source));
  if (home === undefined || !isSameSite(pageHost(copy), home)) return false;
  return (
    entry.guidUri === undefined ||
    !/^https?:/i.test(entry.guidUri) ||
    isSameSite(siteHost(entry.guidUri), home)
  );
}

/** The id has the host of its item's page as its authority: an address, or a tag (RFC 4151: of a host, or a mailbox at one). */
function namesItsPage(copy: Copy): boolean {
  const { guidUri } = copy.entry;
  const page = pageHost(copy);
  if (guidUri === undefined || page === undefined) return false;
  return isSameSite(authorityOfId(guidUri), page);
}

function pageHost({ entry }: Copy): string | undefined {
  return entry.canonicalUrl === undefined ? undefined : siteHost(`http:${entry.canonicalUrl}`);
}

/** What the operator configured: what a document says of itself proves nothing. */
function homeAddress(source: Source): string {
  return source.feedUrl.startsWith('file:') ? (source.publicUrl ?? '') : source.feedUrl;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
