// Archives that were asked for lately: the history of years is on disk, not in memory.
import type { ArchiveContent } from '../../model/archive.ts';
import type { Rendition } from '../../model/edition.ts';
import { renditionsOf } from './write-archive.ts';

type Documents = ReadonlyMap<string, Rendition>;

export interface ArchiveCache {
  /** The documents of an archive; read once, however many ask at the same time. `name` names it and its revision. */
  get(name: string, read: () => Promise<ArchiveContent>): Promise<Documents>;
}

const BYTES_MAX = 32 * 1024 * 1024;

export function createArchiveCache(bytesMax: number = BYTES_MAX): ArchiveCache {
  /** In the order of use, the last at the end. */
  const kept = new Map<string, { readonly documents: Documents; readonly bytes: number }>();
  const reading = new Map<string, Promise<Documents>>();
  let bytes = 0;

  function keep(name: string, documents: Documents): void {
    const size = sizeOf(documents);
    kept.set(name, { documents, bytes: size });
    bytes += size;
    for (const [oldest, { bytes: freed }] of kept) {
      if (bytes <= bytesMax) break;
      kept.delete(oldest);
      bytes -= freed;
    }
  }

  async function load(name: string, read: () => Promise<ArchiveContent>): Promise<Documents> {
    try {
      const documents = await renditionsOf((await read()).documents);
      keep(name, documents);
      return documents;
    } finally {
      reading.delete(name);
    }
  }

  return {
    async get(name, read) {
      const found = kept.get(name);
      if (found !== undefined) {
        kept.delete(name);
        kept.set(name, found);
        return found.documents;
      }
      const underWay = reading.get(name) ?? load(name, read);
      // Set at once, before anything is awaited: who asks next waits for the same.
      if (!kept.has(name)) reading.set(name, underWay);
      return underWay;
    },
  };
}

function sizeOf(documents: Documents): number {
  let bytes = 0;
  for (const { body, gzip } of documents.values()) bytes += body.byteLength + gzip.byteLength;
  return bytes;
}
