// A reader of archived feeds, written from the text of RFC 5005 (sections 2 and 4.2, appendix B for RSS) on an XML parser: from
// the subscription document back along `prev-archive`, of entries with one id the one updated last.
import { SaxesParser } from 'saxes';
import type { XmlElement } from './readers.ts';

const ATOM = 'http://www.w3.org/2005/Atom';
const HISTORY = 'http://purl.org/syndication/history/1.0';

export interface WalkedDocument {
  readonly url: string;
  readonly text: string;
  /** In the order of the document. */
  readonly ids: readonly string[];
  readonly isArchive: boolean;
  readonly isComplete: boolean;
  readonly current: string | undefined;
  readonly previous: string | undefined;
}

export interface Walk {
  /** The subscription document, then the archives from the newest on. */
  readonly documents: readonly WalkedDocument[];
  /** Every entry once, by id; titles of the state updated last. */
  readonly titles: ReadonlyMap<string, string>;
}

const DOCUMENTS_MAX = 1000;

/** Throws where the documents are not an archived feed as the specification has it. */
export async function walkArchives(url: string, get: (url: string) => Promise<string>): Promise<Walk> {
  const documents: WalkedDocument[] = [];
  const entries = new Map<string, { readonly title: string; readonly updated: string }>();
  const seen = new Set<string>();
  for (let next: string | undefined = url; next !== undefined; ) {
    if (seen.has(next)) throw new Error(`${next} is linked to from itself`);
    if (seen.size === DOCUMENTS_MAX) throw new Error('the walk does not end');
    seen.add(next);
    const { document, items } = readDocument(next, await get(next));
    const isFirst = documents.length === 0;
    if (document.isArchive === isFirst) throw new Error(`${next}: fh:archive belongs into archives alone`);
    if (!isFirst && document.current !== url) throw new Error(`${next}: its current is ${document.current}`);
    if (document.isComplete && document.previous !== undefined)
      throw new Error(`${next}: complete, and yet there is more`);
    documents.push(document);
    for (const { id, title, updated } of items) {
      const known = entries.get(id);
      // With one date the document that is the newer stands.
      if (known === undefined || updated > known.updated) entries.set(id, { title, updated });
    }
    next = document.previous;
  }
  return { documents, titles: new Map([...entries].map(([id, { title }]) => [id, title])) };
}

function readDocument(url: string, text: string) {
  const root = readElements(text);
  const isAtom = root.name === `{${ATOM}}feed`;
  const head = isAtom ? root : one(root, 'channel');
  const links = all(head, `{${ATOM}}link`);
  const linkOf = (rel: string) => {
    const found = links.filter(({ attributes }) => attributes['rel'] === rel);
    if (found.length > 1) throw new Error(`${url}: ${found.length} links ${rel}`);
    return found[0]?.attributes['href'];
  };
  if (linkOf('self') !== url) throw new Error(`${url} says that it is ${linkOf('self')}`);
  const items = isAtom
    ? all(head, `{${ATOM}}entry`).map((entry) => ({
        id: one(entry, `{${ATOM}}id`).text,
        title: one(entry, `{${ATOM}}title`).text,
        updated: one(entry, `{${ATOM}}updated`).text,
      }))
    : all(head, 'item').map((item) => ({
        id: one(item, 'guid').text,
        title: one(item, 'title').text,
        updated: one(item, `{${ATOM}}updated`).text,
      }));
  const document: WalkedDocument = {
    url,
    text,
    ids: items.map(({ id }) => id),
    isArchive: all(head, `{${HISTORY}}archive`).length === 1,
    isComplete: all(head, `{${HISTORY}}complete`).length === 1,
    current: linkOf('current'),
    previous: linkOf('prev-archive'),
  };
  return { document, items };
}

/** Names with their namespaces: `{uri}local`, in none the local name alone. */
function readElements(text: string): XmlElement {
  const root = { name: '', attributes: {}, children: [] as XmlElement[], text: '' };
  const open = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const plain = Object.entries(attributes).map(([name, { value }]) => [name, value]);
    const name = uri === '' ? local : `{${uri}}${local}`;
    const element = { name, attributes: Object.fromEntries(plain), children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (data) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += data;
  });
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  return root.children[0] as XmlElement;
}

function all(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child) => child.name === name);
}

function one(parent: XmlElement, name: string): XmlElement {
  const found = all(parent, name);
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${found.length} elements ${name} in ${parent.name}`);
  return found[0];
}
