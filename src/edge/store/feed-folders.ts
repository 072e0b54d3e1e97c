// What `dataDir` has of feeds, configured or not: the folders of last-known-good.ts and archive-files.ts.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type FeedId, isConfigId } from '../../model/ids.ts';
import { namesIn } from './folder-names.ts';
import { MANIFEST_NAME } from './manifest.ts';

const KINDS = ['feeds', 'archives'] as const;

/** Of each that has documents or archives there. Throws where the disk cannot be read. */
export async function listFeedFolders(dataDir: string): Promise<readonly FeedId[]> {
  const names = await Promise.all(KINDS.map((kind) => namesIn(path.join(dataDir, kind))));
  return [...new Set(names.flat().filter(isConfigId))] as FeedId[];
}

/** Throws where the disk fails; what is left is then removed the next time. */
export async function removeFeedFolders(dataDir: string, id: FeedId): Promise<void> {
  if (!isConfigId(id)) throw new TypeError(`not a feed id: ${JSON.stringify(id)}`);
  // The manifest first: what is left after a crash is then a folder without one, which is no set.
  await rm(path.join(dataDir, 'feeds', id, MANIFEST_NAME), { force: true });
  for (const kind of KINDS) await rm(path.join(dataDir, kind, id), { recursive: true, force: true });
}
