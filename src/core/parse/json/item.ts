// An item of a JSON Feed, with what another Tributary says in `_tributary`.
import type {
  RawDescription,
  RawExtension,
  RawItem,
  RawLink,
  RawText,
  RawUrl,
} from '../../../model/raw-feed.ts';
import type { ParseLimits } from '../limits.ts';
import { linkTo, peopleIn, plainText, rightsIn, urlTo } from './parts.ts';
import { isObject, type JsonObject, listOf, stringOf } from './values.ts';

export function readJsonItem(
  item: JsonObject,
  limits: ParseLimits,
  extensions?: readonly RawExtension[] | undefined,
): RawItem {
  const language = stringOf(item.language);
  const ours = isObject(item._tributary) ? item._tributary : {};
  return {
    guid: stringOf(item.id),
    guidIsPermalink: false,
    permalinks: [...urlTo(item.url), ...urlTo(item.external_url), ...addressIn(item.id)],
    title: plainText(item.title, language),
    bodies: readBodies(item, language, limits.contentCharsMax),
    authors: peopleIn(item, limits.valuesMax),
    contributors: [],
    published: datesIn(item.date_published),
    updated: datesIn(item.date_modified),
    categories: readTags(item, limits.valuesMax),
    enclosures: readAttachments(item, limits.valuesMax),
    rights: rightsIn(item),
    source: readSource(ours.source),
    links: [
      ...(stringOf(item.url) === undefined ? [] : linkTo(item.external_url, 'related')),
      ...listOf(ours.via, limits.valuesMax).flatMap((hop) =>
        isObject(hop) ? linkTo(hop.url, 'via', stringOf(hop.title)) : [],
      ),
    ],
    language,
    images: [...urlTo(item.image), ...urlTo(item.banner_image)],
    declaredNote: typeof ours.note === 'string' ? ours.note : undefined,
    retracted: readRetracted(ours.retracted),
    extensions,
  };
}

/** What another Tributary says of an item that was taken back. */
function readRetracted(retracted: unknown): RawItem['retracted'] {
  if (!isObject(retracted)) return undefined;
  const by = stringOf(retracted.by);
  return {
    when: stringOf(retracted.when),
    by: by === undefined ? undefined : { name: by },
    comment: plainText(retracted.reason, undefined),
  };
}

/** The id is, ideally, the address of the item (JSON Feed 1.1, items). */
function addressIn(id: unknown): RawUrl[] {
  return urlTo(id).filter(({ href }) => /^https?:\/\//i.test(href));
}

function datesIn(value: unknown): string[] {
  const date = stringOf(value);
  return date === undefined ? [] : [date];
}

function readBodies(item: JsonObject, language: string | undefined, charsMax: number): RawText[] {
  const bodies: RawText[] = [];
  const add = (value: unknown, kind: RawText['kind']): void => {
    const text = stringOf(value);
    if (text === undefined) return;
    const clipped = text.length > charsMax;
    bodies.push({
      value: clipped ? text.slice(0, charsMax) : text,
      kind,
      language,
      ...(clipped ? { clipped } : {}),
    });
  };
  add(item.content_html, 'html');
  // Beside HTML it is the same again.
  if (bodies.length === 0) add(item.content_text, 'lines');
  add(item.summary, 'lines');
  return bodies;
}

function readTags(item: JsonObject, max: number): { term: string }[] {
  const tags = listOf(item.tags, max).map(stringOf);
  return [...new Set(tags)].filter((term) => term !== undefined).map((term) => ({ term }));
}

function readAttachments(item: JsonObject, max: number): RawLink[] {
  return listOf(item.attachments, max).flatMap((attachment) => {
    if (!isObject(attachment)) return [];
    return urlTo(attachment.url).map((url) => ({
      ...url,
      type: stringOf(attachment.mime_type)?.toLowerCase(),
      title: stringOf(attachment.title),
      length: stringOf(attachment.size_in_bytes),
      duration: stringOf(attachment.duration_in_seconds),
    }));
  });
}

function readSource(source: unknown): RawDescription | undefined {
  if (!isObject(source)) return undefined;
  return {
    id: stringOf(source.id),
    title: plainText(source.title, undefined),
    selfUrls: urlTo(source.feed_url),
    siteUrls: urlTo(source.home_page_url),
    icons: [],
    updated: [],
    authors: [],
    contributors: [],
    categories: [],
    rights: { licenses: [] },
    links: [],
  };
}
