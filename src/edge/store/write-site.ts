// A static site on disk: the same paths and bytes as over HTTP.
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Site } from '../../model/edition.ts';
import { messageOf, StoreError } from '../../model/errors.ts';
import { makeFolderDurably, replaceDurably } from './durable-file.ts';

/**
 * Writes every document of the site below `dir` and gives how many files are new or changed; a file that has its bytes
 * already is left alone, and so is everything else in the folder. Throws StoreError `site-not-written`.
 */
export async function writeSite(dir: string, site: Site): Promise<number> {
  let written = 0;
  for (const [name, { body }] of site) {
    const file = path.join(dir, name);
    try {
      if (await holds(file, body)) continue;
      await makeFolderDurably(path.dirname(file));
      await replaceDurably(file, body);
    } catch (error) {
      throw new StoreError('site-not-written', `${file} could not be written: ${messageOf(error)}`, {
        cause: error,
      });
    }
    written += 1;
  }
  return written;
}

/** What must lie there no more, as of a feed that is private now. Throws StoreError `site-not-written`. */
export async function removeFiles(dir: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const file = path.join(dir, name);
    await rm(file, { force: true }).catch((cause: unknown) => {
      throw new StoreError('site-not-written', `${file} could not be removed: ${messageOf(cause)}`, {
        cause,
      });
    });
  }
}

async function holds(file: string, body: Uint8Array): Promise<boolean> {
  const there = await readFile(file).catch(() => undefined);
  return there?.equals(body) ?? false;
}
