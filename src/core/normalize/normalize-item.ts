// RawItem to Item.
import type { Html, Item, ReadingNote } from '../../model/item.ts';
import { NOTE_CHARS_MAX } from '../../model/note-template.ts';
import type { RawItem, RawText } from '../../model/raw-feed.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { bodyHtml } from './body-html.ts';
import { parseDate } from './dates.ts';
import { normalizeExtensions } from './extensions.ts';
import { languageWithin } from './languages.ts';
import { normalizeDescription } from './normalize-description.ts';
import { firstUrl, normalizeCategories, normalizeEnclosures, normalizeLinks } from './normalize-parts.ts';
import { normalizeRights } from './normalize-rights.ts';
import { normalizePeople } from './people.ts';
import { plainText } from './plain-text.ts';
import { present } from './present.ts';
import type { BaseResolver } from './urls.ts';

/** Ids are compared, not shown; what is longer is cut. */
const GUID_CHARS_MAX = 2048;

export interface ItemContext {
  readonly bases: BaseResolver;
  /** The feed's, for items that do not say theirs. */
  readonly language: string | undefined;
  readonly note: (note: ReadingNote) => void;
  readonly titleCharsMax?: number | undefined;
}

export function normalizeItem(raw: RawItem, context: ItemContext): Item {
  const { bases } = context;
  const permalink = firstUrl(raw.permalinks, bases);
  if (permalink === undefined && raw.permalinks.length > 0) context.note({ code: 'bad-url' });
  const language = languageWithin(raw.language, context.language);
  const [content, summary] = bodiesOf(raw.bodies, { bases, permalink, language });
  const publishedAt = firstDate(raw.published, context.note);
  return present({
    guid: raw.guid?.slice(0, GUID_CHARS_MAX),
    guidIsPermalink: raw.guidIsPermalink,
    permalink,
    title: plainText(raw.title, context.titleCharsMax) ?? '',
    content,
    summary,
    authors: normalizePeople(raw.authors, bases),
    contributors: normalizePeople(raw.contributors, bases),
    publishedAt,
    createdAt: firstReadable(raw.created),
    expiresAt: firstReadable(raw.expires),
    publishers: orNone(normalizePeople(raw.publishers ?? [], bases)),
    updatedAt: firstDate(raw.updated, context.note) ?? laterDate(raw.dated ?? [], publishedAt),
    categories: normalizeCategories(raw.categories),
    enclosures: normalizeEnclosures(raw.enclosures, raw.duration, bases),
    rights: normalizeRights(raw.rights, bases),
    source: raw.source === undefined ? undefined : normalizeSource(raw.source, bases),
    links: normalizeLinks(raw.links, bases),
    language,
    commentsUrl: bases.urlOf(raw.comments),
    imageUrl: firstUrl(raw.images, bases),
    // A part of one is found nowhere.
    declaredNote: (raw.declaredNote?.length ?? 0) > NOTE_CHARS_MAX ? undefined : raw.declaredNote,
    extensions: normalizeExtensions(raw.extensions, bases),
  });
}

/** The best text is the content, the next that says something else the summary. */
function bodiesOf(
  bodies: readonly RawText[],
  context: Parameters<typeof bodyHtml>[1],
): [content: Html | undefined, summary: Html | undefined] {
  const [best] = bodies;
  if (best === undefined) return [undefined, undefined];
  const content = bodyHtml(best, context);
  for (const other of bodies) {
    if (other === best || other.value === best.value) continue;
    const summary = bodyHtml(other, context);
    if (summary.html !== content.html) return [content, summary];
  }
  return [content, undefined];
}

/** The first that can be read; a note where there are some and none can. */
export function firstDate(
  candidates: readonly string[],
  note: (note: ReadingNote) => void,
): Timestamp | undefined {
  for (const candidate of candidates) {
    const date = parseDate(candidate);
    if (date !== undefined) return date;
  }
  if (candidates.length > 0) note({ code: 'bad-date' });
  return undefined;
}

/** A date of no great weight: nothing is noted where it cannot be read. */
function firstReadable(candidates: readonly string[] | undefined): Timestamp | undefined {
  return candidates?.map(parseDate).find((date) => date !== undefined);
}

function orNone<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}

/** A date of no said kind that is later than the one of publication is when it was changed. */
function laterDate(candidates: readonly string[], publishedAt: Timestamp | undefined): Timestamp | undefined {
  if (publishedAt === undefined) return undefined;
  return candidates.map(parseDate).find((date) => date !== undefined && date > publishedAt);
}

/** A source that says nothing is none. */
function normalizeSource(raw: NonNullable<RawItem['source']>, bases: BaseResolver): Item['source'] {
  const source = normalizeDescription(raw, bases, () => {});
  const { subtitle, language, generator } = source;
  const { title, id, selfUrl, siteUrl, iconUrl, updatedAt, authors, contributors, categories, rights } =
    source;
  if (title === undefined && id === undefined && selfUrl === undefined && siteUrl === undefined)
    return undefined;
  return present({
    title,
    id,
    feedUrl: selfUrl,
    siteUrl,
    subtitle,
    language,
    generator,
    iconUrl,
    updatedAt,
    authors,
    contributors,
    categories,
    rights,
  });
}
