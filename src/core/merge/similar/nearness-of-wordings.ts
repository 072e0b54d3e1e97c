// How near two texts are that were worded independently. What they share is weighed by how much it is, as well as by how much of
// either: the longer two accounts, the less of each is in the other, and the more they share that chance does not.
import type { Evidence } from './evidence.ts';
import { containment } from './sketch.ts';

/** Fitted by logistic regression on half of the written pairs, and confirmed on the other half (docs/adr/0017). */
const WEIGHTS = {
  numbers: 3.8,
  names: 0.8,
  namesAndWords: 4.2,
  content: 1.8,
  facts: 1,
  conflicts: -1.8,
} as const;
const BIAS = -13.4;
/** Of weights, over which nearness goes from a half to nearly three quarters: so that it is comparable with that of copies. */
const SCALE = 3;

/** From 0 to 1. Of each kind the first in common weighs most: hence logarithms. */
export function nearnessOfWordings({ names, known, facts, all, conflicts }: Evidence): number {
  const numbers = facts.shared - known.shared;
  const weight =
    BIAS +
    WEIGHTS.numbers * Math.log1p(numbers) +
    WEIGHTS.names * Math.log1p(names.shared) +
    WEIGHTS.namesAndWords * Math.log1p(all.shared - numbers) +
    WEIGHTS.content * containment(all) +
    WEIGHTS.facts * containment(facts) +
    WEIGHTS.conflicts * Math.log1p(conflicts);
  return 1 / (1 + Math.exp(-weight / SCALE));
}
