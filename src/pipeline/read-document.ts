// Bytes to SourceFeed: decode, parse, normalize. What the poller uses; its HTML is not yet safe to publish.
import { decodeBody } from '../core/decode/decode-body.ts';
import { withHeaderRights } from '../core/normalize/header-rights.ts';
import { normalizeFeed } from '../core/normalize/normalize-feed.ts';
import type { ParseLimits } from '../core/parse/limits.ts';
import { parseFeed } from '../core/parse/parse-feed.ts';
import type { ReadingNote, SourceFeed } from '../model/item.ts';
import { inflateBody } from './inflate-body.ts';

export interface ReadDocumentOptions {
  /** The Content-Type header: its charset counts, its media type does not. Taken from `headers` where absent. */
  readonly contentType?: string | undefined;
  /** Where the document came from, after redirects: what relative URLs are relative to. */
  readonly url?: string | undefined;
  /**
   * Response headers, lower-case names: `content-type`, `content-location` and `content-language` are looked at, and for
   * rights `link`, `tdm-reservation`, `tdm-policy` and `x-robots-tag`.
   */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Other bounds than the defaults, which core/parse/limits.ts documents. */
  readonly limits?: Partial<ParseLimits> | undefined;
  /** Bytes that a document which is itself compressed may have; more is `too-large`. Default 64 MiB. */
  readonly bytesMax?: number | undefined;
}

const BYTES_MAX = 64 * 1024 * 1024;

/** Throws ReadError `empty-body`, `not-a-feed`, `too-deep` or `too-large`. */
export async function readDocument(
  body: Uint8Array | string,
  options: ReadDocumentOptions = {},
): Promise<SourceFeed> {
  const { headers, limits, url } = options;
  const contentType = options.contentType ?? headers?.['content-type'];
  const bytes = typeof body === 'string' ? undefined : await inflateBody(body, options.bytesMax ?? BYTES_MAX);
  const decoded = bytes === undefined ? undefined : decodeBody(bytes, { contentType });
  const text = decoded?.text ?? (body as string).toWellFormed();
  const raw = await parseFeed(text, { limits });
  const normalized = normalizeFeed(raw, {
    url,
    contentLocation: headers?.['content-location'],
    contentLanguage: headers?.['content-language'],
    titleCharsMax: limits?.titleCharsMax,
  });
  const feed = withHeaderRights(normalized, headers, url);
  if (decoded?.guessed !== true) return feed;
  const guess: ReadingNote = { code: 'charset-guess', detail: decoded.encoding };
  return { ...feed, notes: [...feed.notes, guess] };
}
