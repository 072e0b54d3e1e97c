// Digests that name things. Parts are told apart by their lengths, so that no two lists of parts give one digest by accident.
import { createHash } from 'node:crypto';

/** SHA-256 over the parts, base64url without padding, cut to `chars` (6 bits each). An absent part differs from an empty one. */
export function digest(chars: number, ...parts: readonly (string | undefined)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part === undefined ? '-:' : `${part.length}:`);
    if (part !== undefined) hash.update(part.toWellFormed());
  }
  return hash.digest('base64url').slice(0, chars);
}
