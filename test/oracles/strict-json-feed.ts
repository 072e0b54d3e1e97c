// JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) as a list of what is wrong with a document.
import { htmlProblems } from './strict-html.ts';
import { isLanguage, isMediaType, isRfc3339, isWebUrl, repeated } from './strict-values.ts';

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const given: Check = (value) => typeof value === 'string' && value.trim() !== '';
const url: Check = (value) => typeof value === 'string' && isWebUrl(value);
const date: Check = (value) => typeof value === 'string' && isRfc3339(value);
const language: Check = (value) => typeof value === 'string' && isLanguage(value);
const count: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const flag: Check = (value) => typeof value === 'boolean';
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const author: Check = (value) =>
  problemsOf(value, { name: given, url, avatar: url }).length === 0 && Object.keys(Object(value)).length > 0;
const attachment: Check = (value) =>
  problemsOf(
    value,
    {
      url,
      mime_type: (type) => typeof type === 'string' && isMediaType(type),
      title: text,
      size_in_bytes: count,
      duration_in_seconds: count,
    },
    ['url', 'mime_type'],
  ).length === 0;
const hub: Check = (value) => problemsOf(value, { type: given, url }, ['type', 'url']).length === 0;

const FEED: Readonly<Record<string, Check>> = {
  version: (value) => value === 'https://jsonfeed.org/version/1.1',
  title: text,
  home_page_url: url,
  feed_url: url,
  description: text,
  user_comment: text,
  next_url: url,
  icon: url,
  favicon: url,
  authors: listOf(author),
  language,
  expired: flag,
  hubs: listOf(hub),
  items: Array.isArray,
};

const ITEM: Readonly<Record<string, Check>> = {
  id: given,
  url,
  external_url: url,
  title: text,
  content_html: text,
  content_text: text,
  summary: text,
  image: url,
  banner_image: url,
  date_published: date,
  date_modified: date,
  authors: (value) => listOf(author)(value) && (value as unknown[]).length > 0,
  tags: listOf(given),
  language,
  attachments: listOf(attachment),
};

export function jsonFeedProblems(document: string): readonly string[] {
  const feed: unknown = JSON.parse(document);
  const problems = [...problemsOf(feed, FEED, ['version', 'title', 'items', 'feed_url'])];
  const items = (Object(feed) as { items?: readonly unknown[] }).items ?? [];
  for (const [place, item] of items.entries()) {
    const found = problemsOf(item, ITEM, ['id', 'authors', 'date_published']);
    problems.push(...found.map((what) => `item ${place + 1}: ${what}`));
    const { content_html: html, content_text: plain } = Object(item);
    if (html === undefined && plain === undefined) problems.push(`item ${place + 1}: no content`);
    if (typeof html === 'string')
      problems.push(...htmlProblems(html).map((what) => `item ${place + 1}: ${what}`));
    const tags = Object(item).tags ?? [];
    if (repeated(tags).length > 0) problems.push(`item ${place + 1}: a tag twice`);
  }
  for (const id of repeated(items.map((item) => String(Object(item).id)))) problems.push(`id twice: ${id}`);
  return problems;
}

/** Members of other names are extensions: these begin with `_` and are objects. */
function problemsOf(
  value: unknown,
  checks: Readonly<Record<string, Check>>,
  required: readonly string[] = [],
): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return ['not an object'];
  const missing = required.filter((name) => !Object.hasOwn(value, name)).map((name) => `no ${name}`);
  const wrong = Object.entries(value).flatMap(([name, member]) => {
    if (/^_[A-Za-z]/.test(name))
      return typeof member === 'object' && member !== null && !Array.isArray(member)
        ? []
        : [`${name} is no object`];
    const check = checks[name];
    return check?.(member) === true ? [] : [`${name}: ${JSON.stringify(member)?.slice(0, 200)}`];
  });
  return [...missing, ...wrong];
}
