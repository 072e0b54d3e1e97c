// Dublin Core, its fifteen elements and its terms (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/). Values
// stay as written: what dates, persons and identifiers are in them is up to whoever wrote them.
import { type Elements, listed, textIn } from './element-view.ts';

const ELEMENTS = [
  ...(['title', 'creator', 'subject', 'description', 'publisher', 'contributor', 'date', 'type'] as const),
  ...(['format', 'identifier', 'source', 'language', 'relation', 'coverage', 'rights'] as const),
] as const;

const TERMS = [
  ...ELEMENTS,
  ...([
    'abstract',
    'accessRights',
    'accrualMethod',
    'accrualPeriodicity',
    'accrualPolicy',
    'alternative',
  ] as const),
  ...(['audience', 'available', 'bibliographicCitation', 'conformsTo', 'created', 'dateAccepted'] as const),
  ...([
    'dateCopyrighted',
    'dateSubmitted',
    'educationLevel',
    'extent',
    'hasFormat',
    'hasPart',
    'hasVersion',
  ] as const),
  ...([
    'instructionalMethod',
    'isFormatOf',
    'isPartOf',
    'isReferencedBy',
    'isReplacedBy',
    'isRequiredBy',
  ] as const),
  ...([
    'isVersionOf',
    'issued',
    'license',
    'mediator',
    'medium',
    'modified',
    'provenance',
    'references',
  ] as const),
  ...(['replaces', 'requires', 'rightsHolder', 'spatial', 'tableOfContents', 'temporal', 'valid'] as const),
] as const;

/** Texts by element; each list has what was given, in document order, and is never empty. */
export type DublinCore = { readonly [Name in (typeof ELEMENTS)[number]]?: readonly string[] | undefined };
export type DublinCoreTerms = { readonly [Name in (typeof TERMS)[number]]?: readonly string[] | undefined };

export function dublinCoreOf(elements: Elements): DublinCore | undefined {
  return textsByName(elements, 'dc:', ELEMENTS);
}

export function dublinCoreTermsOf(elements: Elements): DublinCoreTerms | undefined {
  return textsByName(elements, 'dcterms:', TERMS);
}

function textsByName<Name extends string>(
  elements: Elements,
  prefix: string,
  names: readonly Name[],
): { readonly [N in Name]?: readonly string[] | undefined } | undefined {
  const own = (elements ?? []).filter((element) => element.name.startsWith(prefix));
  if (own.length === 0) return undefined;
  const found: { [N in Name]?: readonly string[] } = {};
  for (const name of names) {
    const texts = listed(
      own.filter((element) => element.name === prefix + name),
      textIn,
    );
    if (texts !== undefined) found[name] = texts;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}
