// Where feeds may be: what pages declare, the table of known sites, and in which order.
import { describe, expect, it } from 'vitest';
import { candidatesOf, usualPlaces } from '../../../src/core/discover/candidates.ts';
import { isFeedAddress, isFeedLink } from '../../../src/core/discover/feed-like.ts';
import { siteFeeds } from '../../../src/core/discover/known-sites.ts';
import { namedFeed } from '../../../src/core/discover/named-feed.ts';
import { SITES } from '../../../src/core/discover/sites.ts';
import { readPage } from '../../../src/core/normalize/page.ts';

const CHANNEL = 'UCabcdefghijklmnopqrstuv';
const page = (url: string, html = '', headers: Record<string, string> = {}) => readPage(html, headers, url);
const made = (generator: string) => `<meta name="generator" content="${generator}">`;

describe('known sites', () => {
  const videos = 'https://www.youtube.com/feeds/videos.xml';
  it.each<[site: string, url: string, html: string, feeds: readonly string[]]>([
    ['YouTube', `https://www.youtube.com/channel/${CHANNEL}/videos`, '', [`${videos}?channel_id=${CHANNEL}`]],
    [
      'YouTube',
      'https://www.youtube.com/@harbour',
      `<link rel="canonical" href="https://www.youtube.com/channel/${CHANNEL}">`,
      [`${videos}?channel_id=${CHANNEL}`],
    ],
    [
      'YouTube',
      'https://m.youtube.com/c/harbour',
      `<meta itemprop="identifier" content="${CHANNEL}">`,
      [`${videos}?channel_id=${CHANNEL}`],
    ],
    [
      'YouTube',
      'https://www.youtube.com/watch?v=abc',
      `<script>{"channelId":"${CHANNEL}"}</script>`,
      [`${videos}?channel_id=${CHANNEL}`],
    ],
    ['YouTube', 'https://www.youtube.com/user/harbour', '', [`${videos}?user=harbour`]],
    [
      'YouTube',
      'https://www.youtube.com/playlist?list=PL1234567890',
      '',
      [`${videos}?playlist_id=PL1234567890`],
    ],
    [
      'GitHub',
      'https://github.com/one/two',
      '',
      ['releases', 'commits', 'tags'].map((part) => `https://github.com/one/two/${part}.atom`),
    ],
    ['GitHub', 'https://github.com/one/two/tags', '', ['https://github.com/one/two/tags.atom']],
    [
      'GitHub',
      'https://github.com/one/two/tree/main/docs',
      '',
      ['https://github.com/one/two/commits/main/docs.atom'],
    ],
    ['GitHub', 'https://github.com/one', '', ['https://github.com/one.atom']],
    [
      'GitLab',
      'https://gitlab.com/one/two/three/-/tree/main',
      '',
      [
        'https://gitlab.com/one/two/three/-/releases.atom',
        'https://gitlab.com/one/two/three/-/tags?format=atom',
        'https://gitlab.com/one/two/three.atom',
      ],
    ],
    [
      'GitLab',
      'https://git.example/one/two',
      '<meta property="og:site_name" content="GitLab">',
      [
        'https://git.example/one/two/-/releases.atom',
        'https://git.example/one/two/-/tags?format=atom',
        'https://git.example/one/two.atom',
      ],
    ],
    [
      'Forgejo or Gitea',
      'https://codeberg.org/one/two',
      '',
      [
        'https://codeberg.org/one/two/releases.rss',
        'https://codeberg.org/one/two/tags.rss',
        'https://codeberg.org/one/two.rss',
      ],
    ],
    ['Reddit', 'https://www.reddit.com/r/ferries/', '', ['https://www.reddit.com/r/ferries/.rss']],
    [
      'Reddit',
      'https://old.reddit.com/user/ines/submitted',
      '',
      ['https://old.reddit.com/user/ines/submitted/.rss'],
    ],
    ['Medium', 'https://medium.com/@ines', '', ['https://medium.com/feed/@ines']],
    ['Medium', 'https://ines.medium.com/', '', ['https://ines.medium.com/feed']],
    ['Substack', 'https://harbour.substack.com/p/ferry', '', ['https://harbour.substack.com/feed']],
    [
      'Blogger',
      'https://harbour.blogspot.com/2026/11/x.html',
      '',
      ['https://harbour.blogspot.com/feeds/posts/default'],
    ],
    [
      'Blogger',
      'https://harbour.example/search/label/Ferry',
      made('blogger'),
      ['https://harbour.example/feeds/posts/default/-/Ferry'],
    ],
    ['Tumblr', 'https://harbour.tumblr.com/', '', ['https://harbour.tumblr.com/rss']],
    ['Tumblr', 'https://www.tumblr.com/harbour/123/x', '', ['https://harbour.tumblr.com/rss']],
    [
      'Bluesky',
      'https://bsky.app/profile/harbour.example',
      '',
      ['https://bsky.app/profile/harbour.example/rss'],
    ],
    ['Mastodon', 'https://social.example/@ines', made('Mastodon v4'), ['https://social.example/@ines.rss']],
    [
      'Mastodon',
      'https://social.example/@ines/1234',
      '<link rel=alternate type="application/activity+json" href="/users/ines">',
      ['https://social.example/@ines.rss'],
    ],
    [
      'Mastodon',
      'https://social.example/tags/ferry',
      '<meta property="og:site_name" content="Mastodon">',
      ['https://social.example/tags/ferry.rss'],
    ],
    ['Lemmy', 'https://lemmy.world/c/ferries', '', ['https://lemmy.world/feeds/c/ferries.xml?sort=New']],
    [
      'PeerTube',
      'https://tube.example/c/harbour/videos',
      '<meta property="og:platform" content="PeerTube">',
      ['https://tube.example/feeds/videos.xml?videoChannelName=harbour'],
    ],
    [
      'SoundCloud',
      'https://soundcloud.com/harbour',
      '<meta property="al:ios:url" content="soundcloud://users:42">',
      ['https://feeds.soundcloud.com/users/soundcloud:users:42/sounds.rss'],
    ],
    [
      'WordPress',
      'https://harbour.example/category/ferry/',
      made('WordPress 6.8'),
      ['https://harbour.example/category/ferry/feed/', 'https://harbour.example/feed/'],
    ],
    [
      'WordPress',
      'https://harbour.example/',
      made('WordPress 6.8'),
      ['https://harbour.example/feed/', 'https://harbour.example/?feed=rss2'],
    ],
    [
      'Discourse',
      'https://talk.example/t/ferry/12',
      made('Discourse 3.5'),
      ['https://talk.example/t/ferry/12.rss'],
    ],
    ['Ghost', 'https://harbour.example/', made('Ghost 5.9'), ['https://harbour.example/rss/']],
    ['Hugo', 'https://harbour.example/', made('Hugo 0.140'), ['https://harbour.example/index.xml']],
    ['arXiv', 'https://arxiv.org/list/cs.DL/recent', '', ['https://rss.arxiv.org/rss/cs.DL']],
    ['PyPI', 'https://pypi.org/project/feeds/', '', ['https://pypi.org/rss/project/feeds/releases.xml']],
  ])('%s: %s', (site, url, html, feeds) => {
    expect(siteFeeds(page(url, html))).toEqual(feeds.map((feed) => ({ url: feed, site })));
  });

  it.each([
    ['a host that only ends like one', 'https://notgithub.com/one/two'],
    ['a site in a path', 'https://evil.example/github.com/one/two'],
    ['a page about GitHub', 'https://github.com/features/actions'],
    ['a handle whose channel nothing tells', 'https://www.youtube.com/@harbour'],
    ['an id with more in it', `https://www.youtube.com/channel/${CHANNEL.slice(0, 10)}`],
    ['a path beyond reason', `https://github.com/${'a/'.repeat(5000)}`],
  ])('nothing for %s', (_, url) => {
    expect(siteFeeds(page(url))).toEqual([]);
  });

  it('every rule makes web addresses only, whatever stands in the page', () => {
    for (const { hosts, madeWith } of SITES) expect([hosts, madeWith]).not.toEqual([undefined, undefined]);
    const hostile = page(
      'https://www.youtube.com/@x',
      '<link rel=canonical href="https://www.youtube.com/channel/UC../../evil"><meta itemprop=channelId content="UC&amp;x=https://evil.example/">',
    );
    expect(siteFeeds(hostile)).toEqual([]);
  });
});

it.each([
  ['https://a.example/feed/', undefined, true],
  ['https://a.example/?feed=rss2', undefined, true],
  ['https://a.example/index.rdf', undefined, true],
  ['https://a.example/f', 'application/rss+xml', true],
  ['https://a.example/f', 'application/feed+json', true],
  ['https://a.example/feed.json', 'application/json', true],
  ['https://a.example/atom.xml', 'text/xml', true],
  ['https://a.example/wp-json/wp/v2/posts/1', 'application/json', false],
  ['https://a.example/wp-json/oembed/1.0/embed?url=feed', 'text/xml+oembed', false],
  ['https://a.example/sitemap.xml', 'text/xml', false],
  ['https://a.example/feed.png', undefined, false],
  ['https://a.example/feedback', undefined, false],
  ['https://a.example/de/', 'text/html', false],
  ['https://a.example/activity', 'application/activity+json', false],
])('%s as %s: %s', (url, type, expected) => {
  expect(isFeedLink(url, type)).toBe(expected);
  if (type === undefined) expect(isFeedAddress(url)).toBe(expected);
});

it('orders: of the page, of the site, of the table, of the text, comments last', () => {
  const html = `${made('WordPress 6')}
    <link rel=alternate type=application/rss+xml href=/feed/ title="Harbour » Feed">
    <link rel=alternate type=application/rss+xml href=/comments/feed/ title="Harbour » Comments Feed">
    <link rel=alternate type=application/rss+xml href=/category/ferry/feed/ title="Harbour » Ferry">
    <link rel=alternate type=application/json href=/wp-json/x>
    <a href="/podcast.rss">Podcast</a><a href="/about">About</a>`;
  const found = candidatesOf(page('https://h.example/category/ferry/', html));
  expect(found.map(({ url, by }) => `${by} ${url.slice('https://h.example'.length)}`)).toEqual([
    'link /category/ferry/feed/',
    'link /feed/',
    'anchor /podcast.rss',
    'link /comments/feed/',
  ]);
  expect(found.at(-1)?.isComments).toBe(true);
});

it('is bounded in what it tries', () => {
  const anchors = Array.from({ length: 900 }, (_, n) => `<a href="/${n}.rss">`).join('');
  expect(candidatesOf(page('https://h.example/', anchors))).toHaveLength(50);
  expect(
    usualPlaces('https://h.example/a/b/c.html')
      .map(({ url }) => url)
      .slice(0, 3),
  ).toEqual(['https://h.example/a/b/feed', 'https://h.example/a/b/index.xml', 'https://h.example/feed']);
  expect(usualPlaces('https://h.example/').length).toBeLessThanOrEqual(12);
});

describe('the feed that a page names as its own', () => {
  const link = (href: string, title = '', type = 'application/rss+xml') =>
    `<link rel=alternate type=${type} href="${href}" title="${title}">`;
  it.each([
    ['one', link('/f'), { kind: 'one', url: 'https://h.example/f' }],
    [
      'of a host under its own',
      link('https://feeds.h.example/f'),
      { kind: 'one', url: 'https://feeds.h.example/f' },
    ],
    [
      'two formats by title',
      link('/f', 'H RSS') + link('/g', 'H Atom', 'application/atom+xml'),
      { kind: 'one', url: 'https://h.example/f' },
    ],
    [
      'two formats by address',
      link('/index.rss') + link('/index.atom'),
      { kind: 'one', url: 'https://h.example/index.rss' },
    ],
    ['comments beside it', link('/c/comments') + link('/f'), { kind: 'one', url: 'https://h.example/f' }],
    [
      'two feeds',
      link('/f', 'News') + link('/g', 'Sport'),
      { kind: 'several', urls: ['https://h.example/f', 'https://h.example/g'] },
    ],
    ['another site', link('https://x.example/f'), { kind: 'elsewhere', url: 'https://x.example/f' }],
    [
      'its own before another',
      link('https://x.example/f') + link('/f'),
      { kind: 'one', url: 'https://h.example/f' },
    ],
    ['a link in the text alone', '<a href="/feed.xml">', { kind: 'none' }],
    ['itself', link('https://h.example/'), { kind: 'none' }],
  ])('%s', (_, html, named) => {
    expect(namedFeed(page('https://h.example/', html))).toEqual(named);
  });
});
