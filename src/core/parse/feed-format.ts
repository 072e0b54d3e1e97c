// Which feed format a tree is, by its root, its version and its elements; undefined where it is no feed.
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
      return isNetscape(root) ? 'rss-0.90' : 'rss-1.0';
    case 'atom':
      return attributeOf(root, 'version')?.trim().startsWith('0.') ? 'atom-0.3' : 'atom-1.0';
    case 'entry':
      return 'atom-1.0';
    case 'channel':
      return isCdf(root, items) ? 'cdf' : items.length > 0 ? 'rss-2.0' : undefined;
    default:
      return undefined;
  }
}

/** 0.93 and 0.94 were drafts between 0.92 and 2.0 and are read as the former. */
function rssVersion(version: string | undefined): FeedFormat {
  const said = version?.trim() ?? '';
  if (said.startsWith('0.90')) return 'rss-0.90';
  if (said.startsWith('0.91')) return 'rss-0.91';
  if (/^0?\.9/.test(said)) return 'rss-0.92';
  return said.startsWith('1') ? 'rss-1.0' : 'rss-2.0';
}

/** RSS 0.90 has neither `rdf:about` nor the list of items that RSS 1.0 demands. */
function isNetscape(root: XmlElement): boolean {
  const channel = childNamed(root, 'channel');
  return (
    channel !== undefined &&
    attributeOf(channel, 'rdf:about') === undefined &&
    childNamed(channel, 'items') === undefined
  );
}

/** Channel Definition Format: addresses stand in `href` and `base`. */
function isCdf(root: XmlElement, items: readonly XmlElement[]): boolean {
  const marked = (element: XmlElement): boolean => attributeOf(element, 'href') !== undefined;
  return marked(root) || attributeOf(root, 'base') !== undefined || items.some(marked);
}
