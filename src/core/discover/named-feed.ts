// The one feed that a page names as its own: what a source whose address is a page is read from. Pure.
import type { Page } from '../../model/page.ts';
import { isSameSite, siteHost } from '../../model/same-site.ts';
import type { FeedCandidate } from './candidate.ts';
import { declaredIn } from './candidates.ts';

/** `several`: they differ in more than their format, and nobody but the operator can say which is meant. */
export type NamedFeed =
  | { readonly kind: 'one'; readonly url: string }
  | { readonly kind: 'several'; readonly urls: readonly string[] }
  /** It is named, but at another site: whoever can write into a page could name anything. */
  | { readonly kind: 'elsewhere'; readonly url: string }
  | { readonly kind: 'none' };

const NAMED_MAX = 3;

/** By what the page or its header declares; feeds of comments aside. */
export function namedFeed(page: Page): NamedFeed {
  const declared = declaredIn(page).filter((each) => !each.isComments && each.url !== page.url);
  const own = declared.filter(({ url }) => isSameSite(siteHost(url), siteHost(page.url)));
  const [first] = own;
  if (first === undefined) {
    const [other] = declared;
    return other === undefined ? { kind: 'none' } : { kind: 'elsewhere', url: other.url };
  }
  const feeds = new Map<string, FeedCandidate>();
  for (const each of own) if (!feeds.has(withoutFormat(each))) feeds.set(withoutFormat(each), each);
  if (feeds.size === 1) return { kind: 'one', url: first.url };
  return { kind: 'several', urls: [...feeds.values()].slice(0, NAMED_MAX).map(({ url }) => url) };
}

const FORMAT_WORDS = /\b(?:rss|atom|json|feed|rdf|xml|subscribe|[012]\.\d+)\b|[^\p{L}\p{N}]+/giu;

/** One feed in several formats has one title, formats aside; without titles one address, formats aside. */
function withoutFormat({ url, title }: FeedCandidate): string {
  const said = (title ?? '').toLowerCase().replace(FORMAT_WORDS, ' ').trim();
  if (said !== '') return said;
  const { pathname = '', search = '' } = URL.parse(url) ?? {};
  return `${pathname}${search}`.toLowerCase().replace(FORMAT_WORDS, ' ').replaceAll(' index', '').trim();
}
