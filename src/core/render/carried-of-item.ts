// An item's carried elements beside what the writers say of the same item: nothing is said twice.
import type { EditionItem } from '../../model/edition.ts';
import * as ns from '../../model/namespaces.ts';
import type { CarriedElement } from './carried-elements.ts';
import { enclosureSeconds } from './item-parts.ts';
import type { MergedFeedItem } from './merged-feed-document.ts';
import { namespaceOfPrefix } from './vocabularies.ts';

/** What is left to write of them. */
export function carriedOf({ editionItem: item, carried }: MergedFeedItem): readonly CarriedElement[] {
  if (carried.length === 0) return carried;
  const duration = durationOf(item);
  return carried.filter(({ prefix, local }) => {
    if (prefix === 'itunes') return local !== 'duration' || duration === undefined;
    return prefix !== 'access' || item.noindex !== true;
  });
}

/** Seconds of the first file that says how long it is. */
export function durationOf({ enclosures }: EditionItem): number | undefined {
  for (const enclosure of enclosures) {
    const seconds = enclosureSeconds(enclosure);
    if (seconds !== undefined) return seconds;
  }
  return undefined;
}

/** feedparser takes a `media:title` for the title of an item that has none. */
export function withoutMediaTitles(elements: readonly CarriedElement[]): readonly CarriedElement[] {
  return elements
    .filter(({ prefix, local }) => prefix !== 'media' || local !== 'title')
    .map((element) =>
      element.children.length === 0
        ? element
        : { ...element, children: withoutMediaTitles(element.children) },
    );
}

/** The addresses that carried elements `media:LOCAL` name, wherever they stand. */
export function carriedMediaUrls(elements: readonly CarriedElement[], local: string): ReadonlySet<string> {
  const urls = new Set<string>();
  const visit = (element: CarriedElement) => {
    if (element.prefix === 'media' && element.local === local)
      for (const [name, value] of element.attributes) if (name === 'url') urls.add(value);
    element.children.forEach(visit);
  };
  elements.forEach(visit);
  return urls;
}

export function hasCarried(elements: readonly CarriedElement[], prefix: string, local: string): boolean {
  return elements.some((element) => element.prefix === prefix && element.local === local);
}

/** Those of `prefixes` and those that the items use, as attributes of the root, in the order of the alphabet. */
export function declarations(
  prefixes: Readonly<Record<string, string>>,
  items: readonly MergedFeedItem[],
): Record<string, string> {
  const declared = new Map(Object.entries(prefixes));
  const visit = ({ prefix, namespace, attributes, children }: CarriedElement) => {
    if (namespace === undefined) declare(prefix);
    for (const [name] of attributes) if (name.startsWith('rdf:')) declare('rdf');
    children.forEach(visit);
  };
  const declare = (prefix: string) => {
    if (!declared.has(prefix)) declared.set(prefix, namespaceOfPrefix(prefix) ?? '');
  };
  for (const { editionItem, carried } of items) {
    if (editionItem.noindex === true) declareNoindex(declared);
    carried.forEach(visit);
  }
  const sorted = [...declared].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([prefix, namespace]) => [`xmlns:${prefix}`, namespace]));
}

function declareNoindex(declared: Map<string, string>): void {
  declared.set('access', ns.ACCESS_NS).set('indexing', ns.INDEXING_NS);
}

/** Audio or video, which podcast clients play. */
export function isPlayable(type: string | undefined): boolean {
  return type !== undefined && /^(?:audio|video)\//.test(type);
}

/** The picture that podcast clients show with an item: its own, else its source's; else they would show ours. */
export function pictureOf({ imageUrl, attribution }: EditionItem): string | undefined {
  return imageUrl ?? attribution.source.iconUrl;
}
