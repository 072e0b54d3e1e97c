// Which coding a client wants: RFC 9110, section 12.5.3. Pure.
import { parseWeights } from './weights.ts';

/**
 * True where gzip is acceptable and liked at least as well as the plain document. A client that refuses both gets the
 * plain one: a feed is never answered 406.
 */
export function prefersGzip(acceptEncoding: string | undefined): boolean {
  if (acceptEncoding === undefined) return false;
  const weights = parseWeights(acceptEncoding);
  const any = weights.get('*');
  const gzip = weights.get('gzip') ?? weights.get('x-gzip') ?? any ?? 0;
  // Unnamed, the plain document is acceptable but not asked for: whoever names gzip wants it.
  const identity = weights.get('identity') ?? 0;
  return gzip > 0 && gzip >= identity;
}
