// A published document as an answer: validators, caching, coding. RFC 9110, sections 8, 12.5 and 13; RFC 9111. Pure.
import type { Rendition } from '../../model/edition.ts';
import { msFromTimestamp } from '../../model/timestamp.ts';
import { prefersGzip } from './accept-encoding.ts';
import { type Answer, type HeaderList, SECURITY_HEADERS } from './answer.ts';
import { heldTag } from './conditional.ts';
import type { RequestFacts } from './request-facts.ts';

/**
 * Five minutes fresh: sources are polled every quarter of an hour at most, so a reader sees an item a third of that
 * late at worst. A cache may answer with the last copy while it fetches the next, but not for long: what was retracted
 * must go. While we are down, the last good document is better than none, for a day.
 */
const CACHE_CONTROL = 'public, max-age=300, stale-while-revalidate=60, stale-if-error=86400';

/** What is sealed hardly changes; an hour at most goes by before what was taken out of it is gone from caches. */
const ARCHIVE_CACHE_CONTROL = 'public, max-age=3600, stale-while-revalidate=60, stale-if-error=86400';

/** Scripts of other origins may read feeds, and their tags, to ask again with them. */
const FEED_ACCESS: HeaderList = [
  'Access-Control-Allow-Origin',
  '*',
  'Access-Control-Expose-Headers',
  'ETag, Link',
];

export function isFeedPath(path: string): boolean {
  return path.startsWith('feeds/');
}

/** Of a sealed archive: `feeds/ID/archive/NAME`; the page that lists them is as fresh as its feed. */
export function isArchivePath(path: string): boolean {
  return /^feeds\/[^/]+\/archive\/(?!index\.)/.test(path);
}

export interface DocumentFacts {
  /** The document's own address, where it was negotiated at another. */
  readonly contentLocation?: string;
  /** Search engines are asked to stay away. */
  readonly isUnlisted?: boolean;
  /** The header `Link` (RFC 8288). */
  readonly link?: string | undefined;
}

export function documentAnswer(
  document: Rendition,
  request: RequestFacts,
  { contentLocation, isUnlisted = false, link }: DocumentFacts,
): Answer {
  const isZipped = prefersGzip(request.acceptEncoding) && document.gzip.byteLength < document.body.byteLength;
  const body = isZipped ? document.gzip : document.body;
  const etag = isZipped ? document.gzipEtag : document.etag;
  const otherEtag = isZipped ? document.etag : document.gzipEtag;
  const changedAtMs = msFromTimestamp(document.changedAt);

  const held = heldTag(request, { etag, otherEtag, changedAtMs });
  const headers = [
    'ETag',
    held ?? etag,
    'Last-Modified',
    new Date(changedAtMs).toUTCString(),
    'Cache-Control',
    isArchivePath(document.path) ? ARCHIVE_CACHE_CONTROL : CACHE_CONTROL,
    'Vary',
    contentLocation === undefined ? 'Accept-Encoding' : 'Accept, Accept-Encoding',
  ];
  if (contentLocation !== undefined) headers.push('Content-Location', contentLocation);
  if (link !== undefined) headers.push('Link', link);
  if (isUnlisted) headers.push('X-Robots-Tag', 'noindex');
  if (isFeedPath(document.path)) headers.push(...FEED_ACCESS);
  if (held !== undefined) return { status: 304, headers, body: undefined };

  headers.push('Content-Type', document.mediaType, 'Content-Length', String(body.byteLength));
  if (isZipped) headers.push('Content-Encoding', 'gzip');
  headers.push('Accept-Ranges', 'none', ...SECURITY_HEADERS);
  return { status: 200, headers, body };
}
