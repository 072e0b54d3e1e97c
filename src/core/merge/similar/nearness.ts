// How near two items are, from 0 to 1, and what speaks against their being one story whatever else they share. A function of
// the two alone: nothing that else is known changes it. The bounds are measured: docs/MERGING.md.
import { hasFact, hasWord, lacks } from './evidence.ts';
import { areOfTwoLanguages } from './language-of-words.ts';
import { nearnessOfCopies, nearnessOfWordings } from './score.ts';
import { type Signature, SKETCH_MAX } from './signature.ts';
import { containment, hasHash, overlapOf, type Sketch } from './sketch.ts';

/** From here on two items are one story. */
export const NEARNESS_MIN = 0.58;

/**
 * What makes two items of two, whatever else they share. `too-short`: not enough is said to tell. `language`: a translation is an item
 * of its own. `title-facts`, `title-negation`: the titles are alike but for a number, a date or a negation. `title-again`: two texts in
 * other words under one title, as a column has. Of texts that share runs of words, `title-word`: the titles differ in one word;
 * `title-elsewhere`: what one title is about the other item does not speak of.
 */
export type Objection =
  | 'too-short'
  | 'language'
  | 'title-facts'
  | 'title-negation'
  | 'title-word'
  | 'title-again'
  | 'title-elsewhere';

export type Comparison =
  | { readonly kind: 'compared'; readonly nearness: number }
  | { readonly kind: 'apart'; readonly objection: Objection };

/** Words of a text. */
const LENGTH_MIN = 12;
/** Of runs of words. With fewer, two texts are worded independently. */
const RUNS_OF_WORDINGS_MAX = 0.2;

/** Of runs of words. */
const COPIED = 0.5;
/** Of the likeness of titles. */
const TITLES_ALIKE = 0.6;
const TITLES_BUT_ONE = 0.6;
/** Of runs of words. A later report has a toll in its title that the first one could not know. */
const RUNS_OF_UPDATE_MAX = 0.35;
/** Share of a title that is found in the other item. */
const TITLE_FOUND_MIN = 0.2;
const TITLE_OF_LONGER_FOUND_MIN = 0.15;
/** Times: so much longer than what it holds is a digest of several stories. */
const DIGEST_LONGER = 1.4;

/** 0 for what is apart. */
export function nearnessOf(a: Signature, b: Signature): number {
  const comparison = compareSignatures(a, b);
  return comparison.kind === 'compared' ? comparison.nearness : 0;
}

export function compareSignatures(a: Signature, b: Signature): Comparison {
  if (Math.min(a.length, b.length) < LENGTH_MIN) return apart('too-short');
  if (areOfTwoLanguages(a.language, b.language)) return apart('language');
  const runsOfBoth = overlapOf(a.runs, b.runs, SKETCH_MAX.runs);
  const runs = containment(runsOfBoth);
  if (runs < RUNS_OF_WORDINGS_MAX) {
    const objection = alikeTitleObjection(a, b);
    if (objection !== undefined) return apart(objection);
    return { kind: 'compared', nearness: nearnessOfWordings(a, b, NEARNESS_MIN) };
  }
  const objection = titleObjection(a, b, runs);
  if (objection !== undefined) return apart(objection);
  // The same text, word for word: whatever it tells.
  const { shared } = runsOfBoth;
  if (shared === runsOfBoth.a && shared === runsOfBoth.b) return { kind: 'compared', nearness: 1 };
  return { kind: 'compared', nearness: nearnessOfCopies(a, b, runsOfBoth, NEARNESS_MIN) };
}

function apart(objection: Objection): Comparison {
  return { kind: 'apart', objection };
}

/** Of texts in other words under titles that are alike: then the titles are a form's. */
function alikeTitleObjection(a: Signature, b: Signature): Objection | undefined {
  const alike = likenessOfTitles(a, b);
  if (alike < TITLES_ALIKE) return undefined;
  return differenceOfTitles(a, b) ?? (alike === 1 ? 'title-again' : undefined);
}

/** Words that both titles have, over those of the longer one. */
function likenessOfTitles(a: Signature, b: Signature): number {
  const { shared, a: ofA, b: ofB } = overlapOf(a.titleWords, b.titleWords, SKETCH_MAX.title);
  return shared / Math.max(ofA, ofB, 1);
}

/** A negation, or numbers and dates that each has alone. */
function differenceOfTitles(a: Signature, b: Signature): Objection | undefined {
  if (a.titleNegations !== b.titleNegations) return 'title-negation';
  const differ = goesBeyond(a.titleFacts, b.titleFacts) && goesBeyond(b.titleFacts, a.titleFacts);
  return differ ? 'title-facts' : undefined;
}

function titleObjection(a: Signature, b: Signature, runs: number): Objection | undefined {
  const [lacksA, lacksB] = [lacks(b, a.titleFacts), lacks(a, b.titleFacts)];
  if (lacksA && lacksB) return 'title-facts';
  const alike = likenessOfTitles(a, b);
  if (alike >= TITLES_ALIKE) {
    if ((lacksA || lacksB) && runs >= RUNS_OF_UPDATE_MAX) return 'title-facts';
    const difference = differenceOfTitles(a, b);
    if (difference !== undefined) return difference;
  }
  if (alike >= TITLES_BUT_ONE && differInOneWord(a, b, runs)) return 'title-word';
  const [found, back] = [shareFound(a, b), shareFound(b, a)];
  if (Math.max(found, back) < TITLE_FOUND_MIN) return 'title-elsewhere';
  // A digest of many stories holds each of them.
  const ofLonger = a.length > b.length ? found : back;
  if (
    Math.min(a.length, b.length) * DIGEST_LONGER < Math.max(a.length, b.length) &&
    ofLonger < TITLE_OF_LONGER_FOUND_MIN
  )
    return 'title-elsewhere';
  return undefined;
}

function goesBeyond(sketch: Sketch, other: Sketch): boolean {
  return sketch.some((hash) => !hasHash(other, hash));
}

/** As forms do that were filled twice. Of one story told twice, each text has the word of the other's title. */
function differInOneWord(a: Signature, b: Signature, runs: number): boolean {
  if (!goesBeyond(a.titleWords, b.titleWords) || !goesBeyond(b.titleWords, a.titleWords)) return false;
  const [first, second] = [hasOwnTitleWord(a, b), hasOwnTitleWord(b, a)];
  return runs >= COPIED ? first || second : first && second;
}

/** A word of `a`'s title that `b` has nowhere. */
function hasOwnTitleWord({ titleWords }: Signature, b: Signature): boolean {
  return titleWords.some((word) => !hasWord(b, word));
}

/** The share of the words and facts of `a`'s title that `b` has anywhere. */
function shareFound({ titleWords, titleFacts }: Signature, b: Signature): number {
  const all = titleWords.length + titleFacts.length;
  if (all === 0) return 1;
  const words = titleWords.filter((word) => hasWord(b, word)).length;
  return (words + titleFacts.filter((fact) => hasFact(b, fact)).length) / all;
}
