// URLs made absolute and fit to publish: http and https only, without userinfo. IRIs stay as they are, so that nothing
// is resolved through the URL class, which would rewrite them.
import type { BaseScope, RawUrl } from '../../model/raw-feed.ts';

/** Longer ones are no links. */
const URL_CHARS_MAX = 8192;

/** RFC 3986, appendix B; groups are scheme, authority, path, query, fragment. Linear: no two parts share a character. */
const PARTS = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/is;

/** What needs nothing done to it: a name for a host, no userinfo, characters of a URI only. */
const PLAIN = /^https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}(?:[/?#][\w\-.~:/?#@!$&'()*+,;=%]*)?$/;

interface UrlParts {
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

function split(url: string): UrlParts {
  const match = PARTS.exec(url);
  return {
    scheme: match?.[1],
    authority: match?.[2],
    path: match?.[3] ?? '',
    query: match?.[4] ?? '',
    fragment: match?.[5] ?? '',
  };
}

/** RFC 3986, section 5.2, on characters: the reference is not encoded anew. Without a base only what is absolute stays. */
export function resolveReference(reference: string, base: string | undefined): string | undefined {
  const ref = split(reference);
  if (ref.scheme !== undefined) return reference;
  if (base === undefined) return ref.authority === undefined ? undefined : `https:${reference}`;
  const from = split(base);
  if (from.scheme === undefined) return undefined;
  if (ref.authority !== undefined) return `${from.scheme}:${reference}`;
  const root = `${from.scheme}:${from.authority === undefined ? '' : `//${from.authority}`}`;
  if (ref.path === '')
    return `${root}${from.path}${ref.query === '' ? from.query : ref.query}${ref.fragment}`;
  const path = ref.path.startsWith('/') ? ref.path : mergePaths(from, ref.path);
  return `${root}${removeDotSegments(path)}${ref.query}${ref.fragment}`;
}

/** Section 5.2.3. */
function mergePaths(base: UrlParts, path: string): string {
  if (base.authority !== undefined && base.path === '') return `/${path}`;
  return base.path.slice(0, base.path.lastIndexOf('/') + 1) + path;
}

/** Section 5.2.4. */
function removeDotSegments(path: string): string {
  if (!path.includes('.')) return path;
  const kept: string[] = [];
  const segments = path.split('/');
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..') {
      if (kept.length > 1) kept.pop();
      if (isLast) kept.push('');
    } else if (segment === '.') {
      if (isLast) kept.push('');
    } else {
      kept.push(segment);
    }
  }
  return kept.join('/');
}

/** White space and controls around a URL are gone, and tabs and line ends within it (URL Standard, section 4.4). */
export function tidyUrl(url: string): string {
  const tidy = url
    .replace(/^[\0-\x20\u00a0]+/, '')
    .replace(/[\t\n\r]/g, '')
    .trimEnd();
  return tidy.includes('\\') ? withoutBackslashes(tidy) : tidy;
}

/** In the path of http and https they are slashes (URL Standard, section 4.4). */
function withoutBackslashes(url: string): string {
  if (/^(?!https?:)[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  const end = url.search(/[?#]/);
  const path = end < 0 ? url : url.slice(0, end);
  return path.replaceAll('\\', '/') + url.slice(path.length);
}

/** An absolute http or https URL without userinfo; undefined for anything else. */
export function publishableUrl(reference: string, base: string | undefined): string | undefined {
  if (reference.length > URL_CHARS_MAX) return undefined;
  if (PLAIN.test(reference) && !reference.includes('xn--')) return reference;
  const tidy = tidyUrl(reference);
  if (tidy === '') return undefined;
  const given = /^www\.[^/\s.]+\.[^/\s]/i.test(tidy) ? `http://${tidy}` : withoutExtraScheme(tidy);
  const absolute = resolveReference(given, base);
  if (absolute === undefined || !/^https?:/i.test(absolute)) return undefined;
  return withoutUserinfo(encodeForbidden(withSlashes(absolute)));
}

/** `http:/host` and `http:\\host` are what browsers take for `http://host`; a scheme put before another is none, also after resolving. */
function withSlashes(url: string): string {
  return url.replace(
    /^(?:https?:[/\\]*(?=https?:[/\\]{2}))*(https?):[/\\]*/i,
    (_, scheme: string) => `${scheme.toLowerCase()}://`,
  );
}

/** `feed:https://…` and `feed://…`, which readers once took, and a scheme that was put before another. */
function withoutExtraScheme(url: string): string {
  if (!url.includes('://http') && !/^feed:/i.test(url)) return url;
  return url
    .replace(/^feed:(?:\/\/)?(?=https?:\/)/i, '')
    .replace(/^feed:\/\//i, 'http://')
    .replace(/^https?:\/\/(?=https?:\/\/)/i, '');
}

/** What neither a URI nor an IRI may contain (RFC 3987, sections 2.2 and 4.1), and what cannot be seen: encoded. */
function encodeForbidden(url: string): string {
  return url.replace(
    /[\0-\x20"<>\\^`{|}\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (character) => encodeURIComponent(character),
  );
}

function withoutUserinfo(url: string): string | undefined {
  const { scheme, authority, path, query, fragment } = split(url);
  const host = authority?.slice(authority.lastIndexOf('@') + 1);
  // `http:` for a host is another address, written into this one.
  if (host === undefined || host === '' || /^https?:$/i.test(host)) return undefined;
  const clean = `${scheme}://${host}${path}${query}${fragment}`;
  return clean.length <= URL_CHARS_MAX && URL.canParse(clean) ? clean : undefined;
}

/** The base in force at a value: its `xml:base` against the ones around it against the document's address. */
export class BaseResolver {
  private readonly documentBase: string | undefined;
  private readonly known = new Map<BaseScope, string | undefined>();

  constructor(documentBase: string | undefined) {
    this.documentBase = documentBase;
  }

  baseOf(scope: BaseScope | undefined): string | undefined {
    if (scope === undefined) return this.documentBase;
    const known = this.known.get(scope);
    if (known !== undefined) return known;
    const outer = this.baseOf(scope.outer);
    const base = resolveReference(tidyUrl(scope.href), outer) ?? outer;
    this.known.set(scope, base);
    return base;
  }

  urlOf(url: RawUrl | undefined): string | undefined {
    return url === undefined ? undefined : publishableUrl(url.href, this.baseOf(url.base));
  }
}
