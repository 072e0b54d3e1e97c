// OpenSearch 1.1: a feed that is one page of what was searched for.
import type { ExtensionElement } from '../extension.ts';
import { attributeIn, type Elements, ElementView, said, wholeIn } from './element-view.ts';

export interface OpenSearch {
  readonly totalResults?: number | undefined;
  readonly startIndex?: number | undefined;
  readonly itemsPerPage?: number | undefined;
  /** What was searched for (`role` is `request`), and what else might be. */
  readonly queries?: readonly OpenSearchQuery[] | undefined;
}

export interface OpenSearchQuery {
  readonly role: string;
  readonly title?: string | undefined;
  readonly searchTerms?: string | undefined;
  readonly totalResults?: number | undefined;
  readonly count?: number | undefined;
  readonly startIndex?: number | undefined;
  readonly startPage?: number | undefined;
  readonly language?: string | undefined;
  readonly inputEncoding?: string | undefined;
  readonly outputEncoding?: string | undefined;
}

export function openSearchOf(elements: Elements): OpenSearch | undefined {
  const search = new ElementView(elements, 'opensearch');
  return said({
    totalResults: search.whole('totalResults'),
    startIndex: search.whole('startIndex'),
    itemsPerPage: search.whole('itemsPerPage'),
    queries: search.list('Query', queryIn),
  });
}

function queryIn(element: ExtensionElement): OpenSearchQuery | undefined {
  const role = attributeIn(element, 'role');
  if (role === undefined) return undefined;
  return said({
    role,
    title: attributeIn(element, 'title'),
    searchTerms: attributeIn(element, 'searchTerms'),
    totalResults: wholeIn(attributeIn(element, 'totalResults')),
    count: wholeIn(attributeIn(element, 'count')),
    startIndex: wholeIn(attributeIn(element, 'startIndex')),
    startPage: wholeIn(attributeIn(element, 'startPage')),
    language: attributeIn(element, 'language'),
    inputEncoding: attributeIn(element, 'inputEncoding'),
    outputEncoding: attributeIn(element, 'outputEncoding'),
  });
}
