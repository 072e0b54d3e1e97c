// The corpus as Python's feedparser reads it, brought to the same terms. What it does in ways of its own is undone here:
// it says `text/html` where it thinks so, copies content to the summary, and keeps RSS descriptions as summaries.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  categoryText,
  enclosureText,
  type Fields,
  fieldsOf,
  htmlText,
  instantText,
  LOST,
  personText,
  type Reader,
  type Reading,
  shownText,
} from './reading.ts';

type Maybe<T> = T | null | undefined;

interface Text {
  readonly value: string;
  readonly type: string;
}

interface Person {
  readonly name?: Maybe<string>;
  readonly email?: Maybe<string>;
  readonly uri?: Maybe<string>;
}

interface Common {
  readonly title: Maybe<Text>;
  readonly id: Maybe<string>;
  readonly link: Maybe<string>;
  readonly published: Maybe<number>;
  readonly created: Maybe<number>;
  readonly updated: Maybe<number>;
  readonly authors: readonly Person[];
  readonly contributors: readonly Person[];
  readonly tags: readonly { term?: Maybe<string>; scheme?: Maybe<string>; label?: Maybe<string> }[];
  readonly rights: Maybe<Text>;
  readonly licenses: readonly string[];
  readonly language: Maybe<string>;
}

interface Feed extends Common {
  readonly subtitle: Maybe<Text>;
  readonly generator: readonly Maybe<string>[];
  readonly images: readonly string[];
  readonly publishers: readonly Person[];
}

interface Entry extends Common {
  readonly contents: readonly Text[];
  readonly summary: Maybe<Text>;
  readonly enclosures: readonly { url?: Maybe<string>; type?: Maybe<string>; length?: Maybe<string> }[];
  readonly source: Maybe<{ title?: Maybe<string>; id?: Maybe<string>; url?: Maybe<string> }>;
  readonly languages: readonly string[];
  readonly comments: Maybe<string>;
}

interface Answer {
  readonly lost: boolean;
  readonly feed: Feed;
  readonly items: readonly Entry[];
}

const ITUNES = 'http://www.itunes.com/';

/** Reads all at once, in one process. */
export function feedparser(
  folder: string,
  paths: readonly string[],
  addressOf: (path: string) => string,
): Reader {
  const input = paths.map((path) => `${folder}/${path}\t${addressOf(path)}\n`).join('');
  const script = fileURLToPath(new URL('../feedparser-read.py', import.meta.url));
  // Debian's own Python has Debian's packages; another one on the PATH may not.
  const ran = spawnSync('/usr/bin/python3', ['-W', 'ignore', script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (ran.status !== 0) throw new Error(`feedparser did not run: ${ran.stderr}`);
  const lines = ran.stdout.trim().split('\n');
  const readings = new Map(paths.map((path, index) => [path, readingOf(JSON.parse(lines[index] ?? ''))]));
  return { name: 'feedparser', read: async (path) => readings.get(path) ?? LOST };
}

function readingOf({ lost, feed, items }: Answer): Reading {
  if (lost) return LOST;
  return { lost: false, feed: feedFields(feed), items: items.map((entry) => itemFields(entry, feed)) };
}

function commonFields(data: Common) {
  return {
    title: plainText(data.title),
    id: data.id,
    link: data.link,
    authors: data.authors.map(personText),
    contributors: data.contributors.map(personText),
    // A scheme of its own for what has none in the feed.
    categories: data.tags.map((tag) => categoryText(tag.scheme === ITUNES ? { ...tag, scheme: null } : tag)),
    rights: plainText(data.rights),
    license: data.licenses,
  };
}

function feedFields(feed: Feed): Fields {
  return fieldsOf({
    ...commonFields(feed),
    published: instantText(feed.published ?? feed.created),
    updated: instantText(feed.updated ?? feed.published),
    publishers: feed.publishers.map(personText),
    subtitle: plainText(feed.subtitle),
    image: feed.images,
    language: feed.language,
    generator: feed.generator,
  });
}

function itemFields(entry: Entry, feed: Feed): Fields {
  const [content] = entry.contents;
  const isCopied = entry.summary?.value === content?.value;
  const summary = content === undefined || isCopied ? undefined : entry.summary;
  return fieldsOf({
    ...commonFields(entry),
    published: instantText(entry.published ?? entry.created),
    updated: instantText(entry.updated),
    body: html(content ?? entry.summary),
    summary: html(summary),
    enclosures: entry.enclosures.map(enclosureText),
    source: [entry.source?.title, entry.source?.id, entry.source?.url],
    language: entry.language ?? entry.languages[0] ?? feed.language,
    comments: entry.comments,
  });
}

function isHtml(text: Text): boolean {
  return text.type.includes('html') || /<\/?[a-z]/i.test(text.value);
}

function plainText(text: Maybe<Text>): Maybe<string> {
  return text && (isHtml(text) ? shownText(text.value) : text.value);
}

function html(text: Maybe<Text>): Maybe<string> {
  if (!text) return undefined;
  return htmlText(isHtml(text) ? text.value : text.value.replaceAll('&', '&amp;').replaceAll('<', '&lt;'));
}
