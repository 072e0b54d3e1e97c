// A copy of an item, and what orders copies where nothing else does.
import type { Source } from '../../model/config.ts';
import type { ItemIndexEntry } from '../../model/item-index.ts';
import type { Timestamp } from '../../model/timestamp.ts';

/** An item as one source carries it. */
export interface Copy {
  readonly source: Source;
  /** Its source's place in the configuration. */
  readonly place: number;
  /** What ids are minted from. */
  readonly firstAddress: string;
  /** When its source was first read; undefined where that is not known any more. */
  readonly sourceReadAt?: Timestamp | undefined;
  readonly entry: ItemIndexEntry;
}

/** By the configuration, then by key: total over copies. */
export function comparePlace(a: Copy, b: Copy): number {
  return a.place - b.place || compareText(a.entry.key, b.entry.key);
}

export function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
