// What is sealed, when, and under which name (RFC 5005, section 4). An archive is sealed as soon as something that was published
// would stand nowhere any more, so that nothing is ever missing between the subscription document and the archives. With it go
// the oldest that stand in the document still, or a busy feed would seal an archive for each item; never more than half of
// them: what is sealed takes up no edit any more, and the newest are edited most.
import type { ArchivedItem, ArchiveHead } from '../../model/archive.ts';
import type { EditionItem } from '../../model/edition.ts';
import type { Timestamp } from '../../model/timestamp.ts';

/** Items of one archive. */
export const ARCHIVE_ITEMS_MAX = 200;

export interface SealInput {
  /** Published, in no archive, and no longer in the subscription document. */
  readonly departed: readonly ArchivedItem[];
  /** In no archive, and still in the document. */
  readonly standing: readonly ArchivedItem[];
  /** How many items the document shows at most. */
  readonly limit: number;
}

/** The archives to be sealed now, the oldest first; none where nothing departed. Each with its items newest first. */
export function archivesToSeal({
  departed,
  standing,
  limit,
}: SealInput): readonly (readonly ArchivedItem[])[] {
  if (departed.length === 0) return [];
  const wanted = Math.min(ARCHIVE_ITEMS_MAX, Math.ceil(limit / 2)) - departed.length;
  const most = Math.max(0, Math.min(wanted, Math.floor(standing.length / 2)));
  const oldest = standing.toSorted(compareNewestFirst).slice(standing.length - most);
  return inParts([...departed, ...oldest].sort(compareNewestFirst));
}

/** As few as hold them all, of about one size. */
function inParts(newestFirst: readonly ArchivedItem[]): readonly (readonly ArchivedItem[])[] {
  const parts = Math.ceil(newestFirst.length / ARCHIVE_ITEMS_MAX);
  const size = Math.ceil(newestFirst.length / parts);
  return Array.from({ length: parts }, (_, part) =>
    newestFirst.slice(part * size, (part + 1) * size),
  ).toReversed();
}

function compareNewestFirst({ item: a }: ArchivedItem, { item: b }: ArchivedItem): number {
  return compareText(b.publishedAt, a.publishedAt) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** `2026-11`, then `2026-11-2`: by the month (UTC) in which it is sealed, never one that was given before. */
export function archiveName(sealedAt: Timestamp, before: readonly Pick<ArchiveHead, 'name'>[]): string {
  const month = sealedAt.slice(0, 7);
  const taken = new Set(before.map(({ name }) => name));
  let name = month;
  for (let part = 2; taken.has(name); part += 1) name = `${month}-${part}`;
  return name;
}

/** Of its items' dates; of none where there are none. */
export function rangeOf(
  items: readonly Pick<EditionItem, 'publishedAt'>[],
): Pick<ArchiveHead, 'from' | 'to'> {
  const dates = items.map(({ publishedAt }) => publishedAt).sort();
  return { from: dates[0], to: dates.at(-1) };
}
