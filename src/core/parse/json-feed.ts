// JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/). Every value may be missing or of another type.
import type { FeedFormat, ReadingNote } from '../../model/item.ts';
import type { RawDescription, RawFeed, RawItem, RawPublishing } from '../../model/raw-feed.ts';
import type { InputFormat } from './input-format.ts';
import { readJsonExtensions } from './json/extensions.ts';
import { readJsonItem } from './json/item.ts';
import { isFilledObject, parseLenientJson } from './json/lenient-json.ts';
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
  const { value: feed, isRepaired } = parseLenientJson(text);
  if (!isObject(feed) || !isJsonFeed(feed)) throw notAFeed(text);
  if (isRepaired) notes.push({ code: 'repaired', detail: 'not well-formed JSON' });
  const given = listOf(feed.items, Number.POSITIVE_INFINITY).filter(isFilledObject);
  const own = readJsonExtensions(feed, limits);
  let extensionsClipped = own?.isClipped === true;
  const items: RawItem[] = [];
  for (const item of given.slice(0, limits.itemsMax)) {
    try {
      const extensions = readJsonExtensions(item, limits);
      if (extensions?.isClipped) extensionsClipped = true;
      items.push(readJsonItem(item, limits, extensions?.elements));
    } catch {
      notes.push({ code: 'bad-item' });
    }
  }
  if (given.length > limits.itemsMax) {
    notes.push({ code: 'truncated-items', detail: String(given.length - limits.itemsMax) });
  }
  if (items.some((item) => item.bodies.some((body) => body.clipped))) notes.push({ code: 'truncated-text' });
  if (extensionsClipped) notes.push({ code: 'truncated-extensions' });
  return {
    ...readFeedObject(feed, limits),
    publishing: readPublishing(feed),
    format: versionOf(feed),
    extensions: own?.elements,
    items,
    notes,
  };
}

/** By its version, else by what only feeds have: a list of items, and a title or an address beside it. */
function isJsonFeed(feed: JsonObject): boolean {
  if (stringOf(feed.version)?.includes('jsonfeed.org/version') === true) return true;
  const named = [feed.title, feed.home_page_url, feed.feed_url].some(
    (value) => stringOf(value) !== undefined,
  );
  return Array.isArray(feed.items) && named;
}

/** What says no version is of the first that has what it has. */
function versionOf(feed: JsonObject): FeedFormat {
  const version = stringOf(feed.version)?.replace(/\/$/, '') ?? '';
  if (/(?:^|\/)1\.1$/.test(version)) return 'json-feed-1.1';
  const isLater = version === '' && (feed.authors !== undefined || feed.language !== undefined);
  return isLater ? 'json-feed-1.1' : 'json-feed-1.0';
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
    generator: { name: isObject(feed._tributary) ? stringOf(feed._tributary.generator) : undefined },
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
