// JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/). Every value may be missing or of another type.
import type { ReadingNote } from '../../model/item.ts';
import type { RawDescription, RawFeed, RawItem, RawPublishing } from '../../model/raw-feed.ts';
import type { InputFormat } from './input-format.ts';
import { readJsonItem } from './json/item.ts';
import { linkTo, peopleIn, plainText, rightsIn, urlTo } from './json/parts.ts';
import { isObject, type JsonObject, listOf, stringOf } from './json/values.ts';
import type { ParseLimits } from './limits.ts';
import { notAFeed } from './not-a-feed.ts';

export const jsonFeed: InputFormat = {
  name: 'JSON Feed',
  recognizes: (text) => text.startsWith('{'),
  read: readJsonFeed,
};

async function readJsonFeed(text: string, limits: ParseLimits): Promise<RawFeed> {
  const notes: ReadingNote[] = [];
  const feed = parseJson(text, notes);
  if (!isObject(feed) || !isJsonFeed(feed)) throw notAFeed(text);
  const given = listOf(feed.items, Number.POSITIVE_INFINITY).filter(isObject);
  const items: RawItem[] = [];
  for (const item of given.slice(0, limits.itemsMax)) {
    try {
      items.push(readJsonItem(item, limits));
    } catch {
      notes.push({ code: 'bad-item' });
    }
  }
  if (given.length > limits.itemsMax) {
    notes.push({ code: 'truncated-items', detail: String(given.length - limits.itemsMax) });
  }
  if (items.some((item) => item.bodies.some((body) => body.clipped))) notes.push({ code: 'truncated-text' });
  const format = /\/1\.1\/?$/.test(stringOf(feed.version) ?? '') ? 'json-feed-1.1' : 'json-feed-1.0';
  return { ...readFeedObject(feed, limits), publishing: readPublishing(feed), format, items, notes };
}

/** Line breaks and other control characters within strings, which JSON forbids and publishers send. */
function parseJson(text: string, notes: ReadingNote[]): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      const parsed: unknown = JSON.parse(text.replace(/[\0-\x1f]/g, ' '));
      notes.push({ code: 'repaired', detail: 'not well-formed JSON' });
      return parsed;
    } catch {
      return undefined;
    }
  }
}

function isJsonFeed(feed: JsonObject): boolean {
  const version = stringOf(feed.version) ?? '';
  return (
    version.includes('jsonfeed.org/version/') ||
    (Array.isArray(feed.items) && stringOf(feed.title) !== undefined)
  );
}

function readFeedObject(feed: JsonObject, limits: ParseLimits): RawDescription {
  const language = stringOf(feed.language);
  return {
    title: plainText(feed.title, language),
    subtitle: plainText(feed.description, language),
    selfUrls: urlTo(feed.feed_url),
    siteUrls: urlTo(feed.home_page_url),
    icons: [...urlTo(feed.icon), ...urlTo(feed.favicon)],
    updated: [],
    authors: peopleIn(feed, limits.valuesMax),
    contributors: [],
    categories: [],
    rights: rightsIn(feed),
    language,
    links: [
      ...linkTo(feed.next_url, 'next'),
      ...listOf(feed.hubs, limits.valuesMax).flatMap((hub) => (isObject(hub) ? linkTo(hub.url, 'hub') : [])),
    ],
  };
}

function readPublishing(feed: JsonObject): RawPublishing {
  return {
    published: [],
    images: [...urlTo(feed.icon), ...urlTo(feed.favicon)].map((url) => ({ url })),
    logos: [],
    publishers: [],
    skipHours: [],
    skipDays: [],
    expired: feed.expired === true,
  };
}
