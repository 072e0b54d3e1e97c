// Feeds of ours with three items or more, damaged at seeded places: of the items that the damage did not touch, at least
// 99 in 100 keep id, title, link, date and body.
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../src/pipeline/read-document.ts';

const URL_OF_FEED = 'https://feeds.example/feed';
const PLACES = 40;

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Feed {
  readonly name: string;
  readonly text: string;
  readonly items: readonly Range[];
  /** What each item says when nothing is damaged. */
  readonly said: readonly string[];
}

/** The damaged text, and the first and last place in the text before that it changed. */
type Damage = (
  text: string,
  random: Random,
) => { readonly text: string; readonly touched: Range } | undefined;

const DAMAGES: Readonly<Record<string, Damage>> = {
  'a bare ampersand': (text, random) => {
    const place = random.of(places(text, /[a-z](?=[a-z ]+<)/g));
    return place && change(text, { start: place.end, end: place.end }, ' & ');
  },
  'a bad date': (text, random) => {
    const place = random.of(places(text, /(?<=<(?:pubDate|dc:date|updated|published)>)[^<]+/g));
    return (
      place &&
      change(
        text,
        place,
        random.of(['yesterday', '', '2026-13-45T99:99:99Z', 'Mon, 32 Foo 2026', '<b>']) ?? '',
      )
    );
  },
  'a truncated tail': (text, random) => {
    const start = Math.floor(text.length * (0.3 + 0.7 * random.next()));
    return change(text, { start, end: text.length }, '');
  },
  'a control character': (text, random) => {
    const start = Math.floor(text.length * random.next());
    return change(
      text,
      { start, end: start },
      random.of(['\0', '\x01', '\x08', '\x0b', '\x1f', '\uffff']) ?? '',
    );
  },
  'an undeclared prefix': (text, random) => {
    const place = random.of(places(text, / xmlns:(?!rdf)\w+="[^"]*"/g));
    return place && change(text, place, '');
  },
  'an element of an unknown prefix': (text, random) => {
    const place = random.of(places(text, /<\/(?:title|link|guid|id)>/g));
    return place && change(text, { start: place.end, end: place.end }, '<nope:x nope:y="z">w</nope:x>');
  },
  'leading junk': (text, random) =>
    change(
      text,
      { start: 0, end: 0 },
      random.of(['\n\n ', '<br />\n<b>Warning</b>: x\n', 'junk & <3 ', '\ufeff\ufeff', '<!-- a -->']) ?? '',
    ),
  'a lost quote': (text, random) => {
    const tag = random.of(places(text, /<[a-z][^<>]*"[^<>]*>/gi));
    const quote = tag && random.of(places(text.slice(tag.start, tag.end), /"/g));
    return tag && quote && change(text, { start: tag.start + quote.start, end: tag.start + quote.end }, '');
  },
  'a lost end of CDATA': (text, random) => {
    const place = random.of(places(text, /\]\]>/g));
    if (place === undefined) return undefined;
    // What is well-formed stands: the CDATA then reaches to the next end, and the damage with it.
    const next = text.indexOf(']]>', place.end);
    const touched = { start: place.start, end: Math.max(next, place.end) };
    return { ...change(text, place, ''), touched };
  },
  'a lost end tag': (text, random) => {
    const place = random.of(places(text, /<\/(?:title|link|item|entry|description|summary|pubDate|id)>/g));
    return place && change(text, place, '');
  },
};

const LABELS = ['iso-8859-1', 'us-ascii', 'utf-16', 'windows-1251', 'x-no-such-encoding'];

let feeds: readonly Feed[];

beforeAll(async () => {
  const folders = ['../fixtures/damage/', '../fixtures/parse/', '../../config/samples/'];
  const files = folders.flatMap((folder) => {
    const url = new URL(folder, import.meta.url);
    return readdirSync(url)
      .filter((file) => /\.(?:xml|rss|atom|rdf)$/.test(file))
      .map((file) => new URL(file, url));
  });
  const candidates = await Promise.all(files.map((file) => intact(file)));
  feeds = candidates.filter((feed) => feed !== undefined);
});

describe('damage costs the item that it is in', () => {
  it('is tried on feeds of RSS, Atom and RDF', () => {
    expect(feeds.length).toBeGreaterThanOrEqual(6);
    for (const root of ['<rss', '<feed', '<rdf:RDF'])
      expect(feeds.some(({ text }) => text.includes(root))).toBe(true);
  });

  it.each(Object.entries(DAMAGES))('%s', async (name, damage) => {
    const random = new Random(name.length);
    let untouched = 0;
    const lost: string[] = [];
    for (const feed of feeds) {
      for (let place = 0; place < PLACES; place += 1) {
        const damaged = damage(feed.text, random);
        if (damaged === undefined) continue;
        const said = new Set(await sayings(Buffer.from(damaged.text)));
        for (const [index, range] of feed.items.entries()) {
          if (range.start <= damaged.touched.end && damaged.touched.start <= range.end) continue;
          untouched += 1;
          if (!said.has(feed.said[index] ?? '')) {
            lost.push(`${feed.name}: item ${index}, damage at ${damaged.touched.start}`);
          }
        }
      }
    }
    expect(untouched).toBeGreaterThan(100);
    expect(lost.length / untouched, lost.slice(0, 20).join('\n')).toBeLessThanOrEqual(0.01);
  });

  it.each(LABELS)('a document in UTF-8 labelled %s', async (label) => {
    for (const { name, text, said } of feeds) {
      const labelled = text.replace(/^(?:<\?xml[^>]*\?>)?/, `<?xml version="1.0" encoding="${label}"?>`);
      expect(await sayings(Buffer.from(labelled)), name).toEqual(said);
    }
  });
});

/** Undefined for a feed that is damaged as it is, that has fewer than three items, or items that say the same. */
async function intact(file: URL): Promise<Feed | undefined> {
  const bytes = readFileSync(file);
  const text = bytes.toString();
  const items = places(text, /<(item|entry)[\s>][\s\S]*?<\/\1>/g);
  const read = await readDocument(bytes, { url: URL_OF_FEED }).catch(() => undefined);
  if (read === undefined || read.notes.length > 0 || items.length < 3) return undefined;
  const said = await sayings(bytes);
  const name = file.pathname.split('/').slice(-2).join('/');
  return new Set(said).size === items.length ? { name, text, items, said } : undefined;
}

async function sayings(bytes: Uint8Array): Promise<string[]> {
  const feed = await readDocument(bytes, { url: URL_OF_FEED }).catch(() => undefined);
  return (feed?.items ?? []).map(({ guid, title, permalink, publishedAt, updatedAt, content, summary }) =>
    JSON.stringify([guid, title, permalink, publishedAt, updatedAt, content?.html, summary?.html]),
  );
}

function places(text: string, pattern: RegExp): Range[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function change(text: string, touched: Range, by: string): { text: string; touched: Range } {
  return { text: text.slice(0, touched.start) + by + text.slice(touched.end), touched };
}

/** Numerical Recipes, section 7.1. */
class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  next(): number {
    this.state = (Math.imul(this.state, 1_664_525) + 1_013_904_223) >>> 0;
    return this.state / 2 ** 32;
  }

  of<Value>(values: readonly Value[]): Value | undefined {
    return values[Math.floor(this.next() * values.length)];
  }
}
