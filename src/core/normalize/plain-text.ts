// HTML to plain text, as readers show titles: markup removed, references decoded, white space folded.
import { decodeHTMLStrict } from 'entities';
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
  if (!html.includes('<')) return html.includes('&') ? decodeHTMLStrict(html) : html;
  const collector = new TextCollector(html, keepsUnknown);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: false }, collector);
  tokenizer.write(html);
  tokenizer.end();
  return collector.text;
}

class TextCollector {
  text = '';
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
    if (this.unseen === undefined) this.text += decodeHTMLStrict(this.html.slice(start, end));
  }

  onopentagname(start: number, end: number): void {
    this.tagStart = start - 1;
    this.tag = this.html.slice(start, end).toLowerCase();
  }

  onopentagend(end: number): void {
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

  onattribdata(): void {}
  onattribend(): void {}
  onattribentity(): void {}
  onattribname(): void {}
  oncdata(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onprocessinginstruction(): void {}
  ontextentity(): void {}

  private passTag(tag: string, start: number, end: number): void {
    if (this.unseen !== undefined) return;
    if (this.keepsUnknown && !isHtmlElement(tag)) this.text += decodeHTMLStrict(this.html.slice(start, end));
    else if (!INLINE.has(tag)) this.text += ' ';
  }
}
