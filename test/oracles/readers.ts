// The same few facts of each item, as JavaScript readers that are not ours find them in our documents.
import { parseFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { SaxesParser } from 'saxes';

export interface ReadItem {
  readonly id: string | undefined;
  readonly title: string | undefined;
}

export async function readWithRssParser(document: string): Promise<readonly ReadItem[]> {
  const { items } = await new RssParser<object, { id?: string }>().parseString(document);
  return items.map((item) => ({ id: item.guid ?? item.id, title: item.title }));
}

type FeedsmithItem = {
  readonly id?: string;
  readonly guid?: { readonly value?: string };
  readonly title?: string | { readonly value?: string };
};

export function readWithFeedsmith(document: string): readonly ReadItem[] {
  const feed = parseFeed(document).feed as {
    items?: readonly FeedsmithItem[];
    entries?: readonly FeedsmithItem[];
  };
  return (feed.items ?? feed.entries ?? []).map(({ id, guid, title }) => ({
    id: id ?? guid?.value,
    title: typeof title === 'object' ? title.value : title,
  }));
}

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** The document as elements, read strictly. Throws where it is not well-formed. */
export function readXml(document: string): XmlElement {
  const root = { name: '', attributes: {}, children: [] as XmlElement[], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(document).close();
  return root.children[0] as XmlElement;
}

export function childrenOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}

export function textsOf(element: XmlElement | undefined, name: string): readonly string[] {
  return childrenOf(element, name).map((child) => child.text);
}

/** `href` of the links of a relation. */
export function linksOf(element: XmlElement | undefined, name: string, rel: string): readonly string[] {
  return childrenOf(element, name)
    .filter((link) => link.attributes['rel'] === rel)
    .map((link) => link.attributes['href'] ?? '');
}
