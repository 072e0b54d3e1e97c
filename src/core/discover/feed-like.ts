// What looks like a feed, by media type and by address.

const FEED_TYPES: ReadonlySet<string> = new Set([
  'application/rss+xml',
  'application/atom+xml',
  'application/feed+json',
  'application/rdf+xml',
  'application/x.atom+xml',
  'application/x-atom+xml',
  'application/x-rss+xml',
  'text/rss',
  'text/rss+xml',
  'text/atom+xml',
  'text/x-opml-rss',
]);
/** Types that feeds are served as among many other things. */
const VAGUE_TYPES: ReadonlySet<string> = new Set([
  'application/xml',
  'text/xml',
  'application/json',
  'text/json',
]);

/** Said to be a feed; a vague type needs an address that looks like one. */
export function isFeedLink(url: string, type: string | undefined): boolean {
  if (type === undefined || type === '') return isFeedAddress(url);
  return FEED_TYPES.has(type) || (VAGUE_TYPES.has(type) && isFeedAddress(url));
}

const FEED_WORD = /(?:^|[^a-z])(?:rss2?|atom|feeds?|jsonfeed|rdf)(?:$|[^a-z])/i;
/** What has such a word in its address and is none. */
const NO_FEED = /\/wp-json\/|\/oembed|\.(?:html?|png|jpe?g|svg|gif|webp|css|m?js|zip|gz|pdf|opml)$/i;

/** By its path or query: `/feed/`, `index.rdf`, `?format=rss`, `atom.xml`. Long addresses look like nothing. */
export function isFeedAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || address.length > 1000) return false;
  if (NO_FEED.test(url.pathname)) return false;
  return FEED_WORD.test(`${url.pathname}${url.search}`);
}

const COMMENTS = /comment|kommentar|coment|reacties|r[eé]ponses|отзыв|комментар|コメント|评论|評論/i;

/** WordPress and others have a feed of comments beside every feed, and one under every post. */
export function isAboutComments(url: string, title: string | undefined): boolean {
  const { pathname = '', search = '' } = URL.parse(url) ?? {};
  return COMMENTS.test(`${pathname}${search}`) || (title !== undefined && COMMENTS.test(title));
}
