// Links of feeds and items: Atom's `link` (RFC 4287, section 4.2.7), wherever it stands, and the elements of RSS.
import type { RawLink, RawUrl } from '../../../model/raw-feed.ts';
import { attributeOf, childrenNamed, textOf, type XmlElement } from '../xml/element.ts';

const NO_URLS: readonly RawUrl[] = [];
const IANA = 'http://www.iana.org/assignments/relation/';

export function urlOf(element: XmlElement, href: string | undefined): RawUrl | undefined {
  const trimmed = href?.trim();
  if (trimmed === undefined || trimmed === '') return undefined;
  // Escaped twice: no address has `&amp;` in it.
  const escaped = trimmed.includes('&amp;');
  return { href: escaped ? trimmed.replaceAll('&amp;', '&') : trimmed, base: element.base };
}

/** The URLs that elements of these names have as text or in an attribute, best name first. */
export function urlsNamed(element: XmlElement, names: readonly string[], max: number): readonly RawUrl[] {
  const children = childrenNamed(element, names, max);
  if (children.length === 0) return NO_URLS;
  return children
    .map((child) => urlOf(child, textOf(child) ?? addressOf(child)))
    .filter((url) => url !== undefined);
}

/** `url` is RSS's own way, which many take for everybody's. */
function addressOf(element: XmlElement): string | undefined {
  return attributeOf(element, 'href') ?? attributeOf(element, 'rdf:resource') ?? attributeOf(element, 'url');
}

/** Links with a relation: Atom's in any format, and RSS links that say `href` or `rel` as Atom's do. */
export function readLinks(element: XmlElement, max: number): RawLink[] {
  const links: RawLink[] = [];
  for (const child of childrenNamed(element, ['atom:link', 'link'], max)) {
    const isAtom = child.name === 'atom:link';
    const href =
      attributeOf(child, 'href') ??
      (isAtom || attributeOf(child, 'rel') !== undefined ? textOf(child) : undefined);
    const url = urlOf(child, href);
    if (url !== undefined) links.push({ ...url, ...linkAttributes(child) });
  }
  return links;
}

function linkAttributes(element: XmlElement): Partial<RawLink> {
  return {
    rel: relOf(element),
    type: givenAttribute(element, 'type')?.toLowerCase(),
    title: givenAttribute(element, 'title'),
    hreflang: givenAttribute(element, 'hreflang'),
    length: givenAttribute(element, 'length'),
  };
}

function relOf(element: XmlElement): string {
  const rel = (givenAttribute(element, 'rel') ?? 'alternate').toLowerCase();
  return rel.startsWith(IANA) ? rel.slice(IANA.length) : rel;
}

export function givenAttribute(element: XmlElement, attribute: string): string | undefined {
  const value = attributeOf(element, attribute)?.trim();
  return value === '' ? undefined : value;
}

/** None or one, for lists of candidates: CDF says in attributes what others say in elements. */
export function givenAttributes(element: XmlElement, attribute: string): string[] {
  const value = givenAttribute(element, attribute);
  return value === undefined ? [] : [value];
}

/** Alternates in the order in which a reader would choose: HTML, no type said, anything but a feed. */
export function bestAlternates(links: readonly RawLink[]): RawLink[] {
  const alternates = links.filter((link) => link.rel === 'alternate');
  if (alternates.length < 2) return alternates;
  return alternates
    .map((link) => ({ link, rank: rankOfType(link.type) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ link }) => link);
}

function rankOfType(type: string | undefined): number {
  if (type === undefined || type.includes('html')) return 0;
  return /rss|atom|feed\+json/.test(type) ? 2 : 1;
}
