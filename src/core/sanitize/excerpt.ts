// The beginning of safe HTML: its words, with links, emphasis and paragraphs, up to a length of text. Pictures, tables, sound and
// video are left out: an excerpt is words. What comes out is balanced, and safe since nothing is added to what was.
import { Parser } from 'htmlparser2';
import { cutPlace, LOOK_AHEAD_CHARS } from './cut-at-word.ts';
import { gatedTokenizer } from './gated-tokenizer.ts';

export interface Excerpt {
  /** Empty where there are no words. */
  readonly html: string;
  /** The same words in one line, with `…` where they were cut. At most the characters asked for. */
  readonly text: string;
  /** Something was left out: words, a picture, a table, or what `isPart` says. */
  readonly isCut: boolean;
}

export interface ExcerptOptions {
  /** Characters of text (UTF-16 units), the ellipsis included. */
  readonly charsMax: number;
  /** Of the text; decides where a word ends. */
  readonly language: string | undefined;
  /** There is more of it than `html`, whether or not that is cut. */
  readonly isPart?: boolean;
  /** The whole is to be found there: linked behind the last word, under the name of its host. */
  readonly permalink: string | undefined;
}

/** Left out, with everything in them. */
const LEFT_OUT: ReadonlySet<string> = new Set(
  'img picture source audio video figure table caption hr'.split(' '),
);
const VOID: ReadonlySet<string> = new Set(['br', 'wbr']);
const BLOCKS: ReadonlySet<string> = new Set(
  'address article aside blockquote dd details div dl dt footer h1 h2 h3 h4 h5 h6 header li ol p pre section summary ul'.split(
    ' ',
  ),
);
const BOUNDED = gatedTokenizer(() => true);
const CHUNK_CHARS = 4096;

export function excerptHtml(html: string, options: ExcerptOptions): Excerpt {
  const { charsMax, language } = options;
  const seen = new TextFolder();
  let leftOut = false;
  walk(html, {
    onText: (text) => seen.add(text),
    onBlock: () => seen.gap(),
    onLeftOut: () => {
      leftOut = true;
      seen.gap();
    },
    isEnough: () => seen.text.length > charsMax + LOOK_AHEAD_CHARS,
  });
  const { text } = seen;
  const isLong = text.length > charsMax;
  const place = isLong ? cutPlace(text, charsMax - 1, language) : text.length;
  const writer = new ExcerptWriter(place);
  walk(html, writer);
  const isCut = isLong || leftOut || options.isPart === true;
  return {
    html: writer.finish(isCut ? ending(options.permalink, place > 0) : ''),
    text: isLong ? `${text.slice(0, place)}…` : text,
    isCut,
  };
}

/** Nothing that would have to be translated: where the rest is, and an ellipsis that says that there is more. */
function ending(permalink: string | undefined, afterWords: boolean): string {
  const host = permalink === undefined ? undefined : URL.parse(permalink)?.hostname;
  if (permalink === undefined || host === undefined) return '…';
  const ellipsis = afterWords ? '… ' : '';
  return `${ellipsis}<a href="${escaped(permalink)}" rel="noopener nofollow">${escaped(host)}</a>`;
}

interface Walker {
  onText(text: string): void;
  /** The edge of a block: words on its sides are apart. */
  onBlock(): void;
  onLeftOut?(): void;
  onOpen?(name: string, markup: string): void;
  onClose?(name: string): void;
  isEnough(): boolean;
}

/** Reads as much as the walker wants to know. */
function walk(html: string, walker: Walker): void {
  let within = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (within > 0 || LEFT_OUT.has(name)) {
          if (within === 0) walker.onLeftOut?.();
          within += 1;
          return;
        }
        if (BLOCKS.has(name) || name === 'br') walker.onBlock();
        walker.onOpen?.(name, markupOf(name, attributes));
      },
      onclosetag(name) {
        if (within > 0) {
          within -= 1;
          return;
        }
        if (BLOCKS.has(name)) walker.onBlock();
        if (!VOID.has(name)) walker.onClose?.(name);
      },
      ontext(text) {
        if (within === 0) walker.onText(text);
      },
    },
    { decodeEntities: true, Tokenizer: BOUNDED },
  );
  for (let at = 0; at < html.length && !walker.isEnough(); at += CHUNK_CHARS)
    parser.write(html.slice(at, at + CHUNK_CHARS));
  parser.end();
}

function markupOf(name: string, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${written.join('')}${VOID.has(name) ? ' /' : ''}>`;
}

/** As core/sanitize writes it: quotes stay as they are in text. */
function escapedText(text: string): string {
  return text.replace(/[&<>]/g, (char) => ESCAPES[char] ?? char);
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text in one line: white space and edges of blocks are one space between words. */
class TextFolder {
  text = '';
  private isApart = false;

  gap(): void {
    this.isApart = true;
  }

  add(text: string): void {
    for (const [index, word] of text.split(/\s+/).entries()) {
      if (index > 0) this.isApart = true;
      if (word === '') continue;
      this.text += this.isApart && this.text !== '' ? ` ${word}` : word;
      this.isApart = false;
    }
  }
}

/** Writes HTML until `place` characters of folded text are in it. An element is opened when something is to stand in it. */
class ExcerptWriter implements Walker {
  private readonly place: number;
  private written = 0;
  private isApart = false;
  private out = '';
  private readonly open: string[] = [];
  private waiting: { readonly name: string; readonly markup: string }[] = [];
  private isDone: boolean;

  constructor(place: number) {
    this.place = place;
    this.isDone = place === 0;
  }

  onBlock(): void {
    this.isApart = true;
  }

  onLeftOut(): void {
    this.isApart = true;
    if (!this.isDone && this.written > 0 && this.waiting.length === 0 && !/\s$/.test(this.out))
      this.out += ' ';
  }

  onOpen(name: string, markup: string): void {
    if (!this.isDone) this.waiting.push({ name, markup });
  }

  onClose(name: string): void {
    if (this.isDone) return;
    const waiting = this.waiting.findLastIndex((element) => element.name === name);
    if (waiting !== -1) this.waiting = this.waiting.slice(0, waiting);
    else if (this.open.at(-1) === name) {
      this.waiting = [];
      this.out += `</${this.open.pop()}>`;
    }
  }

  onText(text: string): void {
    if (this.isDone) return;
    const end = this.endIn(text);
    const part = text.slice(0, end);
    if (part.trim() !== '') this.flush();
    if (part.trim() !== '' || this.waiting.length === 0) this.out += escapedText(part);
    this.isDone = this.written >= this.place;
  }

  /** How much of `text` still fits; counts it as folded. */
  private endIn(text: string): number {
    for (let at = 0; at < text.length; at++) {
      if (/\s/.test(text.charAt(at))) {
        this.isApart = true;
        continue;
      }
      const width = this.isApart && this.written > 0 ? 2 : 1;
      if (this.written + width > this.place) return at;
      this.written += width;
      this.isApart = false;
      if (this.written >= this.place) return at + 1;
    }
    return text.length;
  }

  private flush(): void {
    for (const { name, markup } of this.waiting) {
      this.out += markup;
      if (!VOID.has(name)) this.open.push(name);
    }
    this.waiting = [];
  }

  isEnough(): boolean {
    return this.isDone;
  }

  /** Within the last block that has words, behind them. */
  finish(ending: string): string {
    while (this.open.length > 0 && !BLOCKS.has(this.open.at(-1) ?? '')) this.out += `</${this.open.pop()}>`;
    const rest = this.open.toReversed().map((name) => `</${name}>`);
    const html = `${this.out.trimEnd()}${rest.join('')}`;
    if (ending === '') return html;
    if (html === '') return `<p>${ending}</p>`;
    const edge = LAST_EDGE.exec(html)?.index ?? html.length;
    return `${html.slice(0, edge).trimEnd()}${ending}${html.slice(edge)}`;
  }
}

/** The closing tags of blocks at the very end. */
const LAST_EDGE =
  /(?:<\/(?:address|article|aside|blockquote|dd|details|div|dl|dt|footer|h[1-6]|header|li|ol|p|pre|section|summary|ul)>\s*)+$/;
