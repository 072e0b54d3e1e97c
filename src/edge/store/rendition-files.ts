// The files of one rendition: its body, and beside it the same compressed, named `….gz` and `….br`.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Rendition } from '../../model/edition.ts';
import { makeFolderDurably, syncFolder, writeDurably } from './durable-file.ts';
import { describeFile, isDocumentPath, type ManifestDocument, type ManifestFile } from './manifest.ts';

/** Writes all of them below `folder`; on return files and names outlive a loss of power. */
export async function writeRenditions(
  folder: string,
  renditions: readonly Rendition[],
): Promise<ManifestDocument[]> {
  requireUsablePaths(renditions);
  const folders = new Set([folder, ...renditions.map((one) => path.dirname(path.join(folder, one.path)))]);
  for (const each of folders) await makeFolderDurably(each);
  const documents = await Promise.all(renditions.map((rendition) => writeRendition(folder, rendition)));
  for (const each of folders) await syncFolder(each);
  return documents;
}

/** Throws where a file is not the one that was written. */
export async function readRendition(folder: string, document: ManifestDocument): Promise<Rendition> {
  const file = path.join(folder, document.path);
  const { brotli } = document;
  return {
    path: document.path,
    mediaType: document.mediaType,
    changedAt: document.changedAt,
    body: await readChecked(file, document.body),
    gzip: await readChecked(`${file}.gz`, document.gzip),
    etag: document.body.etag,
    gzipEtag: document.gzip.etag,
    brotli: brotli && (await readChecked(`${file}.br`, brotli)),
    brotliEtag: brotli?.etag,
  };
}

async function writeRendition(folder: string, rendition: Rendition): Promise<ManifestDocument> {
  const file = path.join(folder, rendition.path);
  await writeDurably(file, rendition.body);
  await writeDurably(`${file}.gz`, rendition.gzip);
  const { brotli, brotliEtag } = rendition;
  if (brotli !== undefined) await writeDurably(`${file}.br`, brotli);
  return {
    path: rendition.path,
    mediaType: rendition.mediaType,
    changedAt: rendition.changedAt,
    body: describeFile(rendition.body, rendition.etag),
    gzip: describeFile(rendition.gzip, rendition.gzipEtag),
    brotli: brotli === undefined || brotliEtag === undefined ? undefined : describeFile(brotli, brotliEtag),
  };
}

async function readChecked(file: string, expected: ManifestFile): Promise<Uint8Array> {
  // Asked first, so that a file that has grown without bound is never read.
  const { size } = await stat(file);
  if (size !== expected.bytes)
    throw new Error(`it has ${size} bytes, ${expected.bytes} were written (${file})`);
  const bytes = await readFile(file);
  if (describeFile(bytes, expected.etag).sha256 !== expected.sha256) {
    throw new Error(`it is not what was written, its SHA-256 differs (${file})`);
  }
  return bytes;
}

function requireUsablePaths(renditions: readonly Rendition[]): void {
  const seen = new Set<string>();
  for (const rendition of renditions) {
    const name = rendition.path;
    if (!isDocumentPath(name)) throw new TypeError(`not the path of a document: ${JSON.stringify(name)}`);
    if (seen.has(name)) throw new TypeError(`two documents of the path ${name}`);
    seen.add(name);
  }
}
