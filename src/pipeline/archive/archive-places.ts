// In which archive of a feed an item stands.
import { archiveKey } from '../../core/archive/archive-keys.ts';
import type { Store } from '../../edge/store/store.ts';
import type { FeedId, ItemHash } from '../../model/ids.ts';

/** The archive's name, as in its address; undefined for what stands in none, or is out of it. */
export type ArchivePlaces = (hash: ItemHash) => string | undefined;

/** Throws StoreError where the store does not answer; of what cannot be read nothing is told. */
export async function readArchivePlaces(store: Store, feedId: FeedId): Promise<ArchivePlaces> {
  const heads = await store.readArchiveHeads(feedId);
  if (heads.kind === 'unavailable') throw heads.error;
  const names = new Map<string, string>();
  const out = new Set<ItemHash>();
  for (const head of heads.kind === 'hit' ? heads.value : []) {
    for (const key of head.keys) names.set(key, head.name);
    for (const { hashes } of head.out) for (const hash of hashes) out.add(hash);
  }
  return (hash) => (out.has(hash) ? undefined : names.get(archiveKey(hash)));
}
