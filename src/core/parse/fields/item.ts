// The fields of an item or entry from its node. One reader for RSS and Atom, since publishers mix their elements freely:
// each field is looked for under every name that it goes by, the one that says most first.
import type {
  RawDescription,
  RawExtension,
  RawItem,
  RawLink,
  RawPerson,
  RawRights,
  RawText,
  RawUrl,
} from '../../../model/raw-feed.ts';
import {
  attributeOf,
  childNamed,
  childrenNamed,
  textOf,
  textsNamed,
  type XmlElement,
} from '../xml/element.ts';
import { readCategories } from './categories.ts';
import { firstText, languageOf, readDescription } from './description.ts';
import { bestAlternates, givenAttribute, givenAttributes, readLinks, urlOf, urlsNamed } from './links.ts';
import { mediaOf, readEnclosures, readImages } from './media.ts';
import { readPeople } from './people.ts';
import { readRights } from './rights.ts';
import { readText } from './text.ts';
import { readRetracted } from './tombstones.ts';

/** `a`: early CDF has an item's title and address in one, as HTML does. */
const TITLES = ['title', 'atom:title', 'dc:title', 'itunes:title', 'media:title', 'a'];
/** `content:encoded` over Atom's content over what RSS describes with over what says less. */
const BODIES = [
  'content:encoded',
  'atom:content',
  'xhtml:body',
  'body',
  'xhtml:div',
  'fullitem',
  'content',
  'description',
  'atom:summary',
  'summary',
  'dc:description',
  'itunes:summary',
  'dcterms:abstract',
  'abstract',
  'googleplay:description',
  'itunes:subtitle',
];
const PUBLISHED = [
  'atom:published',
  'pubdate',
  'atom:issued',
  'dc:date',
  'dcterms:issued',
  'dcterms:created',
  'atom:created',
  'date',
  'published',
  'issued',
  'created',
];
const UPDATED = ['atom:updated', 'atom:modified', 'dcterms:modified', 'updated', 'modified', 'lastbuilddate'];
const CREATED = ['dcterms:created', 'atom:created', 'created'];
const SETTLED = new Set(['enclosure', 'license']);

/** `max` bounds the values of each kind. */
export function readItem(
  element: XmlElement,
  max: number,
  extensions?: readonly RawExtension[] | undefined,
): RawItem {
  const links = readLinks(element, max);
  const alternates = bestAlternates(links);
  const guid = childNamed(element, 'guid');
  const enclosures = readEnclosures(element, links, max);
  return {
    ...readIdentity(element, guid),
    permalinks: readPermalinks(element, guid, alternates, max),
    title: firstText(element, TITLES, max) ?? titleOfGroup(element, max),
    bodies: readBodies(element, max),
    authors: readAuthors(element, max),
    contributors: readPeople(element, ['atom:contributor', 'dc:contributor'], max),
    published: textsNamed(element, PUBLISHED, max),
    updated: [...textsNamed(element, UPDATED, max), ...givenAttributes(element, 'lastmod')],
    dated: textsNamed(element, ['dc:date'], max),
    created: textsNamed(element, CREATED, max),
    expires: readExpiry(element, max),
    publishers: readPeople(element, ['dc:publisher'], max),
    categories: readCategories(element, max),
    enclosures,
    duration: textOf(childNamed(element, 'itunes:duration')),
    rights: readRights(element, links, max),
    source: readSource(element, max),
    links: links.filter((link) => !SETTLED.has(link.rel ?? '') && link !== alternates[0]),
    language: languageOf(element),
    comments: urlsNamed(element, ['comments'], max)[0] ?? links.find(isPageOfReplies),
    images: [...readImages(element, max), ...enclosures.filter(isPicture)],
    declaredNote: noteOf(element),
    extensions,
    retracted: readRetracted(element),
  };
}

/** `dcterms:valid` is a period in the form of DCMI Period: `start=…; end=…; scheme=…`. */
function readExpiry(element: XmlElement, max: number): string[] {
  const ends = textsNamed(element, ['dcterms:valid'], max).map(
    (text) => /(?:^|;)\s*end=([^;]*)/.exec(text)?.[1],
  );
  return [...textsNamed(element, ['expirationdate'], max), ...ends.filter((end) => end !== undefined)];
}

function isPicture({ type }: RawLink): boolean {
  return type?.startsWith('image/') === true;
}

/** Where nothing else names the item: of an item that is its one group of files, in YouTube's manner. */
function titleOfGroup(element: XmlElement, max: number): RawText | undefined {
  return mediaOf(element, 'media:title', max)
    .map(readText)
    .find((text) => text !== undefined);
}

/** RFC 4685, section 4: replies are a feed where their type says nothing else. */
function isPageOfReplies({ rel, type }: RawLink): boolean {
  return rel === 'replies' && type?.includes('html') === true;
}

/** True for an element that says nothing at all. */
export function isEmptyItem(element: XmlElement): boolean {
  return element.children.length === 0 && element.attributes.length === 0;
}

function readIdentity(
  element: XmlElement,
  guid: XmlElement | undefined,
): Pick<RawItem, 'guid' | 'guidIsPermalink'> {
  const given = textOf(guid);
  if (guid !== undefined && given !== undefined) {
    return { guid: given, guidIsPermalink: isSaidPermalink(guid) };
  }
  const id = textOf(childNamed(element, 'atom:id')) ?? textOf(childNamed(element, 'id'));
  const other = givenAttribute(element, 'rdf:about') ?? textOf(childNamed(element, 'dc:identifier'));
  return { guid: id ?? other, guidIsPermalink: false };
}

/** RSS 2.0: true where `isPermaLink` is absent. */
function isSaidPermalink(guid: XmlElement): boolean {
  const said = attributeOf(guid, 'ispermalink');
  return said === undefined || said.trim().toLowerCase() === 'true';
}

function readPermalinks(
  element: XmlElement,
  guid: XmlElement | undefined,
  alternates: readonly RawUrl[],
  max: number,
): RawUrl[] {
  const plain = childrenNamed(element, ['link'], max)
    .filter((link) => attributeOf(link, 'rel') === undefined)
    .map((link) => urlOf(link, textOf(link)));
  const said = guid !== undefined && isSaidPermalink(guid) ? addressIn(guid, textOf(guid)) : undefined;
  const about = urlOf(element, givenAttribute(element, 'rdf:about') ?? givenAttribute(element, 'href'));
  // Atom's id is no address (RFC 4287, section 4.2.6), but where there is no other, one that looks like it mostly is.
  const last =
    element.name === 'atom:entry' ? addressIn(element, textOf(childNamed(element, 'atom:id'))) : undefined;
  const origin = urlsNamed(element, ['feedburner:origlink'], max);
  const anchors = childrenNamed(element, ['a'], max).map((a) => urlOf(a, givenAttribute(a, 'href')));
  const found = [...origin, ...plain, ...alternates, said, about, last, ...anchors];
  return found.filter((url) => url !== undefined);
}

/** An id that is an address as it stands: one that is not is nothing to resolve. */
function addressIn(element: XmlElement, id: string | undefined): RawUrl | undefined {
  return id !== undefined && /^https?:/i.test(id) ? urlOf(element, id) : undefined;
}

/**
 * All texts that the item has, the fullest kind first. Where Atom gives several contents, HTML goes before plain text, and
 * what summarizes before the contents that are left.
 */
function readBodies(element: XmlElement, max: number): RawText[] {
  const bodies = childrenNamed(element, BODIES, max).map((child) => ({ child, text: readText(child) }));
  const described = mediaOf(element, 'media:description', max).map((child) => ({
    child,
    text: readText(child),
  }));
  const found = [...bodies, ...described].flatMap(({ child, text }) =>
    text === undefined ? [] : [{ child, text }],
  );
  const contents = found.filter(({ child }) => child.name === 'atom:content');
  const best = contents.find(({ text }) => text.kind === 'html') ?? contents[0];
  if (best === undefined || contents.length < 2) return found.map(({ text }) => text);
  const others = found.filter(({ child }) => child.name !== 'atom:content');
  return [best, ...others, ...contents.filter((content) => content !== best)].map(({ text }) => text);
}

/** What names authors less surely counts only where nothing else does: iTunes often names the show beside the author. */
function readAuthors(element: XmlElement, max: number): readonly RawPerson[] {
  const authors = readPeople(element, ['atom:author', 'author', 'dc:creator', 'foaf:maker'], max);
  if (authors.length > 0) return authors;
  const others = readPeople(
    element,
    ['itunes:author', 'dc:author', 'dcterms:creator', 'googleplay:author'],
    max,
  );
  return others.length > 0 ? others : creditedAuthors(element, max);
}

/** https://www.rssboard.org/media-rss#media-credit */
function creditedAuthors(element: XmlElement, max: number): readonly RawPerson[] {
  return mediaOf(element, 'media:credit', max)
    .filter((credit) => givenAttribute(credit, 'role')?.toLowerCase() === 'author')
    .flatMap((credit) => {
      const text = textOf(credit);
      return text === undefined ? [] : [{ text }];
    });
}

/** `atom:source` in any format, else RSS `source` with what stands in it. */
function readSource(element: XmlElement, max: number): RawDescription | undefined {
  const atom = childNamed(element, 'atom:source');
  if (atom !== undefined && atom.children.length > 0) return readDescription(atom, max);
  const rss = childNamed(element, 'source');
  if (rss === undefined) return undefined;
  const feedUrl = urlOf(rss, givenAttribute(rss, 'url'));
  const title = readText(rss);
  if (feedUrl === undefined && title === undefined) return undefined;
  return { ...EMPTY_DESCRIPTION, title, selfUrls: feedUrl === undefined ? [] : [feedUrl] };
}

const NO_RIGHTS: RawRights = { licenses: [] };
const EMPTY_DESCRIPTION: RawDescription = {
  selfUrls: [],
  siteUrls: [],
  icons: [],
  updated: [],
  authors: [],
  contributors: [],
  categories: [],
  rights: NO_RIGHTS,
  links: [],
};

/** Character by character: it is compared with the end of the content. */
function noteOf(element: XmlElement): string | undefined {
  const note = childNamed(element, 'tributary:note');
  return note?.html ?? note?.text;
}
