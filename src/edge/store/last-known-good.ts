// The documents as last published, on disk: what is served after a restart when the store is gone, and what an emptied
// store is seeded from.
//
//   DIR/feeds/ID/manifest.json        what is published, with digests; the only file that is ever replaced
//   DIR/feeds/ID/g12/feeds/ID.rss     the bytes as published, and …rss.gz as compressed
//   DIR/site/…                        the same for the pages that belong to no feed
//   DIR/retractions.json              what was taken out (retraction-file.ts)
//
// A save writes a new generation's folder and then swaps the manifest, so that a set is the old one or the new one at
// every instant. Compressed copies are kept too: another zlib would make other bytes under the same ETag.
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Rendition } from '../../model/edition.ts';
import type { EditionRecord } from '../../model/edition-record.ts';
import { messageOf, StoreError } from '../../model/errors.ts';
import { type FeedId, isConfigId } from '../../model/ids.ts';
import { makeFolderDurably, replaceDurably } from './durable-file.ts';
import { isMissing, namesIn } from './folder-names.ts';
import {
  describeManifest,
  isGeneration,
  MANIFEST_NAME,
  type Manifest,
  manifestBytes,
  parseManifest,
} from './manifest.ts';
import { readRendition, writeRenditions } from './rendition-files.ts';
import {
  type KeptRetractions,
  NO_RETRACTIONS,
  readRetractions,
  writeRetractions,
} from './retraction-file.ts';

/** Owner of the documents that belong to no feed. No feed can be called so. */
export const SITE = '.site';
export type DocumentOwner = FeedId | typeof SITE;

const MANIFEST_BYTES_MAX = 64 * 1024 * 1024;

export interface LoadedDocuments {
  /** By path. */
  readonly documents: ReadonlyMap<string, Rendition>;
  readonly editions: readonly EditionRecord[];
  readonly retractions: KeptRetractions;
  /** For people: files that are damaged or missing, and were left out. */
  readonly problems: readonly string[];
}

export interface LastKnownGood {
  /** Throws StoreError where a newer version wrote any of it. */
  load(): Promise<LoadedDocuments>;
  /** Replaces everything that `owner` had. On return it outlives a loss of power. Throws StoreError. */
  save(owner: DocumentOwner, renditions: readonly Rendition[], edition?: EditionRecord): Promise<void>;
  /** The same for what was taken out: to be saved before any document without it. */
  saveRetractions(retractions: KeptRetractions): Promise<void>;
  /** Throws StoreError. */
  remove(owner: DocumentOwner): Promise<void>;
}

/** `dir` belongs to one process. Throws StoreError where it can be neither made nor read. */
export async function openLastKnownGood(dir: string): Promise<LastKnownGood> {
  const root = path.resolve(dir);
  await attempt(root, async () => {
    await makeFolderDurably(root);
    await readdir(root);
  });
  const opened = new LastKnownGoodFolder(root);
  await opened.sweep().catch(() => undefined); // what cannot be written can still be read
  return opened;
}

/** What `load` gives, for whoever only looks: nothing is made, nothing taken away. */
export function readLastKnownGood(dir: string): Promise<LoadedDocuments> {
  return new LastKnownGoodFolder(path.resolve(dir)).load();
}

class LastKnownGoodFolder implements LastKnownGood {
  readonly #root: string;
  /** The last save or removal of each owner: the next waits for it. */
  readonly #pending = new Map<string, Promise<void>>();

  constructor(root: string) {
    this.#root = root;
  }

  async load(): Promise<LoadedDocuments> {
    const documents = new Map<string, Rendition>();
    const editions: EditionRecord[] = [];
    const problems: string[] = [];
    const owners = await this.#owners().catch((error: unknown) => {
      problems.push(messageOf(error));
      return [SITE] as const;
    });
    for (const owner of owners) {
      const manifest = await this.#readManifest(owner);
      if (manifest === undefined) continue;
      if (typeof manifest === 'string') {
        problems.push(manifest);
        continue;
      }
      for (const entry of manifest.documents) {
        try {
          if (documents.has(entry.path)) throw new Error('another set has a document of that path');
          documents.set(entry.path, await readRendition(this.#generation(owner, manifest.generation), entry));
        } catch (error) {
          problems.push(`${entry.path} of ${this.#folder(owner)}: ${messageOf(error)}`);
        }
      }
      if (manifest.edition !== undefined) editions.push(manifest.edition);
    }
    const kept = await readRetractions(this.#root);
    if (typeof kept === 'string') problems.push(kept);
    const retractions = typeof kept === 'string' ? NO_RETRACTIONS : kept;
    return { documents, editions, retractions, problems };
  }

  save(owner: DocumentOwner, renditions: readonly Rendition[], edition?: EditionRecord): Promise<void> {
    return this.#inTurn(owner, async () => {
      const generation = await this.#nextGeneration(owner);
      try {
        const documents = await writeRenditions(this.#generation(owner, generation), renditions);
        const manifest = describeManifest({ owner, generation, documents, edition });
        await replaceDurably(path.join(this.#folder(owner), MANIFEST_NAME), manifestBytes(manifest));
      } finally {
        await this.#sweepOwner(owner).catch(() => undefined); // the next save or start tries again
      }
    });
  }

  async saveRetractions(retractions: KeptRetractions): Promise<void> {
    await attempt(this.#root, async () => {
      // The folder may have been taken away meanwhile, as by an operator who starts anew.
      await makeFolderDurably(this.#root);
      await writeRetractions(this.#root, retractions);
    });
  }

  remove(owner: DocumentOwner): Promise<void> {
    return this.#inTurn(owner, async () => {
      const folder = this.#folder(owner);
      // The manifest first: what is left after a crash is then a folder without one, which is no set.
      await rm(path.join(folder, MANIFEST_NAME), { force: true });
      await rm(folder, { recursive: true, force: true });
    });
  }

  /** Takes away what a crash left behind. */
  async sweep(): Promise<void> {
    for (const owner of await this.#owners()) await this.#sweepOwner(owner);
  }

  /** Keeps the manifest and its generation. */
  async #sweepOwner(owner: DocumentOwner): Promise<void> {
    const manifest = await this.#readManifest(owner);
    if (typeof manifest === 'string') return; // damaged: its files are left for the operator to look at
    const folder = this.#folder(owner);
    for (const name of await namesIn(folder)) {
      const isOld = isGeneration(name) && name !== manifest?.generation;
      if (!isOld && name !== `${MANIFEST_NAME}.tmp`) continue;
      await rm(path.join(folder, name), { recursive: true, force: true });
    }
  }

  /** Undefined where there is none, a text where it is damaged. */
  async #readManifest(owner: DocumentOwner): Promise<Manifest | string | undefined> {
    const file = path.join(this.#folder(owner), MANIFEST_NAME);
    try {
      if ((await stat(file)).size > MANIFEST_BYTES_MAX) return `${file} is damaged: it is too large`;
      const manifest = parseManifest(await readFile(file, 'utf8'), file);
      if (typeof manifest === 'string') return `${file} is damaged: ${manifest}`;
      return manifest.owner === owner ? manifest : `${file} is damaged: it belongs to ${manifest.owner}`;
    } catch (error) {
      if (error instanceof StoreError) throw error;
      return isMissing(error) ? undefined : `${file} cannot be read: ${messageOf(error)}`;
    }
  }

  async #owners(): Promise<DocumentOwner[]> {
    const names = await namesIn(path.join(this.#root, 'feeds'));
    return [SITE, ...(names.filter(isConfigId).toSorted() as FeedId[])];
  }

  async #nextGeneration(owner: DocumentOwner): Promise<string> {
    const names = (await namesIn(this.#folder(owner))).filter(isGeneration);
    return `g${Math.max(0, ...names.map((name) => Number(name.slice(1)))) + 1}`;
  }

  #folder(owner: DocumentOwner): string {
    return owner === SITE ? path.join(this.#root, 'site') : path.join(this.#root, 'feeds', owner);
  }

  #generation(owner: DocumentOwner, generation: string): string {
    return path.join(this.#folder(owner), generation);
  }

  async #inTurn(owner: DocumentOwner, work: () => Promise<void>): Promise<void> {
    if (owner !== SITE && !isConfigId(owner)) throw new TypeError(`not a feed id: ${JSON.stringify(owner)}`);
    const before = this.#pending.get(owner) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => attempt(this.#folder(owner), work));
    this.#pending.set(owner, turn);
    await turn;
  }
}

/** The errors of the disk as a StoreError; mistakes of the caller go on as they are. */
async function attempt(where: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof TypeError) throw error;
    throw new StoreError(
      'data-unavailable',
      `last-known-good documents cannot be kept in ${where} (${messageOf(error)}); see to its space and rights, or name another \`dataDir\``,
      { cause: error },
    );
  }
}
