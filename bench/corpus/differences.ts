// Where we and feedparser differ, and the file that says of each difference whose answer is better.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { FEED_FIELDS, type Field, type Fields, ITEM_FIELDS, type Reading } from './reading.ts';

export type Kind = 'ours-better' | 'theirs-better' | 'taste' | 'not-looked-at';

/** Of the feed itself (-1) or one of its items. `item` and `feed` as fields: one of the two has none. */
export interface Difference {
  readonly feed: string;
  readonly index: number;
  readonly field: Field | 'item' | 'feed';
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** Differences of one field of one feed that are of one kind. */
export interface Verdict {
  readonly feed: string;
  /** `feed`, or the items: `0-3, 7`. */
  readonly at: string;
  readonly field: Difference['field'];
  readonly kind: Kind;
  /** Of both answers: another difference in the same place is a new one. */
  readonly digest: string;
  readonly why: string;
}

const NONE: readonly string[] = [];

export function differencesOf(feed: string, ours: Reading, theirs: Reading): Difference[] {
  if (ours.lost || theirs.lost) {
    return ours.lost === theirs.lost
      ? []
      : [{ feed, index: -1, field: 'feed', ours: said(!ours.lost), theirs: said(!theirs.lost) }];
  }
  const found = differencesIn(FEED_FIELDS, ours.feed, theirs.feed).map((each) => ({
    feed,
    index: -1,
    ...each,
  }));
  for (let index = 0; index < Math.max(ours.items.length, theirs.items.length); index += 1) {
    const [mine, other] = [ours.items[index], theirs.items[index]];
    if (mine === undefined || other === undefined) {
      found.push({
        feed,
        index,
        field: 'item',
        ours: said(mine !== undefined),
        theirs: said(other !== undefined),
      });
    } else {
      found.push(...differencesIn(ITEM_FIELDS, mine, other).map((each) => ({ feed, index, ...each })));
    }
  }
  return found;
}

function said(isThere: boolean): readonly string[] {
  return isThere ? ['there'] : NONE;
}

type FieldDifference = Pick<Difference, 'field' | 'ours' | 'theirs'>;

function differencesIn(fields: readonly Field[], ours: Fields, theirs: Fields): FieldDifference[] {
  return fields
    .map((field) => ({ field, ours: ours.get(field) ?? NONE, theirs: theirs.get(field) ?? NONE }))
    .filter((each) => !isSame(each.ours, each.theirs));
}

export function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

export function readVerdicts(file: string): readonly Verdict[] {
  return existsSync(file) ? ((parse(readFileSync(file, 'utf8')) ?? []) as Verdict[]) : [];
}

/** What the file says of each difference that is the one looked at, and what is wrong with the file, in words. */
export interface Judgement {
  readonly verdictOf: ReadonlyMap<Difference, Verdict>;
  readonly problems: readonly string[];
}

export function judge(differences: readonly Difference[], verdicts: readonly Verdict[]): Judgement {
  const verdictOf = new Map<Difference, Verdict>();
  const problems: string[] = [];
  const places = Map.groupBy(differences, placeOf);
  for (const verdict of verdicts) {
    const of = indexesOf(verdict.at).map((index) => places.get(placeOf({ ...verdict, index }))?.[0]);
    const there = of.filter((difference) => difference !== undefined);
    const where = `${verdict.feed}, ${verdict.at}, ${verdict.field}`;
    if (there.length < of.length) problems.push(`no longer a difference: ${where}`);
    if (there.length < of.length || digestOf(there) !== verdict.digest) continue;
    if (verdict.kind === 'not-looked-at') problems.push(`not looked at: ${where}`);
    if (!verdict.why) problems.push(`no word why: ${where}`);
    for (const difference of there) {
      if (verdictOf.has(difference)) problems.push(`judged twice: ${where}`);
      verdictOf.set(difference, verdict);
    }
  }
  for (const difference of differences) {
    if (!verdictOf.has(difference)) {
      problems.push(`a new difference: ${difference.feed}, ${atOf([difference.index])}, ${difference.field}`);
    }
  }
  return { verdictOf, problems };
}

/** The verdicts that stand, and one that says nothing yet for each new difference or changed one. */
export function updated(differences: readonly Difference[], verdicts: readonly Verdict[]): Verdict[] {
  const { verdictOf } = judge(differences, verdicts);
  const groups = Map.groupBy(differences, (difference) => {
    const verdict = verdictOf.get(difference);
    return `${difference.feed}\n${difference.field}\n${verdict?.kind ?? ''}\n${verdict?.why ?? ''}\n${difference.index < 0}`;
  });
  return [...groups.values()].map((group): Verdict => {
    const [first] = group as [Difference, ...Difference[]];
    const verdict = verdictOf.get(first);
    return {
      feed: first.feed,
      at: atOf(group.map(({ index }) => index)),
      field: first.field,
      kind: verdict?.kind ?? 'not-looked-at',
      digest: digestOf(group),
      why: verdict?.why ?? '',
    };
  });
}

export function writeVerdicts(file: string, head: string, verdicts: readonly Verdict[]): void {
  writeFileSync(file, head + stringify(verdicts, { lineWidth: 0 }));
}

function placeOf({ feed, index, field }: Pick<Difference, 'feed' | 'index' | 'field'>): string {
  return `${feed}\n${index}\n${field}`;
}

function digestOf(differences: readonly Difference[]): string {
  const told = differences
    .toSorted((a, b) => a.index - b.index)
    .map(({ index, ours, theirs }) => [index, ours, theirs]);
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 10);
}

function indexesOf(at: string): number[] {
  if (at === 'feed') return [-1];
  return String(at)
    .split(',')
    .flatMap((part) => {
      const [from = Number.NaN, to = from] = part.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, step) => from + step);
    });
}

export function atOf(indexes: readonly number[]): string {
  const parts: string[] = [];
  const sorted = indexes.toSorted((a, b) => a - b);
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && sorted[end] === (sorted[start] ?? 0) + (end - start)) end += 1;
    const [from, to] = [sorted[start] ?? 0, sorted[end - 1] ?? 0];
    parts.push(from < 0 ? 'feed' : from === to ? `${from}` : `${from}-${to}`);
  }
  return parts.join(', ');
}
