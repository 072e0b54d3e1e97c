// JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Every item has authors: one without would get its feed's.
import type { Edition, EditionItem } from '../../model/edition.ts';
import type { Enclosure, Person } from '../../model/item.ts';
import { documentUrl, pageUrlOf } from './document-urls.ts';
import { olderUrl } from './history.ts';
import {
  bodyWithNote,
  enclosureLength,
  enclosureSeconds,
  enclosureType,
  filesOf,
  namedCategories,
  personName,
} from './item-parts.ts';
import { jsonExtensions } from './json-extensions.ts';
import { writeJson } from './json-writer.ts';
import { itemLanguage, languageTag } from './language-tag.ts';
import type { MergedFeedDocument, MergedFeedItem } from './merged-feed-document.ts';
import { jsonStubs } from './retractions.ts';

const VERSION = 'https://jsonfeed.org/version/1.1';

export function writeJsonFeed({ edition, items, extensions }: MergedFeedDocument): string {
  return writeJson({
    version: VERSION,
    title: edition.title,
    home_page_url: pageUrlOf(edition),
    feed_url: documentUrl(edition, 'json'),
    next_url: olderUrl(edition, 'json'),
    description: edition.description,
    language: languageTag(edition.language),
    icon: edition.imageUrl,
    authors: edition.author === undefined ? undefined : authorsOf([edition.author]),
    hubs: edition.hubs?.length ? edition.hubs.map((url) => ({ type: 'WebSub', url })) : undefined,
    ...Object.fromEntries(extensions.map(({ name, objects }) => [name, objects])),
    items: [...items.map((item) => itemOf(item, edition)), ...jsonStubs(edition)],
  });
}

function itemOf(
  { editionItem: item, extensions, carried }: MergedFeedItem,
  edition: Edition,
): Record<string, unknown> {
  const body = bodyWithNote(item);
  return {
    id: item.id,
    url: item.permalink,
    title: item.title === '' ? undefined : item.title,
    content_html: body === '' ? undefined : body,
    // One of the two must be there.
    content_text: body === '' ? '' : undefined,
    summary: item.summary === '' ? undefined : item.summary,
    image: item.imageUrl,
    date_published: item.publishedAt,
    date_modified: item.updatedAt,
    authors: authorsOf(item.attribution.authors),
    tags: tagsOf(item),
    language: itemLanguage(item.language, edition.language),
    attachments: attachmentsOf(filesOf(item)),
    ...Object.fromEntries(jsonExtensions(carried)),
    ...Object.fromEntries(extensions.map(({ name, objects }) => [name, objects])),
  };
}

function authorsOf(authors: readonly Person[]): readonly unknown[] {
  return authors.map((author) => ({ name: personName(author), url: author.uri }));
}

function tagsOf({ categories }: EditionItem): readonly string[] | undefined {
  const tags = new Set(namedCategories(categories).map(({ label, term }) => label ?? term));
  return tags.size === 0 ? undefined : [...tags];
}

/** Those with a type: without one the specification has no attachment. */
function attachmentsOf(enclosures: readonly Enclosure[]): readonly unknown[] | undefined {
  const attachments = enclosures.flatMap((enclosure) => {
    const type = enclosureType(enclosure);
    if (type === undefined) return [];
    const { url, title } = enclosure;
    const duration = enclosureSeconds(enclosure);
    const size = enclosureLength(enclosure);
    return [{ url, mime_type: type, title, size_in_bytes: size, duration_in_seconds: duration }];
  });
  return attachments.length === 0 ? undefined : attachments;
}
