// What an edition tells of items that were taken out of it: of those that stood in it, for as long as that is news. Pure.
import { publicSource } from '../core/attribute/attribution-of.ts';
import { secretsRemoverFor } from '../core/attribute/publishable-url.ts';
import type { RetractionMatcher } from '../core/filter/retractions.ts';
import { leadershipOf } from '../core/merge/leadership.ts';
import type { Merged } from '../core/merge/merged.ts';
import type { Copy } from '../core/merge/order.ts';
import { publishedBefore } from '../core/merge/published-ids.ts';
import type { ArchivedOut } from '../model/archive.ts';
import type { Retraction } from '../model/edition.ts';
import type { EditionRecord, RetractedItem } from '../model/edition-record.ts';
import type { ItemHash, PublishedId } from '../model/ids.ts';
import { effectivePublishedAt } from '../model/item-dates.ts';
import { mintedSourceId } from '../model/minted-id.ts';
import type { RetractionRecord } from '../model/retraction-record.ts';
import { earlier, msFromTimestamp, type Timestamp, timestampOfClock } from '../model/timestamp.ts';
import type { FeedStories } from './feed-stories.ts';
import type { KnownSources } from './known-sources.ts';
import { withoutSecrets } from './publishable-item.ts';

const DAY_MS = 86_400_000;
/** Tombstones of Atom stand so long, from when we learnt of them. */
const TOMBSTONE_MS = 30 * DAY_MS;
/** Items in their place, in formats that have no tombstones. */
const STUB_MS = 7 * DAY_MS;
/** In one edition; the latest. */
const RETRACTED_MAX = 100;
const FORMER_MAX = 1000;

/** A copy that its publisher or the operator took out. `operator`: by whose retraction. */
export interface OutCopy extends Copy {
  readonly operator: RetractionRecord | undefined;
}

export interface RetractedInput {
  readonly stories: Pick<FeedStories, 'out' | 'knows'>;
  readonly merged: Merged;
  readonly previous: EditionRecord | undefined;
  readonly known: Pick<KnownSources, 'of'>;
  /** What the operator took out of the feed. */
  readonly matches: RetractionMatcher;
  /** What is out of sealed archives of the feed: what its source has forgotten, too. */
  readonly archivedOut?: readonly ArchivedOut[] | undefined;
  readonly now: Timestamp;
}

export interface Retracted {
  /** The latest first. */
  readonly items: readonly RetractedItem[];
  readonly former: readonly ItemHash[];
  /** When a stub or a tombstone has had its time. */
  readonly nextChangeAt: Timestamp | undefined;
}

export function retractedItems(input: RetractedInput): Retracted {
  const { merged, previous, now } = input;
  const live = new Set(merged.clusters.map((cluster) => cluster.publishedId));
  const fresh: RetractedItem[] = knownOut(input).filter((item) => !live.has(item.publishedId));
  const told = new Set([...live, ...fresh.map((item) => item.publishedId)]);
  for (const { id, guidUri: _guid, canonicalUrl: _page, ...out } of input.archivedOut ?? []) {
    if (told.has(id)) continue;
    told.add(id);
    fresh.push({ publishedId: id, ...out });
  }
  const carried = (previous?.retracted ?? []).filter(
    (item) => !told.has(item.publishedId) && isStillOut(item, input),
  );
  const items = [...fresh, ...carried]
    .filter((item) => endOf(item, TOMBSTONE_MS) > now)
    .toSorted((a, b) => compare(b.learntAt, a.learntAt) || compare(a.publishedId, b.publishedId))
    .slice(0, RETRACTED_MAX);
  const ends = items.map((item) => {
    const stubEnd = endOf(item, STUB_MS);
    return stubEnd > now ? stubEnd : endOf(item, TOMBSTONE_MS);
  });
  return {
    items,
    former: formerItems(merged, previous),
    nextChangeAt: ends.length === 0 ? undefined : ends.reduce(earlier),
  };
}

/** What the documents tell: nothing that the item said. */
export function retractionOf(item: RetractedItem, now: Timestamp): Retraction {
  const { publishedId: id, hashes: _ours, ...told } = item;
  return { id, by: undefined, reason: undefined, ...told, hasStub: endOf(item, STUB_MS) > now };
}

function endOf({ learntAt }: RetractedItem, ms: number): Timestamp {
  return timestampOfClock(msFromTimestamp(learntAt) + ms);
}

/** Copies of which nothing is known, as after a store was emptied, are as they were. */
function isStillOut(item: RetractedItem, { stories, matches }: RetractedInput): boolean {
  if (item.takenOutBy === 'operator')
    return item.hashes.some((hash) => matches({ hash, publishedId: item.publishedId }) !== undefined);
  const found = item.hashes.flatMap((hash) => stories.out.get(hash) ?? []);
  return found.some(({ operator }) => operator === undefined) || !item.hashes.some(stories.knows);
}

/** Those that stood in the edition once and are known still, each id once: told of the copy that led. */
function knownOut({ stories, previous, known }: RetractedInput): readonly RetractedItem[] {
  const ids = publishedBefore(previous);
  const stood = new Set<ItemHash>([
    ...(previous?.former ?? []),
    ...membersOf(previous).map((member) => member.hash),
  ]);
  const out = [...stood].flatMap((hash) => stories.out.get(hash) ?? []);
  const byId = new Map<PublishedId, OutCopy[]>();
  for (const copy of out.toSorted(leadershipOf(out))) {
    const { hash, publishedId } = copy.entry;
    const id = ids.get(hash) ?? publishedId;
    byId.set(id, [...(byId.get(id) ?? []), copy]);
  }
  return [...byId].flatMap(([id, copies]) => {
    const [lead] = copies;
    return lead === undefined ? [] : [retractedItem(id, lead, copies, known)];
  });
}

function retractedItem(
  publishedId: PublishedId,
  { source, entry, operator }: OutCopy,
  copies: readonly OutCopy[],
  known: Pick<KnownSources, 'of'>,
): RetractedItem {
  const state = known.of(source.id);
  const feed = state.kind === 'known' ? withoutSecrets(state.record.feed, source) : undefined;
  const { title, url } = publicSource(source, feed);
  const hide = secretsRemoverFor(source);
  const { withdrawn } = entry;
  const told =
    operator === undefined && withdrawn !== undefined
      ? {
          when: withdrawn.when,
          learntAt: withdrawn.learntAt,
          by: withdrawn.by && hide(withdrawn.by),
          reason: withdrawn.reason && hide(withdrawn.reason),
        }
      : {
          when: operator?.retractedAt ?? entry.changedAt,
          learntAt: operator?.retractedAt ?? entry.changedAt,
          reason: operator?.reason,
        };
  return {
    publishedId,
    hashes: copies.map((copy) => copy.entry.hash),
    takenOutBy: operator === undefined ? 'publisher' : 'operator',
    ...told,
    publishedAt: effectivePublishedAt(entry),
    sourceTitle: title,
    sourceUrl: url ?? mintedSourceId(source.address),
  };
}

/** By hash: what stands in it now aside. */
function formerItems(merged: Merged, previous: EditionRecord | undefined): readonly ItemHash[] {
  const now = new Set(
    merged.clusters.flatMap(({ lead, others }) => [lead, ...others].map(({ entry }) => entry.hash)),
  );
  const left = new Set(membersOf(previous).map((member) => member.hash));
  return [...left.union(new Set(previous?.former))].filter((hash) => !now.has(hash)).slice(0, FORMER_MAX);
}

function membersOf(edition: EditionRecord | undefined): EditionRecord['items'][number]['members'] {
  return edition?.items.flatMap((item) => item.members) ?? [];
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
