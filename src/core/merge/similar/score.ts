// How much speaks for two texts being one story: a logistic score over few measures, one for texts that were worded independently and one
// for texts that share runs of words, which are copies or one form filled twice. Both fitted by regression, and chosen by what they made
// of sets that they were not fitted to (docs/adr/0017).
import { conflictsOf, factsOfBoth, hasWord } from './evidence.ts';
import { hasCapitals } from './language-of-words.ts';
import { LEAD_MAX, leadOverlap, toldOfTitle } from './lead.ts';
import type { Signature } from './signature.ts';
import { containment, type Overlap, overlapOf, type Sketch } from './sketch.ts';
import { fillersOf } from './slots.ts';

const OF_WORDINGS = {
  bias: -10.05,
  /** At this weight two texts are one story. */
  weightMin: -0.5,
  names: 1.5,
  words: 1.9,
  facts: 2.05,
  /** Of what the poorer one tells, the share that the other tells too. */
  share: 9.5,
  /** How much of one title the other begins with: of the title of which that is more, and of the other. */
  title: 0.7,
  otherTitle: 0.7,
  conflicts: -1.5,
  otherFillers: -1.55,
  /** Ready-made ones: reports of two crashes ask for witnesses in the same words. */
  phrases: -1.6,
  withoutCapitals: 3.1,
} as const;

const OF_COPIES = {
  bias: -36.6,
  weightMin: 0.4,
  richer: 8.7,
  numbers: 2.2,
  conflicts: -1.5,
  /** The same words before the same numbers and names; before others, of which one or both stand in one text alone. */
  sameFillers: 2.6,
  otherFillers: -1.8,
  strangeFillers: -1.3,
  /** Their share, and how many: a form shares its runs whatever it tells. */
  runs: -4.8,
  sharedRuns: -2.6,
  /** Each has alone: in the title, of names, of words. */
  ownOfTitle: -0.7,
  ownNames: -1.7,
  own: -1.9,
  withoutCapitals: 1.4,
} as const;

/** Of weights: over so many, nearness goes from `nearnessMin` most of the way to 0 or 1. */
const SCALE = 3;

/** From 0 to 1; `nearnessMin` where the weight is just enough. Of each kind the first in common weighs most: hence logarithms. */
export function nearnessOfWordings(a: Signature, b: Signature, nearnessMin: number): number {
  const both = leadOverlap(a.lead, b.lead);
  const titles = [toldOfTitle(a.titleWords, b.lead), toldOfTitle(b.titleWords, a.lead)];
  const w = OF_WORDINGS;
  const weight =
    w.bias +
    w.names * Math.log1p(both.names) +
    w.words * Math.log1p(both.words) +
    w.facts * Math.log1p(factsOfBoth(a, b)) +
    w.share * (both.told / Math.max(1, both.poorer)) +
    w.title * Math.log1p(Math.max(...titles)) +
    w.otherTitle * Math.log1p(Math.min(...titles)) +
    w.conflicts * Math.log1p(conflictsOf(a, b)) +
    w.otherFillers * Math.log1p(fillersOf(a, b).other) +
    w.phrases * Math.log1p(overlapOf(a.phrases, b.phrases, LEAD_MAX).shared) +
    w.withoutCapitals * Number(!hasCapitals(a.language));
  return nearnessAt(weight - w.weightMin, nearnessMin);
}

/** `runs`: of three words. */
export function nearnessOfCopies(a: Signature, b: Signature, runs: Overlap, nearnessMin: number): number {
  const both = leadOverlap(a.lead, b.lead);
  const fillers = fillersOf(a, b);
  const w = OF_COPIES;
  const shared =
    w.bias +
    w.richer * Math.log1p(both.richer) +
    w.numbers * Math.log1p(both.numbers) +
    w.conflicts * Math.log1p(conflictsOf(a, b)) +
    w.sameFillers * Math.log1p(fillers.same) +
    w.otherFillers * Math.log1p(fillers.other) +
    w.strangeFillers * Math.log1p(fillers.strange) +
    w.runs * containment(runs) +
    w.sharedRuns * Math.log1p(runs.shared) +
    w.ownNames * Math.log1p(both.ownNames) +
    w.withoutCapitals * Number(!hasCapitals(a.language));
  // What follows only takes away, and costs most.
  if (shared < w.weightMin) return nearnessAt(shared - w.weightMin, nearnessMin);
  const ownOfTitle = Math.min(own(a.titleWords, b), own(b.titleWords, a));
  const ownWords = Math.min(own(a.words, b) + own(a.names, b), own(b.words, a) + own(b.names, a));
  const weight = shared + w.ownOfTitle * Math.log1p(ownOfTitle) + w.own * Math.log1p(ownWords);
  return nearnessAt(weight - w.weightMin, nearnessMin);
}

function nearnessAt(weight: number, nearnessMin: number): number {
  const even = Math.log(nearnessMin / (1 - nearnessMin));
  return 1 / (1 + Math.exp(-even - weight / SCALE));
}

/** How many of the words `b` has nowhere. */
function own(words: Sketch, b: Signature): number {
  return words.filter((word) => !hasWord(b, word)).length;
}
