// What an item has anywhere, in its title or its text.
import type { Signature } from './signature.ts';
import { hasHash, type Sketch } from './sketch.ts';

/** Numbers that each has and the other has nowhere; of the one that has fewer of them. */
export function conflictsOf(a: Signature, b: Signature): number {
  return Math.min(ownNumbers(a, b), ownNumbers(b, a));
}

/** Numbers of one that the other has too, in digits or in words: the more of the two. */
export function factsOfBoth(a: Signature, b: Signature): number {
  return Math.max(a.numbers.length - ownNumbers(a, b), b.numbers.length - ownNumbers(b, a));
}

function ownNumbers({ numbers }: Signature, b: Signature): number {
  return numbers.filter((number) => !hasFact(b, number)).length;
}

/** Of the numbers and dates of a title, one that the item has nowhere. */
export function lacks(item: Signature, wanted: Sketch): boolean {
  return wanted.some((fact) => !hasFact(item, fact));
}

/** A number or date, in digits or in words. */
export function hasFact({ titleFacts, numbers, spelt }: Signature, fact: number): boolean {
  return hasHash(titleFacts, fact) || hasHash(numbers, fact) || hasHash(spelt, fact);
}

export function hasWord({ titleWords, names, words }: Signature, word: number): boolean {
  return hasHash(titleWords, word) || hasHash(names, word) || hasHash(words, word);
}
