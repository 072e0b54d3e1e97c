// The library's readFeed: a feed document as the pipeline sees it, its HTML made safe.
import { sanitizeHtml } from '../core/sanitize/sanitize.ts';
import type { Html, Item, SourceFeed } from '../model/item.ts';
import { type ReadDocumentOptions, readDocument } from './read-document.ts';

export { readDocument } from './read-document.ts';

export interface ReadFeedOptions extends ReadDocumentOptions {
  /** False for HTML as the publisher sent it, which must not be shown. Default true. */
  readonly sanitize?: boolean | undefined;
}

/**
 * Reads RSS 0.90 to 2.0, RSS 1.0, Atom 0.3 and 1.0, CDF, JSON Feed 1.0 and 1.1, well-formed or not.
 *
 * `input` is the document: bytes, compressed with gzip, zlib or zstd or not, whose encoding is found as RFC 7303 and
 * browsers have it (byte order mark, `contentType`, XML declaration, UTF-8, windows-1252), or text. Nothing is fetched; of the entities that it
 * declares itself, small and flat ones are expanded (core/parse/xml/declared-entities.ts).
 *
 * Bounds (`limits`, defaults in core/parse/limits.ts): 500 items in document order, elements 256 deep, 256 Ki
 * characters of content, 1,024 of a title. What was cut or mended is in `notes`.
 *
 * Throws an error with a `code`: `empty-body`, `not-a-feed`, `too-deep` or `too-large`.
 */
export async function readFeed(
  input: Uint8Array | string,
  options: ReadFeedOptions = {},
): Promise<SourceFeed> {
  const feed = await readDocument(input, options);
  return options.sanitize === false ? feed : { ...feed, items: feed.items.map(safeItem) };
}

function safeItem(item: Item): Item {
  const { content, summary } = item;
  return {
    ...item,
    ...(content === undefined ? {} : { content: safeHtml(content) }),
    ...(summary === undefined ? {} : { summary: safeHtml(summary) }),
  };
}

function safeHtml(html: Html): Html {
  return { ...html, html: sanitizeHtml(html.html) };
}
