// PRISM (https://www.w3.org/submissions/prism/), the bibliography of journals and magazines. Values stay as written, dates too.
import { attributeIn, type Elements, textIn } from './element-view.ts';

const NAMES = [
  ...(['publicationName', 'issn', 'eIssn', 'isbn', 'doi', 'volume', 'number', 'edition', 'section'] as const),
  ...(['startingPage', 'endingPage', 'pageRange', 'pageCount', 'wordCount', 'byteCount'] as const),
  ...([
    'issueIdentifier',
    'issueName',
    'issueType',
    'seriesTitle',
    'seriesNumber',
    'subtitle',
    'teaser',
  ] as const),
  ...([
    'publicationDate',
    'publicationDisplayDate',
    'coverDate',
    'coverDisplayDate',
    'creationDate',
  ] as const),
  ...(['modificationDate', 'dateReceived', 'embargoDate', 'expirationDate', 'killDate'] as const),
  ...([
    'copyright',
    'corporateEntity',
    'distributor',
    'genre',
    'keyword',
    'location',
    'organization',
  ] as const),
  ...(['person', 'event', 'object', 'aggregationType', 'versionIdentifier', 'url'] as const),
] as const;

/** The first of each. */
export type Prism = { readonly [Name in (typeof NAMES)[number]]?: string | undefined };

export function prismOf(elements: Elements): Prism | undefined {
  const found: { [Name in (typeof NAMES)[number]]?: string } = {};
  let isEmpty = true;
  for (const element of elements ?? []) {
    const name = NAMES.find((known) => element.name === `prism:${known}`);
    const value = textIn(element) ?? attributeIn(element, 'rdf:resource');
    if (name === undefined || value === undefined || found[name] !== undefined) continue;
    found[name] = value;
    isEmpty = false;
  }
  return isEmpty ? undefined : found;
}
