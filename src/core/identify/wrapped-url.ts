// Addresses that carry another one openly: caches of AMP pages, and counters of clicks. What is hidden in them is not asked for.

const DEPTH_MAX = 3;

/** By host, the path below which there is one, and the parameter that has the address. */
const REDIRECTORS: ReadonlyMap<string, readonly [path: string, parameter: string]> = new Map([
  ['bing.com', ['/news/apiclick.aspx', 'url']],
  ['l.facebook.com', ['/l.php', 'u']],
  ['lm.facebook.com', ['/l.php', 'u']],
  ['out.reddit.com', ['/', 'url']],
  ['youtube.com', ['/redirect', 'q']],
  ['t.umblr.com', ['/redirect', 'z']],
  ['getpocket.com', ['/redirect', 'url']],
]);

const GOOGLE = /^google\.[a-z.]{2,6}$/;
/** `/c/s/host/path`, also `/v/` and `/wp/`; `/amp/s/host/path` as search results have it. `s`: for https. */
const AMP_PATH = /^\/(?:c|v|wp|amp)\/(s\/)?([^/]+\.[^/]+(?:\/.*)?)$/;

/** The innermost address; itself where it holds none. */
export function unwrapped(url: URL): URL {
  let page = url;
  for (let depth = 0; depth < DEPTH_MAX; depth++) {
    const inner = innerOf(page);
    if (inner === undefined) return page;
    page = inner;
  }
  return page;
}

function innerOf(url: URL): URL | undefined {
  const { hostname, pathname } = url;
  if (hostname.endsWith('.cdn.ampproject.org')) return ampPage(url);
  const host = hostname.startsWith('www.') ? hostname.slice(4) : hostname;
  if (host.startsWith('google.') && GOOGLE.test(host)) {
    if (pathname.startsWith('/amp/')) return ampPage(url);
    return pathname === '/url' ? (parameterOf(url, 'url') ?? parameterOf(url, 'q')) : undefined;
  }
  const [path, parameter] = REDIRECTORS.get(host) ?? [];
  if (path === undefined || parameter === undefined) return undefined;
  const isThere = path === '/' || pathname === path;
  return isThere ? parameterOf(url, parameter) : undefined;
}

function parameterOf({ searchParams }: URL, name: string): URL | undefined {
  return webUrl(searchParams.get(name) ?? '');
}

function ampPage({ pathname, search }: URL): URL | undefined {
  const [, secure, page] = AMP_PATH.exec(pathname) ?? [];
  return page === undefined ? undefined : webUrl(`http${secure === undefined ? '' : 's'}://${page}${search}`);
}

function webUrl(url: string): URL | undefined {
  return (/^https?:\/\//i.test(url) ? URL.parse(url) : null) ?? undefined;
}
