// A published document as answers: validators, caching, coding. RFC 9110, sections 8, 12.5 and 13; RFC 9111. All that may be said of a
// document is made once for it; a request only chooses. Pure.
import type { Rendition } from '../../model/edition.ts';
import { msFromTimestamp } from '../../model/timestamp.ts';
import { type Answer, type HeaderList, SECURITY_HEADERS } from './answer.ts';
import { boundedMemo } from './bounded-memo.ts';
import { heldTag } from './conditional.ts';
import { acceptableCodings, type Coding } from './content-coding.ts';
import type { RequestFacts } from './request-facts.ts';

/**
 * Five minutes fresh: sources are polled every quarter of an hour at most, so a reader sees an item a third of that
 * late at worst. A cache may answer with the last copy while it fetches the next, but not for long: what was retracted
 * must go. While we are down, the last good document is better than none, for a day.
 */
const CACHE_CONTROL = 'public, max-age=300, stale-while-revalidate=60, stale-if-error=86400';

/** What is sealed hardly changes; an hour at most goes by before what was taken out of it is gone from caches. */
const ARCHIVE_CACHE_CONTROL = 'public, max-age=3600, stale-while-revalidate=60, stale-if-error=86400';

/** No cache but the reader's own, which asks each time: a token that was taken back opens nothing any more. */
const PRIVATE_CACHE_CONTROL = 'private, no-cache';

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
  readonly contentLocation?: string | undefined;
  /** Search engines are asked to stay away. */
  readonly isUnlisted?: boolean;
  /** Of a feed that not everybody may read. */
  readonly isPrivate?: boolean;
  /** The header `Link` (RFC 8288). */
  readonly link?: string | undefined;
}

/** Everything that a document is answered with. */
export interface PreparedDocument {
  readonly changedAtMs: number;
  /** The plain one is always there. */
  readonly variants: readonly PreparedVariant[];
}

interface PreparedVariant {
  readonly coding: Coding;
  readonly etag: string;
  readonly etagsFrom: readonly [string, ...string[]];
  readonly whole: Answer;
  readonly notModified: Answer;
}

export function prepareDocument(document: Rendition, facts: DocumentFacts): PreparedDocument {
  const changedAtMs = msFromTimestamp(document.changedAt);
  const { body, gzip, gzipEtag, brotli, brotliEtag } = document;
  const isSmaller = (coded: Uint8Array) => coded.byteLength < body.byteLength;
  const coded = [
    { coding: 'identity' as const, bytes: body, etag: document.etag },
    { coding: 'gzip' as const, bytes: gzip, etag: gzipEtag },
    ...(brotli === undefined || brotliEtag === undefined
      ? []
      : [{ coding: 'br' as const, bytes: brotli, etag: brotliEtag }]),
  ];
  const etags = coded.map(({ etag }) => etag);
  const variants = coded
    .filter(({ coding, bytes }) => coding === 'identity' || isSmaller(bytes))
    .map(({ coding, bytes, etag }): PreparedVariant => {
      const lasting = lastingHeaders(document, etag, changedAtMs, facts);
      const headers = [
        ...lasting,
        ...(facts.link === undefined ? [] : ['Link', facts.link]),
        'Content-Type',
        document.mediaType,
        'Content-Length',
        String(bytes.byteLength),
        ...(coding === 'identity' ? [] : ['Content-Encoding', coding]),
        'Accept-Ranges',
        'none',
        ...SECURITY_HEADERS,
      ];
      return {
        coding,
        etag,
        etagsFrom: [etag, ...etags.filter((other) => other !== etag)],
        whole: { status: 200, headers, body: bytes },
        notModified: { status: 304, headers: lasting, body: undefined },
      };
    });
  return { changedAtMs, variants };
}

/** Those of a 304 too: RFC 9110, section 15.4.5, and what browsers need to see it at all. */
function lastingHeaders(
  { path }: Rendition,
  etag: string,
  changedAtMs: number,
  { contentLocation, isUnlisted = false, isPrivate = false }: DocumentFacts,
): HeaderList {
  const cacheControl = isArchivePath(path) ? ARCHIVE_CACHE_CONTROL : CACHE_CONTROL;
  const vary = contentLocation === undefined ? 'Accept-Encoding' : 'Accept, Accept-Encoding';
  return [
    'ETag',
    etag,
    'Last-Modified',
    new Date(changedAtMs).toUTCString(),
    'Cache-Control',
    isPrivate ? PRIVATE_CACHE_CONTROL : cacheControl,
    'Vary',
    isPrivate ? `${vary}, Authorization` : vary,
    ...(contentLocation === undefined ? [] : ['Content-Location', contentLocation]),
    ...(isUnlisted || isPrivate ? ['X-Robots-Tag', 'noindex'] : []),
    ...(isFeedPath(path) && !isPrivate ? FEED_ACCESS : []),
  ];
}

const codingsOf = boundedMemo(acceptableCodings);

export function answerDocument({ changedAtMs, variants }: PreparedDocument, request: RequestFacts): Answer {
  const chosen = chosenVariant(variants, codingsOf(request.acceptEncoding));
  if (request.ifNoneMatch === undefined && request.ifModifiedSince === undefined) return chosen.whole;
  const held = heldTag(request, { etags: chosen.etagsFrom, changedAtMs });
  if (held === undefined) return chosen.whole;
  if (held === chosen.etag) return chosen.notModified;
  const other = variants.find(({ etag }) => etag === held);
  return other?.notModified ?? withEtag(chosen.notModified, held);
}

/** Held by somebody in a coding that is sent no more, since it saves nothing. */
function withEtag(answer: Answer, etag: string): Answer {
  return {
    ...answer,
    headers: answer.headers.map((value, place) => (answer.headers[place - 1] === 'ETag' ? etag : value)),
  };
}

function chosenVariant(variants: readonly PreparedVariant[], codings: readonly Coding[]): PreparedVariant {
  for (const coding of codings) {
    for (const variant of variants) if (variant.coding === coding) return variant;
  }
  return variants[0] as PreparedVariant;
}
