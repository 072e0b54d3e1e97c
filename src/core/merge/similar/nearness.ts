// How near two items are, from 0 to 1, and what speaks against their being one story whatever else they share. A function of
// the two alone: nothing that else is known changes it. The bounds are measured: docs/MERGING.md.
import { type Evidence, evidenceOf, hasWord, lacks } from './evidence.ts';
import { areOfTwoLanguages } from './language-of-words.ts';
import { nearnessOfWordings } from './nearness-of-wordings.ts';
import { isPassage } from './passages.ts';
import { type Signature, SKETCH_MAX } from './signature.ts';
import { containment, hasHash, overlapOf, type Sketch } from './sketch.ts';

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
/** Of runs of words. With fewer, two texts are worded independently: no form, so that each may have details of its own. */
const RUNS_OF_WORDINGS_MAX = 0.2;

interface Bounds {
  /** Words, names and numbers that both have. */
  readonly sharedMin: number;
  readonly namesShareMin: number;
  /** Numbers that each has and the other has not, and their share of those of the one that has fewer. */
  readonly conflictsMin: number;
  readonly conflictShareMax: number;
  /** Of places where the same words lead to another number or name: so many are chance. */
  readonly otherFillersMax: number;
}

const OF_WORDINGS: Bounds = {
  sharedMin: 7,
  namesShareMin: 0.3,
  conflictsMin: 2,
  conflictShareMax: 0.49,
  otherFillersMax: 1,
};
const OF_FORMS: Bounds = {
  sharedMin: 8,
  namesShareMin: 0.4,
  conflictsMin: 1,
  conflictShareMax: 0.34,
  otherFillersMax: 0,
};
const CONTENT_MIN = 0.36;
const NAMES_MIN = 3;
const NAMES_SHARE_OF_COPY_MIN = 0.3;
/** Of a copy: names that each has and the other has nowhere. An introduction names somebody on one side alone. */
const OWN_NAMES_OF_FORM_MIN = 2;
/** A number weighs two, a name one. With less to go by, the text itself must have been taken over. */
const FACT_WEIGHT_MIN = 4;
const FACTS_MIN = 3;
const FACT_WEIGHT_OF_COPY_MIN = 5;
/** With too few facts, how much each share that lacks counts. */
const LACK_WEIGHT = 20;
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
/** Of runs of words. A later report has a toll in its title that the first one could not know. */
const RUNS_OF_UPDATE_MAX = 0.35;
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
  const ofTitles = titleObjection(a, b, runs);
  if (ofTitles !== undefined) return apart(ofTitles);
  const evidence = evidenceOf(a, b, runs < RUNS_OF_WORDINGS_MAX);
  const ofFacts = factObjection(a, b, evidence, runs);
  return ofFacts === undefined ? compareTexts(a, b, evidence, runs) : apart(ofFacts);
}

function compareTexts(a: Signature, b: Signature, evidence: Evidence, runs: number): Comparison {
  const { known, all, facts } = evidence;
  if (all.shared < boundsOf(runs).sharedMin) return apart('evidence');
  if (runs < RUNS_OF_WORDINGS_MAX) return { kind: 'compared', nearness: nearnessOfWordings(evidence) };
  const content = containment(all);
  if (content < CONTENT_MIN) return apart('content');
  const isCopy = runs >= HALF_COPIED;
  if (isCopy && content < CONTENT_OF_COPY_MIN && facts.shared < FACTS_OF_COPY_MIN) return apart('form');
  const weight = Math.min(facts.a, facts.b);
  const hasFacts = isCopy
    ? weight >= FACT_WEIGHT_OF_COPY_MIN
    : weight >= FACT_WEIGHT_MIN || Math.min(known.a, known.b) >= FACTS_MIN;
  if (hasFacts) return { kind: 'compared', nearness: (content + containment(facts)) / 2 };
  const nearness = isPassage(a, b, runs)
    ? (content + runs) / 2
    : Math.max(0, 1 - LACK_WEIGHT * (1 - (content + runs) / 2));
  return { kind: 'compared', nearness };
}

function boundsOf(runs: number): Bounds {
  return runs < RUNS_OF_WORDINGS_MAX ? OF_WORDINGS : OF_FORMS;
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
    if ((lacksA || lacksB) && runs >= RUNS_OF_UPDATE_MAX) return 'title-facts';
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

function factObjection(
  a: Signature,
  b: Signature,
  { names, conflicts }: Evidence,
  runs: number,
): Objection | undefined {
  const bounds = boundsOf(runs);
  const fewer = Math.min(a.numbers.length, b.numbers.length);
  if (conflicts >= bounds.conflictsMin && conflicts / fewer > bounds.conflictShareMax) return 'numbers';
  const shareMin = runs >= COPIED ? NAMES_SHARE_OF_COPY_MIN : bounds.namesShareMin;
  if (Math.min(names.a, names.b) >= NAMES_MIN && containment(names) < shareMin) return 'names';
  const isCopy = runs >= HALF_COPIED;
  if (isCopy && hasOwnNames(a, b) && hasOwnNames(b, a)) return 'names';
  const slots = slotOverlap(a, b, isCopy ? 1 : 2);
  const isForm = isCopy
    ? slots.other * SAME_FILLERS_OF_COPY_MIN > slots.same
    : (slots.other - bounds.otherFillersMax) * SAME_FILLERS_MIN > slots.same;
  return isForm ? 'form' : undefined;
}

/** Names that `a` has and `b` has nowhere: as many as a form is filled with. */
function hasOwnNames({ names }: Signature, b: Signature): boolean {
  return names.filter((name) => !hasWord(b, name)).length >= OWN_NAMES_OF_FORM_MIN;
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
  return (words + titleFacts.filter((fact) => !lacks(b, Uint32Array.of(fact))).length) / all;
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
