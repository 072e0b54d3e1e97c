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
    sourceFeed: entry.source?.href ?? entry.source?.links?.find((link) => link.rel === 'self')?.href,
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
  const linksIn = (holder: Any, rel: string): string[] =>
    (holder?.links ?? []).filter((link: Any) => link.rel === rel).map((link: Any) => link.href);
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
      license: item.creativeCommons?.licenses?.[0],
      via: linksIn(item.atom, 'via'),
      published: iso(item.pubDate),
      updated: item.atom?.updated,
      categories: (item.categories ?? []).map((category: Any) => category.name),
      enclosures: (item.enclosures ?? []).map((enclosure: Any) => enclosure.url),
    }));
  }
  const textOf = (text: Any) => (typeof text === 'object' ? text.value : text);
  return feed.entries.map((entry: Any) => ({
    id: entry.id,
    page: linksIn(entry, 'alternate')[0],
    title: textOf(entry.title),
    sourceTitle: textOf(entry.source.title),
    sourceFeed: linksIn(entry.source, 'self')[0],
    authors: entry.authors.map((author: Any) => author.name),
    publisher: entry.dc?.publishers?.[0],
    rights: textOf(entry.rights),
    license: linksIn(entry, 'license')[0],
    via: linksIn(entry, 'via'),
    published: entry.published,
    updated: entry.updated,
    categories: (entry.categories ?? []).map((category: Any) => category.term),
    enclosures: linksIn(entry, 'enclosure'),
  }));
}

const FIELDS = [
  'dc:creator dc:publisher dc:rights creativeCommons:license atom:link atom:updated category enclosure source guid',
  'author rights link published updated id title',
]
  .join(' ')
  .split(' ');

/** With its own means: fields that it is told to keep, as its parser of XML has them. */
export async function creditByRssParser(document: string): Promise<Found> {
  const item = FIELDS.map(
    (name) => [name, `all:${name}`, { keepArray: true }] as [string, string, { keepArray: true }],
  );
  const parser = new RssParser<object, Any>({ customFields: { item } });
  const { items } = await parser.parseString(document);
  return items.map((one) => {
    const all = (name: string): Any[] => one[`all:${name}`] ?? [];
    const text = (value: Any): string | undefined => (typeof value === 'object' ? value?._ : value);
    const linksIn = (links: readonly Any[], rel: string): string[] =>
      links.filter(({ $ }) => $.rel === rel).map(({ $ }) => $.href);
    const [source] = all('source');
    const isAtom = all('id').length > 0;
    const links = isAtom ? all('link') : all('atom:link');
    const license = isAtom ? linksIn(links, 'license')[0] : text(all('creativeCommons:license')[0]);
    const enclosures = isAtom ? linksIn(links, 'enclosure') : all('enclosure').map(({ $ }) => $.url);
    return {
      id: one.guid ?? one.id,
      page: one.link,
      title: one.title,
      sourceTitle: isAtom ? text(source.title[0]) : text(source),
      sourceFeed: isAtom ? linksIn(source.link ?? [], 'self')[0] : source.$.url,
      authors: isAtom ? all('author').map((author) => author.name[0]) : all('dc:creator').map(text),
      publisher: text(all('dc:publisher')[0]),
      rights: text(all(isAtom ? 'rights' : 'dc:rights')[0]),
      license,
      via: linksIn(links, 'via'),
      published: iso(one.isoDate ?? one.pubDate),
      updated: text(all(isAtom ? 'updated' : 'atom:updated')[0]),
      categories: isAtom ? all('category').map(({ $ }) => $.term) : all('category').map(text),
      enclosures,
    } as Partial<Credit>;
  });
}
