// HTML to plain text, as readers show titles: markup removed, references decoded, white space folded.
import { decodeHTML, decodeHTMLStrict } from 'entities';
import { Tokenizer } from 'htmlparser2';
import type { RawText } from '../../model/raw-feed.ts';
import { clipText } from './clip.ts';
import { isHtmlElement } from './html-names.ts';

const TITLE_CHARS_MAX = 1024;
/** More is never looked at: a title of this length is none. */
const MARKUP_CHARS_MAX = 16 * TITLE_CHARS_MAX;
const INLINE: ReadonlySet<string> = new Set(
  'a abbr acronym b big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);
const UNSEEN: ReadonlySet<string> = new Set(['script', 'style']);

/** A text field as one line of plain text, at most 1,024 characters; undefined where nothing is left of it. */
export function plainText(raw: RawText | undefined, charsMax: number = TITLE_CHARS_MAX): string | undefined {
  if (raw === undefined) return undefined;
  const value = raw.value.slice(0, Math.max(MARKUP_CHARS_MAX, 4 * charsMax));
  const text =
    raw.kind === 'html' || raw.kind === 'unknown' ? textOfHtml(value, raw.kind === 'unknown') : value;
  const folded = text.replace(/[\s\u00a0]+/g, ' ').trim();
  return folded === '' ? undefined : clipText(folded, charsMax);
}

/** `keepsUnknown`: what is no tag of HTML is text, as in `Map<K>`. */
function textOfHtml(html: string, keepsUnknown: boolean): string {
  if (!html.includes('<')) return decode(html);
  const collector = new TextCollector(html, keepsUnknown);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: false }, collector);
  tokenizer.write(html);
  tokenizer.end();
  return collector.text;
}

/** Also without `;` where HTML knows the name so and nothing goes on after it: `&copy 2026`, not `a=1&copy=2`. */
function decode(text: string): string {
  if (!text.includes('&')) return text;
  const decoded = decodeHTMLStrict(text);
  if (!decoded.includes('&')) return decoded;
  return text
    .split(/(&[a-z]{2,8}(?![\w;=])|&#(?:\d{1,7}|x[\da-f]{1,6})(?![\w;]))/i)
    .map((part, index) => (index % 2 === 0 ? decodeHTMLStrict(part) : decodeWhole(part)))
    .join('');
}

function decodeWhole(reference: string): string {
  const character = decodeHTML(reference);
  return [...character].length === 1 ? character : reference;
}

/** Their end tags may be left out, so that a missing one says nothing. */
const ENDLESS: ReadonlySet<string> = new Set(
  'br hr img input wbr col area embed source track p li dt dd tr td th option'.split(' '),
);

class TextCollector {
  text = '';
  /** Names of the end tags that there are; found when they are first asked for. */
  private ends: ReadonlySet<string> | undefined;
  private hasAttributes = false;
  private readonly html: string;
  private readonly keepsUnknown: boolean;
  private tagStart = 0;
  private tag = '';
  private unseen: string | undefined;

  constructor(html: string, keepsUnknown: boolean) {
    this.html = html;
    this.keepsUnknown = keepsUnknown;
  }

  ontext(start: number, end: number): void {
    if (this.unseen === undefined) this.text += decode(this.html.slice(start, end));
  }

  onopentagname(start: number, end: number): void {
    this.tagStart = start - 1;
    this.tag = this.html.slice(start, end).toLowerCase();
    this.hasAttributes = false;
  }

  onopentagend(end: number): void {
    if (this.isMentioned(this.tag)) {
      this.text += this.html.slice(this.tagStart, end + 1);
      return;
    }
    if (UNSEEN.has(this.tag)) this.unseen = this.tag;
    this.passTag(this.tag, this.tagStart, end + 1);
  }

  onselfclosingtag(end: number): void {
    this.passTag(this.tag, this.tagStart, end + 1);
  }

  onclosetag(start: number, end: number): void {
    const tag = this.html.slice(start, end).toLowerCase();
    if (tag === this.unseen) this.unseen = undefined;
    this.passTag(tag, start - 2, end + 1);
  }

  onattribname(): void {
    this.hasAttributes = true;
  }

  onattribdata(): void {}
  onattribend(): void {}
  onattribentity(): void {}
  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
  ontextentity(): void {}

  /** `How to use <video>`: a tag that nothing ends is what the text is about, where it need not be markup. */
  private isMentioned(tag: string): boolean {
    if (!this.keepsUnknown || this.unseen !== undefined || this.hasAttributes || ENDLESS.has(tag))
      return false;
    this.ends ??= new Set(
      Array.from(this.html.matchAll(/<\/([a-z][a-z0-9]{0,20})/gi), ([, name = '']) => name.toLowerCase()),
    );
    return !this.ends.has(tag);
  }

  private passTag(tag: string, start: number, end: number): void {
    if (this.unseen !== undefined) return;
    if (this.keepsUnknown && !isHtmlElement(tag)) this.text += decodeHTMLStrict(this.html.slice(start, end));
    else if (!INLINE.has(tag)) this.text += ' ';
  }
}
