// "Did you mean …?": the nearest of the names that would have been right.

const COMPARED_LENGTH_MAX = 64;

/**
 * The candidate nearest to `given`, where one is near enough to be meant: about a third of its letters may differ, or
 * else the first that begins like it.
 */
export function nearest(given: string, candidates: readonly string[]): string | undefined {
  if (given.length > COMPARED_LENGTH_MAX) return undefined;
  const wanted = fold(given);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const folded = fold(candidate);
    if (Math.abs(folded.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, folded);
    // A candidate of which no letter stays is a different word, however short both are.
    if (distance >= bestDistance || distance >= folded.length) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best ?? completion(wanted, candidates);
}

/** `lang` for `language`, `category` for `categories`. */
function completion(wanted: string, candidates: readonly string[]): string | undefined {
  const beginning = wanted.length < 5 ? wanted : wanted.slice(0, -1);
  if (beginning.length < 3) return undefined;
  return candidates.find((candidate) => fold(candidate).startsWith(beginning));
}

/** `; did you mean "every"?`, or nothing. */
export function didYouMean(given: string, candidates: readonly string[]): string {
  const meant = nearest(given, candidates);
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

/** `public_url`, `Public-URL` and `publicUrl` are one name. */
function fold(name: string): string {
  return name.slice(0, COMPARED_LENGTH_MAX).toLowerCase().replace(/[-_ ]/g, '');
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (last[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const shorter = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
          ? (beforeLast[column - 2] ?? 0) + 1
          : Number.POSITIVE_INFINITY;
      current.push(Math.min(replaced, shorter, swapped));
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
