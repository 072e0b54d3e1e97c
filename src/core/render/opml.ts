// Lists of feeds as OPML 2.0 (http://opml.org/spec2.opml): what we read, what we publish.
import { XmlWriter } from './xml-writer.ts';

export const OPML_MEDIA_TYPE = 'text/x-opml; charset=utf-8';
export const SOURCES_OPML_PATH = 'sources.opml';
export const FEEDS_OPML_PATH = 'feeds.opml';

export interface OpmlFeed {
  readonly title: string;
  readonly feedUrl: string;
  readonly siteUrl?: string | undefined;
  readonly description?: string | undefined;
  /** The first is the group that it stands in. */
  readonly categories?: readonly string[] | undefined;
}

/** Groups come in the order of their first feeds; feeds without one stand before them. Without dates: the same feeds are the same bytes. */
export function renderOpml(title: string, feeds: readonly OpmlFeed[]): string {
  const xml = new XmlWriter().open('opml', { version: '2.0' });
  xml.open('head').element('title', title).element('docs', 'http://opml.org/spec2.opml').close().open('body');
  const groups = Map.groupBy(feeds, (feed) => feed.categories?.[0] ?? '');
  for (const feed of groups.get('') ?? []) writeFeed(xml, feed);
  for (const [name, members] of groups) {
    if (name === '') continue;
    xml.open('outline', { text: name, title: name });
    for (const feed of members) writeFeed(xml, feed);
    xml.close();
  }
  return xml.close().close().finish();
}

function writeFeed(
  xml: XmlWriter,
  { title, feedUrl, siteUrl, description, categories = [] }: OpmlFeed,
): void {
  const others = categories.slice(1);
  xml.empty('outline', {
    type: 'rss',
    text: title,
    title,
    description,
    // Commas and slashes have a meaning there (OPML 2.0, category).
    category: others.length === 0 ? undefined : others.map((name) => name.replace(/[,/]/g, ' ')).join(','),
    xmlUrl: feedUrl,
    htmlUrl: siteUrl,
  });
}
