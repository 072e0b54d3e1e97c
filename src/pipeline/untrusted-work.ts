// Where documents and HTML of strangers are worked on: small ones here, at once; large ones, and those of a source that was
// costly the last time, in a process that is killed at its deadline. So a hostile source costs itself only.
import type { InnerHosts } from '../core/sanitize/clean-url.ts';
import { sanitizeHtml } from '../core/sanitize/sanitize.ts';
import { createIsolation } from '../edge/isolation/isolation.ts';
import { ReadError } from '../model/errors.ts';
import type { SourceId } from '../model/ids.ts';
import type { SourceFeed } from '../model/item.ts';
import { isCompressed } from './inflate-body.ts';
import type { DocumentToRead, HtmlToMakeSafe, ReadResult } from './isolated-work.ts';
import { type ReadDocumentOptions, readDocument } from './read-document.ts';

export interface UntrustedWork {
  /** Throws ReadError: as `readDocument`, and `too-costly` where reading took too long or too much memory. */
  readDocument(sourceId: SourceId, body: Uint8Array, options: ReadDocumentOptions): Promise<SourceFeed>;
  /** Safe HTML; empty where making it safe took too long or too much memory. */
  makeSafe(html: string): Promise<string>;
  close(): void;
}

export interface WorkBounds {
  /** Decoded bytes of a document that are read in this process. */
  readonly documentBytesHere: number;
  /** Milliseconds that reading a source's last document took, above which its next is read elsewhere. */
  readonly costlyMs: number;
  /** Characters of HTML that are made safe in this process. */
  readonly htmlCharsHere: number;
  readonly processesMax: number;
  /** For one document or one text elsewhere. */
  readonly timeoutMs: number;
  readonly heapMiB: number;
}

/** A feed of 100 items has 90 KB in the mean and is read in 5 ms; what is ten times that is rare, and a process costs it little. */
export const WORK_BOUNDS: WorkBounds = {
  documentBytesHere: 1024 * 1024,
  costlyMs: 200,
  htmlCharsHere: 64 * 1024,
  processesMax: 2,
  timeoutMs: 10_000,
  heapMiB: 256,
};

/** Sources whose last document was costly, at most. */
const COSTLY_MAX = 1000;

/** Beside this file, with its ending: `.ts` in a checkout, `.js` when built. */
const MODULE = new URL(`./isolated-work${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

export interface WorkOptions {
  readonly nowMs: () => number;
  /** Whether pictures may come from inner hosts: where sources may. */
  readonly inner: InnerHosts | (() => InnerHosts);
  readonly bounds?: WorkBounds;
}

export function createUntrustedWork(options: WorkOptions): UntrustedWork {
  const { nowMs, bounds = WORK_BOUNDS } = options;
  const inner = () => (typeof options.inner === 'function' ? options.inner() : options.inner);
  const { processesMax, timeoutMs, heapMiB } = bounds;
  const isolation = createIsolation({ module: MODULE, processesMax, timeoutMs, heapMiB });
  const costly = new Set<SourceId>();

  function remember(sourceId: SourceId, ms: number): void {
    costly.delete(sourceId);
    if (ms > bounds.costlyMs && costly.size < COSTLY_MAX) costly.add(sourceId);
  }

  async function readElsewhere(document: DocumentToRead): Promise<SourceFeed> {
    const result = await isolation.call<ReadResult>('read', document);
    if (result.kind === 'ended') {
      if (result.why === 'closed') throw new ReadError('aborted', 'the poll was cut by our own stop');
      const limit = result.why === 'time' ? `${timeoutMs / 1000} s` : `${heapMiB} MiB of memory`;
      throw new ReadError(
        'too-costly',
        `the document takes more than ${limit} to read, which no feed needs; it was not read`,
      );
    }
    if ('refused' in result.value)
      throw new ReadError(result.value.refused.code, result.value.refused.message);
    return result.value.feed;
  }

  return {
    async readDocument(sourceId, body, options) {
      // What is compressed itself is of unknown size.
      const isElsewhere =
        body.length > bounds.documentBytesHere || isCompressed(body) || costly.has(sourceId);
      const startMs = nowMs();
      try {
        return await (isElsewhere ? readElsewhere({ body, options }) : readDocument(body, options));
      } finally {
        remember(sourceId, nowMs() - startMs);
      }
    },
    async makeSafe(html) {
      if (html.length <= bounds.htmlCharsHere) return sanitizeHtml(html, inner());
      const result = await isolation.call<string>('makeSafe', {
        html,
        inner: inner(),
      } satisfies HtmlToMakeSafe);
      return result.kind === 'done' ? result.value : '';
    },
    close: () => isolation.close(),
  };
}
