// Who wrote it: person constructs of Atom (RFC 4287, section 3.2) and one-line persons of RSS, Dublin Core and iTunes.
import type { RawPerson } from '../../../model/raw-feed.ts';
import { childNamed, childrenNamed, textOf, type XmlElement } from '../xml/element.ts';
import { urlOf } from './links.ts';

/** Persons in elements of these names; each as parts where it has any, else as one text. */
export function readPeople(element: XmlElement, names: readonly string[], max: number): RawPerson[] {
  return childrenNamed(element, names, max)
    .map(readPerson)
    .filter((person) => person !== undefined);
}

function readPerson(element: XmlElement): RawPerson | undefined {
  if (element.children.length === 0) {
    const text = textOf(element);
    return text === undefined ? undefined : { text };
  }
  const name = partOf(element, ['atom:name', 'name', 'itunes:name', 'foaf:name']);
  const email = partOf(element, ['atom:email', 'email', 'itunes:email', 'foaf:mbox']);
  const page = firstNamed(element, [
    'atom:uri',
    'atom:url',
    'uri',
    'url',
    'atom:homepage',
    'homepage',
    'foaf:homepage',
  ]);
  const uri = page === undefined ? undefined : urlOf(page, textOf(page));
  if (name === undefined && email === undefined && uri === undefined) {
    const text = textOf(element);
    return text === undefined ? undefined : { text };
  }
  return { name, email, uri };
}

function partOf(element: XmlElement, names: readonly string[]): string | undefined {
  return textOf(firstNamed(element, names));
}

function firstNamed(element: XmlElement, names: readonly string[]): XmlElement | undefined {
  for (const name of names) {
    const child = childNamed(element, name);
    if (child !== undefined) return child;
  }
  return undefined;
}
