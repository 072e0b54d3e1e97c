// Items whose ids and addresses have changed: known again by their titles with something else that agrees. One item alone must
// agree in three things; where most of a document has moved at once, as when a site takes another host or another program, two
// are enough.
import type { ItemIndexEntry, KnownBy } from '../../model/item-index.ts';
import { isUntitled } from '../../model/telling-names.ts';
import { hasSameDate } from './agreement.ts';
import type { Line } from './document-lines.ts';

export interface Moved {
  readonly line: Line;
  readonly entry: ItemIndexEntry;
  readonly by: KnownBy;
}

interface Way {
  readonly by: KnownBy;
  readonly ofLine: (line: Line) => string | undefined;
  readonly ofEntry: (entry: ItemIndexEntry) => string | undefined;
  /** What a single item must agree in besides; undefined: one alone is never known this way. */
  readonly alone: ((line: Line, entry: ItemIndexEntry) => boolean) | undefined;
}

const WAYS: readonly Way[] = [
  {
    by: 'title-and-path',
    ofLine: ({ title, page }) => titledPath(title, page),
    ofEntry: ({ titleHash, canonicalUrl }) => titledPath(titleHash, canonicalUrl),
    alone: hasSameDate,
  },
  {
    by: 'title-and-text',
    ofLine: ({ title, sketch }) => (sketch === undefined ? undefined : `${title} ${sketch}`),
    ofEntry: ({ titleHash, textSketch }) =>
      textSketch === undefined ? undefined : `${titleHash} ${textSketch}`,
    alone: hasSameDate,
  },
  {
    by: 'title-and-date',
    ofLine: ({ title, item }) => titledDate(title, item.publishedAt),
    ofEntry: ({ titleHash, publishedAt }) => titledDate(titleHash, publishedAt),
    alone: undefined,
  },
];

/** `lines`: those that nothing else is known by; `gone`: entries that no item of the document was known by; `all`: of the document. */
export function findMoved(lines: readonly Line[], gone: readonly ItemIndexEntry[], all: number): Moved[] {
  const found = new Map<Line, Moved>();
  const taken = new Set<ItemIndexEntry>();
  for (const way of WAYS) {
    const open = lines.filter((line) => !found.has(line));
    const left = gone.filter((entry) => !taken.has(entry));
    if (open.length === 0 || left.length === 0) break;
    const pairs = pairsOf(way, open, left);
    const isBulk = lines.length * 2 >= all && pairs.length >= 2 && pairs.length * 2 >= open.length;
    for (const pair of pairs) {
      if (!isBulk && way.alone?.(pair.line, pair.entry) !== true) continue;
      found.set(pair.line, pair);
      taken.add(pair.entry);
    }
  }
  return [...found.values()];
}

/** One to one: what two lines or two entries share pairs none of them. */
function pairsOf(way: Way, lines: readonly Line[], entries: readonly ItemIndexEntry[]): readonly Moved[] {
  const byMark = soleBy(entries, way.ofEntry);
  return [...soleBy(lines, way.ofLine)].flatMap(([mark, line]) => {
    const entry = byMark.get(mark);
    return line === undefined || entry === undefined ? [] : [{ line, entry, by: way.by }];
  });
}

/** Undefined for a mark of several. */
function soleBy<T>(
  values: readonly T[],
  markOf: (value: T) => string | undefined,
): Map<string, T | undefined> {
  const sole = new Map<string, T | undefined>();
  for (const value of values) {
    const mark = markOf(value);
    if (mark !== undefined) sole.set(mark, sole.has(mark) ? undefined : value);
  }
  return sole;
}

/** The path of a page without its host, where there is one. */
function titledPath(title: string, page: string | undefined): string | undefined {
  const path = page?.slice(page.indexOf('/', 2));
  return path === undefined || path === '/' || isUntitled(title) ? undefined : `${title} ${path}`;
}

function titledDate(title: string, date: string | undefined): string | undefined {
  return date === undefined || isUntitled(title) ? undefined : `${title} ${date}`;
}
