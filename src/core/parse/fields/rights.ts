// Copyright and licences as declared: RSS, Atom, Dublin Core, Creative Commons in its three namespaces, RFC 4946, media.
import type { RawLink, RawRights, RawUrl } from '../../../model/raw-feed.ts';
import { childrenNamed, type XmlElement } from '../xml/element.ts';
import { givenAttribute, urlOf, urlsNamed } from './links.ts';
import { readText } from './text.ts';

const STATEMENTS = [
  'atom:rights',
  'atom:copyright',
  'dc:rights',
  'copyright',
  'dcterms:rights',
  'media:copyright',
];
const LICENSES = ['creativecommons:license', 'cc:license', 'dcterms:license', 'license'];

/** `links` are the element's, as `readLinks` gives them. */
export function readRights(element: XmlElement, links: readonly RawLink[], max: number): RawRights {
  const statement = childrenNamed(element, STATEMENTS, max)
    .map(readText)
    .find((text) => text !== undefined);
  const linked = links.filter((link) => link.rel === 'license');
  const media = childrenNamed(element, ['media:license'], max)
    .map((child) => urlOf(child, givenAttribute(child, 'href')))
    .filter((url) => url !== undefined);
  const licenses: RawUrl[] = [...urlsNamed(element, LICENSES, max), ...linked, ...media];
  return { text: statement, licenses: licenses.map(({ href, base }) => ({ href, base })) };
}
