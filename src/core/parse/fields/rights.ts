// Copyright and licences as declared: RSS, Atom, Dublin Core, Creative Commons in its three namespaces, RFC 4946, media, podcast,
// RSL, feed access and indexing. What an element means is settled here, what its text means later.
import type { RawLink, RawRights, RawUrl } from '../../../model/raw-feed.ts';
import { attributeOf, childNamed, childrenNamed, textOf, type XmlElement } from '../xml/element.ts';
import { givenAttribute, urlOf } from './links.ts';
import { mediaOf } from './media.ts';
import { readRsl, rslLinks } from './rsl.ts';
import { readText } from './text.ts';

const STATEMENTS = ['atom:rights', 'atom:copyright', 'dc:rights', 'copyright', 'rights', 'dcterms:rights'];
const LICENSES = ['creativecommons:license', 'cc:license', 'dcterms:license', 'license'];

/** All elements that say anything of rights: most items have none. */
const RIGHTS = [
  ...STATEMENTS,
  ...LICENSES,
  ...['media:copyright', 'media:license', 'media:group', 'podcast:license', 'dcterms:accessrights'],
  ...['rsl:rsl', 'rsl:content', 'access:restriction', 'indexing:index'],
];
const NO_RIGHTS: RawRights = { licenses: [], licenseNames: [], terms: [], rsl: [] };

/** `links` are the element's, as `readLinks` gives them. */
export function readRights(element: XmlElement, links: readonly RawLink[], max: number): RawRights {
  const isLinked = links.some((link) => link.rel === 'license');
  if (!isLinked && !element.mayHaveAny(RIGHTS) && indexingOf(element) === undefined) return NO_RIGHTS;
  const media = mediaOf(element, 'media:copyright', max);
  const named = [
    ...childrenNamed(element, LICENSES, max),
    ...mediaOf(element, 'media:license', max),
    ...childrenNamed(element, ['podcast:license'], max),
  ];
  const linked = links.filter((link) => link.rel === 'license' && !isRslLink(link));
  const restriction = childNamed(element, 'access:restriction');
  const statements = [...childrenNamed(element, STATEMENTS, max), ...media].map(readText);
  return {
    text: statements.find((text) => text !== undefined),
    licenses: [
      ...named.map(addressOf).filter((url) => url !== undefined),
      ...linked.map(({ href, base }) => ({ href, base })),
    ],
    licenseNames: named.map(nameOf).filter((name) => name !== undefined),
    accessRights:
      textOf(childNamed(element, 'dcterms:accessrights')) ?? resourceOf(element, 'dcterms:accessrights'),
    terms: media
      .map((child) => urlOf(child, givenAttribute(child, 'url')))
      .filter((url) => url !== undefined),
    rsl: [...readRsl(element, max), ...rslLinks(links.filter(isRslLink))],
    access: restriction && givenAttribute(restriction, 'relationship'),
    indexing: indexingOf(element),
  };
}

function isRslLink({ rel, type }: RawLink): boolean {
  return rel === 'license' && type?.startsWith('application/rsl+xml') === true;
}

/** As text, in an attribute, or as a resource; a name such as `CC BY 4.0` is none. */
function addressOf(element: XmlElement): RawUrl | undefined {
  const candidates = [
    givenAttribute(element, 'url'),
    givenAttribute(element, 'href'),
    attributeOf(element, 'rdf:resource'),
    textOf(element),
  ];
  const address = candidates.find((text) => text !== undefined && isReference(text));
  return address === undefined ? undefined : urlOf(element, address);
}

/** An address, absolute or not: one word with a slash in it. */
function isReference(text: string): boolean {
  return /^\S+$/.test(text.trim()) && text.includes('/');
}

function nameOf(element: XmlElement): string | undefined {
  const text = textOf(element);
  return text === undefined || isReference(text) ? undefined : text;
}

function resourceOf(element: XmlElement, name: string): string | undefined {
  const child = childNamed(element, name);
  return child === undefined ? undefined : attributeOf(child, 'rdf:resource');
}

/** As an element, or as an attribute of the feed or entry. */
function indexingOf(element: XmlElement): string | undefined {
  const child = childNamed(element, 'indexing:index');
  return (
    textOf(child) ?? (child && givenAttribute(child, 'value')) ?? givenAttribute(element, 'indexing:index')
  );
}
