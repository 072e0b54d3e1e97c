// RSS 2.0 (https://www.rssboard.org/rss-specification) with elements of other namespaces for what it has no words for.
import type { Edition, EditionItem } from '../../model/edition.ts';
import type { Enclosure, Link } from '../../model/item.ts';
import * as ns from '../../model/namespaces.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import type { CarriedElement } from './carried-elements.ts';
import {
  carriedMediaUrls,
  carriedOf,
  declarations,
  durationOf,
  hasCarried,
  isPlayable,
  pictureOf,
  withoutMediaTitles,
} from './carried-of-item.ts';
import { creditsUrlOf, documentUrl, pageUrlOf } from './document-urls.ts';
import { historyPrefixes, writeHistory } from './history.ts';
import { escapeHtml } from './html.ts';
import { withoutDeclarations } from './html-trap.ts';
import {
  bodyWithNote,
  enclosureLength,
  enclosureSeconds,
  enclosureType,
  filesOf,
  furtherLinks,
  namedCategories,
  otherForms,
  personName,
  shortText,
  titleOrFirstWords,
} from './item-parts.ts';
import { itemLanguage, languageTag } from './language-tag.ts';
import type { MergedFeedDocument, MergedFeedItem } from './merged-feed-document.ts';
import { writePodcastChannel } from './podcast-channel.ts';
import { writeRssStubs } from './retractions.ts';
import { RSL_TYPE, rslDocuments, writeNoindex, writeSchedule } from './shared-elements.ts';
import { XmlWriter } from './xml-writer.ts';

const TTL_MINUTES = 60;
const PREFIXES = {
  atom: ns.ATOM_NS,
  content: ns.CONTENT_NS,
  creativeCommons: ns.CREATIVE_COMMONS_NS,
  dc: ns.DC_NS,
  dcterms: ns.DCTERMS_NS,
  itunes: ns.ITUNES_NS,
  media: ns.MEDIA_NS,
  sy: ns.SY_NS,
  tributary: ns.TRIBUTARY_NS,
};
const NOINDEX_PREFIXES = { access: ns.ACCESS_NS, indexing: ns.INDEXING_NS };

export function writeRss({ edition, items }: MergedFeedDocument): string {
  const xml = new XmlWriter();
  const hidden = edition.noindex === true ? NOINDEX_PREFIXES : {};
  const prefixes = { ...PREFIXES, ...hidden, ...historyPrefixes(edition) };
  xml.open('rss', { version: '2.0', ...declarations(prefixes, items) });
  xml.open('channel', edition.noindex === true ? { 'indexing:index': 'no' } : undefined);
  writeChannel(xml, edition, items);
  for (const item of items) writeItem(xml, item, edition);
  writeRssStubs(xml, edition);
  return xml.close().close().finish();
}

/** Our feed. Its items carry authors, rights and licences of their own: nothing is said here that a reader could give them. */
function writeChannel(xml: XmlWriter, edition: Edition, items: readonly MergedFeedItem[]): void {
  const page = pageUrlOf(edition);
  xml.element('title', edition.title);
  xml.element('link', page);
  xml.element('description', escapeHtml(edition.description ?? edition.title));
  xml.empty('atom:link', { rel: 'self', type: 'application/rss+xml', href: documentUrl(edition, 'rss') });
  for (const hub of edition.hubs ?? []) xml.empty('atom:link', { rel: 'hub', href: hub });
  writeHistory(xml, edition, 'atom:link', 'rss');
  xml.element('language', languageTag(edition.language));
  xml.element('lastBuildDate', rfc822(edition.updatedAt));
  xml.element('generator', edition.generator);
  // The documentation that a finder of this file needs is whose work is in it.
  xml.element('docs', creditsUrlOf(edition));
  xml.element('ttl', TTL_MINUTES);
  writeSchedule(xml);
  if (edition.imageUrl !== undefined) {
    xml.open('image');
    xml.element('url', edition.imageUrl).element('title', edition.title).element('link', page);
    xml.close();
  }
  writeNoindex(xml, edition);
  writePodcastChannel(xml, edition, items);
}

function writeItem(xml: XmlWriter, item: MergedFeedItem, edition: Edition): void {
  const { editionItem } = item;
  xml.open('item', editionItem.noindex === true ? { 'indexing:index': 'no' } : undefined);
  xml.element('title', editionItem.title === '' ? undefined : withoutDeclarations(editionItem.title));
  // Before `link`: feedparser takes the last of the two for the item's page.
  for (const form of otherForms(editionItem)) writeLink(xml, form);
  xml.element('link', editionItem.permalink);
  const isPermalink = editionItem.idIsPermalink && editionItem.id === editionItem.permalink;
  xml.element('guid', editionItem.id, { isPermaLink: isPermalink ? 'true' : 'false' });
  xml.element('pubDate', rfc822(editionItem.publishedAt)).element('atom:updated', editionItem.updatedAt);
  writeBody(xml, editionItem);
  writeCredit(xml, editionItem);
  for (const { term, scheme, label } of namedCategories(editionItem.categories))
    xml.element('category', label ?? term, scheme === undefined ? undefined : { domain: scheme });
  for (const link of furtherLinks(editionItem)) writeLink(xml, link);
  xml.element('comments', editionItem.commentsUrl);
  xml.element('dc:language', itemLanguage(editionItem.language, edition.language));
  writeNoindex(xml, editionItem);
  const carried = carriedOf(item);
  writeMedia(xml, editionItem, carried);
  xml.carried(editionItem.title === '' ? withoutMediaTitles(carried) : carried);
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

function writeCredit(xml: XmlWriter, { attribution }: EditionItem): void {
  const { source, authors, contributors, publisher, rights, licenses, via, terms } = attribution;
  xml.element('source', source.title, { url: source.feedUrl ?? source.siteUrl ?? source.id });
  for (const author of authors) xml.element('dc:creator', personName(author));
  for (const contributor of contributors) xml.element('dc:contributor', personName(contributor));
  xml
    .element('dc:publisher', publisher)
    .element('dc:rights', rights === undefined ? undefined : withoutDeclarations(rights));
  for (const license of licenses) {
    xml.element('creativeCommons:license', license).element('dcterms:license', license);
    xml.empty('atom:link', { rel: 'license', href: license });
  }
  for (const href of rslDocuments(terms)) xml.empty('atom:link', { rel: 'license', type: RSL_TYPE, href });
  for (const hop of via) xml.empty('atom:link', { rel: 'via', href: hop.url, title: hop.title });
}

function writeLink(xml: XmlWriter, { rel, url, type, title, hreflang }: Link): void {
  xml.empty('atom:link', { rel, href: url, type, title, hreflang });
}

/** Readers take one enclosure of an item: the first of a known type. The others are media:content. */
function writeMedia(xml: XmlWriter, item: EditionItem, carried: readonly CarriedElement[]): void {
  const { imageUrl } = item;
  const enclosures = filesOf(item);
  if (enclosures.length > 0) {
    const first = enclosures.find((enclosure) => enclosureType(enclosure) !== undefined);
    if (first !== undefined) writeEnclosure(xml, first);
    const described = carriedMediaUrls(carried, 'content');
    for (const enclosure of enclosures)
      if (enclosure !== first && !described.has(enclosure.url)) writeMediaContent(xml, enclosure);
    xml.element('itunes:duration', durationOf(item));
    if (isPlayable(first && enclosureType(first)) && !hasCarried(carried, 'itunes', 'image')) {
      const picture = pictureOf(item);
      if (picture !== undefined) xml.empty('itunes:image', { href: picture });
    }
  }
  if (imageUrl !== undefined && !carriedMediaUrls(carried, 'thumbnail').has(imageUrl))
    xml.empty('media:thumbnail', { url: imageUrl });
}

function writeEnclosure(xml: XmlWriter, enclosure: Enclosure): void {
  const { url } = enclosure;
  xml.empty('enclosure', { url, length: enclosureLength(enclosure) ?? 0, type: enclosureType(enclosure) });
}

/** Without media:title: feedparser takes it for the title of an item that has none. */
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
