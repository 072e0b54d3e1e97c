// Which words say something, and what is left of one when the endings and prefixes that bend it are gone.
import { isFunctionWord } from './function-words.ts';
import { hash32 } from './sketch.ts';
import type { Word } from './words.ts';

const SYLLABLES = /^\p{Script=Hangul}/u;
const IDEOGRAPHS = /^[\p{Script=Han}\p{Script=Katakana}]/u;
const THREE_LETTERS =
  /^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Long enough to mean something: four letters, three where vowels are not written, two syllables or characters. What is all Hiragana bends other words. */
export function isContent({ text, kind, isName }: Word): boolean {
  if (kind === 'number') return true;
  if (isFunctionWord(text)) return false;
  if (SYLLABLES.test(text) || IDEOGRAPHS.test(text)) return text.length >= 2;
  if (/^\p{Script=Hiragana}+$/u.test(text)) return text.length >= 4;
  if (THREE_LETTERS.test(text)) return text.length >= 3;
  return text.length >= 4 || (isName && text.length >= 2);
}

const STEM_CHARS = 5;

/** Words bend at their ends: `closing`, `closed` and `closes` begin alike. Arabic has its article in front, Korean particles behind. */
export function stemHash(word: string): number {
  if (SYLLABLES.test(word)) return hash32(word.slice(0, 2));
  const bare = ARABIC.test(word) ? bareArabic(word) : word;
  return hash32(bare.slice(0, STEM_CHARS));
}

const ARABIC = /^\p{Script=Arabic}/u;

/** Without article, conjunction and preposition, in the plainer spelling of letters that are written in two ways. */
function bareArabic(word: string): string {
  return word
    .replace(/[أإآ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/^و(?=.{4})/, '')
    .replace(/^(?:[وبفك]?ال|لل)(?=..)/, '')
    .replace(/(?:ين|ون|ات|ان|ها|ة|ه)$/, (ending) => (word.length - ending.length >= 4 ? '' : ending));
}
