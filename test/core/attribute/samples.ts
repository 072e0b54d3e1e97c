// Sources, feeds and items for tests of credit.

import { attributionOf } from '../../../src/core/attribute/attribution-of.ts';
import type { Source } from '../../../src/model/config.ts';
import { DEFAULT_WORDING } from '../../../src/model/default-wording.ts';
import type { Attribution } from '../../../src/model/edition.ts';
import { sourceId } from '../../../src/model/ids.ts';
import type { FeedDescription, Item } from '../../../src/model/item.ts';
import { DEFAULT_CONTENT, DEFAULT_EXCERPT_CHARS } from '../../../src/model/shown.ts';
import type { Timestamp } from '../../../src/model/timestamp.ts';

export const AT = '2026-11-23T08:00:00.000Z' as Timestamp;

export function aSource(changes: Partial<Source> = {}): Source {
  return {
    id: sourceId('harbour'),
    feedUrl: 'https://harbour.example/feed.xml',
    address: 'https://harbour.example/feed.xml',
    feedUrlIsSecret: false,
    publicUrl: undefined,
    name: 'Harbour News',
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
    ...changes,
  };
}

export function aFeed(changes: Partial<FeedDescription> = {}): FeedDescription {
  return {
    title: 'Harbour News Daily',
    siteUrl: 'https://harbour.example/',
    authors: [],
    contributors: [],
    categories: [],
    rights: { licenses: [] },
    links: [],
    ...changes,
  };
}

export function anItem(changes: Partial<Item> = {}): Item {
  return {
    guidIsPermalink: false,
    permalink: 'https://harbour.example/ferry',
    title: 'Ferry',
    authors: [],
    contributors: [],
    categories: [],
    enclosures: [],
    rights: { licenses: [] },
    links: [],
    ...changes,
  };
}

export function attribute(
  item: Partial<Item> = {},
  feed: Partial<FeedDescription> = {},
  source: Partial<Source> = {},
): Attribution {
  return attributionOf({
    item: anItem(item),
    source: aSource(source),
    feed: aFeed(feed),
    also: [],
    updatedAt: AT,
  });
}

export const WORDING = DEFAULT_WORDING;
