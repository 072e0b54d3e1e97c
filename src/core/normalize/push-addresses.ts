// Where changes of a feed are pushed from: its hubs and its topic (WebSub, section 4). Links of the response's header come
// first; links of the document count where the header has none of their kind.
import type { SourceFeed } from '../../model/item.ts';
import type { PushAddresses } from '../../model/source-record.ts';
import type { Headers } from './header-rights.ts';
import { linksInHeader } from './link-header.ts';
import { resolveReference, tidyUrl } from './urls.ts';

const HUBS_MAX = 5;
const URL_CHARS_MAX = 2048;

/** Undefined where no hub is named. `url` is where the document came from. */
export function pushAddressesOf(
  feed: Pick<SourceFeed, 'links' | 'selfUrl'>,
  headers: Headers,
  url: string,
): PushAddresses | undefined {
  const said = linksInHeader(headers['link'] ?? '');
  const inHeader = (relation: string) =>
    said
      .filter(({ relations }) => relations.includes(relation))
      .flatMap(({ href }) => webUrl(resolveReference(tidyUrl(href), url)) ?? []);
  const hubsInHeader = inHeader('hub');
  const inDocument = feed.links.flatMap((link) => (link.rel === 'hub' ? (webUrl(link.url) ?? []) : []));
  const hubUrls = [...new Set(hubsInHeader.length > 0 ? hubsInHeader : inDocument)].slice(0, HUBS_MAX);
  if (hubUrls.length === 0) return undefined;
  const topicUrl = inHeader('self')[0] ?? webUrl(feed.selfUrl) ?? webUrl(url);
  if (topicUrl === undefined) return undefined;
  const location = headers['content-location'];
  const language = headers['content-language'];
  return {
    hubUrls,
    topicUrl,
    documentUrl: url,
    ...(location === undefined ? {} : { contentLocation: location.slice(0, URL_CHARS_MAX) }),
    ...(language === undefined ? {} : { contentLanguage: language.slice(0, 256) }),
  };
}

/** Of the headers looked at here: the same bytes are read again where they name other hubs. */
export function pushHeadersOf(headers: Headers): string {
  return linksInHeader(headers['link'] ?? '')
    .filter(({ relations }) => relations.includes('hub') || relations.includes('self'))
    .map(({ text }) => `link ${text}`)
    .join('\n');
}

/** As written: a hub compares the topic character by character. */
function webUrl(text: string | undefined): string | undefined {
  if (text === undefined || text.length > URL_CHARS_MAX || !/^https?:\/\//i.test(text)) return undefined;
  const url = URL.parse(text);
  return url === null || url.username !== '' || url.password !== '' ? undefined : text;
}
