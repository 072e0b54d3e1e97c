// Where the feed of a page may be, the likeliest first. Pure.
import type { Page, PageLink } from '../../model/page.ts';
import { type FeedCandidate, FOUND_BY } from './candidate.ts';
import { isAboutComments, isFeedAddress, isFeedLink } from './feed-like.ts';
import { siteFeeds } from './known-sites.ts';

const CANDIDATES_MAX = 50;
/** Where feeds stand on sites that say nothing, the most frequent first. */
const PATHS = [
  '/feed',
  '/rss',
  '/feed.xml',
  '/atom.xml',
  '/rss.xml',
  '/index.xml',
  '/feed.json',
  '/blog/feed',
  '/.well-known/feed.xml',
] as const;

/** What the page says, what is known of its site, what it links; each address once. */
export function candidatesOf(page: Page): readonly FeedCandidate[] {
  const found = [
    ...declaredIn(page),
    ...siteFeeds(page).map(({ url, site }) => candidate(url, 'site', site, undefined)),
    ...page.anchors.filter(({ url }) => isFeedAddress(url)).map(ofLink),
  ];
  return once(found, page.url).toSorted(byLikelihood(page)).slice(0, CANDIDATES_MAX);
}

/** Alternates of the page that are feeds by their type or address. */
export function declaredIn(page: Page): readonly FeedCandidate[] {
  return page.alternates.filter(({ url, type }) => isFeedLink(url, type)).map(ofLink);
}

/** Where a feed may be of which nothing says anything: beside the page, then at its origin. */
export function usualPlaces(pageUrl: string): readonly FeedCandidate[] {
  const url = URL.parse(pageUrl);
  if (url === null) return [];
  const folder = url.pathname.replace(/[^/]*$/, '');
  const beside = folder === '/' ? [] : [`${folder}feed`, `${folder}index.xml`];
  return once(
    [...beside, ...PATHS].map((path) =>
      candidate(`${url.protocol}//${url.host}${path}`, 'path', undefined, undefined),
    ),
    pageUrl,
  );
}

function ofLink({ url, type, title, place }: PageLink): FeedCandidate {
  return candidate(url, place, title, type);
}

function candidate(
  url: string,
  by: FeedCandidate['by'],
  title: string | undefined,
  type: string | undefined,
): FeedCandidate {
  return { url, by, title, type, isComments: isAboutComments(url, title) };
}

/** An address with and without a slash at its end is one, and the page itself is no feed of itself. */
function once(candidates: readonly FeedCandidate[], pageUrl: string): readonly FeedCandidate[] {
  const byAddress = new Map<string, FeedCandidate>();
  for (const each of candidates) {
    const key = comparable(each.url);
    if (key !== comparable(pageUrl) && !byAddress.has(key)) byAddress.set(key, each);
  }
  return [...byAddress.values()];
}

function comparable(url: string): string {
  return url.replace(/^https?:/i, '').replace(/\/$/, '');
}

/** Comments last; then by who says it; then what is about this very page before what is about its whole site. */
function byLikelihood(page: Page): (a: FeedCandidate, b: FeedCandidate) => number {
  const path = URL.parse(page.url)?.pathname.replace(/\/*$/, '/') ?? '/';
  const isOfPage = ({ url }: FeedCandidate) =>
    path !== '/' && URL.parse(url)?.pathname.startsWith(path) === true;
  const rank = (each: FeedCandidate) =>
    (each.isComments ? 100 : 0) + FOUND_BY.indexOf(each.by) * 2 + (isOfPage(each) ? 0 : 1);
  return (a, b) => rank(a) - rank(b);
}
