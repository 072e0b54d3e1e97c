// RSS 2.0 (https://www.rssboard.org/rss-specification) with elements of other namespaces for what it has no words for.
import type { Edition, EditionItem } from '../../model/edition.ts';
import type { Category, Enclosure, Link, Person } from '../../model/item.ts';
import {
  ATOM_NS,
  CONTENT_NS,
  CREATIVE_COMMONS_NS,
  DC_NS,
  DCTERMS_NS,
  ITUNES_NS,
  MEDIA_NS,
  SY_NS,
  TRIBUTARY_NS,
} from '../../model/namespaces.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { documentUrl, pageUrlOf } from './document-urls.ts';
import { escapeHtml } from './html.ts';
import {
  bodyWithNote,
  enclosureLength,
  enclosureSeconds,
  enclosureType,
  furtherLinks,
  languageTag,
  personName,
  shortText,
  titleOrFirstWords,
} from './item-parts.ts';
import type { MergedFeedDocument } from './merged-feed-document.ts';
import { XmlWriter } from './xml-writer.ts';

const SPECIFICATION = 'https://www.rssboard.org/rss-specification';
const TTL_MINUTES = 60;

export function writeRss({ edition, items }: MergedFeedDocument): string {
  const xml = new XmlWriter();
  xml.open('rss', {
    version: '2.0',
    'xmlns:atom': ATOM_NS,
    'xmlns:content': CONTENT_NS,
    'xmlns:creativeCommons': CREATIVE_COMMONS_NS,
    'xmlns:dc': DC_NS,
    'xmlns:dcterms': DCTERMS_NS,
    'xmlns:itunes': ITUNES_NS,
    'xmlns:media': MEDIA_NS,
    'xmlns:sy': SY_NS,
    'xmlns:tributary': TRIBUTARY_NS,
  });
  xml.open('channel');
  writeChannel(xml, edition);
  for (const { editionItem } of items) writeItem(xml, editionItem);
  return xml.close().close().finish();
}

/** Our feed. Its items carry authors, rights and licences of their own: nothing is said here that a reader could give them. */
function writeChannel(xml: XmlWriter, edition: Edition): void {
  const page = pageUrlOf(edition);
  xml.element('title', edition.title);
  xml.element('link', page);
  xml.element('description', escapeHtml(edition.description ?? edition.title));
  xml.empty('atom:link', { rel: 'self', type: 'application/rss+xml', href: documentUrl(edition, 'rss') });
  xml.element('language', languageTag(edition.language));
  xml.element('lastBuildDate', rfc822(edition.updatedAt));
  xml.element('generator', edition.generator);
  xml.element('docs', SPECIFICATION);
  xml.element('ttl', TTL_MINUTES);
  xml.element('sy:updatePeriod', 'hourly').element('sy:updateFrequency', 1);
  if (edition.imageUrl !== undefined) {
    xml.open('image');
    xml.element('url', edition.imageUrl).element('title', edition.title).element('link', page);
    xml.close();
  }
}

function writeItem(xml: XmlWriter, item: EditionItem): void {
  xml.open('item');
  xml.element('title', item.title === '' ? undefined : plainText(item.title));
  xml.element('link', item.permalink);
  xml.element('guid', item.id, { isPermaLink: String(item.idIsPermalink && item.id === item.permalink) });
  xml.element('pubDate', rfc822(item.publishedAt)).element('atom:updated', item.updatedAt);
  writeBody(xml, item);
  writeCredit(xml, item);
  for (const category of item.categories) writeCategory(xml, category);
  for (const link of furtherLinks(item)) writeLink(xml, link);
  writeMedia(xml, item);
  xml.element('comments', item.commentsUrl).element('dc:language', languageTag(item.language));
  xml.close();
}

/** `description` is read as HTML: a text goes in escaped once more. */
function writeBody(xml: XmlWriter, item: EditionItem): void {
  // The specification wants a title or a description of every item.
  const short = shortText(item) ?? (item.title === '' ? titleOrFirstWords(item) : undefined);
  const body = bodyWithNote(item);
  xml.element('description', short === undefined ? undefined : escapeHtml(short));
  xml.element('content:encoded', body === '' ? undefined : body);
  xml.element('tributary:note', item.note.position === 'none' ? undefined : item.note.html);
}

/**
 * Text that readers may take for HTML. feedparser does where it finds an end tag or an entity, and falls over declarations
 * in it: one title would cost its readers the whole feed. An invisible word joiner parts `<` from `!` in such a text.
 */
function plainText(text: string): string {
  return text.includes('<!') && /<\/\w+>|&#?\w+;/.test(text) ? text.replaceAll('<!', '<\u2060!') : text;
}

function writeCredit(xml: XmlWriter, { attribution }: EditionItem): void {
  const { source, authors, contributors, publisher, rights, licenses, via } = attribution;
  xml.element('source', source.title, { url: source.feedUrl ?? source.siteUrl ?? source.id });
  for (const author of authors) writePerson(xml, 'dc:creator', author);
  for (const contributor of contributors) writePerson(xml, 'dc:contributor', contributor);
  xml
    .element('dc:publisher', publisher)
    .element('dc:rights', rights === undefined ? undefined : plainText(rights));
  for (const license of licenses) {
    xml.element('creativeCommons:license', license).element('dcterms:license', license);
    xml.empty('atom:link', { rel: 'license', href: license });
  }
  for (const hop of via) xml.empty('atom:link', { rel: 'via', href: hop.url, title: hop.title });
}

function writePerson(xml: XmlWriter, element: string, person: Person): void {
  xml.element(element, personName(person));
}

function writeCategory(xml: XmlWriter, { term, scheme, label }: Category): void {
  xml.element('category', label ?? term, { domain: scheme });
}

function writeLink(xml: XmlWriter, { rel, url, type, title, hreflang }: Link): void {
  xml.empty('atom:link', { rel, href: url, type, title, hreflang });
}

/** Readers take one enclosure of an item: the first of a known type. The others are media:content. */
function writeMedia(xml: XmlWriter, { enclosures, imageUrl }: EditionItem): void {
  const first = enclosures.find((enclosure) => enclosureType(enclosure) !== undefined);
  if (first !== undefined) {
    xml.empty('enclosure', {
      url: first.url,
      length: enclosureLength(first) ?? 0,
      type: enclosureType(first),
    });
    xml.element('itunes:duration', enclosureSeconds(first));
  }
  for (const enclosure of enclosures) if (enclosure !== first) writeMediaContent(xml, enclosure);
  if (imageUrl !== undefined) xml.empty('media:thumbnail', { url: imageUrl });
}

/** Without media:title: feedparser takes it for the item's. */
function writeMediaContent(xml: XmlWriter, enclosure: Enclosure): void {
  xml.empty('media:content', {
    url: enclosure.url,
    type: enclosureType(enclosure),
    fileSize: enclosureLength(enclosure),
    duration: enclosureSeconds(enclosure),
  });
}

/** RFC 822 with a year of four digits, in UTC. */
function rfc822(timestamp: Timestamp): string {
  return new Date(timestamp).toUTCString();
}
