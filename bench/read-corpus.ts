// Reads a folder of real feeds with us, Python's feedparser, feedsmith and stock rss-parser, and prints what each lost,
// what each found, and how far they agree with feedparser. Run: node bench/read-corpus.ts [--differences] [FOLDER]
// Without FOLDER: ../shared/corpus beside the project. Needs Debian's python3-feedparser.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseFeed as feedsmith } from 'feedsmith';
import RssParser from 'rss-parser';
import { decodeBody } from '../src/core/decode/decode-body.ts';
import { plainText } from '../src/core/normalize/plain-text.ts';
import { readDocument } from '../src/pipeline/read-document.ts';

interface ReadItem {
  readonly title?: string | null | undefined;
  readonly id?: string | null | undefined;
  readonly link?: string | null | undefined;
  /** Milliseconds: any date that the reader gives. */
  readonly dates: readonly number[];
  readonly authors: readonly string[];
  /** Content and summary as HTML. */
  readonly bodies: readonly string[];
  readonly enclosures?: readonly string[];
  readonly categories?: readonly string[];
  readonly rights?: string | null | undefined;
  readonly license?: string | null | undefined;
  readonly source?: string | null | undefined;
  readonly language?: string | null | undefined;
}

interface Reading {
  readonly lost: boolean;
  readonly items: readonly ReadItem[];
}

const FIELDS = [
  'title',
  'id',
  'link',
  'date',
  'author',
  'body',
  'enclosure',
  'category',
  'rights',
  'license',
  'source',
] as const;
type Field = (typeof FIELDS)[number];

const root = fileURLToPath(new URL('..', import.meta.url));
const folder =
  process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? `${root}../shared/corpus`;
const showsDifferences = process.argv.includes('--differences');

if (existsSync(folder)) await compare();
else console.log(`no feeds to read: there is no folder ${folder}`);

async function compare(): Promise<void> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:xml|json|rss|atom|rdf)$/.test(path))
    .sort();
  const reference = readWithFeedparser(paths);
  const readers: [string, (path: string) => Promise<Reading>][] = [
    ['tributary', readWithUs],
    ['feedparser', async (path) => reference.get(path) ?? { lost: true, items: [] }],
    ['feedsmith', readWithFeedsmith],
    ['rss-parser', readWithRssParser],
  ];
  console.log(`${paths.length} feeds in ${folder}`);
  console.log(
    'found/agreed: items that have the field / have it as feedparser does, of those where feedparser has it',
  );
  console.log(['reader', 'lost', 'items', ...FIELDS].map((head) => head.padEnd(13)).join(''));
  for (const [name, read] of readers) {
    const row = await tally(name, paths, read, reference);
    console.log(row.map((cell) => cell.padEnd(13)).join(''));
  }
}

async function tally(
  name: string,
  paths: readonly string[],
  read: (path: string) => Promise<Reading>,
  reference: ReadonlyMap<string, Reading>,
): Promise<string[]> {
  let lost = 0;
  let items = 0;
  const found = new Map<Field, number>();
  const agreed = new Map<Field, number>();
  const asked = new Map<Field, number>();
  const count = (map: Map<Field, number>, field: Field): void =>
    void map.set(field, (map.get(field) ?? 0) + 1);
  for (const path of paths) {
    const reading = await read(path);
    if (reading.lost) lost += 1;
    items += reading.items.length;
    const theirs = reference.get(path)?.items ?? [];
    if (name === 'tributary' && showsDifferences && theirs.length !== reading.items.length) {
      console.log(`${path}: ${reading.items.length} items, feedparser ${theirs.length}`);
    }
    for (const [index, item] of reading.items.entries()) {
      for (const field of FIELDS) {
        const mine = valuesOf(item, field);
        const other = theirs[index] === undefined ? [] : valuesOf(theirs[index], field);
        if (mine.length > 0) count(found, field);
        if (other.length > 0) count(asked, field);
        const agrees = other.length > 0 && isAgreed(field, mine, other);
        if (agrees) count(agreed, field);
        if (name === 'tributary' && showsDifferences && !agrees && (mine.length > 0 || other.length > 0)) {
          console.log(`${path} [${index}] ${field}\n  us:   ${short(mine)}\n  them: ${short(other)}`);
        }
      }
    }
  }
  const cells = FIELDS.map(
    (field) => `${found.get(field) ?? 0}/${agreed.get(field) ?? 0}:${asked.get(field) ?? 0}`,
  );
  return [name, String(lost), String(items), ...cells];
}

function short(values: readonly string[]): string {
  return values
    .map((value) => JSON.stringify(value.length > 300 ? `${value.slice(0, 300)}…` : value))
    .join(' | ');
}

/** Lists agree where every one of theirs is among ours; dates, bodies and authors where any is. */
function isAgreed(field: Field, mine: readonly string[], theirs: readonly string[]): boolean {
  if (field === 'date' || field === 'body' || field === 'author')
    return mine.some((value) => theirs.includes(value));
  return theirs.every((value) => mine.includes(value));
}

function valuesOf(item: ReadItem, field: Field): string[] {
  switch (field) {
    case 'date':
      return item.dates.map((ms) => String(Math.floor(ms / 1000)));
    case 'author':
      return item.authors.map((author) => author.trim()).filter((author) => author !== '');
    case 'body':
      return item.bodies.map(textOnly).filter((text) => text !== '');
    case 'enclosure':
      return [...(item.enclosures ?? [])];
    case 'category':
      return (item.categories ?? []).map((term) => term.trim());
    case 'title':
    case 'rights':
    case 'source':
      return [textOnly(item[field] ?? '')].filter((text) => text !== '');
    default:
      return [item[field]?.trim() ?? ''].filter((text) => text !== '');
  }
}

/** Words alone, so that serializing alike does not count. */
function textOnly(html: string): string {
  return (plainText({ value: html, kind: 'html' }, 100_000) ?? '').replace(/\s+/g, '');
}

function addressOf(path: string): string {
  return `https://feeds.example/${path}`;
}

function readWithFeedparser(paths: readonly string[]): ReadonlyMap<string, Reading> {
  const input = paths.map((path) => `${folder}/${path}\t${addressOf(path)}\n`).join('');
  const script = fileURLToPath(new URL('feedparser-read.py', import.meta.url));
  const ran = spawnSync('/usr/bin/python3', ['-W', 'ignore', script], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (ran.status !== 0) throw new Error(`feedparser did not run: ${ran.stderr}`);
  const lines = ran.stdout.trim().split('\n');
  return new Map(paths.map((path, index) => [path, JSON.parse(lines[index] ?? '{}') as Reading]));
}

async function readWithUs(path: string): Promise<Reading> {
  try {
    const feed = await readDocument(readFileSync(`${folder}/${path}`), { url: addressOf(path) });
    const items = feed.items.map((item) => ({
      title: item.title.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
      id: item.guid,
      link: item.permalink,
      dates: [item.publishedAt, item.updatedAt]
        .filter((date) => date !== undefined)
        .map((date) => Date.parse(date)),
      authors: item.authors.map((author) => author.name ?? author.email ?? ''),
      bodies: [item.content?.html ?? '', item.summary?.html ?? ''],
      enclosures: item.enclosures.map((enclosure) => enclosure.url),
      categories: item.categories.map((category) => category.term),
      rights: item.rights.text,
      license: item.rights.licenses[0],
      source: item.source?.title,
      language: item.language,
    }));
    return { lost: false, items };
  } catch {
    return { lost: true, items: [] };
  }
}

async function readWithRssParser(path: string): Promise<Reading> {
  try {
    const text = decodeBody(readFileSync(`${folder}/${path}`)).text;
    const feed = await new RssParser({
      customFields: { item: [['dc:rights', 'rights'] as never, ['content:encoded', 'encoded'] as never] },
    }).parseString(text);
    const items = feed.items.map((item) => {
      const any = item as Record<string, unknown>;
      return {
        title: textIn(item.title),
        id: textIn(any.guid ?? any.id),
        link: textIn(item.link),
        dates: [Date.parse(item.isoDate ?? item.pubDate ?? '')].filter((date) => !Number.isNaN(date)),
        authors: [textIn(any.creator ?? any.author)].filter((author) => author !== ''),
        bodies: [textIn(any.encoded), textIn(item.content), textIn(item.summary)],
        enclosures: item.enclosure?.url === undefined ? [] : [item.enclosure.url],
        categories: (item.categories ?? []).map(textIn),
        rights: textIn(any.rights),
      };
    });
    return { lost: false, items };
  } catch {
    return { lost: true, items: [] };
  }
}

async function readWithFeedsmith(path: string): Promise<Reading> {
  try {
    const { feed } = feedsmith(decodeBody(readFileSync(`${folder}/${path}`)).text);
    const any = feed as { items?: unknown[]; entries?: unknown[] };
    const items = (any.items ?? any.entries ?? []).map((each) =>
      readSmithItem(each as Record<string, never>),
    );
    return { lost: false, items };
  } catch {
    return { lost: true, items: [] };
  }
}

function readSmithItem(item: Record<string, unknown>): ReadItem {
  const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value : []);
  const dc = (item.dc ?? {}) as Record<string, unknown>;
  const links = list(item.links);
  const link = item.link ?? links.find((each) => each.rel === undefined || each.rel === 'alternate')?.href;
  const dates = [item.pubDate, item.published, item.updated, dc.date].map((date) => Date.parse(textIn(date)));
  const authors = [...list(item.authors), ...(Array.isArray(dc.creators) ? dc.creators : [dc.creator])];
  return {
    title: textIn(item.title),
    id: textIn((item.guid as { value?: string } | undefined)?.value ?? item.id),
    link: textIn(link),
    dates: dates.filter((date) => !Number.isNaN(date)),
    authors: authors.map(textIn).filter((author) => author !== ''),
    bodies: [
      textIn((item.content as { encoded?: string } | undefined)?.encoded ?? item.content),
      textIn(item.description ?? item.summary),
    ],
    enclosures: [...list(item.enclosures), ...links.filter((each) => each.rel === 'enclosure')].map((each) =>
      textIn(each.url ?? each.href),
    ),
    categories: list(item.categories).map((each) => textIn(each.name ?? each.term)),
    rights: textIn(item.rights ?? dc.rights),
    source: textIn((item.source as { title?: string } | undefined)?.title),
  };
}

/** Text, wherever a reader keeps it. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object') return '';
  const { _, value: inner, name, email } = value as Record<string, unknown>;
  return textIn(_ ?? inner ?? name ?? email);
}
