// What a feed says of its own publishing, as numbers, URLs and plain text. What cannot be read is absent.
import type { FeedCloud, FeedImage, FeedPublishing, FeedTextInput } from '../../model/item.ts';
import type { RawImage, RawPublishing, RawTextInput } from '../../model/raw-feed.ts';
import { parseDate } from './dates.ts';
import { firstUrl, label } from './normalize-parts.ts';
import { normalizePeople } from './people.ts';
import { plainText } from './plain-text.ts';
import { present } from './present.ts';
import type { BaseResolver } from './urls.ts';

/** A year: more is a mistake. */
const TTL_MINUTES_MAX = 366 * 24 * 60;
const PIXELS_MAX = 65_535;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export function normalizePublishing(raw: RawPublishing, bases: BaseResolver): FeedPublishing {
  const publishers = normalizePeople(raw.publishers, bases);
  const skipHours = hoursOf(raw.skipHours);
  const skipDays = daysOf(raw.skipDays);
  return present({
    publishedAt: raw.published.map(parseDate).find((date) => date !== undefined),
    image: imageOf(raw.images, bases),
    logoUrl: firstUrl(raw.logos, bases),
    publishers: publishers.length > 0 ? publishers : undefined,
    docsUrl: bases.urlOf(raw.docs),
    ttlMinutes: wholeNumber(raw.ttl, TTL_MINUTES_MAX),
    skipHours: skipHours.length > 0 ? skipHours : undefined,
    skipDays: skipDays.length > 0 ? skipDays : undefined,
    rating: label(raw.rating),
    cloud: raw.cloud === undefined ? undefined : cloudOf(raw.cloud),
    textInput: raw.textInput === undefined ? undefined : textInputOf(raw.textInput, bases),
    errorReportsTo: label(raw.errorReportsTo),
    expired: raw.expired === true ? true : undefined,
  });
}

/** The first with an address to show, and what others of the same address say beside it. */
function imageOf(images: readonly RawImage[], bases: BaseResolver): FeedImage | undefined {
  let image: FeedImage | undefined;
  for (const raw of images) {
    const url = bases.urlOf(raw.url);
    if (url === undefined || (image !== undefined && image.url !== url)) continue;
    const said = present({
      url,
      title: plainText(raw.title),
      description: plainText(raw.description),
      link: bases.urlOf(raw.link),
      width: wholeNumber(raw.width, PIXELS_MAX),
      height: wholeNumber(raw.height, PIXELS_MAX),
    });
    image = { ...said, ...image };
  }
  return image;
}

function cloudOf(raw: NonNullable<RawPublishing['cloud']>): FeedCloud | undefined {
  const domain = label(raw.domain);
  if (domain === undefined) return undefined;
  return present({
    domain,
    port: wholeNumber(raw.port, 65_535),
    path: label(raw.path),
    registerProcedure: label(raw.registerProcedure),
    protocol: label(raw.protocol),
  });
}

function textInputOf(raw: RawTextInput, bases: BaseResolver): FeedTextInput | undefined {
  const input = present({
    title: plainText(raw.title),
    description: plainText(raw.description),
    name: label(raw.name),
    link: bases.urlOf(raw.link),
  });
  return Object.keys(input).length > 0 ? input : undefined;
}

/** RSS 0.91 counts 1 to 24, RSS 2.0 0 to 23: 24 is midnight. */
function hoursOf(raw: readonly string[]): number[] {
  const hours = raw.map((text) => wholeNumber(text, 24)).filter((hour) => hour !== undefined);
  return [...new Set(hours.map((hour) => hour % 24))];
}

function daysOf(raw: readonly string[]): string[] {
  const days = raw.map((text) => DAYS.find((day) => day.toLowerCase() === text.trim().toLowerCase()));
  return [...new Set(days.filter((day) => day !== undefined))];
}

function wholeNumber(text: string | undefined, max: number): number | undefined {
  const digits = text?.trim() ?? '';
  const number = Number(digits);
  return /^\d{1,9}$/.test(digits) && number <= max ? number : undefined;
}
