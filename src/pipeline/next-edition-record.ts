// What is remembered of an edition: which items stand in it under which ids, and of those that should and cannot, the same.
// Pure; the publisher writes it.
import type { Cluster, Merged } from '../core/merge/merged.ts';
import { idsToKeep } from '../core/merge/published-ids.ts';
import type { Source } from '../model/config.ts';
import type { Edition } from '../model/edition.ts';
import type { EditionRecord, EditionRecordItem } from '../model/edition-record.ts';
import { RECORD_VERSION } from '../model/record-version.ts';
import { earlierOf, type Timestamp } from '../model/timestamp.ts';
import type { KnownSources } from './known-sources.ts';
import type { Retracted } from './retracted-items.ts';

export interface NextEdition
  extends Pick<
    EditionRecord,
    'feedId' | 'revision' | 'changedAt' | 'sourceRevisions' | 'recipe' | 'retractions'
  > {
  readonly merged: Merged;
  readonly retracted: Retracted;
  readonly rendered: Edition;
  readonly previous: EditionRecord | undefined;
  /** Those of the feed. */
  readonly sources: readonly Source[];
  readonly known: KnownSources;
  /** How many items the feed shows. */
  readonly limit: number;
}

export function nextEditionRecord(next: NextEdition): EditionRecord {
  const { merged, retracted, rendered, previous, sources, known, limit, ...said } = next;
  const published = new Set<string>(rendered.items.map((item) => item.id));
  const items = merged.clusters.map(recordItem);
  const isShown = (item: EditionRecordItem) => published.has(item.publishedId);
  const absent = [
    ...items.filter((item) => !isShown(item)),
    ...unread(previous, sources, known, new Set(items.map((item) => item.publishedId))),
  ].slice(0, ABSENT_MIN + limit);
  return {
    version: RECORD_VERSION,
    ...said,
    nextChangeAt: earlierOf(merged.nextChangeAt, retracted.nextChangeAt),
    items: items.filter(isShown),
    absent,
    keptIds: idsToKeep(merged.clusters, previous, limit),
    sourceReads: sourceReads(merged, previous, absent),
    retracted: retracted.items,
    former: retracted.former,
  };
}

/** As many may be absent as a window holds, and so many more. */
const ABSENT_MIN = 1000;

function sourceReads(
  merged: Merged,
  previous: EditionRecord | undefined,
  absent: readonly EditionRecordItem[],
): Readonly<Record<string, Timestamp>> {
  const waiting = new Set<string>(absent.flatMap(({ members }) => members.map(({ sourceId }) => sourceId)));
  const copies = merged.clusters.flatMap(({ lead, others }) => [lead, ...others]);
  return Object.fromEntries([
    ...Object.entries(previous?.sourceReads ?? {}).filter(([id]) => waiting.has(id)),
    ...copies.flatMap(({ source, sourceReadAt }) =>
      sourceReadAt === undefined ? [] : [[source.id, sourceReadAt] as const],
    ),
  ]);
}

function recordItem({ publishedId, lead, others }: Cluster): EditionRecordItem {
  return {
    publishedId,
    members: [lead, ...others].map(({ source, entry }) => ({
      sourceId: source.id,
      hash: entry.hash,
      revision: entry.revision,
      firstSeenAt: entry.firstSeenAt,
    })),
    firstSeenAt: lead.entry.firstSeenAt,
  };
}

/** Items of sources that could not be read since the store was emptied. */
function unread(
  previous: EditionRecord | undefined,
  sources: readonly Source[],
  known: KnownSources,
  present: ReadonlySet<string>,
): readonly EditionRecordItem[] {
  const waiting = new Set(
    sources.filter((source) => known.of(source.id).kind !== 'known').map((source) => source.id),
  );
  return [...(previous?.items ?? []), ...(previous?.absent ?? [])].flatMap((item) => {
    const members = item.members.filter((member) => waiting.has(member.sourceId));
    return members.length === 0 || present.has(item.publishedId) ? [] : [{ ...item, members }];
  });
}
