// What of an item, and of what its source says of itself, may go out: without the note that another Tributary put on it,
// and without anything that gives a source's secret address away.
import { withoutNote } from '../core/attribute/declared-note.ts';
import {
  publishableFor,
  publishableIdsFor,
  secretsRemoverFor,
  withoutSecretLinks,
} from '../core/attribute/publishable-url.ts';
import { plainText } from '../core/sanitize/plain-text.ts';
import { sanitizeHtml } from '../core/sanitize/sanitize.ts';
import type { Source } from '../model/config.ts';
import type { PreparedItem } from './prepare-items.ts';

export function publishableItem(prepared: PreparedItem, source: Source): PreparedItem {
  return withoutSecretAddress(withoutDeclaredNote(prepared), source);
}

/** Only where it stands. A summary that is nothing but the text of the note, as RSS and Atom have it of items without any, is none. */
function withoutDeclaredNote(prepared: PreparedItem): PreparedItem {
  const { item, contentHtml, summaryHtml } = prepared;
  if (item.declaredNote === undefined) return prepared;
  const note = sanitizeHtml(item.declaredNote);
  const noteText = plainText(note);
  const without = (html: string | undefined) => {
    if (html === undefined || (!html.includes('<') && plainText(html) === noteText)) return undefined;
    return withoutNote(html, note) || undefined;
  };
  return { item, contentHtml: without(contentHtml), summaryHtml: without(summaryHtml) };
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
  'url uri permalink feedUrl siteUrl selfUrl iconUrl imageUrl commentsUrl scheme id'.split(' '),
);

/**
 * A copy of plain data in which addresses that may not be published are undefined and texts say less. What stands in a list
 * for its address (a link, an enclosure) goes with it.
 */
export function withoutSecrets<T>(data: T, source: Source): T {
  const isPublishable = publishableFor(source);
  const removeSecrets = secretsRemoverFor(source);
  const isOpen = (url: string) => (source.feedUrlIsSecret || url.includes('@') ? isPublishable(url) : true);
  const copy = (value: unknown, name?: string): unknown => {
    if (typeof value === 'string') {
      const isAddress = name !== undefined && ADDRESSES.has(name) && /^https?:/i.test(value);
      if (isAddress) return isOpen(value) ? value : undefined;
      return removeSecrets(value);
    }
    if (Array.isArray(value)) return value.filter(hasOpenAddress).map((part) => copy(part));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part, key)]));
  };
  const hasOpenAddress = (part: unknown) => {
    const url = typeof part === 'object' && part !== null && 'url' in part ? part.url : undefined;
    return typeof url !== 'string' || isOpen(url);
  };
  return copy(data) as T;
}
