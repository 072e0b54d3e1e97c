// Every feed among the fixtures and samples that is whole, damaged at seeded places: of the items that the damage did not
// touch, at least 99 in 100 keep id, title, link, dates and body, for each kind of damage.
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readDocument } from '../../src/pipeline/read-document.ts';
import { type Damage, JSON_DAMAGES, places, Random, type Range, XML_DAMAGES } from './damages.ts';

const URL_OF_FEED = 'https://feeds.example/feed';
/** Places in a document, by the number of its items: that many in feeds like real ones, few in those of one item. */
const PLACES_MAX = 30;
const PLACES_PER_ITEM = 2;

interface Feed {
  readonly name: string;
  readonly text: string;
  readonly items: readonly Range[];
  /** What each item says when nothing is damaged. */
  readonly said: readonly string[];
}

const LABELS = ['iso-8859-1', 'us-ascii', 'utf-16', 'windows-1251', 'x-no-such-encoding'];

let xml: readonly Feed[];
let json: readonly Feed[];

beforeAll(async () => {
  const folders = ['../fixtures/damage/', '../fixtures/parse/', '../../config/samples/'];
  const files = folders.flatMap((folder) => {
    const url = new URL(folder, import.meta.url);
    return readdirSync(url)
      .filter((file) => /\.(?:xml|rss|atom|rdf|json)$/.test(file) && !file.endsWith('.expected.json'))
      .map((file) => new URL(file, url));
  });
  const feeds = (await Promise.all(files.map(intact))).filter((feed) => feed !== undefined);
  xml = feeds.filter(({ name }) => !name.endsWith('.json'));
  json = feeds.filter(({ name }) => name.endsWith('.json'));
});

describe('damage costs the item that it is in', () => {
  it('is tried on several hundred documents of RSS, Atom, RDF and JSON', () => {
    expect(xml.length).toBeGreaterThan(200);
    expect(json.length).toBeGreaterThan(10);
    for (const root of ['<rss', '<feed', '<rdf:RDF']) {
      expect(xml.filter(({ text }) => text.includes(root)).length).toBeGreaterThan(10);
    }
  });

  it.each(Object.entries(XML_DAMAGES))('%s', async (_, damage) => {
    await expectUntouchedToStay(xml, damage);
  });

  it.each(LABELS)('a document in UTF-8 labelled %s', async (label) => {
    for (const { name, text, said } of xml) {
      const labelled = text.replace(/^(?:<\?xml[^>]*\?>)?/, `<?xml version="1.0" encoding="${label}"?>`);
      expect(await sayings(Buffer.from(labelled)), name).toEqual(said);
    }
  });

  it.each(Object.entries(JSON_DAMAGES))('JSON with %s', async (_, damage) => {
    await expectUntouchedToStay(json, damage);
  });
});

async function expectUntouchedToStay(feeds: readonly Feed[], damage: Damage): Promise<void> {
  const random = new Random(20_261_124);
  let untouched = 0;
  const lost: string[] = [];
  for (const feed of feeds) {
    const count = Math.min(PLACES_MAX, PLACES_PER_ITEM * feed.items.length);
    for (let place = 0; place < count; place += 1) {
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
  expect(untouched).toBeGreaterThan(30);
  expect(lost.length / untouched, lost.slice(0, 40).join('\n')).toBeLessThanOrEqual(0.01);
}

/** Undefined for what is no feed, is damaged as it is, or has items that say the same or that are not to be told apart. */
async function intact(file: URL): Promise<Feed | undefined> {
  const bytes = readFileSync(file);
  const text = bytes.toString();
  const read = await readDocument(bytes, { url: URL_OF_FEED }).catch(() => undefined);
  if (read === undefined || read.notes.length > 0 || !Buffer.from(text).equals(bytes)) return undefined;
  const isJson = file.pathname.endsWith('.json');
  const items = isJson ? jsonItems(text) : places(text, /<((?:\w+:)?(?:item|entry))[\s>][\s\S]*?<\/\1>/g);
  const said = await sayings(bytes);
  const name = file.pathname.split('/').slice(-2).join('/');
  const areTold = items.length > 0 && said.length === items.length && new Set(said).size === items.length;
  return areTold ? { name, text, items, said } : undefined;
}

/** The objects of the list of items; none where strings or other lists make them hard to find. */
function jsonItems(text: string): Range[] {
  const start = text.indexOf('[', text.indexOf('"items"'));
  const items: Range[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of text.slice(start + 1).matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === '{' || token === '[') {
      if (depth === 0) from = start + 1 + index;
      depth += 1;
    } else if (token === '}' || token === ']') {
      depth -= 1;
      if (depth < 0) break;
      if (depth === 0) items.push({ start: from, end: start + 2 + index });
    }
  }
  return items;
}

async function sayings(bytes: Uint8Array): Promise<string[]> {
  const feed = await readDocument(bytes, { url: URL_OF_FEED }).catch(() => undefined);
  return (feed?.items ?? []).map(({ guid, title, permalink, publishedAt, updatedAt, content, summary }) =>
    JSON.stringify([guid, title, permalink, publishedAt, updatedAt, content?.html, summary?.html]),
  );
}
