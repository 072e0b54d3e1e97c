// Which answer a request gets. Every document is looked up by its path in what is published: no path is ever put
// together for a file system, and nothing of a request is ever part of an answer. Pure.
import type { Rendition } from '../../model/edition.ts';
import { refusalOf } from './access.ts';
import { type Answer, NOT_FOUND, textAnswer } from './answer.ts';
import { answerDocument, isArchivePath, isFeedPath, prepareDocument } from './document-answer.ts';
import type { Documents } from './documents.ts';
import { feedOf, type LiveText, type Published, type Readiness } from './published.ts';
import type { RequestFacts } from './request-facts.ts';
import { requestPath } from './request-path.ts';
import { type Route, routeOfDocument } from './route.ts';

export interface AnswerOptions {
  /** The path of the public URL: begins and ends with '/'. Requests may come with it or, behind a proxy, without. */
  readonly basePath: string;
  readonly targetLengthMax: number;
}

export interface Routed {
  readonly route: Route;
  readonly answer: Answer;
}

const ALLOWED = 'GET, HEAD, OPTIONS';
/** The first polls take seconds. */
const RETRY_AFTER_S = '10';
/** For good, and understood by every reader there is. */
const MOVED = 301;

export function answerRequest(
  request: RequestFacts,
  published: Published,
  documents: Documents,
  options: AnswerOptions,
): Routed {
  if (request.target.length > options.targetLengthMax) return other(textAnswer(414, 'Address too long.\n'));
  if (request.method === 'OPTIONS') return other(answerOptions(request.target));
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return other(textAnswer(405, 'Only GET and HEAD are answered here.\n', ['Allow', ALLOWED]));
  }
  const path = requestPath(request.target);
  if (path === undefined) return other(textAnswer(400, 'Not an address.\n'));
  const { basePath } = options;
  const paths = path.startsWith(basePath) ? [path, path.slice(basePath.length - 1)] : [path];
  for (const at of paths) {
    const found = answerPath(at, request, published, documents);
    if (found !== undefined) return found;
  }
  const place = placeInstead(paths, request, published, documents, options);
  if (place !== undefined) return moved(place);
  return other(NOT_FOUND);
}

function other(answer: Answer): Routed {
  return { route: 'other', answer };
}

/** The answer to a request for what is not in memory, or is yet to be made; undefined for every other request. */
export function answerLater(
  request: RequestFacts,
  published: Published,
  { basePath, targetLengthMax }: AnswerOptions,
): Promise<Routed> | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  if (request.target.length > targetLengthMax) return undefined;
  const path = requestPath(request.target) ?? '';
  const inner = path.startsWith(basePath) ? path.slice(basePath.length) : path.slice(1);
  for (const name of new Set([path.slice(1), inner])) {
    const made = published.liveLater?.(name);
    if (made !== undefined) return made.then((live) => ({ route: 'metrics', answer: liveAnswer(live) }));
    if (!isArchivePath(name) || published.site().has(name)) continue;
    const feed = feedOf(name, published.feeds());
    const refusal = refusalOf(feed?.access, request);
    if (refusal !== undefined) return Promise.resolve({ route: 'archive', answer: refusal });
    const reading = published.archived?.(name);
    if (reading !== undefined)
      return answerRead(reading, request, feed).then((answer) => ({ route: 'archive', answer }));
  }
  return undefined;
}

function answerRead(
  reading: Promise<Rendition | undefined>,
  request: RequestFacts,
  feed: ReturnType<typeof feedOf>,
): Promise<Answer> {
  const facts = { isUnlisted: feed?.noindex === true, isPrivate: feed?.access !== undefined };
  return reading.then(
    (document) =>
      document === undefined ? NOT_FOUND : answerDocument(prepareDocument(document, facts), request),
    () => textAnswer(503, 'It cannot be read just now.\n', ['Retry-After', RETRY_AFTER_S]),
  );
}

function answerPath(
  path: string,
  request: RequestFacts,
  published: Published,
  documents: Documents,
): Routed | undefined {
  if (path === '/healthz') return { route: 'health', answer: textAnswer(200, 'ok\n') };
  if (path === '/readyz')
    return { route: 'health', answer: answerReadiness(published.readiness(), published) };

  const live = published.live?.(path.slice(1)) ?? published.live?.(`${path.slice(1)}.html`);
  if (live !== undefined) return { route: 'status', answer: liveAnswer(live) };

  const feed = feedOf(path.slice(1), published.feeds());
  const refusal = refusalOf(feed?.access, request);
  if (refusal !== undefined) return { route: 'feed', answer: refusal };
  const document = documents.at(path, request.accept);
  if (document !== undefined)
    return { route: routeOfDocument(document.path), answer: answerDocument(document.prepared, request) };
  const isFeed = feed !== undefined && /^\/feeds\/[^/.]+(?:\.(?:rss|atom|json|html))?$/.test(path);
  if (isFeed) return { route: 'feed', answer: notYet(feed.access === undefined) };
  return path === '/' ? { route: 'page', answer: notYet(false) } : undefined;
}

/** Where to go from an address that has nothing, relative to the public URL: without a '/' too many or too few, or where it moved to. */
function placeInstead(
  paths: readonly string[],
  request: RequestFacts,
  published: Published,
  documents: Documents,
  { basePath }: AnswerOptions,
): { readonly status: number; readonly location: string } | undefined {
  const [whole = ''] = paths;
  // Links of pages are relative: without the '/' they would lead out of the prefix.
  if (`${whole}/` === basePath) return { status: 308, location: basePath };
  const isPublic = (path: string) => feedOf(path.slice(1), published.feeds())?.access === undefined;
  for (const path of paths) {
    const to = published.redirects?.().find(({ from }) => from === path)?.to;
    if (to !== undefined) return { status: MOVED, location: `${basePath}${to}` };
    const twin = path.endsWith('/') ? path.replace(/\/+$/, '') : `${path}/`;
    if (twin !== '' && isPublic(path) && documents.at(twin, request.accept) !== undefined)
      return { status: 308, location: `${basePath}${twin.slice(1)}` };
  }
  return undefined;
}

function liveAnswer({ text, mediaType }: LiveText): Answer {
  return textAnswer(200, text, ['X-Robots-Tag', 'noindex'], mediaType);
}

function moved({ status, location }: { readonly status: number; readonly location: string }): Routed {
  return { route: 'redirect', answer: textAnswer(status, `See ${location}\n`, ['Location', location]) };
}

function notYet(isOpen: boolean): Answer {
  const access = isOpen ? ['Access-Control-Allow-Origin', '*'] : [];
  const text =
    'Not published yet: its sources are being read for the first time. Please try again shortly.\n';
  return textAnswer(503, text, ['Retry-After', RETRY_AFTER_S, ...access]);
}

/** Anybody may ask: private feeds count, and are not named. */
function answerReadiness({ ready, missing }: Readiness, published: Published): Answer {
  const open = new Set(published.feeds().flatMap(({ id, access }) => (access === undefined ? [id] : [])));
  const told = { ready, missing: missing.filter((id) => open.has(id)) };
  const retry = ready ? [] : ['Retry-After', RETRY_AFTER_S];
  return textAnswer(ready ? 200 : 503, `${JSON.stringify(told)}\n`, retry, 'application/json');
}

/** Browsers ask first whether a script of another origin may send conditional requests for feeds. */
function answerOptions(target: string): Answer {
  const path = requestPath(target);
  const allow = ['Allow', ALLOWED, 'Cache-Control', 'no-store'];
  if (path === undefined || !isFeedPath(path.replace(/^.*\/(?=feeds\/)/, '')))
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
