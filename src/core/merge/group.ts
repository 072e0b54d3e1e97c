// Which copies are one story, and how each of them joined it.
import type { DuplicateRule } from '../../model/config.ts';
import type { ItemHash } from '../../model/ids.ts';
import { effectivePublishedAt, effectiveUpdatedAt } from '../../model/item-dates.ts';
import { isFrontPage, isUntitled } from '../../model/telling-names.ts';
import { earlier, type Timestamp } from '../../model/timestamp.ts';
import { compareLeadership, leadsByHomeAlone, type Standing, standingsOf } from './leadership.ts';
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
 * that claims two stories' marks cannot weld them into one, nor can a chain of copies that each differ a little. Whoever
 * says the same on pages of its own leads nobody who said it before.
 */
export function groupCopies(
  ranked: readonly Standing[],
  rules: ReadonlySet<DuplicateRule>,
  pairs: NearPairs = NO_PAIRS,
): readonly Group[] {
  const groups = new OpenGroups(marksBy(rules, ranked), pairs);
  for (const standing of ranked) groups.place(standing);
  return groups.all().map(({ lead, others }) => groupOf(lead, others));
}

class OpenGroups {
  readonly #marksOf: (copy: Copy) => readonly Mark[];
  readonly #pairs: NearPairs;
  readonly #byLead = new Map<ItemHash, OpenGroup>();
  readonly #byMark = new Map<string, OpenGroup>();

  constructor(marksOf: (copy: Copy) => readonly Mark[], pairs: NearPairs) {
    this.#marksOf = marksOf;
    this.#pairs = pairs;
  }

  all(): readonly OpenGroup[] {
    return [...this.#byLead.values()];
  }

  place(standing: Standing): void {
    const marks = this.#marksOf(standing.copy);
    const found =
      groupByMark(standing.copy, marks, this.#byMark) ??
      nearestGroup(standing.copy, this.#byLead, this.#pairs);
    if (found === undefined) this.#open({ lead: standing, others: [] }, marks);
    else if (found.join.by === 'similar' && leadsByHomeAlone(found.group.lead, standing))
      this.#takeLead(standing, marks, found);
    else found.group.others.push({ standing, join: found.join });
  }

  /** Those that joined the former lead are placed anew: it draws nobody in any more. */
  #takeLead(standing: Standing, marks: readonly Mark[], { group, join }: Found): void {
    const { lead, others } = group;
    this.#byLead.delete(lead.copy.entry.hash);
    for (const { text } of this.#marksOf(lead.copy))
      if (this.#byMark.get(text) === group) this.#byMark.delete(text);
    this.#open({ lead: standing, others: [{ standing: lead, join }] }, marks);
    for (const other of others) this.place(other.standing);
  }

  #open(group: OpenGroup, marks: readonly Mark[]): void {
    this.#byLead.set(group.lead.copy.entry.hash, group);
    for (const { text } of marks) if (!this.#byMark.has(text)) this.#byMark.set(text, group);
  }
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

/**
 * What each of `all` may be known by. A page where its source has further items, and the front page of a site, tell which one it
 * is together with its title alone.
 */
function marksBy(
  rules: ReadonlySet<DuplicateRule>,
  all: readonly Standing[],
): (copy: Copy) => readonly Mark[] {
  const [once, often] = [new Set<string>(), new Set<string>()];
  const ofSource = (copy: Copy, page: string) => `${copy.source.id} ${page}`;
  for (const { copy } of all) {
    const { canonicalUrl: page } = copy.entry;
    if (page === undefined) continue;
    const name = ofSource(copy, page);
    (once.has(name) ? often : once).add(name);
  }
  return (copy) => {
    const { guidUri, canonicalUrl: page, titleHash } = copy.entry;
    const marks: Mark[] = [];
    if (rules.has('id') && guidUri !== undefined) marks.push({ by: 'id', text: `id ${guidUri}` });
    if (!rules.has('url') || page === undefined) return marks;
    if (!isFrontPage(page) && !often.has(ofSource(copy, page)))
      marks.push({ by: 'url', text: `url ${page}` });
    if (!isUntitled(titleHash)) marks.push({ by: 'url', text: `title ${titleHash} url ${page}` });
    return marks;
  };
}

function carries({ lead, others }: OpenGroup, { source }: Copy): boolean {
  if (lead.copy.source.id === source.id) return true;
  return others.some(({ standing }) => standing.copy.source.id === source.id);
}
