// Sources that are files of this machine: only the configuration names them, never a redirect. Regular files only, so
// that no pipe or device is waited on.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FetchedResponse } from '../../model/fetch-outcome.ts';
import { FetchProblem, tooLarge } from './fetch-problem.ts';
import { GrowingBytes } from './growing-bytes.ts';

const PIECE_BYTES = 65_536;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.atom': 'application/atom+xml',
  '.json': 'application/feed+json',
  '.rdf': 'application/rdf+xml',
  '.rss': 'application/rss+xml',
  '.xml': 'application/xml',
};

/** The file as a response. Problems: `bad-url`, `file-unreadable` (with its path), `too-large`. */
export async function readFileSource(url: URL, bodyBytesMax: number): Promise<FetchedResponse> {
  const path = pathOf(url);
  const mediaType = MEDIA_TYPES[extname(path).toLowerCase()];
  return {
    finalUrl: url.href,
    status: 200,
    headers: mediaType === undefined ? {} : { 'content-type': mediaType },
    body: await readRegularFile(path, bodyBytesMax),
    validators: {},
    movedTo: undefined,
  };
}

function pathOf(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch (error) {
    throw new FetchProblem('bad-url', 'the address names no file of this machine', { cause: error });
  }
}

async function readRegularFile(path: string, bodyBytesMax: number): Promise<Uint8Array> {
  try {
    // Without O_NONBLOCK, opening a pipe waits for a writer.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = await file.stat();
    if (!stats.isFile()) throw new FetchProblem('file-unreadable', `${path} is not a regular file`);
    if (stats.size > bodyBytesMax) throw tooLarge(bodyBytesMax);
    // Read to its end rather than to its size: it may grow while it is read.
    const bytes = new GrowingBytes(stats.size, bodyBytesMax);
    const piece = new Uint8Array(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length, null);
      if (bytesRead === 0) return bytes.bytes();
      if (!bytes.append(piece.subarray(0, bytesRead))) throw tooLarge(bodyBytesMax);
    }
  } catch (error) {
    if (error instanceof FetchProblem) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new FetchProblem('file-unreadable', `${path} ${FILE_WORDS[String(code)] ?? 'cannot be read'}`, {
      cause: error,
    });
  }
}

const FILE_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist: check the path, which is relative to the configuration file',
  EACCES: 'may not be read by the user that we run as',
  EISDIR: 'is a folder',
};
