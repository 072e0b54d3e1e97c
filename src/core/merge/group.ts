// Which copies are one story, and how each of them joined it.
import type { DuplicateRule } from '../../model/config.ts';
import { type Copy, leadershipOf } from './order.ts';

/** How a copy is known for one of the lead's story. `nearness`: of their texts, 0 to 1. */
export type Join = { readonly by: 'id' | 'url' } | { readonly by: 'similar'; readonly nearness: number };

export interface JoinedCopy extends Copy {
  readonly joined: Join;
}

/** One story: the copy that leads, and the others from the most trusted on. */
export interface Group {
  readonly lead: Copy;
  readonly others: readonly JoinedCopy[];
}

/** All copies by story, as feeds that join by id and by page see them. */
export function storiesOf(copies: readonly Copy[]): readonly Group[] {
  return groupCopies(copies.toSorted(leadershipOf(copies)), new Set(['id', 'url']));
}

interface OpenGroup extends Group {
  readonly others: JoinedCopy[];
}

/**
 * Copies join the first group whose lead has their id or their page, from the most trusted on. Only a lead's own id and page
 * draw others in, and each source stands in a group once: a copy that claims two stories' marks cannot weld them into one.
 */
export function groupCopies(ranked: readonly Copy[], rules: ReadonlySet<DuplicateRule>): readonly Group[] {
  const groups: OpenGroup[] = [];
  const byMark = new Map<string, OpenGroup>();
  for (const copy of ranked) {
    const marks = marksOf(copy, rules);
    const found = marks
      .map(({ by, text }) => ({ by, group: byMark.get(text) }))
      .find(({ group }) => group !== undefined && !carries(group, copy));
    if (found?.group !== undefined) {
      found.group.others.push({ ...copy, joined: { by: found.by } });
      continue;
    }
    const own: OpenGroup = { lead: copy, others: [] };
    groups.push(own);
    for (const { text } of marks) if (!byMark.has(text)) byMark.set(text, own);
  }
  return groups;
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

function carries(group: Group, { source }: Copy): boolean {
  return group.lead.source.id === source.id || group.others.some((other) => other.source.id === source.id);
}
