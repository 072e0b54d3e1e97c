// The last-known-good documents as a crash left them, read by nothing of ours but the shape of the manifest: each file is what was
// written, each document whole, all of one edition.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { checkRendition } from '../../../src/core/render/check-rendition.ts';
import type { Manifest, ManifestFile } from '../../../src/edge/store/manifest.ts';
import type { EditionRecord } from '../../../src/model/edition-record.ts';

const FORMATS = ['json', 'rss', 'atom', 'html'] as const;

export interface KeptItem {
  readonly id: string;
  readonly title: string;
  readonly date_published: string;
  readonly content_html: string;
}

export interface KeptFeed {
  readonly edition: EditionRecord;
  readonly items: readonly KeptItem[];
}

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** Undefined where nothing was published yet. Throws where it is not whole. */
export async function readKeptFeed(dataDir: string, feed: string): Promise<KeptFeed | undefined> {
  const folder = path.join(dataDir, 'feeds', feed);
  const text = await readFile(path.join(folder, 'manifest.json'), 'utf8').catch(ifMissing);
  if (text === undefined) return undefined;
  const { sha256: digest, manifest } = JSON.parse(text) as { sha256: string; manifest: Manifest };
  assert.equal(digest, sha256(JSON.stringify(manifest)), 'the manifest is what was written');
  assert.equal(manifest.owner, feed);
  const bodies = new Map<string, string>();
  for (const document of manifest.documents) {
    const file = path.join(folder, manifest.generation, document.path);
    const body = await readWhole(file, document.body);
    const gzip = await readWhole(`${file}.gz`, document.gzip);
    assert.ok(gunzipSync(gzip).equals(body), `${file}.gz is the same document`);
    bodies.set(document.path, body.toString('utf8'));
  }
  const { edition } = manifest;
  assert.ok(edition !== undefined, 'the manifest has its edition');
  const items = JSON.parse(bodies.get(`feeds/${feed}.json`) ?? '{}').items as KeptItem[];
  const ids = items.map(({ id }) => id);
  assert.deepEqual(
    ids,
    edition.items.map(({ publishedId }) => publishedId as string),
    'the documents are of that edition',
  );
  for (const format of FORMATS) {
    const body = bodies.get(`feeds/${feed}.${format}`);
    assert.ok(body !== undefined, `${feed}.${format} is kept`);
    assert.deepEqual(checkRendition(format, body, ids), [], `${feed}.${format} is whole`);
  }
  return { edition, items };
}

async function readWhole(file: string, expected: ManifestFile): Promise<Buffer> {
  const bytes = await readFile(file);
  assert.equal(bytes.byteLength, expected.bytes, `${file} has its length`);
  assert.equal(sha256(bytes), expected.sha256, `${file} is what was written`);
  return bytes;
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
