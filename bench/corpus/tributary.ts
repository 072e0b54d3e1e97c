// The corpus as we read it.
import { readFileSync } from 'node:fs';
import type { Item, SourceFeed } from '../../src/model/item.ts';
import { readDocument } from '../../src/pipeline/read-document.ts';
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
} from './reading.ts';

export function tributary(folder: string, addressOf: (path: string) => string): Reader {
  return {
    name: 'tributary',
    read: async (path) => {
      try {
        const feed = await readDocument(readFileSync(`${folder}/${path}`), { url: addressOf(path) });
        return { lost: false, feed: feedFields(feed), items: feed.items.map(itemFields) };
      } catch {
        return LOST;
      }
    },
  };
}

function feedFields(feed: SourceFeed): Fields {
  return fieldsOf({
    title: feed.title,
    id: feed.id,
    link: feed.siteUrl,
    published: dateText(feed.publishedAt),
    updated: dateText(feed.updatedAt),
    authors: feed.authors.map(personText),
    contributors: feed.contributors.map(personText),
    publishers: feed.publishers?.map(personText),
    subtitle: feed.subtitle,
    image: [feed.image?.url, feed.logoUrl, feed.iconUrl],
    categories: feed.categories.map(categoryText),
    rights: feed.rights.text,
    license: feed.rights.licenses,
    language: feed.language,
    generator: [feed.generator, feed.generatorVersion, feed.generatorUrl],
  });
}

function itemFields(item: Item): Fields {
  const { source } = item;
  return fieldsOf({
    title: item.title,
    id: item.guid,
    link: item.permalink,
    published: dateText(item.publishedAt),
    updated: dateText(item.updatedAt),
    authors: item.authors.map(personText),
    contributors: item.contributors.map(personText),
    body: htmlText(item.content?.html),
    summary: htmlText(item.summary?.html),
    enclosures: item.enclosures.map(enclosureText),
    categories: item.categories.map(categoryText),
    rights: item.rights.text,
    license: item.rights.licenses,
    source: [source?.title, source?.id, source?.feedUrl],
    language: item.language ?? item.content?.language ?? item.summary?.language,
    comments: item.commentsUrl,
  });
}

function dateText(date: string | undefined): string | null | undefined {
  return date === undefined ? undefined : instantText(Date.parse(date));
}
