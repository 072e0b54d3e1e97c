// Which coding a client wants: RFC 9110, section 12.5.3. Pure.
import { parseWeights } from './weights.ts';

export type Coding = 'br' | 'gzip' | 'identity';

/** Of codings that are liked equally the earlier is chosen: it has fewer bytes. */
const CODINGS: readonly Coding[] = ['br', 'gzip', 'identity'];

/**
 * Those that are acceptable, the best first. The plain document is always among them: who refuses everything gets that, since a feed is
 * never answered 406.
 */
export function acceptableCodings(acceptEncoding: string | undefined): readonly Coding[] {
  if (acceptEncoding === undefined) return ['identity'];
  const weights = parseWeights(acceptEncoding);
  const any = weights.get('*') ?? 0;
  const weightOf: Readonly<Record<Coding, number>> = {
    br: weights.get('br') ?? any,
    gzip: weights.get('gzip') ?? weights.get('x-gzip') ?? any,
    // Unnamed, the plain document is acceptable but not asked for: whoever names a coding wants it.
    identity: weights.get('identity') ?? 0,
  };
  return CODINGS.filter((coding) => weightOf[coding] > 0 || coding === 'identity').toSorted(
    (a, b) => weightOf[b] - weightOf[a],
  );
}
