// Links, categories and enclosures: what feeds and items have in common.
import type { Category, Enclosure, Link } from '../../model/item.ts';
import type { RawLink, RawUrl } from '../../model/raw-feed.ts';
import { clipText } from './clip.ts';
import { languageTag } from './languages.ts';
import { plainText } from './plain-text.ts';
import { present } from './present.ts';
import type { BaseResolver } from './urls.ts';

const LABEL_CHARS_MAX = 256;

/** The first that is a URL to publish. */
export function firstUrl(candidates: readonly RawUrl[], bases: BaseResolver): string | undefined {
  for (const candidate of candidates) {
    const url = bases.urlOf(candidate);
    if (url !== undefined) return url;
  }
  return undefined;
}

export function normalizeLinks(raw: readonly RawLink[], bases: BaseResolver): Link[] {
  const links: Link[] = [];
  for (const link of raw) {
    const url = bases.urlOf(link);
    if (url === undefined) continue;
    const hreflang = languageTag(link.hreflang);
    const rel = clipText(link.rel ?? 'alternate', LABEL_CHARS_MAX);
    if (links.some((known) => known.rel === rel && known.url === url && known.hreflang === hreflang))
      continue;
    links.push(present({ rel, url, type: mediaType(link.type), title: label(link.title), hreflang }));
  }
  return links;
}

export function normalizeCategories(raw: readonly Category[]): Category[] {
  const categories: Category[] = [];
  for (const { term, scheme, label: name } of raw) {
    const plain = label(term);
    if (plain !== undefined)
      categories.push(present({ term: plain, scheme: label(scheme), label: label(name) }));
  }
  return categories;
}

/** `duration` is said of the item, and is that of its first enclosure. */
export function normalizeEnclosures(
  raw: readonly RawLink[],
  duration: string | undefined,
  bases: BaseResolver,
): Enclosure[] {
  const enclosures = new Map<string, Enclosure>();
  for (const link of raw) {
    const url = bases.urlOf(link);
    if (url === undefined) continue;
    const own = secondsOf(link.duration) ?? (enclosures.size === 0 ? secondsOf(duration) : undefined);
    const enclosure = present({
      url,
      type: mediaType(link.type),
      length: lengthOf(link.length),
      title: label(link.title),
      durationSeconds: own,
    });
    const known = enclosures.get(url);
    enclosures.set(url, known === undefined ? enclosure : { ...enclosure, ...known });
  }
  return [...enclosures.values()];
}

export function label(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainText({ value: text, kind: 'unknown' }, LABEL_CHARS_MAX);
}

/** RFC 6838, section 4.2, without parameters. */
function mediaType(type: string | undefined): string | undefined {
  return /^[a-z0-9][\w!#$&^.+-]{0,126}\/[\w!#$&^.+*-]{1,127}/i.exec(type?.trim() ?? '')?.[0].toLowerCase();
}

function lengthOf(length: string | undefined): number | undefined {
  const plain = length?.replace(/[,\s]/g, '') ?? '';
  return /^\d{1,15}$/.test(plain) && Number(plain) > 0 ? Number(plain) : undefined;
}

/** Seconds, `MM:SS` or `HH:MM:SS`. */
function secondsOf(duration: string | undefined): number | undefined {
  const text = duration?.trim() ?? '';
  if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return Math.round(Number(text)) || undefined;
  const match = /^(?:(\d{1,4}):)?(\d{1,4}):(\d{1,2})(?:\.\d+)?$/.exec(text);
  if (match === null) return undefined;
  return (Number(match[1] ?? 0) * 60 + Number(match[2])) * 60 + Number(match[3]) || undefined;
}
