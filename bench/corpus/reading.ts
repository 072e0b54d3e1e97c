// What is compared: each field of a feed and of its items as a list of texts, brought to one form, so that only what a
// reader of the feed would notice counts as a difference.
import { parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';

export const FEED_FIELDS = [
  'title',
  'id',
  'link',
  'published',
  'updated',
  'authors',
  'contributors',
  'publishers',
  'subtitle',
  'image',
  'categories',
  'rights',
  'license',
  'language',
  'generator',
] as const;

export const ITEM_FIELDS = [
  'title',
  'id',
  'link',
  'published',
  'updated',
  'authors',
  'contributors',
  'body',
  'summary',
  'enclosures',
  'categories',
  'rights',
  'license',
  'source',
  'language',
  'comments',
] as const;

export type Field = (typeof FEED_FIELDS)[number] | (typeof ITEM_FIELDS)[number];

/** Fields that are there, each with its values; one that is not there has none. */
export type Fields = ReadonlyMap<Field, readonly string[]>;

export interface Reading {
  /** The document was not read as a feed. */
  readonly lost: boolean;
  readonly feed: Fields;
  readonly items: readonly Fields[];
}

export interface Reader {
  readonly name: string;
  read(path: string): Promise<Reading>;
}

export const LOST: Reading = { lost: true, feed: new Map(), items: [] };

type Text = string | null | undefined;

/** Leaves out what is not there; values sorted, each once. */
export function fieldsOf(values: Partial<Record<Field, Text | readonly Text[]>>): Fields {
  const fields = new Map<Field, readonly string[]>();
  for (const [field, value] of Object.entries(values) as [Field, Text | readonly Text[]][]) {
    const list = (typeof value === 'string' || value === null || value === undefined ? [value] : value)
      .map((each) => each?.normalize('NFC').replace(/\s+/g, ' ').trim() ?? '')
      .filter((each) => each !== '');
    if (list.length > 0) fields.set(field, [...new Set(list)].sort());
  }
  return fields;
}

export function instantText(ms: number | null | undefined): Text {
  return ms === null || ms === undefined || Number.isNaN(ms)
    ? undefined
    : new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 19);
}

export function personText(person: { name?: Text; email?: Text; uri?: Text }): Text {
  const parts = [person.name, person.email && `<${person.email}>`, person.uri && `(${person.uri})`];
  return parts.filter((part) => part).join(' ');
}

export function categoryText(category: { term?: Text; scheme?: Text; label?: Text }): Text {
  const { term, scheme, label } = category;
  return [term, scheme && `in ${scheme}`, label && label !== term && `as ${label}`].filter(Boolean).join(' ');
}

export function enclosureText(enclosure: { url?: Text; type?: Text; length?: Text | number }): Text {
  if (!enclosure.url) return undefined;
  const length = Number(String(enclosure.length ?? '').replaceAll(/[,\s]/g, ''));
  const bytes = length > 0 ? `${length} bytes` : undefined;
  return [enclosure.url, enclosure.type?.toLowerCase(), bytes].filter(Boolean).join(' ');
}

/** HTML in one spelling: parsed as browsers do, attributes in order; white space, comments and `xmlns` out of account. */
export function htmlText(html: Text): Text {
  if (html === null || html === undefined) return undefined;
  return written(parseFragment(html).childNodes)
    .replace(/\s+/g, ' ')
    .replace(/ ?(<[^>]*>) ?/g, '$1')
    .trim();
}

function written(nodes: readonly Tree.ChildNode[]): string {
  return nodes
    .map((node) => {
      if ('value' in node) return node.value.replaceAll('<', '&lt;');
      if (!('tagName' in node)) return '';
      const attributes = node.attrs
        .filter(({ name }) => !name.startsWith('xmlns'))
        .map(({ name, value }) => ` ${name}="${value.trim()}"`)
        .sort();
      const content = 'content' in node ? node.content.childNodes : node.childNodes;
      return `<${node.tagName}${attributes.join('')}>${written(content)}</${node.tagName}>`;
    })
    .join('');
}

/** The words that a browser would show. */
export function shownText(html: Text): Text {
  if (html === null || html === undefined) return undefined;
  const words = (nodes: readonly Tree.ChildNode[]): string =>
    nodes
      .map((node) => {
        if ('value' in node) return node.value;
        if (!('tagName' in node) || node.tagName === 'script' || node.tagName === 'style') return '';
        return words('content' in node ? node.content.childNodes : node.childNodes);
      })
      .join('');
  return words(parseFragment(html).childNodes);
}
