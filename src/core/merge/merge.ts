// One story once: copies of items become clusters, clusters an edition's order. Pure, and the same whatever order polls came in.
import type { DuplicateRule } from '../../model/config.ts';
import type { PublishedId } from '../../model/ids.ts';
import { effectivePublishedAt } from '../../model/item-dates.ts';
import { mintedId } from '../../model/minted-id.ts';
import type { EditionRecord } from '../../model/records.ts';
import { msFromTimestamp, type Timestamp, timestampFromMs } from '../../model/timestamp.ts';
import { type Copy, compareNewestFirst, leadershipOf } from './order.ts';

export interface MergeInput {
  /** Every copy that the feed's selection and filters let through. */
  readonly copies: readonly Copy[];
  readonly duplicates: readonly DuplicateRule[];
  readonly limit: number;
  readonly maxAgeMs: number | undefined;
  /** What was published before: its ids stay. */
  readonly previous: Pick<EditionRecord, 'items' | 'absent' | 'keptIds'> | undefined;
  readonly now: Timestamp;
}

/** One item of the edition with all copies of it. */
export interface Cluster {
  readonly publishedId: PublishedId;
  readonly lead: Copy;
  readonly others: readonly Copy[];
}

export interface Merged {
  /** In published order. */
  readonly clusters: readonly Cluster[];
  /** When the first of them grows too old; undefined where none does. */
  readonly nextChangeAt: Timestamp | undefined;
}

export function mergeCopies(input: MergeInput): Merged {
  const compareLeadership = leadershipOf(input.copies);
  const grouped = groupCopies(input.copies.toSorted(compareLeadership), new Set(input.duplicates));
  const oldestAt = input.maxAgeMs === undefined ? undefined : before(input.now, input.maxAgeMs);
  const window = grouped
    .filter(({ lead }) => oldestAt === undefined || effectivePublishedAt(lead.entry) >= oldestAt)
    .toSorted((a, b) => compareNewestFirst(a.lead, b.lead))
    .slice(0, input.limit);
  // Those outside the window keep theirs too: nobody else takes it before they come back.
  const ids = assignIds(
    grouped.toSorted((a, b) => compareLeadership(a.lead, b.lead)),
    input.previous,
  );
  return {
    clusters: window.map((group) => ({ ...group, publishedId: ids.get(group) as PublishedId })),
    nextChangeAt: oldestAgeing(window, input.maxAgeMs),
  };
}

/** All copies by story, as feeds that join by id and by page see them. */
export function storiesOf(copies: readonly Copy[]): readonly Group[] {
  return groupCopies(copies.toSorted(leadershipOf(copies)), new Set(['id', 'url']));
}

export interface Group {
  readonly lead: Copy;
  readonly others: Copy[];
}

/**
 * Copies join the first group whose lead has their id or their page, from the most trusted on. Only a lead's own id and page
 * draw others in, and each source stands in a group once: a copy that claims two stories' marks cannot weld them into one.
 */
function groupCopies(ranked: readonly Copy[], rules: ReadonlySet<DuplicateRule>): readonly Group[] {
  const groups: Group[] = [];
  const byMark = new Map<string, Group>();
  for (const copy of ranked) {
    const marks = marksOf(copy, rules);
    const group = marks
      .map((mark) => byMark.get(mark))
      .find((found) => found !== undefined && !carries(found, copy));
    if (group !== undefined) {
      group.others.push(copy);
      continue;
    }
    const own: Group = { lead: copy, others: [] };
    groups.push(own);
    for (const mark of marks) if (!byMark.has(mark)) byMark.set(mark, own);
  }
  return groups;
}

function marksOf({ entry }: Copy, rules: ReadonlySet<DuplicateRule>): readonly string[] {
  const marks: string[] = [];
  if (rules.has('id') && entry.guidUri !== undefined) marks.push(`id ${entry.guidUri}`);
  if (rules.has('url') && entry.canonicalUrl !== undefined) marks.push(`url ${entry.canonicalUrl}`);
  return marks;
}

function carries(group: Group, { source }: Copy): boolean {
  return group.lead.source.id === source.id || group.others.some((other) => other.source.id === source.id);
}

/** The id under which any of its copies was published, else the lead's own; minted anew where another item has that one. */
function assignIds(
  ranked: readonly Group[],
  previous: MergeInput['previous'],
): ReadonlyMap<Group, PublishedId> {
  const published = publishedBefore(previous);
  const taken = new Set<PublishedId>();
  const claim = (group: Group): PublishedId | undefined =>
    [group.lead, ...group.others]
      .map((copy) => published.get(copy.entry.hash))
      .find((id) => id !== undefined && !taken.has(id));
  const ids = new Map<Group, PublishedId>();
  for (const group of ranked) {
    const id = claim(group);
    if (id === undefined) continue;
    taken.add(id);
    ids.set(group, id);
  }
  for (const group of ranked) {
    if (ids.has(group)) continue;
    const id = freeId(group.lead, taken);
    taken.add(id);
    ids.set(group, id);
  }
  return ids;
}

/** By item hash: the id that each was last published under, where that is not its own or it stood there last. */
export function publishedBefore(previous: MergeInput['previous']): ReadonlyMap<string, PublishedId> {
  const items = [...(previous?.absent ?? []), ...(previous?.items ?? [])];
  return new Map([
    ...Object.entries(previous?.keptIds ?? {}),
    ...items.flatMap((item) => item.members.map((member) => [member.hash, item.publishedId] as const)),
  ]);
}

/** The ids to be kept with the next edition: see EditionRecord. `isKnown` tells whether an item is known still. */
export function idsToKeep(
  clusters: readonly Cluster[],
  previous: MergeInput['previous'],
  isKnown: (hash: string) => boolean,
): Readonly<Record<string, PublishedId>> {
  const before = Object.entries(previous?.keptIds ?? {}).filter(([hash]) => isKnown(hash));
  const now = clusters.flatMap(({ publishedId, lead, others }) =>
    [lead, ...others]
      .filter(({ entry }) => entry.publishedId !== publishedId)
      .map(({ entry }) => [entry.hash, publishedId] as const),
  );
  return Object.fromEntries([...before, ...now]);
}

function freeId({ entry, firstAddress }: Copy, taken: ReadonlySet<PublishedId>): PublishedId {
  let id = entry.publishedId;
  while (taken.has(id)) id = mintedId(firstAddress, id) as PublishedId;
  return id;
}

function before(now: Timestamp, ms: number): Timestamp | undefined {
  return timestampFromMs(msFromTimestamp(now) - ms);
}

function oldestAgeing(window: readonly Group[], maxAgeMs: number | undefined): Timestamp | undefined {
  if (maxAgeMs === undefined || window.length === 0) return undefined;
  const oldest = window.map(({ lead }) => effectivePublishedAt(lead.entry)).reduce((a, b) => (a < b ? a : b));
  return timestampFromMs(msFromTimestamp(oldest) + maxAgeMs + 1);
}
