// Items and index entries for tests: only what a test says differs from a plain one.
import type { Source } from '../../src/model/config.ts';
import { sourceId } from '../../src/model/ids.ts';
import type { Item } from '../../src/model/item.ts';
import type { ItemIndexEntry } from '../../src/model/item-index.ts';
import { DEFAULT_CONTENT, DEFAULT_EXCERPT_CHARS } from '../../src/model/shown.ts';
import { type Timestamp, timestampOfClock } from '../../src/model/timestamp.ts';

export function at(text: string): Timestamp {
  return timestampOfClock(Date.parse(text));
}

export function buildItem(said: Partial<Item> = {}): Item {
  return {
    guidIsPermalink: false,
    title: 'A title',
    authors: [],
    contributors: [],
    categories: [],
    enclosures: [],
    rights: { licenses: [] },
    links: [],
    ...said,
  };
}

export function buildSource(id: string, said: Partial<Source> = {}): Source {
  return {
    id: sourceId(id),
    feedUrl: `https://${id}.example/feed`,
    address: `https://${id}.example/feed`,
    feedUrlIsSecret: false,
    publicUrl: undefined,
    name: undefined,
    schedule: { kind: 'every', everyMs: 3_600_000 },
    categories: [],
    content: DEFAULT_CONTENT,
    excerptChars: DEFAULT_EXCERPT_CHARS,
    rights: undefined,
    license: undefined,
    itemsMax: 500,
    join: undefined,
    filter: { include: [], exclude: [] },
    headers: {},
    weight: 1,
    enabled: true,
    attribution: {},
    ...said,
  };
}

let count = 0;

export function buildEntry(said: Partial<ItemIndexEntry> = {}): ItemIndexEntry {
  count += 1;
  return {
    key: `key-${count}` as ItemIndexEntry['key'],
    hash: `hash-${count}` as ItemIndexEntry['hash'],
    fingerprint: `print-${count}` as ItemIndexEntry['fingerprint'],
    publishedId: `urn:x-test:${count}` as ItemIndexEntry['publishedId'],
    titleHash: `title-${count}`,
    firstSeenAt: at('2026-11-20T12:00:00Z'),
    changedAt: at('2026-11-20T12:00:00Z'),
    revision: 1,
    ...said,
  };
}
