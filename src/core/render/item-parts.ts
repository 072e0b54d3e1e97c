// Parts of an item that every format writes the same way.
import type { EditionItem } from '../../model/edition.ts';
import type { Category, Enclosure, Link, Person } from '../../model/item.ts';
import { escapeHtml } from './html.ts';
import { languageTag } from './language-tag.ts';

/**
 * The body with the note where it belongs; without content its summary stands in. Empty only where there is neither and
 * no note to show.
 */
export function bodyWithNote(item: EditionItem): string {
  const { position, html } = item.note;
  const body = item.contentHtml ?? (item.summary === undefined ? '' : `<p>${escapeHtml(item.summary)}</p>`);
  if (position === 'none') return body;
  if (body === '') return html;
  const before = position === 'after' ? '' : html;
  const after = position === 'before' ? '' : html;
  return `${before}${body}${after}`;
}

/** Plain text for lists of items: the summary, else the note, so that no item stands there without its credit. */
export function shortText(item: EditionItem): string | undefined {
  if (item.summary !== undefined && item.summary !== '') return item.summary;
  return item.note.position === 'none' || item.note.text === '' ? undefined : item.note.text;
}

/** Never empty for authors of an edition. An e-mail address stands for a name only where it is all that was given. */
export function personName({ name, email, uri }: Person): string {
  return [name, email, uri].find((part) => part !== undefined && part.trim() !== '') ?? '';
}

const TITLE_CHARS_MAX = 80;

/**
 * A title where a format demands one: the item's, else the first words of its text, which is what readers that make one up
 * show too (others show an address or nothing), else its source's.
 */
export function titleOrFirstWords(item: EditionItem): string {
  if (item.title.trim() !== '') return item.title;
  const text = item.summary?.trim() ?? '';
  if (text === '') return item.attribution.source.title;
  if (text.length <= TITLE_CHARS_MAX) return text;
  const cut = text.slice(0, TITLE_CHARS_MAX).replace(/[\ud800-\udbff]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${space > 0 ? cut.slice(0, space) : cut}…`;
}

/** Relations of an item's links that are passed on. Others (`self`, `hub`, `next` …) would speak for our document. */
const CARRIED_RELATIONS = new Set(['related', 'replies']);
const LINKS_MAX = 50;

/** Where the item's story stands too, and its further links, without repeats. */
export function furtherLinks(item: EditionItem): readonly Link[] {
  const { also } = item.attribution;
  if (also.length === 0 && item.links.length === 0) return [];
  const links = new Map<string, Link>();
  const add = (link: Link) => {
    const name = `${link.rel} ${link.url}`;
    if (links.size < LINKS_MAX && link.url !== item.permalink && !links.has(name))
      links.set(name, withValidAttributes(link));
  };
  for (const { title, url } of also) add({ rel: 'related', url, title });
  for (const link of item.links) if (CARRIED_RELATIONS.has(link.rel)) add(link);
  return [...links.values()];
}

/** Other forms of the item: its translations, a printable one. One for each type and language. */
export function otherForms(item: EditionItem): readonly Link[] {
  if (item.links.length === 0 || item.permalink === undefined) return [];
  const forms = new Map<string, Link>();
  for (const link of item.links) {
    if (link.rel !== 'alternate' || link.url === item.permalink || forms.size >= LINKS_MAX) continue;
    const valid = withValidAttributes(link);
    if (valid.type === undefined && valid.hreflang === undefined) continue;
    const name = `${valid.type} ${valid.hreflang?.toLowerCase()}`;
    if (!forms.has(name)) forms.set(name, valid);
  }
  return [...forms.values()];
}

function withValidAttributes({ rel, url, type, title, hreflang }: Link): Link {
  return { rel, url, title, type: mediaType(type), hreflang: languageTag(hreflang) };
}

/** Those that say something. */
export function namedCategories(categories: readonly Category[]): readonly Category[] {
  return categories.every(isNamed) ? categories : categories.filter(isNamed);
}

function isNamed({ term, label = term }: Category): boolean {
  return saysSomething(term) && saysSomething(label);
}

/** More than white space and what XML forbids. */
function saysSomething(text: string): boolean {
  return /[^\s\0-\x1f\ufffe\uffff]/.test(text);
}

const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+$/;
const TYPES_BY_ENDING: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wav: 'audio/wav',
  flac: 'audio/flac',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  epub: 'application/epub+zip',
  zip: 'application/zip',
};

function mediaType(type: string | undefined): string | undefined {
  const given = type?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return MEDIA_TYPE.test(given) ? given : undefined;
}

/** The item's files, each address once. */
export function filesOf({ enclosures }: EditionItem): readonly Enclosure[] {
  if (enclosures.length < 2) return enclosures;
  const byUrl = new Map<string, Enclosure>();
  for (const enclosure of enclosures) if (!byUrl.has(enclosure.url)) byUrl.set(enclosure.url, enclosure);
  return [...byUrl.values()];
}

/** As given, else by the ending of the file's name, else undefined. */
export function enclosureType({ type, url }: Enclosure): string | undefined {
  const given = mediaType(type);
  if (given !== undefined) return given;
  const ending = /\.([a-z0-9]{2,4})$/i.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(TYPES_BY_ENDING, ending) ? TYPES_BY_ENDING[ending] : undefined;
}

/** Whole bytes, or undefined. */
export function enclosureLength({ length }: Enclosure): number | undefined {
  return length !== undefined && Number.isSafeInteger(length) && length > 0 ? length : undefined;
}

/** Whole seconds, or undefined. */
export function enclosureSeconds({ durationSeconds }: Enclosure): number | undefined {
  return durationSeconds !== undefined && durationSeconds > 0 && Number.isFinite(durationSeconds)
    ? Math.round(durationSeconds)
    : undefined;
}
