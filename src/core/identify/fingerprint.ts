// What an item says, as a digest: over everything that its publisher sent, the note of another Tributary aside.
import type { Fingerprint } from '../../model/ids.ts';
import type { Item } from '../../model/item.ts';
import { digest } from './digest.ts';

const FINGERPRINT_CHARS = 22; // 132 bits

export function fingerprintOf(item: Item): Fingerprint {
  const { declaredNote: _ours, ...said } = item;
  return digest(FINGERPRINT_CHARS, JSON.stringify(said, sortKeys)) as Fingerprint;
}

/** Properties in one order, so that the order in which a reader of feeds sets them decides nothing. */
function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
