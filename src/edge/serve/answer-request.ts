// Which answer a request gets. Every document is looked up by its path in what is published: no path is ever put
// together for a file system, and nothing of a request is ever part of an answer. Pure.
import type { OutputFormat, Rendition, Site } from '../../model/edition.ts';
import type { FeedId } from '../../model/ids.ts';
import { type Answer, textAnswer } from './answer.ts';
import { type DocumentFacts, documentAnswer, isArchivePath, isFeedPath } from './document-answer.ts';
import { negotiateFormat } from './negotiate-format.ts';
import type { RequestFacts } from './request-facts.ts';
import { requestPath } from './request-path.ts';

export interface Readiness {
  readonly ready: boolean;
  /** Feeds that there is no document for yet. */
  readonly missing: readonly FeedId[];
}

/** What is published at the moment of asking. */
export interface Published {
  readonly site: () => Site;
  /** Feeds of the configuration, published or not yet. */
  readonly feedIds: () => readonly FeedId[];
  readonly readiness: () => Readiness;
  /** Feeds that search engines are asked to stay away from. */
  readonly unlistedFeedIds?: () => readonly FeedId[];
  /** The WebSub hubs of a feed. */
  readonly hubsOf?: (feedId: string) => readonly string[];
  /**
   * What is published but not in memory, by path relative to the public URL: sealed archives. Undefined where there can be none of that
   * path; resolves to undefined where there is none.
   */
  readonly archived?: (path: string) => Promise<Rendition | undefined> | undefined;
  /** What is made at the moment of asking, by path relative to the public URL. */
  readonly live?: (path: string) => { readonly mediaType: string; readonly text: string } | undefined;
}

export interface AnswerOptions {
  /** The path of the public URL: begins and ends with '/'. Requests may come with it or, behind a proxy, without. */
  readonly basePath: string;
  readonly targetLengthMax: number;
  /** Ends with '/'. Absent: documents do not say where they are. */
  readonly publicUrl?: string | undefined;
}

const FORMATS: readonly OutputFormat[] = ['rss', 'atom', 'json', 'html'];
const FEED_PATH = /^\/feeds\/([^/.]+)(?:\.(rss|atom|json|html))?$/;
const ALLOWED = 'GET, HEAD, OPTIONS';
/** The first polls take seconds. */
const RETRY_AFTER_S = '10';

export function answerRequest(request: RequestFacts, published: Published, options: AnswerOptions): Answer {
  if (request.target.length > options.targetLengthMax) return textAnswer(414, 'Address too long.\n');
  if (request.method === 'OPTIONS') return answerOptions(request.target);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return textAnswer(405, 'Only GET and HEAD are answered here.\n', ['Allow', ALLOWED]);
  }
  const path = requestPath(request.target);
  if (path === undefined) return textAnswer(400, 'Not an address.\n');
  const { basePath } = options;
  const found =
    answerPath(path, request, published, options) ??
    (path.startsWith(basePath)
      ? answerPath(path.slice(basePath.length - 1), request, published, options)
      : undefined);
  if (found !== undefined) return found;
  // Links of pages are relative: without the '/' they would lead out of the prefix.
  if (`${path}/` === basePath) return textAnswer(308, `See ${basePath}\n`, ['Location', basePath]);
  return textAnswer(404, 'Not found.\n');
}

/** The answer to a request for a document that is not in memory; undefined for every other request. */
export function answerArchived(
  request: RequestFacts,
  published: Published,
  options: AnswerOptions,
): Promise<Answer> | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  if (request.target.length > options.targetLengthMax) return undefined;
  const path = requestPath(request.target) ?? '';
  const { basePath } = options;
  const inner = path.startsWith(basePath) ? path.slice(basePath.length) : path.slice(1);
  const found = [path.slice(1), inner]
    .filter((name) => !published.site().has(name))
    .map((name) => published.archived?.(name))
    .find((reading) => reading !== undefined);
  return found?.then(
    (document) =>
      document === undefined
        ? textAnswer(404, 'Not found.\n')
        : documentAnswer(document, request, factsOf(document, published, options)),
    () => textAnswer(503, 'It cannot be read just now.\n', ['Retry-After', RETRY_AFTER_S]),
  );
}

function answerPath(
  path: string,
  request: RequestFacts,
  published: Published,
  options: AnswerOptions,
): Answer | undefined {
  if (path === '/healthz') return textAnswer(200, 'ok\n');
  if (path === '/readyz') return answerReadiness(published.readiness());

  const live = published.live?.(path.slice(1)) ?? published.live?.(`${path.slice(1)}.html`);
  if (live !== undefined) return textAnswer(200, live.text, ['X-Robots-Tag', 'noindex'], live.mediaType);

  const site = published.site();
  const document = documentAt(path, site);
  if (document !== undefined) return documentAnswer(document, request, factsOf(document, published, options));

  // Links of its page are relative.
  if (site.has(`${path.slice(1)}/index.html`)) {
    const location = `${options.basePath}${path.slice(1)}/`;
    return textAnswer(308, `See ${location}\n`, ['Location', location]);
  }

  const [, feed, format] = FEED_PATH.exec(path) ?? [];
  if (feed !== undefined && format === undefined) {
    const negotiated = negotiate(feed, request.accept, site);
    if (negotiated !== undefined) {
      const contentLocation = `${options.basePath}${negotiated.path}`;
      return documentAnswer(negotiated, request, {
        contentLocation,
        ...factsOf(negotiated, published, options),
      });
    }
  }
  const isConfigured = published.feedIds().some((id) => id === feed);
  return isConfigured || path === '/' ? notYet(path) : undefined;
}

function factsOf({ path }: Rendition, published: Published, { publicUrl }: AnswerOptions): DocumentFacts {
  const [, id = ''] = /^feeds\/([^/.]+)/.exec(path) ?? [];
  // Archives are no topics: nobody is told of their changes.
  const hubs = isArchivePath(path) ? [] : (published.hubsOf?.(id) ?? []);
  return {
    isUnlisted: published.unlistedFeedIds?.().some((one) => one === id) ?? false,
    link: publicUrl === undefined || hubs.length === 0 ? undefined : hubLinks(hubs, `${publicUrl}${path}`),
  };
}

/** WebSub, section 4: every hub, and one address of the document itself. */
function hubLinks(hubs: readonly string[], selfUrl: string): string {
  return [...hubs.map((hub) => `<${hub}>; rel="hub"`), `<${selfUrl}>; rel="self"`].join(', ');
}

/** Pages have addresses without their file's ending: `/credits` is `credits.html`. Feeds negotiate that address. */
function documentAt(path: string, site: Site): Rendition | undefined {
  const name = path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1);
  return site.get(name) ?? (isFeedPath(name) ? undefined : site.get(`${name}.html`));
}

function negotiate(feed: string, accept: string | undefined, site: Site): Rendition | undefined {
  const available = FORMATS.filter((format) => site.has(`feeds/${feed}.${format}`));
  const format = negotiateFormat(accept, available);
  return format === undefined ? undefined : site.get(`feeds/${feed}.${format}`);
}

function notYet(path: string): Answer {
  const access = isFeedPath(path.slice(1)) ? ['Access-Control-Allow-Origin', '*'] : [];
  const text =
    'Not published yet: its sources are being read for the first time. Please try again shortly.\n';
  return textAnswer(503, text, ['Retry-After', RETRY_AFTER_S, ...access]);
}

function answerReadiness({ ready, missing }: Readiness): Answer {
  const retry = ready ? [] : ['Retry-After', RETRY_AFTER_S];
  return textAnswer(ready ? 200 : 503, `${JSON.stringify({ ready, missing })}\n`, retry, 'application/json');
}

/** Browsers ask first whether a script of another origin may send conditional requests for feeds. */
function answerOptions(target: string): Answer {
  const path = requestPath(target);
  const allow = ['Allow', ALLOWED, 'Cache-Control', 'no-store'];
  if (path === undefined || !path.includes('/feeds/'))
    return { status: 204, headers: allow, body: undefined };
  return {
    status: 204,
    headers: [
      ...allow,
      'Access-Control-Allow-Origin',
      '*',
      'Access-Control-Allow-Methods',
      'GET, HEAD',
      'Access-Control-Allow-Headers',
      'Accept, Cache-Control, If-Modified-Since, If-None-Match',
      'Access-Control-Max-Age',
      '86400',
    ],
    body: undefined,
  };
}
