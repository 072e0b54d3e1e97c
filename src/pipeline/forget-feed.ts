// Takes a feed that left the configuration out of the store and the data folder: its archives, a few at a time, then its edition,
// then its folders. As long as those are there, a feed that comes back in between has its archives again.
import { removeFeedFolders } from '../edge/store/feed-folders.ts';
import type { Store } from '../edge/store/store.ts';
import type { FeedId } from '../model/ids.ts';
import type { ForgetStep } from './forget-source.ts';

/** Texts of archives may be large: so many are a few megabytes. */
const ARCHIVES_AT_ONCE = 20;

/** Throws where the disk fails. */
export async function forgetFeed(id: FeedId, store: Store, dataDir: string): Promise<ForgetStep> {
  const edition = await store.readEdition(id);
  const archives = await store.listArchives(id);
  if (edition.kind === 'unavailable' || archives.kind !== 'hit') return 'later';
  if (archives.value.length > 0) {
    const some = archives.value.toSorted((a, b) => a - b).slice(0, ARCHIVES_AT_ONCE);
    return (await store.forgetArchives(id, some)).kind === 'written' ? 'more' : 'later';
  }
  const revision = edition.kind === 'hit' ? edition.value.revision : 0;
  let result = await store.forgetFeed(id, revision);
  // What cannot be read has a revision all the same.
  if (result.kind === 'stale' && revision === 0) result = await store.forgetFeed(id, result.revision);
  if (result.kind !== 'committed') return 'later';
  await removeFeedFolders(dataDir, id);
  return 'done';
}
