// Which copies are one story, and how each of them joined it.
import type { DuplicateRule } from '../../model/config.ts';
import type { ItemHash } from '../../model/ids.ts';
import { effectivePublishedAt, effectiveUpdatedAt } from '../../model/item-dates.ts';
import { earlier, type Timestamp } from '../../model/timestamp.ts';
import { compareLeadership, type Standing, standingsOf } from './leadership.ts';
import { NearPairs } from './near-pairs.ts';
import { type Copy, comparePlace, compareText } from './order.ts';

/** How a copy is known for one of the lead's story. `nearness`: of their texts, 0 to 1. */
export type Join = { readonly by: 'id' | 'url' } | { readonly by: 'similar'; readonly nearness: number };

export interface JoinedCopy extends Copy {
  readonly joined: Join;
}

/** One story: the copy that leads, and the others from the most trusted on. */
export interface Group {
  readonly lead: Copy;
  readonly others: readonly JoinedCopy[];
  /** When we first saw any copy of it. */
  readonly firstSeenAt: Timestamp;
  /** The same, what stood in a source at its first read counting as seen when that cycle began. */
  readonly seenAt: Timestamp;
  /** The lead's date, but none later than when we first saw the story: a copy that takes the lead late makes it no news. */
  readonly publishedAt: Timestamp;
}

/** One for all: most stories have one copy. */
const NOBODY: readonly JoinedCopy[] = [];

/** The story that these copies make. */
export function groupOf(leading: Standing, joined: readonly Joined[] = []): Group {
  const { copy: lead } = leading;
  const others =
    joined.length === 0 ? NOBODY : joined.map(({ standing, join }) => ({ ...standing.copy, joined: join }));
  const firstSeenAt = others.map(({ entry }) => entry.firstSeenAt).reduce(earlier, lead.entry.firstSeenAt);
  const seenAt = joined.map(({ standing }) => standing.seenAt).reduce(earlier, leading.seenAt);
  return { lead, others, firstSeenAt, seenAt, publishedAt: datesOf(lead, firstSeenAt).publishedAt };
}

/** What a story is dated that a copy leads. One that did not change since it was published changed when the story was published. */
export function datesOf(
  { entry }: Copy,
  firstSeenAt: Timestamp,
): { readonly publishedAt: Timestamp; readonly updatedAt: Timestamp } {
  const own = effectivePublishedAt(entry);
  const updated = effectiveUpdatedAt(entry);
  const publishedAt = earlier(own, firstSeenAt);
  return { publishedAt, updatedAt: updated <= own ? earlier(updated, publishedAt) : updated };
}

/** Newest first; what ties goes by what we saw first, then by the configuration's order, then by key: a total order. */
export function compareNewestFirst(a: Group, b: Group): number {
  return (
    compareText(b.publishedAt, a.publishedAt) ||
    compareText(b.seenAt, a.seenAt) ||
    comparePlace(a.lead, b.lead)
  );
}

/** All copies by story, as feeds that join by id and by page see them. */
export function storiesOf(copies: readonly Copy[]): readonly Group[] {
  return groupCopies([...standingsOf(copies).values()].toSorted(compareLeadership), new Set(['id', 'url']));
}

interface Joined {
  readonly standing: Standing;
  readonly join: Join;
}

interface OpenGroup {
  readonly lead: Standing;
  readonly others: Joined[];
}

/**
 * Copies join the first group whose lead has their id or their page, else the one whose lead says most nearly the same; from
 * the most trusted on. Only a lead's own id, page and text draw others in, and each source stands in a group once: a copy
 * that claims two stories' marks cannot weld them into one, nor can a chain of copies that each differ a little.
 */
export function groupCopies(
  ranked: readonly Standing[],
  rules: ReadonlySet<DuplicateRule>,
  pairs: NearPairs = NO_PAIRS,
): readonly Group[] {
  const groups = new Map<ItemHash, OpenGroup>();
  const byMark = new Map<string, OpenGroup>();
  for (const standing of ranked) {
    const { copy } = standing;
    const marks = marksOf(copy, rules);
    const found = groupByMark(copy, marks, byMark) ?? nearestGroup(copy, groups, pairs);
    if (found !== undefined) {
      found.group.others.push({ standing, join: found.join });
      continue;
    }
    const own: OpenGroup = { lead: standing, others: [] };
    groups.set(copy.entry.hash, own);
    for (const { text } of marks) if (!byMark.has(text)) byMark.set(text, own);
  }
  return [...groups.values()].map(({ lead, others }) => groupOf(lead, others));
}

const NO_PAIRS = new NearPairs();

interface Found {
  readonly group: OpenGroup;
  readonly join: Join;
}

function groupByMark(
  copy: Copy,
  marks: readonly Mark[],
  byMark: ReadonlyMap<string, OpenGroup>,
): Found | undefined {
  for (const { by, text } of marks) {
    const group = byMark.get(text);
    if (group !== undefined && !carries(group, copy)) return { group, join: { by } };
  }
  return undefined;
}

/** Of several that are as near, the most trusted. */
function nearestGroup(
  copy: Copy,
  byLead: ReadonlyMap<ItemHash, OpenGroup>,
  pairs: NearPairs,
): Found | undefined {
  const near = [...pairs.of(copy.entry.hash)].flatMap(([hash, nearness]) => {
    const group = byLead.get(hash);
    return group === undefined || carries(group, copy) ? [] : [{ group, nearness }];
  });
  const [nearest] = near.sort(
    (a, b) => b.nearness - a.nearness || compareLeadership(a.group.lead, b.group.lead),
  );
  return nearest && { group: nearest.group, join: { by: 'similar', nearness: nearest.nearness } };
}

interface Mark {
  readonly by: 'id' | 'url';
  readonly text: string;
}

function marksOf({ entry }: Copy, rules: ReadonlySet<DuplicateRule>): readonly Mark[] {
  const marks: Mark[] = [];
  if (rules.has('id') && entry.guidUri !== undefined) marks.push({ by: 'id', text: `id ${entry.guidUri}` });
  if (rules.has('url') && entry.canonicalUrl !== undefined)
    marks.push({ by: 'url', text: `url ${entry.canonicalUrl}` });
  return marks;
}

function carries({ lead, others }: OpenGroup, { source }: Copy): boolean {
  if (lead.copy.source.id === source.id) return true;
  return others.some(({ standing }) => standing.copy.source.id === source.id);
}
