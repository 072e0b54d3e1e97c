// The table of known sites: a new one is a few lines here. A rule holds for hosts, or for whatever is made with a program.

export interface SiteRule {
  readonly site: string;
  /** Registrable names; hosts under them too. */
  readonly hosts?: readonly string[];
  /** What a page says of the program that made it. */
  readonly madeWith?: RegExp;
  /** What else a page of it declares. */
  readonly declares?: string;
  /** By path and query; the first that matches counts. */
  readonly pages: readonly {
    readonly path: RegExp;
    /** What `{id}` is, where the address does not have it: in a meta element or the canonical address, else in the text. */
    readonly id?: { readonly names: readonly string[]; readonly pattern: RegExp; readonly text?: RegExp };
    /** `{origin}`, `{host}`, `{id}` and named groups of the path. */
    readonly feeds: readonly string[];
  }[];
}

const ANY = /^/;
const YOUTUBE = 'https://www.youtube.com/feeds/videos.xml';
const OWNER_AND_REPOSITORY = /^\/(?<owner>[\w.-]+)\/(?<repo>[\w.-]+?)(?:\.git)?(?:[/?].*)?$/;
const OWNER = /^\/(?<owner>[\w.-]+)\/?(?:\?.*)?$/;

export const SITES: readonly SiteRule[] = [
  {
    site: 'YouTube',
    hosts: ['youtube.com'],
    pages: [
      { path: /^\/channel\/(?<channel>UC[\w-]{22})/, feeds: [`${YOUTUBE}?channel_id={channel}`] },
      {
        path: /^\/(?:playlist|watch)\?(?:.*&)?list=(?<list>[\w-]{10,64})/,
        feeds: [`${YOUTUBE}?playlist_id={list}`],
      },
      {
        path: /^\/(?:@|c\/|user\/|watch|shorts\/|live\/|[\w.-]+\/?$)/,
        id: {
          names: ['channelid', 'identifier', 'og:url'],
          pattern: /(?:^|\/channel\/)(UC[\w-]{22})(?:$|[/?])/,
          text: /"(?:channelId|externalId|externalChannelId)":"(UC[\w-]{22})"/,
        },
        feeds: [`${YOUTUBE}?channel_id={id}`],
      },
      { path: /^\/user\/(?<user>[\w-]{1,64})/, feeds: [`${YOUTUBE}?user={user}`] },
    ],
  },
  {
    site: 'GitHub',
    hosts: ['github.com'],
    pages: [
      { path: /^\/(?:features|topics|marketplace|sponsors|orgs|settings|about|login)(?:\/|$)/, feeds: [] },
      {
        path: /^\/(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)\/(?:commits|tree)\/(?<branch>[\w./-]+)/,
        feeds: ['{origin}/{owner}/{repo}/commits/{branch}.atom'],
      },
      {
        path: /^\/(?<owner>[\w.-]+)\/(?<repo>[\w.-]+)\/(?<part>tags|discussions|wiki)(?:[/?]|$)/,
        feeds: ['{origin}/{owner}/{repo}/{part}.atom'],
      },
      {
        path: OWNER_AND_REPOSITORY,
        feeds: [
          '{origin}/{owner}/{repo}/releases.atom',
          '{origin}/{owner}/{repo}/commits.atom',
          '{origin}/{owner}/{repo}/tags.atom',
        ],
      },
      { path: OWNER, feeds: ['{origin}/{owner}.atom'] },
    ],
  },
  {
    site: 'GitLab',
    hosts: ['gitlab.com'],
    madeWith: /^GitLab$/,
    pages: [
      {
        path: /^\/(?<project>[\w.-]+(?:\/(?!-\/)[\w.-]+)+?)(?:\/-\/.*|\/?(?:\?.*)?)$/,
        feeds: [
          '{origin}/{project}/-/releases.atom',
          '{origin}/{project}/-/tags?format=atom',
          '{origin}/{project}.atom',
        ],
      },
      { path: OWNER, feeds: ['{origin}/{owner}.atom'] },
    ],
  },
  {
    site: 'Forgejo or Gitea',
    hosts: ['codeberg.org', 'gitea.com'],
    madeWith: /\b(?:forgejo|gitea)\b/i,
    pages: [
      {
        path: OWNER_AND_REPOSITORY,
        feeds: [
          '{origin}/{owner}/{repo}/releases.rss',
          '{origin}/{owner}/{repo}/tags.rss',
          '{origin}/{owner}/{repo}.rss',
        ],
      },
      { path: OWNER, feeds: ['{origin}/{owner}.rss'] },
    ],
  },
  {
    site: 'Reddit',
    hosts: ['reddit.com'],
    pages: [
      {
        path: /^(?<path>\/(?:r|user|u)\/[\w-]+(?:\/[\w-]+)*)\/?(?:\?.*)?$/,
        feeds: ['{origin}{path}/.rss'],
      },
      { path: /^\/?$/, feeds: ['{origin}/.rss'] },
    ],
  },
  {
    site: 'Medium',
    hosts: ['medium.com'],
    pages: [
      { path: /^\/(?<name>@[\w.-]+)/, feeds: ['https://medium.com/feed/{name}'] },
      { path: /^\/tag\/(?<tag>[\w-]+)/, feeds: ['https://medium.com/feed/tag/{tag}'] },
      { path: /^\/(?<name>[a-z0-9-]{3,})/, feeds: ['https://medium.com/feed/{name}', '{origin}/feed'] },
      { path: /^\/?$/, feeds: ['{origin}/feed'] },
    ],
  },
  {
    site: 'Substack',
    hosts: ['substack.com'],
    madeWith: /^Substack$/i,
    pages: [{ path: ANY, feeds: ['{origin}/feed'] }],
  },
  {
    site: 'Blogger',
    hosts: ['blogspot.com'],
    madeWith: /^blogger$/i,
    pages: [
      {
        path: /^\/search\/label\/(?<label>[^/?]+)/,
        feeds: ['{origin}/feeds/posts/default/-/{label}'],
      },
      { path: ANY, feeds: ['{origin}/feeds/posts/default'] },
    ],
  },
  {
    site: 'Tumblr',
    hosts: ['tumblr.com'],
    pages: [
      {
        path: /^\/(?:blog\/(?:view\/)?)?(?<name>[a-z0-9-]{1,32})(?:[/?].*)?$/,
        feeds: ['https://{name}.tumblr.com/rss'],
      },
      { path: /^\/?$/, feeds: ['{origin}/rss'] },
    ],
  },
  {
    site: 'Bluesky',
    hosts: ['bsky.app'],
    pages: [{ path: /^\/profile\/(?<name>[\w.:-]+)/, feeds: ['{origin}/profile/{name}/rss'] }],
  },
  {
    site: 'Mastodon',
    madeWith: /\b(?:mastodon|hometown|glitch-soc)\b/i,
    declares: 'application/activity+json',
    pages: [
      { path: /^\/@(?<name>[\w.]+)(?:[/?].*)?$/, feeds: ['{origin}/@{name}.rss'] },
      { path: /^\/tags\/(?<tag>[^/?]+)/, feeds: ['{origin}/tags/{tag}.rss'] },
    ],
  },
  {
    site: 'Pixelfed',
    madeWith: /^pixelfed/i,
    pages: [{ path: /^\/(?:users\/)?(?<name>[\w.-]+)\/?$/, feeds: ['{origin}/users/{name}.atom'] }],
  },
  {
    site: 'Lemmy',
    hosts: ['lemmy.world', 'lemmy.ml', 'programming.dev', 'feddit.org', 'lemm.ee', 'beehaw.org'],
    madeWith: /^lemmy/i,
    pages: [
      { path: /^\/c\/(?<name>[\w.@-]+)/, feeds: ['{origin}/feeds/c/{name}.xml?sort=New'] },
      { path: /^\/u\/(?<name>[\w.@-]+)/, feeds: ['{origin}/feeds/u/{name}.xml?sort=New'] },
      { path: /^\/?$/, feeds: ['{origin}/feeds/local.xml?sort=New'] },
    ],
  },
  {
    site: 'PeerTube',
    madeWith: /^PeerTube/i,
    pages: [
      {
        path: /^\/(?:c|video-channels)\/(?<name>[\w.@-]+)/,
        feeds: ['{origin}/feeds/videos.xml?videoChannelName={name}'],
      },
      {
        path: /^\/(?:a|accounts)\/(?<name>[\w.@-]+)/,
        feeds: ['{origin}/feeds/videos.xml?accountName={name}'],
      },
      { path: ANY, feeds: ['{origin}/feeds/videos.xml?sort=-publishedAt'] },
    ],
  },
  {
    site: 'SoundCloud',
    hosts: ['soundcloud.com'],
    pages: [
      {
        path: ANY,
        id: {
          names: ['al:android:url', 'al:ios:url'],
          pattern: /^soundcloud:\/\/users:(\d+)$/,
          text: /soundcloud:users:(\d{1,12})\b/,
        },
        feeds: ['https://feeds.soundcloud.com/users/soundcloud:users:{id}/sounds.rss'],
      },
    ],
  },
  {
    site: 'Vimeo',
    hosts: ['vimeo.com'],
    pages: [{ path: /^\/(?<name>[a-z][\w-]*)(?:[/?].*)?$/, feeds: ['{origin}/{name}/videos/rss'] }],
  },
  { site: 'Hacker News', hosts: ['news.ycombinator.com'], pages: [{ path: ANY, feeds: ['{origin}/rss'] }] },
  {
    site: 'arXiv',
    hosts: ['arxiv.org'],
    pages: [{ path: /^\/list\/(?<list>[\w.-]+)/, feeds: ['https://rss.arxiv.org/rss/{list}'] }],
  },
  {
    site: 'PyPI',
    hosts: ['pypi.org'],
    pages: [{ path: /^\/project\/(?<name>[\w.-]+)/, feeds: ['{origin}/rss/project/{name}/releases.xml'] }],
  },
  {
    site: 'DEV',
    hosts: ['dev.to'],
    pages: [
      { path: /^\/t\/(?<tag>[\w-]+)/, feeds: ['{origin}/feed/tag/{tag}'] },
      { path: /^\/(?<name>[\w-]+)/, feeds: ['{origin}/feed/{name}'] },
      { path: ANY, feeds: ['{origin}/feed'] },
    ],
  },
  {
    site: 'Dreamwidth or LiveJournal',
    hosts: ['dreamwidth.org', 'livejournal.com'],
    pages: [{ path: ANY, feeds: ['{origin}/data/atom', '{origin}/data/rss'] }],
  },
  {
    site: 'WordPress',
    hosts: ['wordpress.com'],
    madeWith: /^WordPress\b/i,
    pages: [
      {
        path: /^(?<path>\/(?:.*\/)?(?:category|tag|author)\/[^?]+?)\/?(?:\?.*)?$/,
        feeds: ['{origin}{path}/feed/', '{origin}/feed/'],
      },
      { path: ANY, feeds: ['{origin}/feed/', '{origin}/?feed=rss2'] },
    ],
  },
  {
    site: 'Discourse',
    madeWith: /^Discourse\b/i,
    pages: [
      { path: /^(?<path>\/(?:c|t|tag)\/[^?]+?)\/?(?:\?.*)?$/, feeds: ['{origin}{path}.rss'] },
      { path: ANY, feeds: ['{origin}/latest.rss', '{origin}/posts.rss'] },
    ],
  },
  { site: 'Ghost', madeWith: /^Ghost\b/i, pages: [{ path: ANY, feeds: ['{origin}/rss/'] }] },
  { site: 'Drupal', madeWith: /^Drupal\b/i, pages: [{ path: ANY, feeds: ['{origin}/rss.xml'] }] },
  { site: 'Hugo', madeWith: /^Hugo\b/i, pages: [{ path: ANY, feeds: ['{origin}/index.xml'] }] },
  { site: 'Jekyll', madeWith: /^Jekyll\b/i, pages: [{ path: ANY, feeds: ['{origin}/feed.xml'] }] },
  { site: 'Wix', madeWith: /^Wix\b/i, pages: [{ path: ANY, feeds: ['{origin}/blog-feed.xml'] }] },
  {
    site: 'Squarespace',
    madeWith: /^Squarespace\b/i,
    pages: [{ path: /^(?<path>\/[^?]*)/, feeds: ['{origin}{path}?format=rss'] }],
  },
];
