// arXiv's feeds (http://arxiv.org/schemas/atom).
import { attributeIn, type Elements, ElementView, said } from './element-view.ts';

export interface Arxiv {
  readonly comment?: string | undefined;
  readonly journalReference?: string | undefined;
  readonly doi?: string | undefined;
  readonly primaryCategory?: string | undefined;
}

export function arxivOf(elements: Elements): Arxiv | undefined {
  const arxiv = new ElementView(elements, 'arxiv');
  return said({
    comment: arxiv.text('comment'),
    journalReference: arxiv.text('journal_ref'),
    doi: arxiv.text('doi'),
    primaryCategory: arxiv.one('primary_category', (category) => attributeIn(category, 'term')),
  });
}
