// What runs in a process of its own (untrusted-work.ts): reading a document, making HTML safe. Functions only; arguments and
// results are copied between processes, so that errors go as data.
import type { InnerHosts } from '../core/sanitize/clean-url.ts';
import { sanitizeHtml } from '../core/sanitize/sanitize.ts';
import { ReadError } from '../model/errors.ts';
import type { SourceFeed } from '../model/item.ts';
import { type ReadDocumentOptions, readDocument } from './read-document.ts';

export interface DocumentToRead {
  readonly body: Uint8Array;
  readonly options: ReadDocumentOptions;
}

export type ReadResult =
  | { readonly feed: SourceFeed }
  | { readonly refused: { readonly code: string; readonly message: string } };

export async function read({ body, options }: DocumentToRead): Promise<ReadResult> {
  try {
    return { feed: await readDocument(body, options) };
  } catch (error) {
    if (error instanceof ReadError) return { refused: { code: error.code, message: error.message } };
    throw error;
  }
}

export interface HtmlToMakeSafe {
  readonly html: string;
  readonly inner: InnerHosts;
}

export function makeSafe({ html, inner }: HtmlToMakeSafe): string {
  return sanitizeHtml(html, inner);
}
