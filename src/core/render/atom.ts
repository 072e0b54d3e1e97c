// Atom 1.0 (RFC 4287). Every entry carries a full atom:source, authors, rights and licences of its own: what an entry lacks
// readers take from the feed (section 4.2.1, 4.2.10; RFC 4946), and our feed's are not theirs.
import type { AttributedSource, Edition, EditionItem } from '../../model/edition.ts';
import type { Category, Enclosure, Person } from '../../model/item.ts';
import {
  ATOM_NS,
  DC_NS,
  DCTERMS_NS,
  ITUNES_NS,
  MEDIA_NS,
  SY_NS,
  TRIBUTARY_NS,
} from '../../model/namespaces.ts';
import { documentUrl, feedUrlOf, pageUrlOf } from './document-urls.ts';
import {
  bodyWithNote,
  enclosureLength,
  enclosureSeconds,
  enclosureType,
  furtherLinks,
  languageTag,
  personName,
  titleOrFirstWords,
} from './item-parts.ts';
import type { MergedFeedDocument } from './merged-feed-document.ts';
import { XmlWriter } from './xml-writer.ts';

export function writeAtom({ edition, items }: MergedFeedDocument): string {
  const xml = new XmlWriter();
  xml.open('feed', {
    xmlns: ATOM_NS,
    'xmlns:dc': DC_NS,
    'xmlns:dcterms': DCTERMS_NS,
    'xmlns:itunes': ITUNES_NS,
    'xmlns:media': MEDIA_NS,
    'xmlns:sy': SY_NS,
    'xmlns:tributary': TRIBUTARY_NS,
    'xml:lang': languageTag(edition.language),
  });
  writeFeed(xml, edition);
  for (const { editionItem } of items) writeEntry(xml, editionItem);
  return xml.close().finish();
}

function writeFeed(xml: XmlWriter, edition: Edition): void {
  xml.element('id', feedUrlOf(edition));
  xml.element('title', edition.title, { type: 'text' });
  xml.element('subtitle', edition.description, { type: 'text' });
  xml.element('updated', edition.updatedAt);
  xml.empty('link', { rel: 'self', type: 'application/atom+xml', href: documentUrl(edition, 'atom') });
  xml.empty('link', { rel: 'alternate', type: 'text/html', href: pageUrlOf(edition) });
  xml.element('generator', edition.generator);
  xml.element('logo', edition.imageUrl);
  if (edition.author !== undefined && personName(edition.author) !== '')
    writePerson(xml, 'author', edition.author);
  xml.element('sy:updatePeriod', 'hourly').element('sy:updateFrequency', 1);
}

function writeEntry(xml: XmlWriter, item: EditionItem): void {
  const body = bodyWithNote(item);
  xml.open('entry', { 'xml:lang': languageTag(item.language) });
  xml.element('id', item.id);
  // As text: some parsers hand HTML titles out undecoded.
  xml.element('title', titleOrFirstWords(item), { type: 'text' });
  if (item.permalink !== undefined) xml.empty('link', { rel: 'alternate', href: item.permalink });
  xml.element('published', item.publishedAt).element('updated', item.updatedAt);
  xml.element('summary', item.summary === '' ? undefined : item.summary, { type: 'text' });
  // Section 4.1.2: an entry has content or an alternate link.
  if (body !== '' || item.permalink === undefined) xml.element('content', body, { type: 'html' });
  xml.element('tributary:note', item.note.position === 'none' ? undefined : item.note.html);
  writeCredit(xml, item);
  for (const category of item.categories) writeCategory(xml, category);
  for (const { rel, url, type, title, hreflang } of furtherLinks(item)) {
    xml.empty('link', { rel, href: url, type, title, hreflang });
  }
  if (item.commentsUrl !== undefined)
    xml.empty('link', { rel: 'replies', type: 'text/html', href: item.commentsUrl });
  for (const enclosure of item.enclosures) writeEnclosure(xml, enclosure);
  const [duration] = item.enclosures.map(enclosureSeconds).filter((seconds) => seconds !== undefined);
  xml.element('itunes:duration', duration);
  if (item.imageUrl !== undefined) xml.empty('media:thumbnail', { url: item.imageUrl });
  xml.close();
}

function writeCredit(xml: XmlWriter, { attribution }: EditionItem): void {
  const { authors, contributors, publisher, rights, licenses, via, source } = attribution;
  for (const author of authors) writePerson(xml, 'author', author);
  for (const contributor of contributors) writePerson(xml, 'contributor', contributor);
  xml.element('dc:publisher', publisher);
  xml.element('rights', rights, { type: 'text' });
  writeLicenses(xml, licenses);
  for (const hop of via) xml.empty('link', { rel: 'via', href: hop.url, title: hop.title });
  writeSource(xml, source);
}

/** Section 4.2.11. */
function writeSource(xml: XmlWriter, source: AttributedSource): void {
  xml.open('source');
  xml.element('id', source.id);
  xml.element('title', source.title, { type: 'text' });
  xml.element('updated', source.updatedAt);
  if (source.feedUrl !== undefined) xml.empty('link', { rel: 'self', href: source.feedUrl });
  if (source.siteUrl !== undefined) xml.empty('link', { rel: 'alternate', href: source.siteUrl });
  for (const author of source.authors) writePerson(xml, 'author', author);
  for (const contributor of source.contributors) writePerson(xml, 'contributor', contributor);
  for (const category of source.categories) writeCategory(xml, category);
  xml.element('rights', source.rights, { type: 'text' });
  writeLicenses(xml, source.licenses);
  xml.element('icon', source.iconUrl);
  xml.close();
}

/** RFC 4946, section 2. */
function writeLicenses(xml: XmlWriter, licenses: readonly string[]): void {
  for (const license of licenses) xml.empty('link', { rel: 'license', href: license });
}

const EMAIL = /^[^\s@<>]+@[^\s@<>]+$/;

/** Section 3.2: a name must be there, an e-mail address must look like one. */
function writePerson(xml: XmlWriter, element: 'author' | 'contributor', person: Person): void {
  xml.open(element).element('name', personName(person)).element('uri', person.uri);
  xml.element('email', person.email !== undefined && EMAIL.test(person.email) ? person.email : undefined);
  xml.close();
}

function writeCategory(xml: XmlWriter, { term, scheme, label }: Category): void {
  xml.empty('category', { term, scheme: scheme !== undefined && isIri(scheme) ? scheme : undefined, label });
}

/** Section 4.2.2.2: a scheme is an IRI; RSS domains often are words. */
function isIri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(text);
}

function writeEnclosure(xml: XmlWriter, enclosure: Enclosure): void {
  const { url, title } = enclosure;
  const attributes = { type: enclosureType(enclosure), length: enclosureLength(enclosure), title };
  xml.empty('link', { rel: 'enclosure', href: url, ...attributes });
}
