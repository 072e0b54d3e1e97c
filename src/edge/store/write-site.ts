// A static site on disk: the same paths and bytes as over HTTP, in a folder that may hold files of its operator's too
// (docs/adr/0030-a-static-site-is-replaced-file-by-file.md).
import { appendFile, readFile, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, StoreError } from '../../model/errors.ts';
import { makeFolderDurably, replaceDurably } from './durable-file.ts';
import { isMissing } from './folder-names.ts';
import {
  digestOf,
  MANIFEST_NAME,
  manifestLine,
  readManifest,
  remember,
  type Written,
} from './site-manifest.ts';

/** Everything throws StoreError `site-not-written`. Paths are relative to the folder. */
export interface SiteFolder {
  /** Puts a file there whole, at one instant; one that has its bytes already is left alone. */
  write(name: string, body: Uint8Array): Promise<void>;
  /** It is there, and we did not write it as it is. */
  isForeign(name: string): Promise<boolean>;
  /** What must lie there no more, whoever wrote it. */
  remove(names: readonly string[]): Promise<void>;
  /** Takes out what was written by a run before and not by this one, as far as nobody changed it since. */
  sweep(isKept: (name: string) => boolean): Promise<void>;
  /** What earlier runs wrote. */
  names(): readonly string[];
  counts(): SiteCounts;
}

export interface SiteCounts {
  readonly files: number;
  /** Of those, the new and changed ones. */
  readonly written: number;
  readonly removed: number;
}

export async function openSiteFolder(dir: string): Promise<SiteFolder> {
  const manifest = path.join(dir, MANIFEST_NAME);
  const text = await told(manifest, 'read', async () => String((await bytesOf(manifest)) ?? ''));
  const before = readManifest(text);
  const now: Written = new Map();
  /** A line that was cut off is ended first. */
  let separator = text === '' || text.endsWith('\n') ? '' : '\n';
  let written = 0;
  let removed = 0;

  /** Before the file itself: whatever comes in between, what lies there is known to be ours. */
  async function note(name: string, digest: string): Promise<void> {
    remember(now, name, digest);
    if (before.get(name)?.has(digest) === true) return;
    await makeFolderDurably(dir);
    await appendFile(manifest, separator + manifestLine(name, digest));
    separator = '';
  }

  async function isOurs(name: string): Promise<boolean> {
    const body = await bytesOf(path.join(dir, name));
    return body !== undefined && before.get(name)?.has(digestOf(body)) === true;
  }

  async function removeOne(name: string): Promise<void> {
    const file = path.join(dir, name);
    const wasThere = await rm(file).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
    if (!wasThere) return;
    removed += 1;
    await removeEmptyFolders(path.dirname(file), dir);
  }

  return {
    write: (name, body) =>
      told(path.join(dir, name), 'written', async () => {
        const file = path.join(dir, name);
        await note(name, digestOf(body));
        if ((await bytesOf(file))?.equals(body) === true) return;
        await makeFolderDurably(path.dirname(file));
        await replaceDurably(file, body);
        written += 1;
      }),
    isForeign: (name) =>
      told(path.join(dir, name), 'read', async () => {
        const body = await bytesOf(path.join(dir, name));
        return body !== undefined && !(await isOurs(name));
      }),
    async remove(names) {
      for (const name of names) await told(path.join(dir, name), 'removed', () => removeOne(name));
    },
    async sweep(isKept) {
      const kept: Written = new Map(now);
      for (const [name, digests] of before) {
        await told(path.join(dir, name), 'removed', async () => {
          // Of a run that was cut off.
          await rm(path.join(dir, `${name}.tmp`), { force: true });
          if (now.has(name)) return;
          if (isKept(name)) kept.set(name, digests);
          else if (await isOurs(name)) await removeOne(name);
        });
      }
      await told(manifest, 'written', () => replaceDurably(manifest, Buffer.from(asText(kept))));
    },
    names: () => [...before.keys()],
    counts: () => ({ files: now.size, written, removed }),
  };
}

function asText(files: Written): string {
  return [...files]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, digests]) => [...digests].map((digest) => manifestLine(name, digest)))
    .join('');
}

/** Undefined where there is no such file. */
async function bytesOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** From `folder` up, to `dir` and not that. */
async function removeEmptyFolders(folder: string, dir: string): Promise<void> {
  for (let current = folder; current !== dir; current = path.dirname(current)) {
    const isGone = await rmdir(current).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

async function told<T>(
  file: string,
  what: 'read' | 'written' | 'removed',
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StoreError('site-not-written', `${file} could not be ${what}: ${messageOf(cause)}`, { cause });
  }
}
