// What the rules of an origin say of an address of it: RFC 9309, section 2.2.2 (patterns from the path's beginning, `*` for any
// characters, `$` for the end, the longest match holds), which the TDM Reservation Protocol takes its locations from.
import type { OriginTdm, TdmReservation } from '../../model/rights.ts';

/** Undefined where the address is of another origin, or no rule is about it. Of two as long the one that reserves holds. */
export function tdmOfAddress(origin: OriginTdm | undefined, address: string): TdmReservation | undefined {
  if (origin === undefined || origin.rules.length === 0) return undefined;
  const url = URL.parse(address);
  if (url === null || url.origin !== origin.origin) return undefined;
  const path = decoded(`${url.pathname}${url.search}`);
  const matching = origin.rules.filter((rule) => matches(decoded(rule.location), path));
  const [first] = matching.toSorted(
    (a, b) => b.location.length - a.location.length || Number(b.reserved) - Number(a.reserved),
  );
  if (first === undefined) return undefined;
  const { reserved, policyUrl } = first;
  return policyUrl === undefined ? { reserved } : { reserved, policyUrl };
}

/** Greedy from the left, piece by piece: linear, whatever the pattern. */
function matches(pattern: string, path: string): boolean {
  const isAnchored = pattern.endsWith('$');
  const [start = '', ...pieces] = (isAnchored ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(start)) return false;
  let at = start.length;
  const last = pieces.pop();
  for (const piece of pieces) {
    const found = path.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  if (last === undefined) return !isAnchored || at === path.length;
  if (isAnchored) return path.endsWith(last) && path.length - last.length >= at;
  return path.indexOf(last, at) !== -1;
}

/** Percent-encoded octets and the characters they stand for are the same (section 2.2.2). */
function decoded(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run.toUpperCase();
    }
  });
}
