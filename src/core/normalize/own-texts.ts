// Texts of a document that another Tributary wrote: each is plain, and escaped exactly once, in every format. Elsewhere
// nobody knows whether `&lt;b&gt;` in a title of RSS is markup or what the title says; here it is what the title says, and
// it must come through any number of Tributaries as it is.
import type { Category } from '../../model/item.ts';
import type { RawDescription, RawFeed, RawItem, RawLink, RawPerson, RawText } from '../../model/raw-feed.ts';

/** By what the document says of itself. Who says it falsely has his own texts taken literally, no more. */
export function isFromTributary({ generator }: RawDescription): boolean {
  return /^Tributary(?: \d|$)/.test(generator?.name ?? '');
}

/** With texts of which no markup is read. */
export function withPlainTexts(raw: RawFeed): RawFeed {
  const isAtom = raw.format.startsWith('atom');
  const items = raw.items.map(plainItem);
  return { ...raw, ...plainDescription(raw), items: isAtom ? items.map(withoutMadeUpPage) : items };
}

/** Of an entry without a link the id would pass for its page; we link every entry that has one. */
function withoutMadeUpPage(item: RawItem): RawItem {
  const [page, ...others] = item.permalinks;
  return others.length === 0 && page?.href === item.guid ? { ...item, permalinks: [] } : item;
}

function plainItem(item: RawItem): RawItem {
  return {
    ...item,
    ...plainParts(item),
    // What RSS describes with is HTML, and so is what we write there.
    bodies: item.bodies.map((body) => (body.kind === 'unknown' ? { ...body, kind: 'html' } : body)),
    enclosures: item.enclosures.map(plainLink),
    source: item.source === undefined ? undefined : { ...item.source, ...plainDescription(item.source) },
  };
}

function plainDescription(raw: RawDescription) {
  return { ...plainParts(raw), subtitle: plainText(raw.subtitle) };
}

function plainParts(raw: RawItem | RawDescription) {
  return {
    title: plainText(raw.title),
    authors: raw.authors.map(plainPerson),
    contributors: raw.contributors.map(plainPerson),
    categories: raw.categories.map(plainCategory),
    rights: { ...raw.rights, text: plainText(raw.rights.text) },
    links: raw.links.map(plainLink),
  };
}

function plainText(text: RawText | undefined): RawText | undefined {
  return text?.kind === 'unknown' ? { ...text, kind: 'text' } : text;
}

function plainPerson(person: RawPerson): RawPerson {
  return { ...person, isPlain: true };
}

function plainCategory({ term, scheme, label }: Category): Category {
  return { term: escaped(term), scheme, label: label === undefined ? undefined : escaped(label) };
}

function plainLink(link: RawLink): RawLink {
  return link.title === undefined ? link : { ...link, title: escaped(link.title) };
}

/** So that what decodes it finds what is there. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
