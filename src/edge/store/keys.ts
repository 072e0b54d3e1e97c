// The keys of the store. They are made of configured ids and digests only: what a publisher sent is never in one.
import { hash } from 'node:crypto';
import type { FeedId, ItemHash, PublishedId, SourceId } from '../../model/ids.ts';

export const SOURCE_PREFIX = 'source:';
export const POLL_PREFIX = 'poll:';
export const SUBSCRIPTION_PREFIX = 'subscription:';
export const RETRACTION_PREFIX = 'retraction:';
export const RETRACTION_STAMP_KEY = 'retractions';
export const ABSENCE_KEY = 'absent';
export const HUB_PREFIX = 'hub:';
export const ITEM_PREFIX = 'item:';
export const EDITION_PREFIX = 'edition:';
export const ARCHIVE_HEAD_PREFIX = 'archive-head:';
export const ARCHIVE_PREFIX = 'archive:';
export const PENDING_ARCHIVE_PREFIX = 'archive-pending:';
/** There while an import fills the store: what lies in it is not whole. */
export const IMPORT_KEY = 'importing';

export function sourceKey(id: SourceId): string {
  return `${SOURCE_PREFIX}${id}`;
}

export function pollKey(id: SourceId): string {
  return `${POLL_PREFIX}${id}`;
}

export function subscriptionKey(id: SourceId): string {
  return `${SUBSCRIPTION_PREFIX}${id}`;
}

export function hubDigest(hubUrl: string): string {
  return hash('sha256', hubUrl, 'hex');
}

export function hubKey(hubUrl: string): string {
  return `${HUB_PREFIX}${hubDigest(hubUrl)}`;
}

export function itemKey(itemHash: ItemHash): string {
  return `${ITEM_PREFIX}${itemHash}`;
}

export function editionKey(id: FeedId): string {
  return `${EDITION_PREFIX}${id}`;
}

export function archiveHeadPrefix(id: FeedId): string {
  return `${ARCHIVE_HEAD_PREFIX}${id}:`;
}

export function archiveHeadKey(id: FeedId, number: number): string {
  return `${archiveHeadPrefix(id)}${number}`;
}

export function archiveTextPrefix(id: FeedId): string {
  return `${ARCHIVE_PREFIX}${id}:`;
}

export function archiveKey(id: FeedId, number: number): string {
  return `${archiveTextPrefix(id)}${number}`;
}

export function pendingArchiveKey(id: FeedId): string {
  return `${PENDING_ARCHIVE_PREFIX}${id}`;
}

/** A published id may be the publisher's own text, hence the digest. Without a feed: the one that holds in every feed. */
export function retractionKey(publishedId: PublishedId, feedId: FeedId | undefined): string {
  return `${RETRACTION_PREFIX}${hash('sha256', JSON.stringify([publishedId, feedId ?? null]), 'hex')}`;
}
