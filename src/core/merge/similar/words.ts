// Text as words of any language: runs of letters and digits, numbers in one spelling. What has no spaces between its words
// (Chinese, Japanese, Thai and their like) is parted by Intl.Segmenter; the rest needs none, and is ten times faster without.

export interface Word {
  /** In lower case. */
  readonly text: string;
  readonly kind: 'word' | 'number';
  /** Written with a capital, and no sentence begins with it. */
  readonly isName: boolean;
  readonly isCapital: boolean;
}

const SPACELESS = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const GROUPED = String.raw`\p{Nd}{1,3}(?:[\u00a0\u202f ]\p{Nd}{3})+(?!\p{Nd})`;
const NUMBER = String.raw`${GROUPED}|(?<!\p{N}|[\p{L}--[${SPACELESS}]])[−\-]?\p{Nd}+(?:[.,:'’\/–\-]\p{Nd}+)*(?![\p{Nd}])`;
const TOKEN = new RegExp(
  String.raw`(?<spaceless>[${SPACELESS}]+)|(?<number>${NUMBER})[\p{L}--[${SPACELESS}]]{0,3}(?![\p{N}\p{M}]|[\p{L}--[${SPACELESS}]])|(?<word>(?:(?![${SPACELESS}])[\p{L}\p{M}\p{N}])+)|(?<end>[.!?…:;。！？\n„“”«»"])`,
  'gv',
);
const CAPITAL = /^\p{Lu}/u;
/** A language that has data: `und` would be the machine's. */
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** The words of plain text, in order. A number is told without its unit or ending: `22m` as `22 million`, `3rd` as `3`. */
export function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  let begins = true;
  // One character may be eighteen of the normal form.
  const normal = text.normalize('NFKC').slice(0, 2 * text.length);
  for (const { groups = {}, 0: found } of normal.matchAll(TOKEN)) {
    if (groups['end'] !== undefined) begins = true;
    else if (groups['spaceless'] !== undefined) {
      for (const { segment, isWordLike } of segmenter.segment(found))
        if (isWordLike) words.push({ text: segment, kind: 'word', isName: false, isCapital: false });
      begins = false;
    } else if (groups['number'] !== undefined) {
      const number = plainNumber(groups['number']);
      words.push({ text: number, kind: 'number', isName: false, isCapital: false });
      begins = false;
    } else {
      const kind = /\p{Nd}/u.test(found) ? 'number' : 'word';
      const isCapital = CAPITAL.test(found);
      words.push({ text: found.toLowerCase(), kind, isName: !begins && isCapital, isCapital });
      begins = false;
    }
  }
  return words;
}

/** `1,200`, `1.200` and `1 200` are one number, and so are `4.25` and `4,25`, or `2:1` and `2-1`. */
function plainNumber(written: string): string {
  const digits = written.replace(/\p{Nd}/gu, asciiDigit);
  if (/^\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+$/.test(digits)) return digits.replace(/\D/g, '');
  const sign = /^[−-]/.test(digits) ? '-' : '';
  return (
    sign +
    digits
      .slice(sign.length)
      .replace(/\D/g, '.')
      .replace(/^0+(?=\d)/, '')
  );
}

/** Digits of every script stand in tens that begin at a multiple of their zero. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 0x80) return digit;
  let zero = code;
  while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
