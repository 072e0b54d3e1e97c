// Atom 1.0 (RFC 4287). Every entry carries a full atom:source, authors, rights and licences of its own: what an entry lacks
// readers take from the feed (section 4.2.1, 4.2.10; RFC 4946), and our feed's are not theirs.
import type { AttributedSource, Edition, EditionItem } from '../../model/edition.ts';
import type { Category, Enclosure, Link, Person } from '../../model/item.ts';
import * as ns from '../../model/namespaces.ts';
import { PROJECT_URL } from '../../model/version.ts';
import type { CarriedElement } from './carried-elements.ts';
import { carriedMediaUrls, carriedOf, declarations, durationOf } from './carried-of-item.ts';
import { creditsUrlOf, documentUrl, feedUrlOf, pageUrlOf } from './document-urls.ts';
import { historyPrefixes, writeHistory } from './history.ts';
import {
  bodyWithNote,
  enclosureLength,
  enclosureType,
  filesOf,
  furtherLinks,
  namedCategories,
  otherForms,
  personName,
  titleOrFirstWords,
} from './item-parts.ts';
import { itemLanguage, languageTag } from './language-tag.ts';
import type { MergedFeedDocument, MergedFeedItem } from './merged-feed-document.ts';
import { writeTombstones } from './retractions.ts';
import { RSL_TYPE, rslDocuments, writeNoindex, writeSchedule } from './shared-elements.ts';
import { XmlWriter } from './xml-writer.ts';

const PREFIXES = {
  dc: ns.DC_NS,
  dcterms: ns.DCTERMS_NS,
  itunes: ns.ITUNES_NS,
  media: ns.MEDIA_NS,
  sy: ns.SY_NS,
  tributary: ns.TRIBUTARY_NS,
};
const NOINDEX_PREFIXES = { access: ns.ACCESS_NS, indexing: ns.INDEXING_NS };
const TEXT = { type: 'text' };
const HTML = { type: 'html' };

export function writeAtom({ edition, items }: MergedFeedDocument): string {
  const xml = new XmlWriter();
  const isHidden = edition.noindex === true;
  xml.open('feed', {
    xmlns: ns.ATOM_NS,
    ...declarations(
      { ...PREFIXES, ...(isHidden ? NOINDEX_PREFIXES : {}), ...historyPrefixes(edition) },
      items,
    ),
    'xml:lang': languageTag(edition.language),
    'indexing:index': isHidden ? 'no' : undefined,
  });
  writeFeed(xml, edition);
  writeTombstones(xml, edition);
  for (const item of items) writeEntry(xml, item, edition);
  return xml.close().finish();
}

function writeFeed(xml: XmlWriter, edition: Edition): void {
  xml.element('id', feedUrlOf(edition));
  xml.element('title', edition.title, TEXT);
  xml.element('subtitle', edition.description, TEXT);
  xml.element('updated', edition.updatedAt);
  xml.empty('link', { rel: 'self', type: 'application/atom+xml', href: documentUrl(edition, 'atom') });
  xml.empty('link', { rel: 'alternate', type: 'text/html', href: pageUrlOf(edition) });
  xml.empty('link', {
    rel: 'related',
    type: 'text/html',
    href: creditsUrlOf(edition),
    title: 'Sources and credits',
  });
  for (const hub of edition.hubs ?? []) xml.empty('link', { rel: 'hub', href: hub });
  writeHistory(xml, edition, 'link', 'atom');
  writeGenerator(xml, edition.generator);
  xml.element('logo', edition.imageUrl);
  if (edition.author !== undefined && personName(edition.author) !== '')
    writePerson(xml, 'author', edition.author);
  writeSchedule(xml);
  writeNoindex(xml, edition);
}

/** Section 4.2.4: the name, and its version beside it. */
function writeGenerator(xml: XmlWriter, generator: string): void {
  const [, name = generator, version] = /^(.*) (\S+)$/.exec(generator) ?? [];
  xml.element('generator', name, { uri: PROJECT_URL, version });
}

function writeEntry(xml: XmlWriter, item: MergedFeedItem, edition: Edition): void {
  const { editionItem } = item;
  const body = bodyWithNote(editionItem);
  xml.open('entry', {
    'xml:lang': itemLanguage(editionItem.language, edition.language),
    'indexing:index': editionItem.noindex === true ? 'no' : undefined,
  });
  xml.element('id', editionItem.id);
  // As text: some parsers hand HTML titles out undecoded.
  xml.element('title', titleOrFirstWords(editionItem), TEXT);
  if (editionItem.permalink !== undefined)
    xml.empty('link', { rel: 'alternate', href: editionItem.permalink });
  xml.element('published', editionItem.publishedAt).element('updated', editionItem.updatedAt);
  xml.element('summary', editionItem.summary === '' ? undefined : editionItem.summary, TEXT);
  // Section 4.1.2: an entry has content or an alternate link.
  if (body !== '' || editionItem.permalink === undefined) xml.element('content', body, HTML);
  xml.element('tributary:note', editionItem.note.position === 'none' ? undefined : editionItem.note.html);
  writeCredit(xml, editionItem);
  for (const category of namedCategories(editionItem.categories)) writeCategory(xml, category);
  writeLinks(xml, editionItem);
  writeNoindex(xml, editionItem);
  writeMedia(xml, item);
  xml.close();
}

function writeCredit(xml: XmlWriter, { attribution }: EditionItem): void {
  const { authors, contributors, publisher, rights, licenses, via, source, terms } = attribution;
  for (const author of authors) writePerson(xml, 'author', author);
  for (const contributor of contributors) writePerson(xml, 'contributor', contributor);
  xml.element('dc:publisher', publisher);
  xml.element('rights', rights, TEXT);
  writeLicenses(xml, licenses);
  for (const href of rslDocuments(terms)) xml.empty('link', { rel: 'license', type: RSL_TYPE, href });
  for (const hop of via) xml.empty('link', { rel: 'via', href: hop.url, title: hop.title });
  writeSource(xml, source);
}

/** Section 4.2.11. */
function writeSource(xml: XmlWriter, source: AttributedSource): void {
  xml.open('source');
  xml.element('id', source.id);
  xml.element('title', source.title, TEXT);
  xml.element('updated', source.updatedAt);
  if (source.feedUrl !== undefined) xml.empty('link', { rel: 'self', href: source.feedUrl });
  if (source.siteUrl !== undefined) xml.empty('link', { rel: 'alternate', href: source.siteUrl });
  for (const author of source.authors) writePerson(xml, 'author', author);
  for (const contributor of source.contributors) writePerson(xml, 'contributor', contributor);
  for (const category of namedCategories(source.categories)) writeCategory(xml, category);
  xml.element('rights', source.rights, TEXT);
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

function writeLinks(xml: XmlWriter, item: EditionItem): void {
  for (const link of furtherLinks(item)) writeLink(xml, link, link.rel);
  for (const form of otherForms(item)) writeLink(xml, form, isPage(form) ? 'related' : 'alternate');
  const { commentsUrl } = item;
  const isLinked = item.links.some(({ rel, url }) => rel === 'replies' && url === commentsUrl);
  if (commentsUrl !== undefined && !isLinked)
    xml.empty('link', { rel: 'replies', type: 'text/html', href: commentsUrl });
  for (const enclosure of filesOf(item)) writeEnclosure(xml, enclosure);
}

function writeLink(xml: XmlWriter, { url, type, title, hreflang }: Link, rel: string): void {
  xml.empty('link', { rel, href: url, type, title, hreflang });
}

/**
 * Of pages in several languages some readers take the first alternate for the item's own (rss-parser), others the last
 * (feedparser): translations are `related`, so that no reader opens the wrong one.
 */
function isPage({ type }: Link): boolean {
  return type === undefined || /html/.test(type);
}

function writeEnclosure(xml: XmlWriter, enclosure: Enclosure): void {
  const { url, title } = enclosure;
  const attributes = { type: enclosureType(enclosure), length: enclosureLength(enclosure), title };
  xml.empty('link', { rel: 'enclosure', href: url, ...attributes });
}

/** Section 6.4: foreign markup. */
function writeMedia(xml: XmlWriter, item: MergedFeedItem): void {
  const { editionItem } = item;
  const carried: readonly CarriedElement[] = carriedOf(item);
  xml.element('itunes:duration', durationOf(editionItem));
  const { imageUrl } = editionItem;
  if (imageUrl !== undefined && !carriedMediaUrls(carried, 'thumbnail').has(imageUrl))
    xml.empty('media:thumbnail', { url: imageUrl });
  xml.carried(carried);
}
