// Texts without facts that are one for what was taken over of them.
import { hasWord } from './evidence.ts';
import type { Signature } from './signature.ts';
import { hasHash } from './sketch.ts';

/** Words, and runs of them. */
const PASSAGE_MIN = 40;
const RUNS_OF_PASSAGE_MIN = 0.65;
/** Of the words that one of the titles has alone: how many the other's text must have. */
const HEADED_ANEW_MIN = 0.5;

/**
 * So many words in common, in the same order, under two titles that speak of them: somebody's text, whether or not it has facts.
 * Show notes and job advertisements have as many, and one title for all, or titles of which the other item knows nothing.
 */
export function isPassage(a: Signature, b: Signature, runs: number): boolean {
  return (
    runs >= RUNS_OF_PASSAGE_MIN &&
    runs * Math.min(a.length, b.length) >= PASSAGE_MIN &&
    Math.max(ownTitleFound(a, b), ownTitleFound(b, a)) >= HEADED_ANEW_MIN
  );
}

/** Of the words that `a`'s title has and `b`'s has not, the share that `b`'s text has; 0 where there are none. */
function ownTitleFound(a: Signature, b: Signature): number {
  const own = a.titleWords.filter((word) => !hasHash(b.titleWords, word));
  return own.length === 0 ? 0 : own.filter((word) => hasWord(b, word)).length / own.length;
}
