// What a text is compared by where its item's names have changed. Sixteen characters, each the least of the hashes of three words
// in a row that fall to its place (one-permutation MinHash): the share of equal ones is near the share of such threes that two
// texts have in common. Five more are of the text as a whole. Words are told apart the same way in every language: what is
// written without spaces counts by character. Tags say nothing.

const PLACES = 16;
const WHOLE_CHARS = 5;
/** Of HTML; what comes after is not looked at. */
const CHARS_MAX = 4096;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~';
const NO_WORD = '-';
const NONE = 0xffff_ffff;
/** From here on one character is a word: Chinese, Japanese, and the like. */
const IDEOGRAPHS = 0x2e80;
/** Up to here, from 128 on: no-break space, quotation marks and other signs. */
const LATIN_SIGNS = 0xbf;
const LESS_THAN = 0x3c;
const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** By code, below 128: 1 for a letter or digit. */
const IS_WORD = Uint8Array.from({ length: 128 }, (_, code) =>
  /[a-z0-9]/i.test(String.fromCharCode(code)) ? 1 : 0,
);

/** Undefined for a text without words. */
export function sketchOf(html: string): string | undefined {
  const words = new Words();
  const end = Math.min(html.length, CHARS_MAX);
  let hash = FNV_START;
  for (let at = 0; at < end; at++) {
    const code = html.charCodeAt(at);
    if (code < 128 ? IS_WORD[code] === 1 : code > LATIN_SIGNS && code < IDEOGRAPHS) {
      hash = Math.imul(hash ^ (code < 0x5b && code > 0x40 ? code | 0x20 : code), FNV_PRIME);
      continue;
    }
    if (hash !== FNV_START) words.take(hash);
    hash = FNV_START;
    if (code >= IDEOGRAPHS) words.take(Math.imul(FNV_START ^ code, FNV_PRIME));
    if (code === LESS_THAN && isTagStart(html.charCodeAt(at + 1))) {
      const close = html.indexOf('>', at);
      at = close === -1 ? end : close;
    }
  }
  if (hash !== FNV_START) words.take(hash);
  return words.sketch();
}

/** From here on one text is a revision of the other. */
export const NEAR = 0.5;

/** From 0 to 1; 0 where either is unknown or they have no three words in common. */
export function nearness(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return 0;
  if (a === b) return 1;
  let equal = 0;
  let compared = 0;
  for (let place = 0; place < PLACES; place++) {
    if (a[place] === NO_WORD && b[place] === NO_WORD) continue;
    compared += 1;
    if (a[place] === b[place]) equal += 1;
  }
  return compared === 0 ? 0 : equal / compared;
}

/** Whether it is of more than a few words: what is shorter may stand under each item of a site ("Comments"). */
export function isOfSentences(sketch: string): boolean {
  let places = 0;
  for (let place = 0; place < PLACES; place++) if (sketch[place] !== NO_WORD) places += 1;
  return places >= PLACES / 2;
}

class Words {
  readonly #least = new Uint32Array(PLACES).fill(NONE);
  #before = 0;
  #last = 0;
  #count = 0;
  #whole = 0;

  take(word: number): void {
    if (this.#count >= 2) {
      const three = mixed(Math.imul(this.#before, 0x85ebca6b) ^ Math.imul(this.#last, 0x9e3779b1) ^ word);
      const place = three >>> 28;
      const rest = three & 0x0fff_ffff;
      if (rest < (this.#least[place] ?? 0)) this.#least[place] = rest;
    }
    this.#before = this.#last;
    this.#last = word;
    this.#whole = Math.imul(this.#whole, 31) + word;
    this.#count += 1;
  }

  sketch(): string | undefined {
    if (this.#count === 0) return undefined;
    const whole = mixed(this.#whole);
    let sketch = '';
    for (const hash of this.#least) sketch += hash === NONE ? NO_WORD : ALPHABET[hash & 63];
    for (let place = 0; place < WHOLE_CHARS; place++) sketch += ALPHABET[(whole >>> (6 * place)) & 63];
    return sketch;
  }
}

function isTagStart(code: number): boolean {
  return code === 0x2f || code === 0x21 || (code < 128 && code > 0x3f && IS_WORD[code] === 1);
}

function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
