// What an item says, small enough to keep for every item in the window: its title's words, what its title must not differ in,
// and of its text the numbers, names and words, and runs of words. Two signatures tell how near two items are (nearness.ts).
import { calendarName } from './calendar-words.ts';
import { languageOf } from './language-of-words.ts';
import { leadOf } from './lead.ts';
import { isNegation } from './negations.ts';
import { numberOfRoman, numberOfWord, numberOfWords } from './number-words.ts';
import { hash32, mix32, type Sketch, sketchOf } from './sketch.ts';
import { isContent, stemHash } from './stems.ts';
import { withoutBoilerplate } from './without-boilerplate.ts';
import { type Word, wordsOf } from './words.ts';

export interface SignatureInput {
  /** Plain text. */
  readonly title: string;
  /** Plain text of the longest of what the item says: content, else summary. */
  readonly text: string;
}

export interface Signature {
  /** See language-of-words.ts. */
  readonly language: number;
  readonly titleWords: Sketch;
  /** Numbers, dates and parts that the title names. */
  readonly titleFacts: Sketch;
  readonly titleNegations: number;
  /** Written in digits. */
  readonly numbers: Sketch;
  /** Numbers, weekdays and months in words: they answer for those of a title, and prove nothing. */
  readonly spelt: Sketch;
  /** Written with a capital within a sentence. */
  readonly names: Sketch;
  readonly words: Sketch;
  /** Title and beginning: see lead.ts. */
  readonly lead: Sketch;
  readonly phrases: Sketch;
  /** Of three words. */
  readonly runs: Sketch;
  /** The two words, and three, before each number and name, and it: hashes of the former, in order, and beside each that of the latter. */
  readonly slots: Sketch;
  readonly fillers: Sketch;
  /** Words of the text, of every kind. */
  readonly length: number;
}

/** Of the text; stories begin with what they are about. UTF-16 units. */
const TEXT_CHARS_MAX = 6_000;
const TITLE_CHARS_MAX = 300;
export const SKETCH_MAX = {
  title: 32,
  numbers: 48,
  spelt: 32,
  names: 96,
  words: 160,
  runs: 128,
  slots: 128,
} as const;

export function signatureOf(input: SignatureInput): Signature {
  const title = wordsOf(input.title.slice(0, TITLE_CHARS_MAX));
  const text = withoutBoilerplate(input.text.slice(0, TEXT_CHARS_MAX));
  const body = wordsOf(text);
  return {
    language: languageOf(text, [...title, ...body]),
    ...sketchTitle(title, input.title),
    ...sketchText(body),
    ...leadOf(title, body),
    length: body.length,
  };
}

/** A signature in one array: what is kept of an item. */
export type PackedSignature = Uint32Array & { readonly __brand: 'PackedSignature' };

const SKETCHES = [
  'titleWords',
  'titleFacts',
  'numbers',
  'spelt',
  'names',
  'words',
  'runs',
  'slots',
  'fillers',
  'lead',
  'phrases',
] as const;
/** Language, negations, length, then the size of each sketch. */
const HEAD = 3;

export function packSignature(signature: Signature): PackedSignature {
  const { language, titleNegations, length } = signature;
  const sizes = SKETCHES.map((name) => signature[name].length);
  const packed = new Uint32Array(HEAD + sizes.length + sizes.reduce((sum, size) => sum + size, 0));
  packed.set([language, titleNegations, length, ...sizes]);
  let at = HEAD + sizes.length;
  for (const name of SKETCHES) {
    packed.set(signature[name], at);
    at += signature[name].length;
  }
  return packed as PackedSignature;
}

/** Views on the packed one. */
export function unpackSignature(packed: PackedSignature): Signature {
  let at = HEAD + SKETCHES.length;
  const next = (nth: number): Sketch => {
    const from = at;
    at += packed[HEAD + nth] ?? 0;
    return packed.subarray(from, at);
  };
  const [language = 0, titleNegations = 0, length = 0] = packed;
  return {
    language,
    titleNegations,
    length,
    titleWords: next(0),
    titleFacts: next(1),
    numbers: next(2),
    spelt: next(3),
    names: next(4),
    words: next(5),
    runs: next(6),
    slots: next(7),
    fillers: next(8),
    lead: next(9),
    phrases: next(10),
  };
}

function sketchTitle(title: readonly Word[], written: string) {
  const words = new Set<number>();
  const facts = new Set<number>();
  for (const word of title) {
    const fact = factOf(word);
    if (fact !== undefined) facts.add(fact);
    else if (isContent(word)) words.add(stemHash(word.text));
  }
  for (const part of partsNamed(written)) facts.add(part);
  return {
    titleWords: sketchOf(words, SKETCH_MAX.title),
    titleFacts: sketchOf(facts, SKETCH_MAX.title),
    titleNegations: title.filter(({ text }) => isNegation(text)).length,
  };
}

/** Many have this year, or the last. */
const YEAR = /^(?:19|20)\d\d$/;

function sketchText(body: readonly Word[]) {
  const numbers = new Set<number>();
  const spelt = new Set<number>();
  const names = new Set<number>();
  const words = new Set<number>();
  for (const [index, word] of body.entries()) {
    const fact = factOf(word);
    const sum = numberOfWords(word.text, body[index + 1]?.text, body[index + 2]?.text);
    if (sum !== undefined) spelt.add(hash32(`number ${sum}`));
    if (fact !== undefined) (word.kind === 'number' && !YEAR.test(word.text) ? numbers : spelt).add(fact);
    else if (word.isName && word.text.length > 1) names.add(stemHash(word.text));
  }
  for (const word of body) {
    const stem = stemHash(word.text);
    if (isContent(word) && factOf(word) === undefined && !names.has(stem)) words.add(stem);
  }
  return {
    numbers: sketchOf(numbers, SKETCH_MAX.numbers),
    spelt: sketchOf(spelt, SKETCH_MAX.spelt),
    names: sketchOf(names, SKETCH_MAX.names),
    words: sketchOf(words, SKETCH_MAX.words),
    runs: sketchOf(runsOf(body), SKETCH_MAX.runs),
    ...sketchSlots(body),
  };
}

/** `4시간`: the words that Korean writes on to a number. */
const BESIDE_DIGITS = /^(\d+)\p{Script=Hangul}+$/u;

/** What must be the same for two titles to mean one thing: a number in any spelling, a weekday, a month. */
function factOf({ text, kind }: Word): number | undefined {
  if (kind === 'number') return hash32(`number ${text.replace(BESIDE_DIGITS, '$1')}`);
  const name = calendarName(text);
  if (name !== undefined) return hash32(name);
  const value = numberOfWord(text);
  return value === undefined ? undefined : hash32(`number ${value}`);
}

/** `Part II`, `Group B`: what only capitals tell from words. */
function partsNamed(title: string): readonly number[] {
  const parts: number[] = [];
  for (const [word] of title.matchAll(/(?<![\p{L}\p{M}\p{N}])\p{Lu}+(?![\p{L}\p{M}\p{N}.'’])/gu)) {
    const roman = numberOfRoman(word);
    if (roman !== undefined) parts.push(hash32(`number ${roman}`));
    else if (/^[B-DF-HJ-NP-Z]$/.test(word) || (word.length === 1 && title.trimEnd().endsWith(word)))
      parts.push(hash32(`letter ${word}`));
  }
  return parts;
}

/** Where one form has two fillings in one text, the slot is left out: it tells nothing. */
function sketchSlots(body: readonly Word[]) {
  const fillings = new Map<number, number | undefined>();
  for (const [index, word] of body.entries()) {
    const filler = factOf(word) ?? (word.isName ? stemHash(word.text) : undefined);
    if (filler === undefined) continue;
    for (const slot of slotsAround(body, index)) {
      const known = fillings.get(slot);
      fillings.set(slot, fillings.has(slot) && known !== filler ? undefined : filler);
    }
  }
  const single = [...fillings].filter((each): each is [number, number] => each[1] !== undefined);
  const kept = single.toSorted(([a], [b]) => a - b).slice(0, SKETCH_MAX.slots);
  return {
    slots: Uint32Array.from(kept, ([slot]) => slot),
    fillers: Uint32Array.from(kept, ([, filler]) => filler),
  };
}

/** The two words before a place, the three, and the words on either side. */
function slotsAround(body: readonly Word[], index: number): readonly number[] {
  const [third, second, first] = [body[index - 3], body[index - 2], body[index - 1]];
  const next = body[index + 1];
  if (first === undefined || second === undefined) return [];
  const near = `${second.text} ${first.text}`;
  return [
    hash32(near),
    ...(third === undefined ? [] : [hash32(`${third.text} ${near}`)]),
    ...(next === undefined ? [] : [hash32(`${first.text} . ${next.text}`)]),
  ];
}

function runsOf(body: readonly Word[]): ReadonlySet<number> {
  const runs = new Set<number>();
  let [before, last] = [0, 0];
  for (const [index, { text }] of body.entries()) {
    const hash = hash32(text);
    if (index >= 2) runs.add(mix32(Math.imul(before, 31) ^ Math.imul(last, 17) ^ hash));
    [before, last] = [last, hash];
  }
  return runs;
}
