// Which dates an item is published under: its publisher's, within what we saw ourselves.
import type { ItemIndexEntry } from './item-index.ts';
import type { Timestamp } from './timestamp.ts';

/** The publisher's date, but none later than when we first saw the item; without one, when we first saw it. */
export function effectivePublishedAt({ publishedAt, firstSeenAt }: ItemIndexEntry): Timestamp {
  return publishedAt !== undefined && publishedAt < firstSeenAt ? publishedAt : firstSeenAt;
}

/** The publisher's date of the last change, but none later than when we saw that change. */
export function effectiveUpdatedAt(entry: ItemIndexEntry): Timestamp {
  const { updatedAt, changedAt, revision } = entry;
  if (updatedAt !== undefined) return updatedAt < changedAt ? updatedAt : changedAt;
  return revision > 1 ? changedAt : effectivePublishedAt(entry);
}
