// What of an item, and of what its source says of itself, may go out: without the note that another Tributary put on it,
// and without anything that gives a source's secret address away.
import { withoutNote, withoutOwnNote } from '../core/attribute/declared-note.ts';
import { noteText } from '../core/attribute/note-text.ts';
import { publishableFor, publishableIdsFor, withoutSecretLinks } from '../core/attribute/publishable-url.ts';
import { secretFinderOf } from '../core/attribute/source-secrets.ts';
import { plainText } from '../core/sanitize/plain-text.ts';
import { sanitizeHtml } from '../core/sanitize/sanitize.ts';
import type { Source } from '../model/config.ts';
import type { PreparedItem } from './prepare-items.ts';

export function publishableItem(prepared: PreparedItem, source: Source): PreparedItem {
  return withoutSecretAddress(withoutDeclaredNote(prepared), source);
}

/** Of an item that came back to us. */
export function withoutNoteOfOurs(prepared: PreparedItem, noteHtml: string): PreparedItem {
  const without = (html: string | undefined) =>
    html === undefined ? undefined : unlessBlank(withoutOwnNote(html, noteHtml, sanitizeHtml));
  const { item, contentHtml, summaryHtml } = prepared;
  return { item, contentHtml: without(contentHtml), summaryHtml: without(summaryHtml) };
}

/** Only where it stands. A summary that is nothing but the text of the note, as RSS and Atom have it of items without any, is none. */
function withoutDeclaredNote(prepared: PreparedItem): PreparedItem {
  const { item, contentHtml, summaryHtml } = prepared;
  if (item.declaredNote === undefined)
    return { item, contentHtml: unlessBlank(contentHtml), summaryHtml: unlessBlank(summaryHtml) };
  const note = sanitizeHtml(item.declaredNote);
  const texts = [item.declaredNote, note].map((html) => noteText(html).replace(/\s+/g, ' '));
  const without = (html: string | undefined) => {
    if (html === undefined || (!html.includes('<') && texts.includes(plainText(html)))) return undefined;
    return unlessBlank(withoutNote(html, note));
  };
  return { item, contentHtml: without(contentHtml), summaryHtml: without(summaryHtml) };
}

/** No-break spaces say no more than none. */
function unlessBlank(html: string | undefined): string | undefined {
  return html === undefined || html.trim() === '' ? undefined : html;
}

/** Feeds often state the address that they were asked at in their items too, token and all. */
function withoutSecretAddress(
  { item, contentHtml, summaryHtml }: PreparedItem,
  source: Source,
): PreparedItem {
  const guid = item.guid !== undefined && publishableIdsFor(source)(item.guid) ? item.guid : undefined;
  const parts = {
    item: { ...item, guid },
    contentHtml: contentHtml && withoutSecretLinks(contentHtml, source),
    summaryHtml: summaryHtml && withoutSecretLinks(summaryHtml, source),
  };
  return withoutSecrets(parts, source);
}

/** Members of items and descriptions that are addresses; ids are, often. All others are texts. */
const ADDRESSES = new Set(
  'url uri permalink feedUrl siteUrl selfUrl foundUrl iconUrl logoUrl imageUrl commentsUrl docsUrl generatorUrl link scheme id server documentUrl termsUrl policyUrl accessRights'.split(
    ' ',
  ),
);

/**
 * A copy of plain data in which addresses that may not be published are undefined and texts say less. What stands in a list
 * for its address (a link, an enclosure) goes with it.
 */
export function withoutSecrets<T>(data: T, source: Source): T {
  const isPublishable = publishableFor(source);
  const { hasSecrets, remove } = secretFinderOf(source);
  const isOpen = (url: string) => (hasSecrets || url.includes('@') ? isPublishable(url) : true);
  const copy = (value: unknown, name?: string): unknown => {
    if (typeof value === 'string') {
      const isAddress = name !== undefined && ADDRESSES.has(name) && isWebAddress(value);
      if (isAddress) return isOpen(value) ? value : undefined;
      return remove(value);
    }
    if (Array.isArray(value)) return value.filter(hasOpenAddress).map((part) => copy(part, 'url'));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part, key)]));
  };
  const hasOpenAddress = (part: unknown) => addressesIn(part).every(isOpen);
  return copy(data) as T;
}

/** The addresses that a member of a list stands for: it goes with them. Of an element those in its attributes and its text. */
function addressesIn(part: unknown): readonly string[] {
  const found: unknown[] = [part];
  if (typeof part === 'object' && part !== null) {
    if ('url' in part) found.push(part.url);
    if ('text' in part && 'namespace' in part) found.push(part.text);
    if ('attributes' in part && Array.isArray(part.attributes)) found.push(...part.attributes.flat());
  }
  return found.filter((text) => typeof text === 'string').filter(isWebAddress);
}

function isWebAddress(text: string): boolean {
  return /^\s*https?:/i.test(text);
}
