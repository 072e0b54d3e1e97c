// What part an element of another vocabulary plays beside the fields of its item: whether it says something anew.
import type { ExtensionElement } from './extension.ts';
import { isKnownVocabulary } from './vocabularies.ts';

/** Read into fields, which are looked at themselves. */
const SETTLED: ReadonlySet<string> = new Set([
  ...['dc:title', 'dc:creator', 'dc:contributor', 'dc:subject', 'dc:description', 'dc:date', 'dc:language'],
  ...[
    'dc:rights',
    'dc:identifier',
    'dcterms:title',
    'dcterms:creator',
    'dcterms:abstract',
    'dcterms:created',
  ],
  ...['dcterms:issued', 'dcterms:modified', 'dcterms:license', 'dcterms:rights'],
  ...['creativeCommons:license', 'cc:license', 'feedburner:origLink', 'feedburner:origEnclosureLink'],
  'atom:link',
]);

/** Counters and dates that move while nothing is said anew. */
const VOLATILE: ReadonlySet<string> = new Set([
  ...['slash:comments', 'slash:hit_parade', 'thr:total', 'atom:link', 'app:edited', 'sy:updateBase'],
  ...['media:community', 'media:starRating', 'media:statistics', 'media:comments', 'media:responses'],
  ...['opensearch:totalResults', 'opensearch:startIndex', 'opensearch:itemsPerPage', 'opensearch:Query'],
  ...['podcast:podping', 'podcast:liveItem', 'feedburner:feedFlare', 'feedburner:awareness'],
  ...['acast:signature', 'admin:generatorAgent', 'source:localTime', 'source:cloud', 'yt:statistics'],
]);

/**
 * What counts of elements when one asks whether their publisher said something new: not what is in the item's fields already,
 * not counters, nor a vocabulary that nobody knows, which may be full of them.
 */
export function tellingExtensions(
  extensions: readonly ExtensionElement[] | undefined,
): readonly ExtensionElement[] {
  if (extensions === undefined) return [];
  const telling: ExtensionElement[] = [];
  for (const element of extensions) {
    const { name, namespace, children } = element;
    if (VOLATILE.has(name) || SETTLED.has(name) || !isKnownVocabulary(namespace)) continue;
    telling.push(children.length === 0 ? element : { ...element, children: steadyChildren(children) });
  }
  return telling;
}

function steadyChildren(children: readonly ExtensionElement[]): readonly ExtensionElement[] {
  return children
    .filter(({ name }) => !VOLATILE.has(name))
    .map((child) =>
      child.children.length === 0 ? child : { ...child, children: steadyChildren(child.children) },
    );
}
