// RawFeed to SourceFeed: dates, URLs, people and texts as the rest of the program knows them. Never throws for what a
// feed is like: a value that cannot be read is absent, an item that cannot be read is left out with a note.
import type { Item, ReadingNote, SourceFeed } from '../../model/item.ts';
import type { RawFeed } from '../../model/raw-feed.ts';
import { normalizeExtensions } from './extensions.ts';
import { normalizeDescription } from './normalize-description.ts';
import { normalizeItem } from './normalize-item.ts';
import { firstUrl } from './normalize-parts.ts';
import { normalizePublishing } from './normalize-publishing.ts';
import { isFromTributary, withPlainTexts } from './own-texts.ts';
import { present } from './present.ts';
import { normalizeTombstones } from './tombstones.ts';
import { BaseResolver, resolveReference } from './urls.ts';

export interface DocumentAddress {
  /** Where the document came from, after redirects. */
  readonly url?: string | undefined;
  /** The HTTP header (RFC 9110, section 8.7), which may be relative. */
  readonly contentLocation?: string | undefined;
}

export interface NormalizeOptions extends DocumentAddress {
  /** Characters of an item's title; default 1,024. */
  readonly titleCharsMax?: number | undefined;
  /** The HTTP header (RFC 9110, section 8.5): the language of a document that says nothing of it itself. */
  readonly contentLanguage?: string | undefined;
}

export function normalizeFeed(given: RawFeed, options: NormalizeOptions = {}): SourceFeed {
  const raw = isFromTributary(given) ? withPlainTexts(given) : given;
  const bases = new BaseResolver(documentBase(raw, options));
  const notes = new NoteList(raw.notes);
  const described = normalizeDescription(raw, bases, notes.add);
  const language = described.language ?? oneLanguage(options.contentLanguage);
  const description = { ...described, language };
  const context = {
    bases,
    language,
    note: notes.add,
    titleCharsMax: options.titleCharsMax,
  };
  const items: Item[] = [];
  const graves = [...(raw.tombstones ?? [])];
  for (const item of raw.items) {
    if (item.retracted !== undefined) {
      if (item.guid !== undefined) graves.push({ ref: item.guid, ...item.retracted });
      continue;
    }
    try {
      items.push(normalizeItem(item, context));
    } catch {
      notes.add({ code: 'bad-item' });
    }
  }
  const extensions = normalizeExtensions(raw.extensions, bases);
  const tombstones = normalizeTombstones(graves, bases);
  const publishing = normalizePublishing(raw.publishing, bases);
  return present({
    ...description,
    ...publishing,
    extensions,
    format: raw.format,
    items,
    tombstones,
    notes: notes.list,
  });
}

/**
 * RFC 3986, section 5.1: Content-Location, then the address. A document that came from nowhere, as in the library, is
 * taken to have come from where it says that it is, else from the site that it is about.
 */
function documentBase(raw: RawFeed, { url, contentLocation }: DocumentAddress): string | undefined {
  const located = contentLocation === undefined ? undefined : resolveReference(contentLocation.trim(), url);
  if (located !== undefined && /^https?:/i.test(located)) return located;
  if (url !== undefined) return url;
  const own = new BaseResolver(undefined);
  return firstUrl(raw.selfUrls, own) ?? firstUrl(raw.siteUrls, own);
}

/** A list of several is of whom it is meant for, not of what it is written in. */
function oneLanguage(header: string | undefined): string | undefined {
  return header === undefined
    ? undefined
    : /^\s*([a-z]{2,8}(?:[-_][a-z0-9]{1,8}){0,7})\s*$/i.exec(header)?.[1];
}

/** Each kind of note once: ten thousand bad dates are one thing to know. */
class NoteList {
  readonly list: ReadingNote[];
  private readonly codes: Set<string>;

  constructor(notes: readonly ReadingNote[]) {
    this.list = [];
    this.codes = new Set();
    for (const note of notes) this.add(note);
  }

  readonly add = (note: ReadingNote): void => {
    if (this.codes.has(note.code)) return;
    this.codes.add(note.code);
    this.list.push(note);
  };
}
