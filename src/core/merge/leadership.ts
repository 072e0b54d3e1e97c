// Which copy of a story leads: the copy from its permalink's own host, then the greater weight, then what we saw first, then
// the configuration's order. Dates that publishers claim decide nothing, so that nobody takes over an item by copying it.
import type { Source } from '../../model/config.ts';
import { authorityOfId, isSameSite, siteHost } from '../../model/same-site.ts';
import { msFromTimestamp, type Timestamp } from '../../model/timestamp.ts';
import { type Copy, comparePlace, compareText } from './order.ts';

/** What decides how a copy stands among others. */
export interface Standing {
  readonly copy: Copy;
  /** When we first saw it, what stood there at its source's first read counting as seen when that cycle began. */
  readonly seenAt: Timestamp;
  /** It is the copy from the permalink's own host, and its id is not another's. */
  readonly atHome: boolean;
}

type Seen = Omit<Standing, 'atHome'>;

/** What decides between two copies; the first that tells them apart does. */
export type LeadershipRule = 'own-host' | 'weight' | 'first-seen' | 'order';

export function compareLeadership(a: Standing, b: Standing): number {
  return byHome(a, b) || compareTrust(a, b);
}

/**
 * `lead` stands before `other` for nothing but that it is at home on its page. Of copies that have one id or page that says whose
 * they are; where texts alone are alike it says something of pages of that site only: everybody is at home on his own.
 */
export function leadsByHomeAlone(lead: Standing, other: Standing): boolean {
  if (!lead.atHome || other.atHome || compareTrust(lead, other) < 0) return false;
  return !isSameSite(pageHost(other.copy), pageHost(lead.copy));
}

/** The greater weight, then what we saw first, then the configuration's order: what a page says of itself aside. */
function compareTrust(a: Seen, b: Seen): number {
  return byWeight(a, b) || byFirstSeen(a, b) || comparePlace(a.copy, b.copy);
}

/** By which rule the one that leads goes before the other: what is at home may be led by what it says the same as. */
export function decidingRule(lead: Standing, other: Standing): LeadershipRule {
  if (byHome(lead, other) < 0) return 'own-host';
  if (byWeight(lead, other) !== 0) return 'weight';
  return byFirstSeen(lead, other) === 0 ? 'order' : 'first-seen';
}

const byHome = (a: Standing, b: Standing) => Number(b.atHome) - Number(a.atHome);
const byWeight = (a: Seen, b: Seen) => b.copy.source.weight - a.copy.source.weight;
const byFirstSeen = (a: Seen, b: Seen) => compareText(toldAt(a), toldAt(b));

/** How each of `copies` stands among all of them. */
export function standingsOf(copies: readonly Copy[]): ReadonlyMap<Copy, Standing> {
  const cycles = cycleStarts(copies.flatMap((copy) => copy.sourceReadAt ?? []));
  const byId = Map.groupBy(
    copies.map((copy) => ({ copy, seenAt: seenAt(copy, cycles) })),
    ({ copy }) => copy.entry.guidUri,
  );
  const standings = new Map<Copy, Standing>();
  for (const [guidUri, sharers] of byId) {
    const holder = guidUri === undefined ? undefined : holderOfId(sharers);
    for (const seen of sharers)
      standings.set(seen.copy, { ...seen, atHome: isAtHome(seen.copy) && standsWith(seen.copy, holder) });
  }
  return standings;
}

/** The order of `copies` by who leads before the others. */
export function leadershipOf(copies: readonly Copy[]): (a: Copy, b: Copy) => number {
  const standings = standingsOf(copies);
  return (a, b) => compareLeadership(standings.get(a) as Standing, standings.get(b) as Standing);
}

/** Since when it tells this story, not since when it is there: an old item that is rewritten was not first. */
function toldAt({ copy, seenAt }: Seen): Timestamp {
  return copy.entry.toldAt ?? seenAt;
}

/** First reads that lie no further apart than this are one cycle: a start reads every source within minutes. */
const CYCLE_GAP_MS = 10 * 60_000;

/**
 * For each first read of a source the first one of its cycle. Of what stood in two sources already when both were first read,
 * in one cycle, nobody knows who had it first: there our own order of polls decides nothing either.
 */
export function cycleStarts(reads: Iterable<Timestamp>): ReadonlyMap<Timestamp, Timestamp> {
  const sorted = [...new Set(reads)].toSorted();
  const starts = new Map<Timestamp, Timestamp>();
  let [start, last] = [sorted[0], sorted[0]];
  for (const read of sorted) {
    if (last !== undefined && msFromTimestamp(read) - msFromTimestamp(last) > CYCLE_GAP_MS) start = read;
    last = read;
    starts.set(read, start ?? read);
  }
  return starts;
}

export function seenAt(
  { sourceReadAt, entry: { firstSeenAt } }: Copy,
  cycles: ReadonlyMap<Timestamp, Timestamp>,
): Timestamp {
  return firstSeenAt === sourceReadAt ? (cycles.get(firstSeenAt) ?? firstSeenAt) : firstSeenAt;
}

/**
 * Whose an id is, of all copies that have it: of the copy whose page is where the id says that it comes from, else of the one
 * that we trust first. A page of one's own proves nothing under an id that was copied.
 */
export function holderOfId(sharers: Iterable<Seen>): Copy | undefined {
  let holder: Seen | undefined;
  for (const one of sharers) {
    if (
      holder === undefined ||
      (Number(namesItsPage(holder.copy)) - Number(namesItsPage(one.copy)) || compareTrust(one, holder)) < 0
    )
      holder = one;
  }
  return holder?.copy;
}

/** `holder`: of the copy's id, where it has one. */
export function standsWith(copy: Copy, holder: Copy | undefined): boolean {
  if (holder === undefined || holder === copy) return true;
  const [page, held] = [pageHost(copy), pageHost(holder)];
  return held !== undefined && isSameSite(page, held);
}

/** The item's page, and its id where that is an address, are on the host that we poll its source at. */
export function isAtHome({ source, entry }: Copy): boolean {
  const home = siteHost(homeAddress(source));
  if (home === undefined || !isSameSite(pageHost({ entry }), home)) return false;
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

function pageHost({ entry }: Pick<Copy, 'entry'>): string | undefined {
  return entry.canonicalUrl === undefined ? undefined : siteHost(`http:${entry.canonicalUrl}`);
}

/** What the operator configured: what a document says of itself proves nothing. */
function homeAddress(source: Source): string {
  return source.feedUrl.startsWith('file:') ? (source.publicUrl ?? '') : source.feedUrl;
}
