// What the same words lead to in two texts: of one story mostly the same numbers and names, of a form filled twice others.
import type { Signature } from './signature.ts';
import { hasHash } from './sketch.ts';

export interface Fillers {
  readonly same: number;
  /** Another in each, of which the other text has one nowhere; told twice, a story has both in both texts. */
  readonly other: number;
  /** Another in each, each found nowhere in the other text. */
  readonly strange: number;
}

export function fillersOf(a: Signature, b: Signature): Fillers {
  let [i, j, same, other, strange] = [0, 0, 0, 0, 0];
  while (i < a.slots.length && j < b.slots.length) {
    const [x = 0, y = 0] = [a.slots[i], b.slots[j]];
    if (x === y && a.fillers[i] === b.fillers[j]) same += 1;
    else if (x === y) {
      const strangers = Number(!knows(b, a.fillers[i])) + Number(!knows(a, b.fillers[j]));
      if (strangers > 0) other += 1;
      if (strangers > 1) strange += 1;
    }
    if (x <= y) i += 1;
    if (y <= x) j += 1;
  }
  return { same, other, strange };
}

function knows({ titleFacts, titleWords, numbers, spelt, names, words }: Signature, hash = 0): boolean {
  return [titleFacts, titleWords, numbers, spelt, names, words].some((sketch) => hasHash(sketch, hash));
}
