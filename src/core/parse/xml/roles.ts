// What part an element plays while the tree is built, by its canonical name.

/** Documents that are feeds: what their root may be called. */
export type RootKind = 'rss' | 'rdf' | 'atom' | 'channel' | 'entry';

export function rootKindOf(name: string): RootKind | undefined {
  switch (name) {
    case 'rss':
      return 'rss';
    case 'rdf:rdf':
    case 'rdf':
      return 'rdf';
    case 'atom:feed':
    case 'feed':
      return 'atom';
    case 'atom:entry':
      return 'entry';
    case 'channel':
      return 'channel';
    default:
      return undefined;
  }
}

export function isItemName(name: string): boolean {
  return name === 'item' || name === 'atom:entry';
}

/** Elements that hold elements only: their text is white space. */
const CONTAINERS: ReadonlySet<string> = new Set(
  'rss rdf:rdf rdf channel item atom:feed atom:entry atom:source items'.split(' '),
);

export function isContainer(name: string): boolean {
  return CONTAINERS.has(name);
}

/** Elements that hold text for people: elements in them are its markup. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(
  (
    'title subtitle tagline description summary content copyright rights body fullitem content:encoded xhtml:body xhtml:div ' +
    'atom:title atom:subtitle atom:tagline atom:summary atom:content atom:rights atom:copyright atom:info ' +
    'dc:title dc:description dc:rights dcterms:abstract media:title media:description itunes:summary itunes:subtitle ' +
    'abstract googleplay:description at:comment tributary:note'
  ).split(' '),
);

export function isTextField(name: string): boolean {
  return TEXT_FIELDS.has(name);
}

/** Elements that hold one value, and elements that stand beside them: one of the latter in one of the former was not closed. */
const VALUES: ReadonlySet<string> = new Set(
  (
    'title link guid pubdate category comments dc:date dc:creator dc:subject ' +
    'atom:title atom:id atom:updated atom:published atom:modified atom:issued'
  ).split(' '),
);
const FIELDS: ReadonlySet<string> = new Set([
  ...VALUES,
  ...'description author enclosure content:encoded atom:link atom:summary atom:content atom:author atom:category'.split(
    ' ',
  ),
]);

export function isValue(name: string): boolean {
  return VALUES.has(name);
}

export function isField(name: string): boolean {
  return FIELDS.has(name);
}

/** HTML elements that end the one of their own kind before them (HTML, section 13.1.2.4). */
const SELF_ENDING: ReadonlySet<string> = new Set('p li dt dd tr td th option'.split(' '));

export function endsItsLike(local: string): boolean {
  return SELF_ENDING.has(local);
}

/** HTML elements that no feed format has: without an end tag even where no text field is open. */
export function isEmptyAnywhere(name: string): boolean {
  return name === 'br' || name === 'hr' || name === 'img';
}

const TITLES: ReadonlySet<string> = new Set(['title', 'atom:title']);
const LINKS: ReadonlySet<string> = new Set(['link', 'atom:link', 'guid']);
const BODIES: ReadonlySet<string> = new Set([
  'description',
  'content:encoded',
  'atom:content',
  'atom:summary',
]);

/** What readers look for in an item first. */
export function isTitle(name: string): boolean {
  return TITLES.has(name);
}

export function isLink(name: string): boolean {
  return LINKS.has(name);
}

export function isBody(name: string): boolean {
  return BODIES.has(name);
}

/** All that any of the above knows, so that it need be asked once for each. */
export const NAMES_WITH_ROLES: ReadonlySet<string> = new Set([...CONTAINERS, ...TEXT_FIELDS, ...FIELDS]);
