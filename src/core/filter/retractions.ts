// What the operator took out: which items a retraction means. Not one copy but the story: whoever carries it, under a new
// id of the same page too.
import type { FeedId, ItemHash } from '../../model/ids.ts';
import type { ItemIndexEntry } from '../../model/item-index.ts';
import type { RetractedMember, RetractionRecord } from '../../model/retraction-record.ts';

export type RetractionMatcher = (
  entry: Pick<ItemIndexEntry, 'hash' | 'publishedId' | 'guidUri' | 'canonicalUrl'>,
) => RetractionRecord | undefined;

export function isActive(record: RetractionRecord): boolean {
  return record.undoneAt === undefined;
}

/** Those that hold in a feed, in one order whatever order they came in. */
export function retractionsOf(
  records: readonly RetractionRecord[],
  feedId: FeedId,
): readonly RetractionRecord[] {
  return records
    .filter((record) => isActive(record) && (record.feedId === undefined || record.feedId === feedId))
    .toSorted((a, b) => compare(nameOfRetraction(a), nameOfRetraction(b)));
}

/** Two records of one name are two states of one. */
export function nameOfRetraction({
  publishedId,
  feedId,
}: Pick<RetractionRecord, 'publishedId' | 'feedId'>): string {
  return JSON.stringify([publishedId, feedId ?? null]);
}

export function createRetractionMatcher(records: readonly RetractionRecord[]): RetractionMatcher {
  if (records.length === 0) return () => undefined;
  const byHash = new Map<string, RetractionRecord>();
  const byId = new Map<string, RetractionRecord>();
  const byUrl = new Map<string, RetractionRecord>();
  for (const record of records) {
    for (const { hash } of record.members) byHash.set(hash, record);
    byId.set(record.publishedId, record);
    if (record.guidUri !== undefined) byId.set(record.guidUri, record);
    if (record.canonicalUrl !== undefined) byUrl.set(record.canonicalUrl, record);
  }
  return ({ hash, publishedId, guidUri = '', canonicalUrl = '' }) =>
    byHash.get(hash) ?? byId.get(publishedId) ?? byId.get(guidUri) ?? byUrl.get(canonicalUrl);
}

/** So many copies that came later are noted; of further ones it is found anew that they are alike, as long as their text is known. */
const ALIKE_MAX = 200;

/** It came after the story was taken out, and was known by its text alone. */
export function cameAlike({ members }: RetractionRecord, hash: ItemHash): boolean {
  return members.some((member) => member.hash === hash && member.isAlike === true);
}

/** With these copies noted; the same record where they are, or where it holds no more. */
export function withAlike(
  record: RetractionRecord,
  alike: readonly Omit<RetractedMember, 'isAlike'>[],
): RetractionRecord {
  const room = ALIKE_MAX - record.members.filter(({ isAlike }) => isAlike).length;
  const known = new Set(record.members.map(({ hash }) => hash));
  const added = alike.filter(({ hash }) => !known.has(hash)).slice(0, Math.max(room, 0));
  if (added.length === 0) return record;
  const members = [...record.members, ...added.map((member) => ({ ...member, isAlike: true as const }))];
  return { ...record, revision: record.revision + 1, members };
}

/** Of two sets that each may lack something, all of both; of two states of one record the greater revision, then the later. */
export function mergeRetractions(
  a: readonly RetractionRecord[],
  b: readonly RetractionRecord[],
): readonly RetractionRecord[] {
  const byName = new Map<string, RetractionRecord>();
  for (const record of [...a, ...b]) {
    const name = nameOfRetraction(record);
    const other = byName.get(name);
    if (other === undefined || isLater(record, other)) byName.set(name, record);
  }
  return [...byName.values()];
}

function isLater(a: RetractionRecord, b: RetractionRecord): boolean {
  if (a.revision !== b.revision) return a.revision > b.revision;
  return (a.undoneAt ?? a.retractedAt) > (b.undoneAt ?? b.retractedAt);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
