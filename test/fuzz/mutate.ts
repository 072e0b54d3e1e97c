// Changes to a text at places that a seed chooses: what a careless or hostile writer, a broken disk or a cut connection makes.
import type { Random } from '../pipeline/damages.ts';

/** Longer ones are cut: what is looked for shows in small inputs, and many of them. */
const CHARS_MAX = 60_000;
const CHANGES_MAX = 6;
const REPEATS_MAX = 400;

export function upTo(random: Random, max: number): number {
  return Math.floor(random.next() * (max + 1));
}

export function pick<Value>(random: Random, values: readonly Value[]): Value {
  const value = random.of(values);
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** `other` lends the pieces that are spliced in; `tokens` are those of the language that the text is in. */
export function mutate(text: string, random: Random, tokens: readonly string[], other = text): string {
  let changed = text;
  for (let left = upTo(random, CHANGES_MAX); left >= 0; left -= 1)
    changed = pick(random, CHANGES)(changed, random, tokens, other);
  return changed.slice(0, CHARS_MAX);
}

type Change = (text: string, random: Random, tokens: readonly string[], other: string) => string;

const CHANGES: readonly Change[] = [
  // One character, any of 256; or with one bit changed.
  (text, random) => splice(text, upTo(random, text.length), 1, String.fromCharCode(upTo(random, 255))),
  (text, random) => {
    const at = upTo(random, text.length - 1);
    return splice(text, at, 1, String.fromCharCode(text.charCodeAt(at) ^ (1 << upTo(random, 7))));
  },
  (text, random) => splice(text, upTo(random, text.length), upTo(random, 30), ''),
  (text, random) => text.slice(0, upTo(random, text.length)),
  (text, random) => text.slice(upTo(random, Math.min(text.length, 400))),
  (text, random, tokens) => splice(text, upTo(random, text.length), 0, pick(random, tokens)),
  (text, random, tokens) => splice(text, upTo(random, text.length), upTo(random, 12), pick(random, tokens)),
  (text, random, tokens) =>
    splice(text, upTo(random, text.length), 0, pick(random, tokens).repeat(upTo(random, REPEATS_MAX))),
  // A piece again, elsewhere or many times.
  (text, random) => {
    const from = upTo(random, text.length);
    const piece = text.slice(from, from + upTo(random, 200));
    return splice(text, upTo(random, text.length), 0, piece.repeat(1 + upTo(random, 3)));
  },
  (text, random, _, other) => {
    const from = upTo(random, other.length);
    return splice(
      text,
      upTo(random, text.length),
      upTo(random, 40),
      other.slice(from, from + upTo(random, 400)),
    );
  },
  // One token for another, as `<item>` for `<channel>`.
  (text, random, tokens) => {
    const found = [...text.matchAll(/<\/?[\w:]+|[\w-]{1,30}=|"[^"]{0,60}"/g)];
    const match = random.of(found);
    return match === undefined ? text : splice(text, match.index, match[0].length, pick(random, tokens));
  },
  (text, random) => {
    const found = [...text.matchAll(/<\/?[\w:]+[^<>]*>/g)];
    const [one, two] = [random.of(found), random.of(found)];
    return one === undefined || two === undefined ? text : splice(text, one.index, one[0].length, two[0]);
  },
];

function splice(text: string, at: number, remove: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + remove);
}
