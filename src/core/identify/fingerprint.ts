// What an item says, as a digest over what its publisher sent.
import type { ExtensionElement } from '../../model/extension.ts';
import { tellingExtensions } from '../../model/extension-kinds.ts';
import type { Fingerprint } from '../../model/ids.ts';
import type { Item } from '../../model/item.ts';
import { earlier, type Timestamp } from '../../model/timestamp.ts';
import { digest } from './digest.ts';

const FINGERPRINT_CHARS = 22; // 132 bits

/**
 * What an item says, its elements of other vocabularies included as far as they say something (model/extension-kinds.ts): a
 * changed chapter list is an edit, one comment more is none. An item without any has the fingerprint that it had before
 * elements were kept; see `saysTheSameWithout`.
 *
 * The id is not what an item says: a source that gives new ids with every poll edits nothing. Of the date counts what we publish
 * of it: one that is later than `firstSeenAt` says no more than that.
 */
export function fingerprintOf(item: Item, firstSeenAt?: Timestamp): Fingerprint {
  const { declaredNote: _ours, guid: _id, guidIsPermalink: _of, publishedAt, extensions, ...said } = item;
  const shown =
    publishedAt !== undefined && firstSeenAt !== undefined ? earlier(publishedAt, firstSeenAt) : firstSeenAt;
  const text = JSON.stringify(said, sortKeys) + textOfExtensions(extensions);
  return digest(FINGERPRINT_CHARS, shown ?? publishedAt, text) as Fingerprint;
}

/**
 * Whether an item says what `before` was made of, its elements aside. Where it had none that were known, those that it has now
 * are no edit: mostly it is we who read them for the first time.
 */
export function saysTheSameWithout(
  item: Item,
  before: Fingerprint,
  firstSeenAt?: Timestamp | undefined,
): boolean {
  return (
    item.extensions !== undefined && fingerprintOf({ ...item, extensions: undefined }, firstSeenAt) === before
  );
}

/** Without the keys of JSON, which are the same in all of them. */
function textOfExtensions(extensions: Item['extensions']): string {
  const telling = tellingExtensions(extensions);
  return telling.length === 0 ? '' : JSON.stringify(telling.map(valuesOf));
}

function valuesOf({ name, attributes, text, children }: ExtensionElement): unknown[] {
  return [name, attributes.flat(), text, ...children.map(valuesOf)];
}

/** Properties in one order, so that the order in which a reader of feeds sets them decides nothing. */
function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
