// An item that stands in an archive, as the operator names it: its source may have forgotten it long ago.
import { archiveKey } from '../../core/archive/archive-keys.ts';
import { isActive, nameOfRetraction } from '../../core/filter/retractions.ts';
import { canonicalUrl } from '../../core/identify/canonical-url.ts';
import type { Store } from '../../edge/store/store.ts';
import type { ArchivedItem } from '../../model/archive.ts';
import type { Config } from '../../model/config.ts';
import type { FeedId } from '../../model/ids.ts';
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { RetractionRecord } from '../../model/retraction-record.ts';
import type { RetractionWish } from '../retract-story.ts';

/** By published id, publisher's id or page; `feedId`: of that feed only. Throws StoreError where the store does not answer. */
export async function findArchivedItem(
  name: string,
  feedId: FeedId | undefined,
  store: Store,
  config: Config,
): Promise<ArchivedItem | undefined> {
  const page = canonicalUrl(name);
  const names = [name, ...(page === undefined ? [] : [page])];
  const keys = new Set(names.map(archiveKey));
  for (const feed of config.feeds) {
    if (feedId !== undefined && feed.id !== feedId) continue;
    const heads = await store.readArchiveHeads(feed.id);
    if (heads.kind === 'unavailable') throw heads.error;
    for (const head of heads.kind === 'hit' ? heads.value : []) {
      if (!head.keys.some((key) => keys.has(key))) continue;
      const content = await store.readArchive(feed.id, head.number);
      if (content.kind === 'unavailable') throw content.error;
      if (content.kind !== 'hit') continue;
      const found = content.value.items.find(({ item, guidUri, canonicalUrl: own }) =>
        [item.id, guidUri, own].some((known) => known !== undefined && names.includes(known)),
      );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The record by which it is out; undefined where it is already. */
export function retractionOfArchived(
  { item, hashes, guidUri }: ArchivedItem,
  records: readonly RetractionRecord[],
  { feedId, reason, now }: RetractionWish,
): RetractionRecord | undefined {
  const publishedId = item.id;
  const of = (id: FeedId | undefined) =>
    records.find((record) => nameOfRetraction(record) === nameOfRetraction({ publishedId, feedId: id }));
  const before = of(feedId);
  const isOut = [before, of(undefined)].some((record) => record !== undefined && isActive(record));
  if (isOut) return undefined;
  return {
    version: RECORD_VERSION,
    publishedId,
    feedId,
    revision: (before?.revision ?? 0) + 1,
    retractedAt: now,
    reason,
    guidUri,
    members: hashes.map((hash) => ({
      sourceId: item.attribution.sourceId,
      hash,
      firstSeenAt: item.publishedAt,
    })),
  };
}
