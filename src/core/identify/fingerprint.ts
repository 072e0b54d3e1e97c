// What an item says, as a digest over what its publisher sent.
import type { Fingerprint } from '../../model/ids.ts';
import type { Item } from '../../model/item.ts';
import { earlier, type Timestamp } from '../../model/timestamp.ts';
import { digest } from './digest.ts';

const FINGERPRINT_CHARS = 22; // 132 bits

/**
 * The id is not what an item says: a source that gives new ids with every poll edits nothing. Of the date counts what we publish
 * of it: one that is later than `firstSeenAt` says no more than that.
 */
export function fingerprintOf(item: Item, firstSeenAt?: Timestamp): Fingerprint {
  const { declaredNote: _ours, guid: _id, guidIsPermalink: _of, publishedAt, ...said } = item;
  const shown =
    publishedAt !== undefined && firstSeenAt !== undefined ? earlier(publishedAt, firstSeenAt) : firstSeenAt;
  return digest(FINGERPRINT_CHARS, shown ?? publishedAt, JSON.stringify(said, sortKeys)) as Fingerprint;
}

/** Properties in one order, so that the order in which a reader of feeds sets them decides nothing. */
function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
