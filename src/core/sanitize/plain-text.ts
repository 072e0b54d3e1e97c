// The text of HTML, for titles' company: summaries, descriptions, notes. Linear in the input, and no more of it is read
// than the wanted length needs.
import { Parser } from 'htmlparser2';
import { TEXTLESS_TAGS } from './allowed.ts';
import { cutText, mendText } from './bounded-text.ts';
import { gatedTokenizer } from './gated-tokenizer.ts';
import { HTML_CHARS_MAX } from './limits.ts';

const TEXTLESS: ReadonlySet<string> = new Set(TEXTLESS_TAGS);
/** Elements within a line: their edges are no gaps between words. */
const INLINE: ReadonlySet<string> = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
/** Every element, within the bound of depth. */
const BOUNDED = gatedTokenizer(() => true);
const CHUNK_CHARS = 4096;

/** All text of `html` in one line: markup off, entities decoded, white space folded, blocks apart by a space. */
export function plainText(html: string): string {
  return readText(html, Number.POSITIVE_INFINITY);
}

/** The beginning of the text of `html`, at most `max` characters (UTF-16 units), cut after a word with `…`. */
export function excerptText(html: string, max: number): string {
  const text = readText(html, max);
  return text.length <= max ? text : `${cutAtWord(text, max - 1)}…`;
}

/** At least `enough + 1` characters of the folded text where there are so many. */
function readText(html: string, enough: number): string {
  const input = mendText(cutText(html, HTML_CHARS_MAX));
  if (!/[<&]/.test(input)) return fold(input);
  let text = '';
  let skipped = 0;
  const parser = new Parser(
    {
      onopentagname(name) {
        if (TEXTLESS.has(name)) skipped += 1;
        else if (!INLINE.has(name)) text += ' ';
      },
      onclosetag(name) {
        if (TEXTLESS.has(name)) skipped -= 1;
        else if (!INLINE.has(name)) text += ' ';
      },
      ontext(data) {
        if (skipped === 0) text += data;
      },
    },
    { decodeEntities: true, Tokenizer: BOUNDED },
  );
  let folded = '';
  for (let at = 0; at < input.length && folded.length <= enough; at += CHUNK_CHARS) {
    parser.write(input.slice(at, at + CHUNK_CHARS));
    if (text.length > enough) {
      folded = foldStart(folded + text);
      text = '';
    }
  }
  if (folded.length <= enough) parser.end();
  return mendText(fold(folded + text));
}

function fold(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Folded, but with the space at its end that parts it from what follows. */
function foldStart(text: string): string {
  return text.replace(/\s+/g, ' ').trimStart();
}

/** The last whole word within `max` characters, unless that would take more than two fifths away. */
function cutAtWord(text: string, max: number): string {
  const cut = cutText(text, max);
  if (text[cut.length] === ' ') return cut;
  const space = cut.lastIndexOf(' ');
  return (space > max * 0.6 ? cut.slice(0, space) : cut).trimEnd();
}
