// The store as a crash left it: it opens, each poll in it is whole, and nothing that is published is ahead of it.
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { openStore } from '../../../src/edge/store/open-store.ts';
import type { Store } from '../../../src/edge/store/store.ts';
import type { EditionRecord } from '../../../src/model/edition-record.ts';
import { feedId, sourceId } from '../../../src/model/ids.ts';

/** A database is looked at in a copy: whoever opens it takes up its log, which is for the next start of the program to do. */
export async function withKeptStore<T>(address: string, look: (store: Store) => Promise<T>): Promise<T> {
  const file = address.startsWith('sqlite:') ? address.slice('sqlite:'.length) : undefined;
  if (file === undefined) return withStore(address, look);
  const folder = await mkdtemp(`${path.dirname(file)}-copy-`);
  try {
    const copy = path.join(folder, 'copy.db');
    for (const ending of ['', '-wal'])
      await copyFile(`${file}${ending}`, `${copy}${ending}`).catch(ifMissing);
    return await withStore(`sqlite:${copy}`, look);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function withStore<T>(address: string, look: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(address);
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

/** `published`: editions on disk. Throws where one of them has what the store has not. */
export async function agreesWithStore(
  store: Store,
  sources: readonly string[],
  published: readonly EditionRecord[],
): Promise<void> {
  const records = await store.readSources(sources.map(sourceId));
  const hashes = new Set<string>();
  for (const [id, answer] of records) {
    if (answer.kind === 'miss') continue;
    assert.equal(answer.kind, 'hit', `the record of ${id} is whole`);
    const { items } = answer.value;
    assert.equal(new Set(items.map(({ key }) => key)).size, items.length, `${id} has each item once`);
    const texts = await store.readItems(items.map(({ hash }) => hash));
    assert.equal(texts.kind, 'hit');
    for (const { hash, revision } of items) {
      assert.equal(texts.value.get(hash)?.revision, revision, `a poll of ${id} is whole: ${hash}`);
      hashes.add(hash);
    }
  }
  for (const edition of published) {
    const stored = await store.readEdition(feedId(edition.feedId));
    assert.equal(stored.kind, 'hit', `the store has an edition of ${edition.feedId}`);
    assert.ok(stored.value.revision >= edition.revision, `${edition.feedId} is not ahead of the store`);
    for (const [id, revision] of Object.entries(edition.sourceRevisions)) {
      const answer = records.get(sourceId(id));
      assert.ok(answer?.kind === 'hit', `${id} is published, and in the store`);
      assert.ok(answer.value.contentRevision >= revision, `the polls of ${id} that are published are stored`);
    }
    for (const { members } of edition.items)
      for (const { hash } of members) assert.ok(hashes.has(hash), `${hash} is published, and in the store`);
  }
}

function ifMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
