// Which item is this? Its id says it, else its permalink, else what it says.
import type { ItemHash, ItemKey } from '../../model/ids.ts';
import type { Item } from '../../model/item.ts';
import { digest } from './digest.ts';
import { keyUrl } from './key-url.ts';

const KEY_CHARS = 27; // 162 bits

export function keyByGuid(guid: string): ItemKey {
  return digest(KEY_CHARS, 'guid', guid) as ItemKey;
}

export function keyByUrl(url: string): ItemKey {
  return digest(KEY_CHARS, 'url', url) as ItemKey;
}

/** For items without id and permalink. Dates are left out: a date that moves with every poll makes no new item. */
export function keyByContent(item: Item): ItemKey {
  const enclosures = item.enclosures.map((enclosure) => enclosure.url).join('\n');
  return digest(
    KEY_CHARS,
    'content',
    item.title,
    item.content?.html,
    item.summary?.html,
    enclosures,
  ) as ItemKey;
}

/** The key of an item by the first of id, permalink and content that it has. */
export function resolveItemKey(item: Item): ItemKey {
  if (item.guid !== undefined && item.guid !== '') return keyByGuid(item.guid);
  return keyWithoutGuid(item);
}

export function keyWithoutGuid(item: Item): ItemKey {
  const url = item.permalink === undefined ? undefined : keyUrl(item.permalink);
  return url === undefined ? keyByContent(item) : keyByUrl(url);
}

/** Where the item's record is kept: its key within the source that was first polled at `firstAddress`. */
export function itemHash(firstAddress: string, key: ItemKey): ItemHash {
  return digest(KEY_CHARS, firstAddress, key) as ItemHash;
}
