// OpenSearch 1.1: a feed that is one page of what was searched for.
import { type Elements, ElementView, said } from './element-view.ts';

export interface OpenSearch {
  readonly totalResults?: number | undefined;
  readonly startIndex?: number | undefined;
  readonly itemsPerPage?: number | undefined;
}

export function openSearchOf(elements: Elements): OpenSearch | undefined {
  const search = new ElementView(elements, 'opensearch');
  return said({
    totalResults: search.whole('totalResults'),
    startIndex: search.whole('startIndex'),
    itemsPerPage: search.whole('itemsPerPage'),
  });
}
