// The library's readFeed: a feed document as the pipeline sees it, its HTML made safe.
import { sanitizeHtml } from '../core/sanitize/sanitize.ts';
import { ReadError } from '../model/errors.ts';
import { type ExtensionViews, viewsOf } from '../model/extensions/views.ts';
import type { Html, Item, SourceFeed } from '../model/item.ts';
import { type ReadDocumentOptions, readDocument } from './read-document.ts';

export { readDocument } from './read-document.ts';

export interface ReadFeedOptions extends Omit<ReadDocumentOptions, 'headers'> {
  /**
   * Response headers, as an object or as `fetch` gives them; which of them count is in `ReadDocumentOptions`. Names in any
   * case.
   */
  readonly headers?: Readonly<Record<string, string>> | Iterable<readonly [string, string]> | undefined;
  /** False for HTML as the publisher sent it, which must not be shown. Default true. */
  readonly sanitize?: boolean | undefined;
}

/** An item, and beside its `extensions` what each vocabulary among them says: `item.podcast`, `item.media` … */
export interface ReadItem extends Item, ExtensionViews {}

export interface ReadFeed extends Omit<SourceFeed, 'items'>, ExtensionViews {
  readonly items: readonly ReadItem[];
}

/**
 * Reads RSS 0.90 to 2.0, RSS 1.0, Atom 0.3 and 1.0, CDF, JSON Feed 1.0 and 1.1, well-formed or not.
 *
 * `input` is the document: bytes, compressed with gzip, zlib or zstd or not, whose encoding is found as RFC 7303 and
 * browsers have it (byte order mark, `contentType`, XML declaration, UTF-8, windows-1252), or text. Nothing is fetched; of the entities that it
 * declares itself, small and flat ones are expanded (core/parse/xml/declared-entities.ts).
 *
 * Bounds (`limits`, defaults in core/parse/limits.ts): 500 items in document order, elements 256 deep, 256 Ki
 * characters of content, 1,024 of a title, 500 elements of other vocabularies for an item. What was cut or mended is in
 * `notes`.
 *
 * What it makes safe is the HTML of `content` and `summary` and of texts that Media RSS says are HTML. All other texts,
 * those of `extensions` among them, are text: whoever puts one into a page escapes it.
 *
 * Throws an error with a `code`: `empty-body`, `not-a-feed`, `too-deep` or `too-large`.
 */
export async function readFeed(
  input: Uint8Array | ArrayBuffer | string,
  options: ReadFeedOptions = {},
): Promise<ReadFeed> {
  const headers = lowerCased(options.headers);
  const { items, ...feed } = await readDocument(documentIn(input), { ...options, headers });
  const safe = options.sanitize === false ? asWritten : sanitizeHtml;
  return {
    ...feed,
    ...viewsOf(feed.extensions, safe),
    items: items.map((item) => ({ ...safeItem(item, safe), ...viewsOf(item.extensions, safe) })),
  };
}

function documentIn(input: unknown): Uint8Array | string {
  if (typeof input === 'string' || input instanceof Uint8Array) return input;
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  const kind = input === null ? 'null' : typeof input;
  throw new ReadError(
    'not-a-feed',
    `a document is read from bytes or text, not from a value of type ${kind}`,
  );
}

function lowerCased(headers: ReadFeedOptions['headers']): Readonly<Record<string, string>> | undefined {
  if (headers === undefined) return undefined;
  const pairs = Symbol.iterator in headers ? [...headers] : Object.entries(headers);
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]));
}

type SafeHtml = (html: string) => string;

function asWritten(html: string): string {
  return html;
}

function safeItem(item: Item, safe: SafeHtml): Item {
  const { content, summary } = item;
  return {
    ...item,
    ...(content === undefined ? {} : { content: safeHtml(content, safe) }),
    ...(summary === undefined ? {} : { summary: safeHtml(summary, safe) }),
  };
}

function safeHtml(html: Html, safe: SafeHtml): Html {
  return { ...html, html: safe(html.html) };
}
