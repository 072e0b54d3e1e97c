// What is remembered of an edition: which items stand in it under which ids, and of those that should and cannot, the same.
// Pure; the publisher writes it.
import type { Cluster, Merged } from '../core/merge/merge.ts';
import { idsToKeep } from '../core/merge/published-ids.ts';
import type { Source } from '../model/config.ts';
import type { Edition } from '../model/edition.ts';
import { type EditionRecord, type EditionRecordItem, RECORD_VERSION } from '../model/records.ts';
import { earlierOf } from '../model/timestamp.ts';
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
}

export function nextEditionRecord(next: NextEdition): EditionRecord {
  const { merged, retracted, rendered, previous, sources, known, ...said } = next;
  const published = new Set<string>(rendered.items.map((item) => item.id));
  const items = merged.clusters.map(recordItem);
  return {
    version: RECORD_VERSION,
    ...said,
    nextChangeAt: earlierOf(merged.nextChangeAt, retracted.nextChangeAt),
    items: items.filter((item) => published.has(item.publishedId)),
    absent: [
      ...items.filter((item) => !published.has(item.publishedId)),
      ...unread(previous, sources, known, new Set(items.map((item) => item.publishedId))),
    ],
    keptIds: idsToKeep(merged.clusters, previous, isKnownItem(sources, known)),
    retracted: retracted.items,
    former: retracted.former,
  };
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

/** Before all sources were read, any item may be known. */
function isKnownItem(sources: readonly Source[], known: KnownSources): (hash: string) => boolean {
  const states = sources.map((source) => known.of(source.id));
  if (states.some((state) => state.kind !== 'known')) return () => true;
  const hashes = new Set<string>(
    states.flatMap((state) => (state.kind === 'known' ? state.record.items.map((entry) => entry.hash) : [])),
  );
  return (hash) => hashes.has(hash);
}
