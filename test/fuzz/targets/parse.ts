// Documents to feeds: XML of all formats, and JSON Feed, changed at random.
import { ReadError } from '../../../src/model/errors.ts';
import type { SourceFeed } from '../../../src/model/item.ts';
import { readDocument } from '../../../src/pipeline/read-document.ts';
import type { Random } from '../../pipeline/damages.ts';
import { mutate, pick, upTo } from '../mutate.ts';
import { FEEDS, JSON_FEEDS, XML_TOKENS } from '../seeds.ts';
import { bytesOf, holds, type Input, stringsIn, type Target } from '../target.ts';

const URL_OF_FEED = 'https://feeds.example/a/feed?x=1';
const CODES = ['empty-body', 'not-a-feed', 'too-deep', 'too-large'];
const ITEMS_MAX = 500;
/** What an entity or a base URL may add to a document, times its size. */
const GROWTH_MAX = 400;

export const parse: Target = {
  name: 'parse',
  make: (random) => ({ body: mutate(pick(random, FEEDS), random, XML_TOKENS, pick(random, FEEDS)) }),
  check: readAndJudge,
};

const KEYS =
  'version title home_page_url feed_url description icon favicon authors author language expired hubs items id url external_url content_html content_text summary image banner_image date_published date_modified tags attachments mime_type size_in_bytes duration_in_seconds name avatar _tributary _x __proto__ constructor toString type'.split(
    ' ',
  );
const VALUES: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1e308,
    1e-7,
    2 ** 53,
    '',
    ' ',
    'x',
    '\0',
    '\ud800',
    '2026-11-26T08:00:00Z',
    [],
    {},
    [[]],
  ],
  ...[
    'https://h.example/',
    'javascript:x',
    '//u:p@h',
    '<p>x</p>',
    '<script>x</script>',
    '__proto__',
    'a'.repeat(3000),
  ],
];
const JSON_TOKENS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '\\u0000',
    '\\ud800',
    '\\uD83D\\uDE00',
    'null',
    'NaN',
    '1e999',
    '-',
    '//',
    '/*',
  ],
  ...['"items":[', '"id":', '"__proto__":{', '\n', '\0', '\xef\xbb\xbf', '[', '{"a":', "'"],
];

export const jsonFeed: Target = {
  name: 'json-feed',
  make(random) {
    const text =
      random.next() < 0.5
        ? pick(random, JSON_FEEDS)
        : Buffer.from(JSON.stringify(randomFeed(random))).toString('latin1');
    return { body: random.next() < 0.7 ? mutate(text, random, JSON_TOKENS, pick(random, JSON_FEEDS)) : text };
  },
  check: readAndJudge,
};

function randomFeed(random: Random): unknown {
  const items = Array.from({ length: upTo(random, 5) }, () => randomObject(random, 3));
  return { ...randomObject(random, 2), version: 'https://jsonfeed.org/version/1.1', items };
}

function randomObject(random: Random, depth: number): Record<string, unknown> {
  const entries = Array.from({ length: upTo(random, 12) }, () => [
    pick(random, KEYS),
    randomValue(random, depth),
  ]);
  // Not an assignment: `__proto__` is to be a member like any other.
  return Object.fromEntries(entries);
}

function randomValue(random: Random, depth: number): unknown {
  const kind = depth === 0 ? 0 : random.next();
  if (kind < 0.6) return pick(random, VALUES);
  if (kind < 0.8) return randomObject(random, depth - 1);
  return Array.from({ length: upTo(random, 4) }, () => randomValue(random, depth - 1));
}

async function readAndJudge({ body = '' }: Input): Promise<void> {
  let feed: SourceFeed;
  try {
    feed = await readDocument(bytesOf(body), { url: URL_OF_FEED });
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    holds(CODES.includes(error.code), `the code ${error.code} is documented`);
    return;
  }
  holds(feed.items.length <= ITEMS_MAX, 'items are bounded');
  const strings = stringsIn(feed);
  holds(
    strings.every((text) => text.isWellFormed()),
    'no text has halves of pairs',
  );
  const length = strings.reduce((sum, text) => sum + text.length, 0);
  holds(length <= 100_000 + GROWTH_MAX * body.length, `what is read is bounded: ${length}`);
  for (const { permalink, enclosures, links, imageUrl } of feed.items) {
    const urls = [permalink, imageUrl, ...enclosures.map(({ url }) => url), ...links.map(({ url }) => url)];
    for (const url of urls) holds(url === undefined || isPublishable(url), `${url} may be published`);
  }
  holds(!('hit' in {}) && Object.keys(Object.prototype).length === 0, 'no prototype changed');
}

function isPublishable(url: string): boolean {
  if (!/^https?:\/\//.test(url)) return false;
  if (!URL.canParse(url)) return true;
  const { username, password } = new URL(url);
  return username === '' && password === '';
}
