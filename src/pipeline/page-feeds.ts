// A source whose configured address is a page: which feed of the page it is polled at. Pure.
//
// The feed is followed where the page declares exactly one of its own site. It is remembered, and asked first from then on; when it
// fails, the page is asked in the same poll whether it names another one. The configuration is never written to.
import type { NamedFeed } from '../core/discover/named-feed.ts';
import type { Source } from '../model/config.ts';
import { assertNever } from '../model/errors.ts';
import type { MoveObstacle, PollRecord } from '../model/poll-record.ts';
import { digestOf, type MoveWorld, obstacleTo } from './source-address.ts';

export type PageFeeds = NonNullable<PollRecord['page']>;

/** What is remembered of the page; undefined where it names no feed. */
export function pageFeedsOf(
  named: NamedFeed,
  source: Source,
  world: MoveWorld | undefined,
): PageFeeds | undefined {
  const saidBy = digestOf(source);
  switch (named.kind) {
    case 'one': {
      const obstacle = obstacleTo({ feedUrl: named.url }, source, world);
      return { feedUrls: [named.url], isFollowed: obstacle === undefined, saidBy, obstacle };
    }
    case 'several':
      return { feedUrls: named.urls, isFollowed: false, saidBy };
    case 'elsewhere':
      return { feedUrls: [named.url], isFollowed: false, saidBy };
    case 'none':
      return undefined;
    default:
      return assertNever(named);
  }
}

const OBSTACLE_WORDS: Readonly<Record<MoveObstacle, string>> = {
  credentials: 'what the source is asked with (headers, a user, a secret) is not sent to another origin',
  insecure: 'that is http where the page is https',
  'own-feed': 'that is a feed of ours',
  'known-source': 'another source is polled there',
};

/** For people: where the feed is, and why it is not polled there. */
export function pageWords(page: PageFeeds | undefined): string {
  const [first, ...others] = page?.feedUrls ?? [];
  if (page === undefined || first === undefined)
    return 'this is a page, and it names no feed; `tributary probe` looks for one';
  if (others.length > 0)
    return `this is a page that names several feeds; write the one that you mean: url: ${[first, ...others].join(' or url: ')}`;
  const why = page.obstacle === undefined ? '' : `, and ${OBSTACLE_WORDS[page.obstacle]}`;
  return `this is a page; its feed is at ${first}${why}; write url: ${first}`;
}
