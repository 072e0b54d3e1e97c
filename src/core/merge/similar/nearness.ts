// How near two items are, from 0 to 1, and what speaks against their being one story whatever else they share. A function of
// the two alone: nothing that else is known changes it. The bounds are measured: docs/MERGING.md.
import { areOfTwoLanguages } from './language-of-words.ts';
import { type Signature, SKETCH_MAX } from './signature.ts';
import { containment, hasHash, type Overlap, overlapOf, type Sketch } from './sketch.ts';

/** From here on two items are one story. */
export const NEARNESS_MIN = 0.58;

/**
 * Why two items are two. `too-short`, `evidence`: not enough is said to tell. `language`: a translation is an item of its own.
 * `title-facts`, `title-negation`, `title-word`: the titles differ in a number, a date, a negation, or in one word.
 * `title-elsewhere`: what one title is about the other item does not speak of. `numbers`, `names`: each has its own.
 * `content`: two things about the same people. `form`: the same words around other numbers and names.
 */
export type Objection =
  | 'too-short'
  | 'language'
  | 'title-facts'
  | 'title-negation'
  | 'title-word'
  | 'title-elsewhere'
  | 'numbers'
  | 'names'
  | 'evidence'
  | 'content'
  | 'form';

export type Comparison =
  | { readonly kind: 'compared'; readonly nearness: number }
  | { readonly kind: 'apart'; readonly objection: Objection };

/** Words of a text. */
const LENGTH_MIN = 12;
/** Words, names and numbers that both have. */
const SHARED_MIN = 8;
const CONTENT_MIN = 0.36;
const NAMES_MIN = 3;
const NAMES_SHARE_MIN = 0.4;
const NAMES_SHARE_OF_COPY_MIN = 0.3;
/** Numbers that each has and the other has not, over those of the one that has fewer. */
const NUMBER_CONFLICT_MAX = 0.34;
/** A number weighs two, a name one. With less to go by, the text itself must have been taken over. */
const FACT_WEIGHT_MIN = 4;
const FACTS_MIN = 3;
const FACT_WEIGHT_OF_COPY_MIN = 5;
/** Then, how much each share that lacks counts. */
const LACK_WEIGHT = 9;
/** Of places where the same words lead to a number or a name: how many must lead to the same one, for each that leads to another. */
const SAME_FILLERS_MIN = 1;
const SAME_FILLERS_OF_COPY_MIN = 20;
/** Of runs of words. Texts that share so many are one text or one form: the former shares most of its words too, or many facts. */
const HALF_COPIED = 0.35;
const COPIED = 0.5;
const CONTENT_OF_COPY_MIN = 0.75;
const FACTS_OF_COPY_MIN = 7;
/** Words that both titles have, over those of the longer one. */
const TITLES_ALIKE = 0.6;
const TITLES_BUT_ONE = 0.6;
/** Share of a title that is found in the other item. */
const TITLE_FOUND_MIN = 0.2;
const TITLE_OF_LONGER_FOUND_MIN = 0.15;

/** 0 for what is apart. */
export function nearnessOf(a: Signature, b: Signature): number {
  const comparison = compareSignatures(a, b);
  return comparison.kind === 'compared' ? comparison.nearness : 0;
}

export function compareSignatures(a: Signature, b: Signature): Comparison {
  if (Math.min(a.length, b.length) < LENGTH_MIN) return apart('too-short');
  if (areOfTwoLanguages(a.language, b.language)) return apart('language');
  const runs = containment(overlapOf(a.runs, b.runs, SKETCH_MAX.runs));
  const objection = titleObjection(a, b, runs) ?? factObjection(a, b, runs);
  return objection === undefined ? compareTexts(a, b, runs) : apart(objection);
}

function compareTexts(a: Signature, b: Signature, runs: number): Comparison {
  const numbers = numbersOverlap(a, b);
  const names = overlapOf(a.names, b.names, SKETCH_MAX.names);
  const known = sum(names, numbers);
  const all = sum(known, overlapOf(a.words, b.words, SKETCH_MAX.words));
  if (all.shared < SHARED_MIN) return apart('evidence');
  const content = containment(all);
  if (content < CONTENT_MIN) return apart('content');
  const facts = sum(known, numbers);
  const isCopy = runs >= HALF_COPIED;
  if (isCopy && content < CONTENT_OF_COPY_MIN && facts.shared < FACTS_OF_COPY_MIN) return apart('form');
  const weight = Math.min(facts.a, facts.b);
  const hasFacts = isCopy
    ? weight >= FACT_WEIGHT_OF_COPY_MIN
    : weight >= FACT_WEIGHT_MIN || Math.min(known.a, known.b) >= FACTS_MIN;
  if (hasFacts) return { kind: 'compared', nearness: (content + containment(facts)) / 2 };
  return { kind: 'compared', nearness: Math.max(0, 1 - LACK_WEIGHT * (1 - (content + runs) / 2)) };
}

function apart(objection: Objection): Comparison {
  return { kind: 'apart', objection };
}

function titleObjection(a: Signature, b: Signature, runs: number): Objection | undefined {
  const [lacksA, lacksB] = [lacks(b, a.titleFacts), lacks(a, b.titleFacts)];
  if (lacksA && lacksB) return 'title-facts';
  const { shared, a: ofA, b: ofB } = overlapOf(a.titleWords, b.titleWords, SKETCH_MAX.title);
  const alike = shared / Math.max(ofA, ofB, 1);
  if (alike >= TITLES_ALIKE) {
    if (lacksA || lacksB) return 'title-facts';
    if (a.titleNegations !== b.titleNegations) return 'title-negation';
    if (goesBeyond(a.titleFacts, b.titleFacts) && goesBeyond(b.titleFacts, a.titleFacts))
      return 'title-facts';
  }
  if (alike >= TITLES_BUT_ONE && differInOneWord(a, b, runs)) return 'title-word';
  const [found, back] = [shareFound(a, b), shareFound(b, a)];
  if (Math.max(found, back) < TITLE_FOUND_MIN) return 'title-elsewhere';
  // A digest of many stories holds each of them.
  const ofLonger = a.length > b.length ? found : back;
  if (Math.min(a.length, b.length) * 2 < Math.max(a.length, b.length) && ofLonger < TITLE_OF_LONGER_FOUND_MIN)
    return 'title-elsewhere';
  return undefined;
}

function factObjection(a: Signature, b: Signature, runs: number): Objection | undefined {
  const fewer = Math.min(a.numbers.length, b.numbers.length);
  const conflicts = Math.min(missing(a, b), missing(b, a));
  if (fewer > 0 && conflicts / fewer > NUMBER_CONFLICT_MAX) return 'numbers';
  const names = overlapOf(a.names, b.names, SKETCH_MAX.names);
  const shareMin = runs >= COPIED ? NAMES_SHARE_OF_COPY_MIN : NAMES_SHARE_MIN;
  if (Math.min(names.a, names.b) >= NAMES_MIN && containment(names) < shareMin) return 'names';
  const isCopy = runs >= HALF_COPIED;
  const slots = slotOverlap(a, b, isCopy ? 1 : 2);
  const sameMin = isCopy ? SAME_FILLERS_OF_COPY_MIN : SAME_FILLERS_MIN;
  return slots.other * sameMin > slots.same ? 'form' : undefined;
}

function goesBeyond(sketch: Sketch, other: Sketch): boolean {
  return sketch.some((hash) => !hasHash(other, hash));
}

/** A number or date of a title that the item has nowhere. */
function lacks({ titleFacts, numbers, spelt }: Signature, wanted: Sketch): boolean {
  return wanted.some(
    (fact) => !hasHash(titleFacts, fact) && !hasHash(numbers, fact) && !hasHash(spelt, fact),
  );
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

function hasWord({ titleWords, names, words }: Signature, word: number): boolean {
  return hasHash(titleWords, word) || hasHash(names, word) || hasHash(words, word);
}

/** The share of the words and facts of `a`'s title that `b` has anywhere. */
function shareFound({ titleWords, titleFacts }: Signature, b: Signature): number {
  const all = titleWords.length + titleFacts.length;
  if (all === 0) return 1;
  const words = titleWords.filter((word) => hasWord(b, word)).length;
  return (words + titleFacts.filter((fact) => !lacks(b, Uint32Array.of(fact))).length) / all;
}

/** Numbers of one count as shared where the other has them in words. */
function numbersOverlap(a: Signature, b: Signature): Overlap {
  const shared = Math.min(a.numbers.length - missing(a, b), b.numbers.length - missing(b, a));
  return { shared, a: a.numbers.length, b: b.numbers.length };
}

function missing(a: Signature, b: Signature): number {
  return a.numbers.filter((number) => !hasHash(b.numbers, number) && !hasHash(b.spelt, number)).length;
}

/**
 * How many places there are where the same words lead to one number or name in both, and to another in each, of which
 * `strangersMin` are found nowhere in the other item.
 */
function slotOverlap(
  a: Signature,
  b: Signature,
  strangersMin: 1 | 2,
): { readonly same: number; readonly other: number } {
  let [i, j, same, other] = [0, 0, 0, 0];
  while (i < a.slots.length && j < b.slots.length) {
    const [x = 0, y = 0] = [a.slots[i], b.slots[j]];
    if (x === y && a.fillers[i] === b.fillers[j]) same += 1;
    else if (x === y && strangers(a, b, a.fillers[i], b.fillers[j]) >= strangersMin) other += 1;
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return { same, other };
}

/** How many of two fillers the other item has nowhere. Told twice, a story has both names in both texts. */
function strangers(a: Signature, b: Signature, ofA: number | undefined, ofB: number | undefined): number {
  return Number(!knows(b, ofA)) + Number(!knows(a, ofB));
}

function knows({ titleFacts, titleWords, numbers, spelt, names, words }: Signature, hash = 0): boolean {
  return [titleFacts, titleWords, numbers, spelt, names, words].some((sketch) => hasHash(sketch, hash));
}

function sum(a: Overlap, b: Overlap): Overlap {
  return { shared: a.shared + b.shared, a: a.a + b.a, b: a.b + b.b };
}
