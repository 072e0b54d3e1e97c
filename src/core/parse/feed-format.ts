// Which feed format a tree is, by its root, its namespace, its version and its elements; undefined where it is no feed.
import type { FeedFormat } from '../../model/item.ts';
import { attributeOf, childNamed, type XmlElement } from './xml/element.ts';
import type { XmlTree } from './xml/tree-builder.ts';

export function formatOf(tree: XmlTree): FeedFormat | undefined {
  const { root, items } = tree;
  if (root === undefined) return undefined;
  switch (tree.rootKind) {
    case 'rss':
      return rssVersion(attributeOf(root, 'version'));
    case 'rdf':
      if (childNamed(root, 'channel') === undefined && items.length === 0) return undefined;
      return rdfVersion(root, tree.rootNamespaces);
    case 'atom':
    case 'entry':
      return atomVersion(root, tree.rootNamespaces);
    case 'channel':
      if (isCdf(root, items)) return 'cdf';
      if (hasNamespace(tree.rootNamespaces, RSS_1_1)) return 'rss-1.1';
      return items.length > 0 ? 'rss-2.0' : undefined;
    default:
      return undefined;
  }
}

const RSS_VERSIONS: readonly (readonly [start: RegExp, format: FeedFormat])[] = [
  [/^0?\.90/, 'rss-0.90'],
  [/^0?\.91/, 'rss-0.91'],
  [/^0?\.93/, 'rss-0.93'],
  [/^0?\.94/, 'rss-0.94'],
  [/^0?\.9/, 'rss-0.92'],
  [/^1\.1/, 'rss-1.1'],
  [/^1(?:\.|$)/, 'rss-1.0'],
];

/** What has no version, or one that never was, is read as the last. */
function rssVersion(version: string | undefined): FeedFormat {
  const said = version?.trim() ?? '';
  return RSS_VERSIONS.find(([start]) => start.test(said))?.[1] ?? 'rss-2.0';
}

const NETSCAPE = /netscape\.com\/rdf\/simple\/0\.9/i;
const RSS_1_0 = /purl\.org\/rss\/1\.0\/?$/i;
const RSS_1_1 = /purl\.org\/net\/rss1\.1/i;
const ATOM_1_0 = /w3\.org\/2005\/atom/i;
const ATOM_0_3 = /purl\.org\/(?:atom|echo|pie)/i;

function hasNamespace(namespaces: readonly string[], pattern: RegExp): boolean {
  return namespaces.some((uri) => pattern.test(uri));
}

function rdfVersion(root: XmlElement, namespaces: readonly string[]): FeedFormat {
  if (hasNamespace(namespaces, RSS_1_0)) return 'rss-1.0';
  if (hasNamespace(namespaces, NETSCAPE)) return 'rss-0.90';
  if (hasNamespace(namespaces, RSS_1_1)) return 'rss-1.1';
  return hasNoAbout(root) ? 'rss-0.90' : 'rss-1.0';
}

/** RSS 0.90 has neither `rdf:about` nor the list of items that RSS 1.0 demands. */
function hasNoAbout(root: XmlElement): boolean {
  const channel = childNamed(root, 'channel');
  return (
    channel !== undefined &&
    attributeOf(channel, 'rdf:about') === undefined &&
    childNamed(channel, 'items') === undefined
  );
}

/** The namespace tells; where it is none of Atom's, the version, which Atom 1.0 does not have. */
function atomVersion(root: XmlElement, namespaces: readonly string[]): FeedFormat {
  if (hasNamespace(namespaces, ATOM_1_0)) return 'atom-1.0';
  if (hasNamespace(namespaces, ATOM_0_3)) return 'atom-0.3';
  return attributeOf(root, 'version')?.trim().startsWith('0.') ? 'atom-0.3' : 'atom-1.0';
}

/** Channel Definition Format: addresses stand in `href` and `base`. */
function isCdf(root: XmlElement, items: readonly XmlElement[]): boolean {
  const marked = (element: XmlElement): boolean => attributeOf(element, 'href') !== undefined;
  return marked(root) || attributeOf(root, 'base') !== undefined || items.some(marked);
}
