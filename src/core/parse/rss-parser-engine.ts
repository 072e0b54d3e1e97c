// rss-parser as the engine: it tells formats apart and walks their items; what is in an item is read by us. Its parser
// for XML is a plain field, which we fill, and its two methods for items are overridden, so that its regular expressions
// and its dates never run. What is relied on is pinned by test/core/parse/rss-parser-contract.test.ts.
import Parser from 'rss-parser';
import type { FeedFormat } from '../../model/item.ts';
import type { XmlElement } from './xml/element.ts';

export interface Walkable {
  readonly format: FeedFormat;
  readonly items: readonly XmlElement[];
}

/** What rss-parser takes from xml2js: element names over lists of their nodes, attributes under `$`. */
interface Xml2jsView {
  readonly [root: string]: unknown;
}

interface ItemView {
  readonly element: XmlElement;
}

type XmlParser = { parseString(xml: string, done: (error: Error | null, view?: Xml2jsView) => void): void };

/** Hands every item to `read`, in document order, and back what that makes of them. */
export async function walkItems<Read>(feed: Walkable, read: (element: XmlElement) => Read): Promise<Read[]> {
  const { items } = await WALKER.walk(feed, read);
  return items as Read[];
}

/** One for all feeds, since making one costs as much as a small feed does: parseString walks before it returns. */
class ItemWalker extends Parser {
  /** Replaces the field of the same name, which is not in rss-parser's types. */
  readonly xmlParser: XmlParser = { parseString: (_xml, done) => done(null, this.view) };
  private view: Xml2jsView = {};
  private read: (element: XmlElement) => unknown = () => undefined;

  walk(feed: Walkable, read: (element: XmlElement) => unknown): Promise<{ items: unknown[] }> {
    this.view = viewOf(feed);
    this.read = read;
    const walking = this.parseString('');
    this.view = {};
    return walking;
  }

  parseItemRss(item: ItemView): unknown {
    return this.read(item.element);
  }

  parseItemAtom(entry: ItemView): unknown {
    return this.read(entry.element);
  }
}

const WALKER = new ItemWalker();

/** Items only: the feed's own fields are read from its nodes as well. */
function viewOf(feed: Walkable): Xml2jsView {
  const items = feed.items.map((element): ItemView => ({ element }));
  switch (feed.format) {
    case 'atom-0.3':
    case 'atom-1.0':
      return { feed: { entry: items } };
    case 'rss-1.0':
    case 'rss-0.90':
      return { 'rdf:RDF': { channel: [{}], item: items } };
    case 'rss-0.91':
    case 'rss-0.92':
    case 'rss-0.93':
    case 'rss-0.94':
      return { rss: { $: { version: '0.92' }, channel: [{ item: items }] } };
    default:
      return { rss: { $: { version: '2.0' }, channel: [{ item: items }] } };
  }
}
