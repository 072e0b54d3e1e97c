// Who wrote it: person constructs of Atom (RFC 4287, section 3.2), one-line persons of RSS, Dublin Core and iTunes, and
// FOAF's in RSS 1.0 (http://xmlns.com/foaf/spec/), on their own or in a list of RDF.
import type { RawPerson, RawUrl } from '../../../model/raw-feed.ts';
import { childNamed, childrenNamed, textOf, type XmlElement } from '../xml/element.ts';
import { givenAttribute, urlOf } from './links.ts';

const NAMES = ['atom:name', 'name', 'itunes:name', 'googleplay:name', 'foaf:name', 'foaf:nick', 'rdf:value'];
const MAILS = ['atom:email', 'email', 'itunes:email', 'googleplay:email', 'foaf:mbox'];
const PAGES = [
  'atom:uri',
  'atom:url',
  'uri',
  'url',
  'atom:homepage',
  'homepage',
  'foaf:homepage',
  'foaf:weblog',
];
/** What stands between an element and the persons in it. */
const HOLDERS = ['foaf:agent', 'foaf:person', 'rdf:description', 'rdf:seq', 'rdf:bag', 'rdf:alt', 'rdf:li'];
const HOLDERS_DEPTH_MAX = 4;

const NOBODY: readonly RawPerson[] = [];

/** Persons in elements of these names; each as parts where it has any, else as one text. */
export function readPeople(element: XmlElement, names: readonly string[], max: number): readonly RawPerson[] {
  const children = childrenNamed(element, names, max);
  if (children.length === 0) return NOBODY;
  return children.flatMap((child) => readPersons(child, max, 0)).slice(0, max);
}

function readPersons(element: XmlElement, max: number, depth: number): RawPerson[] {
  const held = element.children.length === 0 ? [] : childrenNamed(element, HOLDERS, max);
  if (held.length > 0 && depth < HOLDERS_DEPTH_MAX)
    return held.flatMap((child) => readPersons(child, max, depth + 1));
  const person = readPerson(element);
  return person === undefined ? [] : [person];
}

function readPerson(element: XmlElement): RawPerson | undefined {
  if (element.children.length === 0) {
    const text = textOf(element);
    return text === undefined ? undefined : { text };
  }
  const name = textOf(firstNamed(element, NAMES));
  const email = resourceOf(firstNamed(element, MAILS))?.href;
  const uri = resourceOf(firstNamed(element, PAGES));
  if (name === undefined && email === undefined && uri === undefined) {
    const text = textOf(element);
    return text === undefined ? undefined : { text };
  }
  return { name, email, uri };
}

/** What it says, or points to. */
function resourceOf(element: XmlElement | undefined): RawUrl | undefined {
  if (element === undefined) return undefined;
  return urlOf(element, textOf(element) ?? givenAttribute(element, 'rdf:resource'));
}

/** The first that says anything. */
function firstNamed(element: XmlElement, names: readonly string[]): XmlElement | undefined {
  for (const name of names) {
    const child = childNamed(element, name);
    if (child !== undefined && (textOf(child) ?? givenAttribute(child, 'rdf:resource')) !== undefined)
      return child;
  }
  return undefined;
}
