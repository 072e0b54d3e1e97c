// What two items have in common: numbers, names and words, each as an overlap of their sketches.
import { type Signature, SKETCH_MAX } from './signature.ts';
import { hasHash, type Overlap, overlapOf, type Sketch } from './sketch.ts';

export interface Evidence {
  readonly names: Overlap;
  /** Names and numbers. */
  readonly known: Overlap;
  /** The same, numbers twice: a number weighs two, a name one. */
  readonly facts: Overlap;
  /** Names, numbers and words. */
  readonly all: Overlap;
  /** Numbers that each has and the other has not: of the one that has fewer of them. */
  readonly conflicts: number;
}

/**
 * Two wordings have the same in different places: what one names within a sentence, the other begins one with, or says in
 * its title alone. In texts of one form that would only blur what they are filled with.
 */
export function evidenceOf(a: Signature, b: Signature, areWordings: boolean): Evidence {
  const overlap = areWordings ? foundOverlap : plainOverlap;
  const names = overlap(a, b, 'names');
  const [missingOfA, missingOfB] = [missing(a, b, areWordings), missing(b, a, areWordings)];
  const shared = Math.min(a.numbers.length - missingOfA, b.numbers.length - missingOfB);
  const numbers = { shared, a: a.numbers.length, b: b.numbers.length };
  const known = sum(names, numbers);
  const all = sum(known, overlap(a, b, 'words'));
  return { names, known, all, facts: sum(known, numbers), conflicts: Math.min(missingOfA, missingOfB) };
}

function foundOverlap(a: Signature, b: Signature, kind: 'names' | 'words'): Overlap {
  const overlap = plainOverlap(a, b, kind);
  const found = Math.min(
    a[kind].subarray(0, overlap.a).filter((word) => hasWord(b, word)).length,
    b[kind].subarray(0, overlap.b).filter((word) => hasWord(a, word)).length,
  );
  return { ...overlap, shared: Math.max(overlap.shared, found) };
}

function plainOverlap(a: Signature, b: Signature, kind: 'names' | 'words'): Overlap {
  return overlapOf(a[kind], b[kind], SKETCH_MAX[kind]);
}

/** Numbers that the other has in words are not missing. */
function missing(a: Signature, b: Signature, areWordings: boolean): number {
  return a.numbers.filter((number) =>
    areWordings ? lacks(b, Uint32Array.of(number)) : !hasHash(b.numbers, number) && !hasHash(b.spelt, number),
  ).length;
}

/** A number or date of a title that the item has nowhere. */
export function lacks({ titleFacts, numbers, spelt }: Signature, wanted: Sketch): boolean {
  return wanted.some(
    (fact) => !hasHash(titleFacts, fact) && !hasHash(numbers, fact) && !hasHash(spelt, fact),
  );
}

export function hasWord({ titleWords, names, words }: Signature, word: number): boolean {
  return hasHash(titleWords, word) || hasHash(names, word) || hasHash(words, word);
}

function sum(a: Overlap, b: Overlap): Overlap {
  return { shared: a.shared + b.shared, a: a.a + b.a, b: a.b + b.b };
}
