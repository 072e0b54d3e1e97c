// One address for the spellings under which one page is linked. For comparing only: never published, never fetched.
// docs/READING.md has the rules as a table. Each of them keeps apart what may be two pages: a rule that is not sure is none.
import { isNoPartOfPage } from './url-parameters.ts';
import { unwrapped } from './wrapped-url.ts';

/** Raised with every change of the rules: what is remembered under older ones is brought under these. */
export const PAGE_RULES = 2;

/**
 * `//host/path?query` of an http or https URL, the same for all spellings of a page; undefined for anything else. Idempotent:
 * what comes out, with `https:` before it, comes out again.
 */
export function canonicalUrl(url: string): string | undefined {
  const parsed = webUrl(url);
  if (parsed === undefined) return undefined;
  const page = unwrapped(parsed);
  const path = pathOf(page.pathname);
  return `//${hostOf(page)}${path}${queryOf(page.search)}${routeOf(page.hash)}`;
}

function webUrl(url: string): URL | undefined {
  const parsed = URL.parse(url);
  return parsed?.protocol === 'http:' || parsed?.protocol === 'https:' ? parsed : undefined;
}

/** Hosts whose first label names a guest, be it called `m` or `amp`. */
const GUEST_HOSTS =
  /(?:^|\.)(?:blogspot\.\w+|tumblr\.com|wordpress\.com|substack\.com|medium\.com|github\.io|gitlab\.io|livejournal\.com|ghost\.io|neocities\.org|bearblog\.dev|micro\.blog|netlify\.app|pages\.dev|vercel\.app|typepad\.com|over-blog\.com|hatenablog\.com)$/;
/** Of Wikimedia the label for phones stands after the language. */
const WIKIMEDIA_MOBILE =
  /^([a-z-]+)\.m\.((?:wiki(?:pedia|media|books|news|quote|source|versity|voyage)|wiktionary)\.org)$/;

function hostOf({ hostname, port }: URL): string {
  let host = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  for (let rest = withoutForm(host); rest !== undefined; rest = withoutForm(host)) host = rest;
  return port === '' || port === '80' || port === '443' ? host : `${host}:${port}`;
}

/** Without a label that names a form of a site; undefined where there is none. */
function withoutForm(host: string): string | undefined {
  if (host.endsWith('.org') && WIKIMEDIA_MOBILE.test(host)) return host.replace('.m.', '.');
  const [, form, rest = ''] = /^(www|m|mobile|amp)\.(.+)$/.exec(host) ?? [];
  if (form === 'www') return rest;
  if (form === undefined || !rest.includes('.')) return undefined;
  // Below a suffix such as co.uk it is the name of the site.
  return /^[a-z]{2,3}\.[a-z]{2}$/.test(rest) || GUEST_HOSTS.test(rest) ? undefined : rest;
}

const SESSION_IN_PATH = /;jsessionid=[^/;]*|\/\((?:[A-Z]\([\w-]{20,}\))+\)(?=\/)/gi;
const INDEX = /\/(?:index\.(?:html?|shtml|php)|default\.aspx?)$/i;
const AMP_FILE = /\.amp(\.html?)$/i;

function pathOf(pathname: string): string {
  const isPlain = !pathname.includes(';') && !pathname.includes('(');
  let path = encodedAlike(isPlain ? pathname : pathname.replace(SESSION_IN_PATH, ''));
  for (;;) {
    const shorter = withoutAmp(withoutEndSlashes(path.replace(INDEX, '/'))).replace(AMP_FILE, '$1');
    if (shorter === path) return path === '' ? '/' : path;
    path = shorter;
  }
}

function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

/** Only after what looks like a headline, the name of a file, or what stands below a month: a page may be about an amp. */
function withoutAmp(path: string): string {
  if (!/\/amp$/i.test(path)) return path;
  const rest = path.slice(0, -4);
  const [year = '', month = '', last = ''] = rest.split('/').slice(-3);
  const isBelowMonth = /^\d{4}$/.test(year) && /^\d\d$/.test(month) && last !== '';
  return isBelowMonth || last.split('-').length > 2 || /\.s?html?$/i.test(last) ? rest : path;
}

/** By name, those of one name as they stand. Works on the text, since URLSearchParams would write the values anew. */
function queryOf(search: string): string {
  if (search.length < 2) return '';
  const kept = search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [name: string, pair: string] => {
      const alike = encodedAlike(pair);
      return [alike.split('=', 1)[0] ?? '', alike];
    })
    .filter(([name, pair]) => !isNoPartOfPage(name, pair.slice(name.length + 1)));
  if (kept.length === 0) return '';
  const sorted = kept.length === 1 ? kept : kept.toSorted(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1));
  return `?${sorted.map(([, pair]) => pair).join('&')}`;
}

/** A fragment that names a page of its own. */
function routeOf(hash: string): string {
  return /^#[!/]/.test(hash) ? hash : '';
}

/** RFC 3986, section 6.2.2: what needs no encoding has none, hexadecimal digits are capitals. */
function encodedAlike(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/%[\da-f]{2}/gi, (code) => {
    const char = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return /[\w.~-]/.test(char) ? char : code.toUpperCase();
  });
}
