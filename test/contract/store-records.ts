// Small whole records for tests of stores.
import { createHash } from 'node:crypto';
import type { EditionRecord } from '../../src/model/edition-record.ts';
import type { FeedId, ItemHash, PublishedId, SourceId } from '../../src/model/ids.ts';
import type { Item } from '../../src/model/item.ts';
import type { ItemIndexEntry } from '../../src/model/item-index.ts';
import type { AbsenceRecord, PollRecord } from '../../src/model/poll-record.ts';
import { RECORD_VERSION } from '../../src/model/record-version.ts';
import type { RetractionRecord, RetractionStamp } from '../../src/model/retraction-record.ts';
import type { ItemRecord, SourceRecord } from '../../src/model/source-record.ts';
import type { HubRecord, SubscriptionRecord } from '../../src/model/subscription-record.ts';
import type { Timestamp } from '../../src/model/timestamp.ts';

const NOON = '2026-03-01T12:00:00.000Z' as Timestamp;

/** Any text, so that odd ones can be tried too. */
export function sourceId(text: string): SourceId {
  return text as SourceId;
}

export function feedId(text: string): FeedId {
  return text as FeedId;
}

export function publishedId(index: number): PublishedId {
  return `https://harbour.example/items/${index}` as PublishedId;
}

export function itemHash(index: number): ItemHash {
  return createHash('sha256').update(`item ${index}`).digest('hex') as ItemHash;
}

export function sourceRecord(id: string, revision: number, items = 0): SourceRecord {
  return {
    version: RECORD_VERSION,
    sourceId: sourceId(id),
    revision,
    contentRevision: revision,
    firstAddress: 'https://harbour.example/feed.xml',
    address: 'https://harbour.example/feed.xml',
    validators: { etag: '"é"', lastModified: 'Sun, 01 Mar 2026 12:00:00 GMT' },
    items: Array.from({ length: items }, (_, index) => indexEntry(index)),
  };
}

function indexEntry(index: number): ItemIndexEntry {
  return {
    key: `key-${index}` as ItemIndexEntry['key'],
    hash: itemHash(index),
    fingerprint: `fingerprint-${index}` as ItemIndexEntry['fingerprint'],
    publishedId: publishedId(index),
    titleHash: 'title',
    firstSeenAt: NOON,
    changedAt: NOON,
    revision: 1,
  };
}

export function itemRecord(index: number, item: Partial<Item> = {}): ItemRecord {
  return {
    version: RECORD_VERSION,
    hash: itemHash(index),
    revision: 1,
    item: {
      guid: `guid ${index}`,
      guidIsPermalink: false,
      title: `Ferry ${index}`,
      authors: [{ name: 'Ada Quay' }],
      contributors: [],
      publishedAt: NOON,
      categories: [{ term: 'News' }],
      enclosures: [],
      rights: { licenses: [] },
      links: [],
      ...item,
    },
  };
}

export function subscriptionRecord(id: string): SubscriptionRecord {
  const agreed = {
    hubUrl: 'https://hub.example/',
    topicUrl: 'https://harbour.example/feed.xml',
    callbackUrl: 'https://feeds.example/websub/c',
  };
  return {
    version: RECORD_VERSION,
    sourceId: sourceId(id),
    wanted: {
      ...agreed,
      secret: 'é:"',
      state: 'verified',
      askAt: NOON,
      failures: 0,
      verifiedAt: NOON,
      leaseEndsAt: NOON,
    },
    leaving: [{ ...agreed, askAt: NOON, attempts: 2 }],
  };
}

export function hubRecord(hubUrl: string): HubRecord {
  return { version: RECORD_VERSION, hubUrl, told: { 'feeds/city.rss': '"etag"' }, failures: 1, nextAt: NOON };
}

export function absenceRecord(): AbsenceRecord {
  return { version: RECORD_VERSION, lookedAt: NOON, absentMs: { a: 0, 'list:0f': 86_400_000 } };
}

export function pollRecord(failures: number): PollRecord {
  return { version: RECORD_VERSION, polledAt: NOON, nextPollAt: NOON, outcome: 'updated', failures };
}

export function editionRecord(id: string, revision: number): EditionRecord {
  return {
    version: RECORD_VERSION,
    feedId: feedId(id),
    revision,
    changedAt: NOON,
    sourceRevisions: { 10: 1, 2: 4, harbour: 3 },
    recipe: 'recipe',
    keptIds: {},
    items: [
      {
        publishedId: publishedId(1),
        members: [{ sourceId: sourceId('harbour'), hash: itemHash(1), revision: 1 }],
        firstSeenAt: NOON,
      },
    ],
  };
}

export function retractionRecord(index: number): RetractionRecord {
  return {
    version: RECORD_VERSION,
    publishedId: publishedId(index),
    revision: 1,
    retractedAt: NOON,
    members: [{ sourceId: sourceId('harbour'), hash: itemHash(index), firstSeenAt: NOON }],
  };
}

export function retractionStamp(revision: number): RetractionStamp {
  return { version: RECORD_VERSION, revision, changedAt: NOON };
}
