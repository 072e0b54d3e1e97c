// What an item is about, as its title and the beginning of its text say it: each content word and number once, with how much it tells. That
// shows in its shape, in any language: a name (never written small) tells most, then long words; of numbers those of many digits.
import { calendarName } from './calendar-words.ts';
import { hash32, mix32, type Sketch, sketchOf } from './sketch.ts';
import { isContent, stemHash } from './stems.ts';
import type { Word } from './words.ts';

export interface Lead {
  /** Sorted; the lowest bits of each are its kind. */
  readonly lead: Sketch;
  /** Two content words that follow each other. */
  readonly phrases: Sketch;
}

/** Stories begin with what they are about; the longer two texts, the more they share by chance. */
const LEAD_WORDS_MAX = 100;
export const LEAD_MAX = 224;

const KIND_MASK = 7;
const KIND = {
  short: 0,
  middle: 1,
  long: 2,
  capital: 3,
  name: 4,
  digit: 5,
  twoDigits: 6,
  digits: 7,
} as const;
/** By kind. Single digits are shared by chance. */
const WEIGHTS: readonly number[] = [4, 5, 6, 5, 7, 1, 2.5, 7];

const YEAR = /^(?:19|20)\d\d$/;
const LONG_CHARS = 9;
const MIDDLE_CHARS = 6;

export function leadOf(title: readonly Word[], body: readonly Word[]): Lead {
  const kinds = new Map<number, number>();
  const phrases = new Set<number>();
  let [last, before]: [number, Word | undefined] = [0, undefined];
  for (const word of [...title, ...body.slice(0, LEAD_WORDS_MAX)]) {
    if (isUnknownIdeograph(word) && before !== undefined && isUnknownIdeograph(before))
      kinds.set(keyOf(hash32(before.text + word.text)), KIND.name);
    before = word;
    const kind = kindOf(word);
    if (kind === undefined) continue;
    const key = keyOf(word.kind === 'number' ? hash32(`number ${word.text}`) : stemHash(word.text));
    kinds.set(key, kindOfBoth(kinds.get(key) ?? kind, kind));
    if (kind >= KIND.digit) continue;
    phrases.add(mix32(Math.imul(last, 31) ^ key));
    last = key;
  }
  const hashes = new Set([...kinds].map(([key, kind]) => (key | kind) >>> 0));
  return { lead: sketchOf(hashes, LEAD_MAX), phrases: sketchOf(phrases, LEAD_MAX) };
}

/** Undefined for what tells nothing. */
function kindOf(word: Word): number | undefined {
  const { text, kind, isName, isCapital } = word;
  if (kind === 'number') {
    if (YEAR.test(text)) return undefined;
    const digits = text.replace(/\D/g, '').length;
    return digits > 2 || text.includes('.') ? KIND.digits : digits > 1 ? KIND.twoDigits : KIND.digit;
  }
  if (!isContent(word) || calendarName(text) !== undefined) return undefined;
  if (isName) return KIND.name;
  return isCapital ? KIND.capital : kindOfSmall(text.length);
}

function kindOfSmall(chars: number): number {
  return chars >= LONG_CHARS ? KIND.long : chars >= MIDDLE_CHARS ? KIND.middle : KIND.short;
}

/** What is written small once is no name; what is one within a sentence begins others too. */
function kindOfBoth(a: number, b: number): number {
  return Math.min(a, b) < KIND.capital ? Math.min(a, b) : Math.max(a, b);
}

/** The segmenter parts what it has no word for: names, mostly, into characters. */
function isUnknownIdeograph({ text, kind }: Word): boolean {
  return (
    kind === 'word' && text.length === 1 && /\p{Script=Han}/u.test(text) && !FUNCTION_IDEOGRAPHS.has(text)
  );
}

const FUNCTION_IDEOGRAPHS: ReadonlySet<string> = new Set(
  '的了在和是与與及等为為将將被已于於从從对對也就都而或其这這那不有无無人个個名上下中内外大小多少年月日时時分秒点點元后後前向至到由以可能会會要没沒说說称稱约約近今昨每各该該者所之并並但还還更最很又再把给給让讓使用一二三四五六七八九十百千万萬亿億両円本台件回目間内',
);

function keyOf(hash: number): number {
  return (hash & ~KIND_MASK) >>> 0;
}

export interface LeadOverlap {
  /** How much the words tell that both have. */
  readonly told: number;
  /** Of those, names in both, and words that one of them writes small. */
  readonly names: number;
  readonly words: number;
  /** How much the numbers tell that both have. */
  readonly numbers: number;
  /** How much all words tell of the one that tells less, and of the other. */
  readonly poorer: number;
  readonly richer: number;
  /** Names that each has and the other has in no form: of the one that has fewer of them. */
  readonly ownNames: number;
}

export function leadOverlap(a: Sketch, b: Sketch): LeadOverlap {
  let [told, names, words, numbers] = [0, 0, 0, 0];
  let [ofA, ofB, ownA, ownB] = [0, 0, 0, 0];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]];
    const [keyA, keyB] = [x === undefined ? Infinity : keyOf(x), y === undefined ? Infinity : keyOf(y)];
    const [kindA, kindB] = [(x ?? 0) & KIND_MASK, (y ?? 0) & KIND_MASK];
    if (keyA === keyB) {
      const weight = Math.min(WEIGHTS[kindA] ?? 0, WEIGHTS[kindB] ?? 0);
      const kind = Math.min(kindA, kindB);
      if (kind >= KIND.digit) numbers += weight;
      else {
        told += weight;
        names += Number(kind === KIND.name);
        words += Number(kind < KIND.capital);
      }
    } else if (keyA < keyB && kindA === KIND.name) ownA += 1;
    else if (keyB < keyA && kindB === KIND.name) ownB += 1;
    if (keyA <= keyB) {
      if (kindA < KIND.digit) ofA += WEIGHTS[kindA] ?? 0;
      i += 1;
    }
    if (keyB <= keyA) {
      if (kindB < KIND.digit) ofB += WEIGHTS[kindB] ?? 0;
      j += 1;
    }
  }
  return {
    told,
    names,
    words,
    numbers,
    poorer: Math.min(ofA, ofB),
    richer: Math.max(ofA, ofB),
    ownNames: Math.min(ownA, ownB),
  };
}

/** How much those of `titleWords` tell that the lead has. */
export function toldOfTitle(titleWords: Sketch, lead: Sketch): number {
  let told = 0;
  for (const word of titleWords) told += WEIGHTS[kindIn(lead, keyOf(word))] ?? 0;
  return told;
}

/** -1 where the lead has not the key. By halving. */
function kindIn(lead: Sketch, key: number): number {
  let [low, high] = [0, lead.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lead[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  const found = lead[low];
  return found !== undefined && keyOf(found) === key ? found & KIND_MASK : -1;
}
