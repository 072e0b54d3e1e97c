// What a feed, or a source that an item names, says of itself.
import type { FeedDescription, ReadingNote } from '../../model/item.ts';
import type { RawDescription } from '../../model/raw-feed.ts';
import { parseDate } from './dates.ts';
import { languageTag } from './languages.ts';
import { firstUrl, label, normalizeCategories, normalizeLinks } from './normalize-parts.ts';
import { normalizeRights } from './normalize-rights.ts';
import { normalizePeople } from './people.ts';
import { plainText } from './plain-text.ts';
import { present } from './present.ts';
import type { BaseResolver } from './urls.ts';

const SUBTITLE_CHARS_MAX = 4096;
const ID_CHARS_MAX = 2048;

export function normalizeDescription(
  raw: RawDescription,
  bases: BaseResolver,
  note: (note: ReadingNote) => void,
): FeedDescription {
  const updatedAt = raw.updated.map(parseDate).find((date) => date !== undefined);
  if (updatedAt === undefined && raw.updated.length > 0) note({ code: 'bad-date', detail: 'of the feed' });
  return present({
    id: raw.id?.slice(0, ID_CHARS_MAX),
    title: plainText(raw.title),
    subtitle: plainText(raw.subtitle, SUBTITLE_CHARS_MAX),
    selfUrl: firstUrl(raw.selfUrls, bases),
    siteUrl: firstUrl(raw.siteUrls, bases),
    iconUrl: firstUrl(raw.icons, bases),
    updatedAt,
    authors: normalizePeople(raw.authors, bases),
    contributors: normalizePeople(raw.contributors, bases),
    categories: normalizeCategories(raw.categories),
    rights: normalizeRights(raw.rights, bases),
    language: languageTag(raw.language),
    generator: label(raw.generator?.name),
    generatorVersion: label(raw.generator?.version),
    generatorUrl: bases.urlOf(raw.generator?.uri),
    links: normalizeLinks(raw.links, bases),
  });
}
