// The credit of each item as readers that are not ours find it in our documents, in one shape. What a reader has no
// field for is left out.
import { parseFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import type { FeedparserEntry } from './feedparser.ts';
import { childrenOf, linksOf, readXml, textsOf, type XmlElement } from './readers.ts';

export interface Credit {
  id: string | undefined;
  page: string | undefined;
  title: string | undefined;
  sourceTitle: string | undefined;
  sourceFeed: string | undefined;
  authors: readonly string[];
  publisher: string | undefined;
  rights: string | undefined;
  license: string | undefined;
  via: readonly string[];
  published: string | undefined;
  updated: string | undefined;
  categories: readonly string[];
  enclosures: readonly string[];
}

type Found = readonly Partial<Credit>[];
const iso = (date: string | undefined) => (date === undefined ? undefined : new Date(date).toISOString());

export function creditInRss(document: string): Found {
  return childrenOf(childrenOf(readXml(document), 'channel')[0], 'item').map((item) => {
    const one = (name: string) => textsOf(item, name)[0];
    return {
      id: one('guid'),
      page: one('link'),
      title: one('title'),
      sourceTitle: one('source'),
      sourceFeed: childrenOf(item, 'source')[0]?.attributes['url'],
      authors: textsOf(item, 'dc:creator'),
      publisher: one('dc:publisher'),
      rights: one('dc:rights'),
      license: one('creativeCommons:license'),
      via: linksOf(item, 'atom:link', 'via'),
      published: iso(one('pubDate')),
      updated: one('atom:updated'),
      categories: textsOf(item, 'category'),
      enclosures: childrenOf(item, 'enclosure').flatMap((enclosure) => enclosure.attributes['url'] ?? []),
    };
  });
}

export function creditInAtom(document: string): Found {
  return childrenOf(readXml(document), 'entry').map((entry) => {
    const one = (name: string, within: XmlElement | undefined = entry) => textsOf(within, name)[0];
    const [source] = childrenOf(entry, 'source');
    return {
      id: one('id'),
      page: linksOf(entry, 'link', 'alternate')[0],
      title: one('title'),
      sourceTitle: one('title', source),
      sourceFeed: linksOf(source, 'link', 'self')[0],
      authors: childrenOf(entry, 'author').flatMap((author) => textsOf(author, 'name')),
      publisher: one('dc:publisher'),
      rights: one('rights'),
      license: linksOf(entry, 'link', 'license')[0],
      via: linksOf(entry, 'link', 'via'),
      published: one('published'),
      updated: one('updated'),
      categories: childrenOf(entry, 'category').flatMap((category) => category.attributes['term'] ?? []),
      enclosures: linksOf(entry, 'link', 'enclosure'),
    };
  });
}

export function creditInJson(document: string): Found {
  // biome-ignore lint/suspicious/noExplicitAny: read as a stranger would
  return JSON.parse(document).items.map((item: any) => ({
    id: item.id,
    page: item.url,
    title: item.title,
    sourceTitle: item._tributary.source.title,
    sourceFeed: item._tributary.source.feed_url,
    authors: item.authors.map((author: { name: string }) => author.name),
    publisher: item._tributary.publisher,
    rights: item._tributary.rights,
    license: item._tributary.license,
    via: item._tributary.via.map((hop: { url: string }) => hop.url),
    published: item.date_published,
    updated: item.date_modified,
    categories: item.tags ?? [],
    enclosures: (item.attachments ?? []).map((attachment: { url: string }) => attachment.url),
  }));
}

export function creditByFeedparser(entries: readonly FeedparserEntry[]): Found {
  return entries.map((entry) => ({
    id: entry.id,
    page: entry.link,
    title: entry.title,
    sourceTitle: entry.source?.title,
    authors: (entry.authors ?? []).flatMap((author) => author.name ?? []),
    publisher: entry.publisher,
    rights: entry.rights,
    license: entry.links?.find((link) => link.rel === 'license')?.href,
    via: (entry.links ?? []).filter((link) => link.rel === 'via').map((link) => link.href),
    published: iso(entry.published),
    updated: iso(entry.updated),
    categories: (entry.tags ?? []).flatMap((tag) => tag.term ?? []),
    enclosures: (entry.links ?? []).filter((link) => link.rel === 'enclosure').map((link) => link.href),
  }));
}

// biome-ignore lint/suspicious/noExplicitAny: read as a stranger would
type Any = any;

export function creditByFeedsmith(document: string): Found {
  const { format, feed } = parseFeed(document) as { format: string; feed: Any };
  if (format === 'json') {
    return feed.items.map((item: Any) => ({
      id: item.id,
      page: item.url,
      title: item.title,
      authors: item.authors.map((author: Any) => author.name),
      published: item.date_published,
      updated: item.date_modified,
      categories: item.tags ?? [],
      enclosures: (item.attachments ?? []).map((attachment: Any) => attachment.url),
    }));
  }
  if (format === 'rss') {
    return feed.items.map((item: Any) => ({
      id: item.guid.value,
      page: item.link,
      title: item.title,
      sourceTitle: item.sourceFeed?.title ?? item.source?.title,
      sourceFeed: item.sourceFeed?.url ?? item.source?.url,
      authors: item.dc.creators,
      publisher: item.dc.publishers?.[0],
      rights: item.dc.rights?.[0],
      published: iso(item.pubDate),
      categories: (item.categories ?? []).map((category: Any) => category.name),
      enclosures: (item.enclosures ?? []).map((enclosure: Any) => enclosure.url),
    }));
  }
  const linksIn = (holder: Any, rel: string): string[] =>
    (holder?.links ?? []).filter((link: Any) => link.rel === rel).map((link: Any) => link.href);
  const textOf = (text: Any) => (typeof text === 'object' ? text.value : text);
  return feed.entries.map((entry: Any) => ({
    id: entry.id,
    page: linksIn(entry, 'alternate')[0],
    title: textOf(entry.title),
    sourceTitle: textOf(entry.source.title),
    sourceFeed: linksIn(entry.source, 'self')[0],
    authors: entry.authors.map((author: Any) => author.name),
    rights: textOf(entry.rights),
    license: linksIn(entry, 'license')[0],
    via: linksIn(entry, 'via'),
    published: entry.published,
    updated: entry.updated,
    categories: (entry.categories ?? []).map((category: Any) => category.term),
    enclosures: linksIn(entry, 'enclosure'),
  }));
}

/** It knows one author of an item, and of Atom next to nothing. */
export async function creditByRssParser(document: string): Promise<Found> {
  const { items } = await new RssParser<object, Any>().parseString(document);
  return items.map((item) => ({
    id: item.guid ?? item.id,
    page: item.link,
    title: item.title,
    published: iso(item.isoDate ?? item.pubDate),
  }));
}
