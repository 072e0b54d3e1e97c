// The corpus as feedsmith and stock rss-parser read it: their answers in our terms, from wherever they keep them. Text and
// encodings are decoded for them, which neither does itself.
import { readFileSync } from 'node:fs';
import { parseFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { decodeBody } from '../../src/core/decode/decode-body.ts';
import {
  categoryText,
  enclosureText,
  type Fields,
  fieldsOf,
  htmlText,
  instantText,
  LOST,
  personText,
  type Reader,
  type Reading,
  shownText,
} from './reading.ts';

/** Anything that a parser may give; members that are not there are undefined. */
type Loose = { readonly [key: string]: unknown };

export function rssParser(folder: string): Reader {
  // What it can be told to keep beside what it keeps by itself.
  const item = ['content:encoded', 'dc:rights', 'dc:date', 'dc:language', 'comments', 'guid', 'source', 'id'];
  const parser = new RssParser({ customFields: { item: item.map((name) => [name, name] as never) } });
  return reader('rss-parser', folder, async (text) => {
    const feed = (await parser.parseString(text)) as unknown as Loose;
    return { lost: false, feed: rssParserFeed(feed), items: list(feed.items).map(rssParserItem) };
  });
}

function rssParserFeed(feed: Loose): Fields {
  return fieldsOf({
    title: shownText(textIn(feed.title)),
    id: textIn(feed.id),
    link: textIn(feed.link),
    published: dateText(feed.pubDate),
    updated: dateText(feed.lastBuildDate ?? feed.pubDate),
    authors: [textIn(feed.managingEditor ?? feed.creator)],
    publishers: [textIn(feed.webMaster)],
    subtitle: shownText(textIn(feed.description)),
    image: [textIn((feed.image as Loose | undefined)?.url)],
    rights: textIn(feed.copyright),
    language: textIn(feed.language),
    generator: textIn(feed.generator),
  });
}

function rssParserItem(item: Loose): Fields {
  const enclosure = (item.enclosure ?? {}) as Loose;
  const body = textIn(item['content:encoded'] ?? item.content);
  return fieldsOf({
    title: shownText(textIn(item.title)),
    id: textIn(item.guid ?? item.id),
    link: textIn(item.link),
    published: dateText(item.isoDate ?? item.pubDate),
    authors: [textIn(item.creator ?? item.author)],
    body: htmlText(body),
    summary: htmlText(textIn(item.summary ?? (item['content:encoded'] && item.content))),
    enclosures: [
      enclosureText({
        url: textIn(enclosure.url),
        type: textIn(enclosure.type),
        length: textIn(enclosure.length),
      }),
    ],
    categories: list(item.categories).map((each) => categoryText({ term: textIn(each) })),
    rights: textIn(item['dc:rights']),
    source: textIn(item.source),
    language: textIn(item['dc:language']),
    comments: textIn(item.comments),
  });
}

export function feedsmith(folder: string): Reader {
  return reader('feedsmith', folder, async (text) => {
    const feed = parseFeed(text).feed as unknown as Loose;
    const items = list(feed.items ?? feed.entries).map((item) => feedsmithItem(item, feed));
    return { lost: false, feed: feedsmithFeed(feed), items };
  });
}

function feedsmithCommon(data: Loose) {
  const dc = (data.dc ?? {}) as Loose;
  const links = list(data.links);
  const alternate = links.find((each) => each.rel === undefined || each.rel === 'alternate');
  return {
    dc,
    links,
    fields: {
      title: shownText(textIn(data.title)),
      id: textIn(data.guid ?? data.id),
      link: textIn(data.link ?? alternate?.href),
      authors: [...list(data.authors), ...list(dc.creators ?? dc.creator), ...list(data.managingEditor)].map(
        person,
      ),
      contributors: [...list(data.contributors), ...list(dc.contributors ?? dc.contributor)].map(person),
      categories: list(data.categories).map(category),
      rights: textIn(data.rights ?? data.copyright ?? dc.rights),
    },
  };
}

function feedsmithFeed(feed: Loose): Fields {
  const { dc, fields } = feedsmithCommon(feed);
  const generator = (typeof feed.generator === 'object' ? feed.generator : { text: feed.generator }) as Loose;
  return fieldsOf({
    ...fields,
    published: dateText(feed.pubDate),
    updated: dateText(feed.updated ?? feed.lastBuildDate ?? dc.date ?? feed.pubDate),
    publishers: [textIn(feed.webMaster), textIn(dc.publisher)],
    subtitle: shownText(textIn(feed.subtitle ?? feed.description)),
    image: [textIn((feed.image as Loose | undefined)?.url), textIn(feed.logo), textIn(feed.icon)],
    language: textIn(feed.language ?? dc.language),
    generator: [textIn(generator.text), textIn(generator.version), textIn(generator.uri)],
  });
}

function feedsmithItem(item: Loose, feed: Loose): Fields {
  const { dc, links, fields } = feedsmithCommon(item);
  const encoded = textIn((item.content as Loose | undefined)?.encoded ?? item.content);
  const described = textIn(item.description ?? item.summary);
  const source = (item.source ?? {}) as Loose;
  const media = (item.media ?? {}) as Loose;
  const files = [
    ...list(item.enclosures),
    ...links.filter((each) => each.rel === 'enclosure'),
    ...list(media.contents),
  ];
  return fieldsOf({
    ...fields,
    published: dateText(item.pubDate ?? item.published),
    updated: dateText(item.updated ?? dc.date),
    body: htmlText(encoded === '' ? described : encoded),
    summary: encoded === '' ? undefined : htmlText(described),
    enclosures: files.map((each) =>
      enclosureText({
        url: textIn(each.url ?? each.href),
        type: textIn(each.type),
        length: textIn(each.length ?? each.fileSize),
      }),
    ),
    source: [textIn(source.title), textIn(source.id), textIn(source.url)],
    language: textIn(dc.language ?? feed.language),
    comments: textIn(item.comments),
  });
}

function person(value: Loose): string | null | undefined {
  if (typeof value === 'string') return value;
  return personText({ name: textIn(value.name), email: textIn(value.email), uri: textIn(value.uri) });
}

function category(value: Loose): string | null | undefined {
  return categoryText({
    term: textIn(value.name ?? value.term),
    scheme: textIn(value.domain ?? value.scheme),
    label: textIn(value.label),
  });
}

function reader(name: string, folder: string, read: (text: string) => Promise<Reading>): Reader {
  return {
    name,
    read: async (path) => {
      try {
        return await read(decodeBody(readFileSync(`${folder}/${path}`)).text);
      } catch {
        return LOST;
      }
    },
  };
}

function list(value: unknown): readonly Loose[] {
  if (value === undefined || value === null || value === '') return [];
  return (Array.isArray(value) ? value : [value]) as Loose[];
}

function dateText(value: unknown): string | null | undefined {
  return instantText(Date.parse(textIn(value)));
}

/** Text, wherever a reader keeps it. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value === null || typeof value !== 'object') return '';
  const { _, value: inner, text, name, email } = value as Loose;
  return textIn(_ ?? inner ?? text ?? name ?? email);
}
