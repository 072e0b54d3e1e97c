// What an HTML page says of itself and links: what feeds are found by.

export interface PageLink {
  /** An absolute http or https URL without userinfo. */
  readonly url: string;
  /** Media type without parameters, lower case. */
  readonly type?: string | undefined;
  readonly title?: string | undefined;
  /** The header `Link`, a `link` element of the page, or an `a` element. */
  readonly place: 'header' | 'link' | 'anchor';
}

export interface Page {
  /** Where it came from, after redirects. */
  readonly url: string;
  readonly title?: string | undefined;
  /** `link rel="canonical"`. */
  readonly canonicalUrl?: string | undefined;
  /** By lower-case `name`, `property` or `itemprop`; the first of each. */
  readonly metas: ReadonlyMap<string, string>;
  /** Links of relation `alternate` or `feed`: of the header first, then in document order; each address once. */
  readonly alternates: readonly PageLink[];
  /** `a` elements in document order; each address once. */
  readonly anchors: readonly PageLink[];
  /** The page's text as far as it was looked at, markup and scripts included. */
  readonly html: string;
}
