// By what archived items are found again: short digests, since all of them are kept in memory.
import { hash } from 'node:crypto';
import type { ArchivedItem } from '../../model/archive.ts';

/** 66 bits of SHA-256: one in a billion that two of a hundred thousand items share one, and then the text tells them apart. */
const KEY_CHARS = 11;

export function archiveKey(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, KEY_CHARS);
}

/** Its id, its copies, and what the operator's retractions may mean it by; each once. */
export function keysOf({ item, hashes, guidUri, canonicalUrl }: ArchivedItem): readonly string[] {
  const texts = [item.id, ...hashes, guidUri, canonicalUrl].filter((text) => text !== undefined);
  return [...new Set(texts.map(archiveKey))];
}
