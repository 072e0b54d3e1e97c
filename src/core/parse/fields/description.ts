// What a feed says of itself, and what an item says of the source that it came from: the same elements.
import type { RawDescription, RawGenerator, RawLink, RawPerson, RawUrl } from '../../../model/raw-feed.ts';
import {
  attributeOf,
  childNamed,
  childrenNamed,
  textOf,
  textsNamed,
  type XmlElement,
} from '../xml/element.ts';
import { readCategories } from './categories.ts';
import { bestAlternates, givenAttribute, givenAttributes, readLinks, urlOf, urlsNamed } from './links.ts';
import { readImages } from './media.ts';
import { readPeople } from './people.ts';
import { readRights } from './rights.ts';
import { readText } from './text.ts';

const TITLES = ['title', 'atom:title', 'dc:title', 'media:title'];
const SUBTITLES = [
  'atom:subtitle',
  'atom:tagline',
  'description',
  'subtitle',
  'tagline',
  'dc:description',
  'itunes:subtitle',
  'itunes:summary',
  'abstract',
  'googleplay:description',
];
const DATES = [
  'atom:updated',
  'atom:modified',
  'lastbuilddate',
  'dcterms:modified',
  'dc:date',
  'updated',
  'modified',
  'pubdate',
];
const AUTHORS = ['atom:author', 'author', 'dc:creator', 'foaf:maker', 'itunes:author', 'googleplay:author'];
/** Not in their vocabularies' words for it, or not in these vocabularies at all. */
const OTHER_AUTHORS = ['dc:author', 'dcterms:creator'];
/** Who is responsible for a feed: named as its author only where no author is. */
const RESPONSIBLE = [['managingeditor'], ['itunes:owner', 'googleplay:owner'], ['webmaster']] as const;
const SETTLED = new Set(['self', 'alternate', 'icon']);

/** `max` bounds the values of each kind. */
export function readDescription(element: XmlElement, max: number): RawDescription {
  const links = readLinks(element, max);
  const alternates = bestAlternates(links);
  // CDF names its site in an attribute of the channel.
  const href = element.name === 'channel' ? urlOf(element, givenAttribute(element, 'href')) : undefined;
  const plain = childrenNamed(element, ['link'], max)
    .filter((link) => attributeOf(link, 'rel') === undefined)
    .map((link) => urlOf(link, textOf(link) ?? attributeOf(link, 'rdf:resource')))
    .filter((url) => url !== undefined);
  const sites = [...plain, ...alternates, ...(href === undefined ? [] : [href])];
  return {
    id:
      textOf(childNamed(element, 'atom:id')) ??
      textOf(childNamed(element, 'id')) ??
      givenAttribute(element, 'rdf:about') ??
      textOf(childNamed(element, 'dc:identifier')),
    title: firstText(element, TITLES, max),
    subtitle: firstText(element, SUBTITLES, max),
    selfUrls: links.filter((link) => link.rel === 'self'),
    siteUrls: sites,
    icons: readIcons(element, links, max),
    updated: [...textsNamed(element, DATES, max), ...givenAttributes(element, 'lastmod')],
    authors: readAuthors(element, max),
    contributors: readPeople(element, ['atom:contributor', 'dc:contributor'], max),
    categories: readCategories(element, max),
    rights: readRights(element, links, max),
    language: languageOf(element),
    generator: readGenerator(element),
    links: links.filter(
      (link) => !SETTLED.has(link.rel ?? '') || (link.rel === 'alternate' && link !== alternates[0]),
    ),
  };
}

function readAuthors(element: XmlElement, max: number): readonly RawPerson[] {
  for (const names of [AUTHORS, OTHER_AUTHORS, ...RESPONSIBLE]) {
    const people = readPeople(element, names, max);
    if (people.length > 0) return people;
  }
  return [];
}

export function firstText(
  element: XmlElement,
  names: readonly string[],
  max: number,
): RawDescription['title'] {
  for (const child of childrenNamed(element, names, max)) {
    const text = readText(child);
    if (text !== undefined) return text;
  }
  return undefined;
}

export function languageOf(element: XmlElement): string | undefined {
  return (
    textOf(childNamed(element, 'language')) ?? textOf(childNamed(element, 'dc:language')) ?? element.language
  );
}

function readIcons(element: XmlElement, links: readonly RawLink[], max: number): RawUrl[] {
  const linked = links.filter((link) => link.rel === 'icon');
  return [
    ...urlsNamed(element, ['atom:icon', 'atom:logo', 'icon', 'logo'], max),
    ...linked,
    ...readImages(element, max),
  ];
}

/** RSS and Atom: text, in Atom with version and address; RSS 1.0: `admin:generatorAgent`, which is an address alone. */
function readGenerator(element: XmlElement): RawGenerator | undefined {
  const generator = childNamed(element, 'atom:generator') ?? childNamed(element, 'generator');
  if (generator !== undefined) {
    const uri = givenAttribute(generator, 'uri') ?? givenAttribute(generator, 'url');
    return {
      name: textOf(generator),
      version: givenAttribute(generator, 'version'),
      uri: urlOf(generator, uri ?? givenAttribute(generator, 'href')),
    };
  }
  const agent = childNamed(element, 'admin:generatoragent');
  if (agent === undefined) return undefined;
  const address = givenAttribute(agent, 'rdf:resource') ?? textOf(agent);
  return { name: address, uri: urlOf(agent, address) };
}
