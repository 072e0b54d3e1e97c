// Writes a note's pieces as HTML and as text. It knows just enough of HTML to tell text from tags and attributes, so that
// each value is escaped for where it stands, and a link without an address loses its tags but keeps its text.
import type { NoteValues, TemplatePiece } from './note-template.ts';

const URL_ATTRIBUTES = new Set(['href', 'src', 'cite']);
/** Attributes in which text is more than text. */
const ACTIVE_ATTRIBUTE = /^(?:on.*|style|srcdoc|srcset|action|formaction|poster|data|background)$/i;
/** `name=` at the end of an unfinished tag. */
const ATTRIBUTE_NAME = /([^\s"'<>/=]+)\s*=\s*$/;
const LINE_ENDING = /^<(?:br|\/p|\/div|\/li)\b/i;

export interface WrittenNote {
  readonly html: string;
  readonly text: string;
}

export function writeNote(pieces: readonly TemplatePiece[], values: NoteValues): WrittenNote {
  const note = new NoteWriter();
  for (const piece of pieces) {
    if (piece.kind === 'literal') note.literal(piece.text);
    else note.value(values.get(piece.name));
  }
  return note.finish();
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

class NoteWriter {
  #html = '';
  #text = '';
  /** The tag being written, from `<`; undefined in text. */
  #tag: string | undefined;
  #quote = '';
  /** The tag has an address that is missing or none. */
  #broken = false;
  /** For each open `<a>`: whether its tags are written. */
  readonly #links: boolean[] = [];

  literal(text: string): void {
    for (const char of text) {
      if (this.#tag === undefined) {
        if (char === '<') this.#tag = char;
        else this.#write(char, char);
        continue;
      }
      this.#tag += char;
      if (this.#quote !== '') {
        if (char === this.#quote) this.#quote = '';
      } else if (char === '"' || char === "'") this.#quote = char;
      else if (char === '>') this.#endTag();
    }
  }

  value(value: { readonly text: string; readonly url: boolean } | undefined): void {
    if (this.#tag === undefined) {
      if (value !== undefined) this.#write(escapeHtml(value.text), escapeHtml(value.text));
      return;
    }
    // Values hold no quotes of their own: the last one opened this attribute.
    const start = this.#quote === '' ? this.#tag.length : this.#tag.lastIndexOf(this.#quote);
    const name = ATTRIBUTE_NAME.exec(this.#tag.slice(0, start))?.[1];
    if (name === undefined || ACTIVE_ATTRIBUTE.test(name)) return;
    const text = attributeText(name.toLowerCase(), this.#tag.slice(start + 1), value);
    if (text === undefined) this.#broken = true;
    else this.#tag += this.#quote === '' ? `"${text}"` : text;
  }

  finish(): WrittenNote {
    // An unfinished tag would swallow what follows the note.
    const text = decodeEntities(this.#text)
      .replace(/[ \t]*\n\s*/g, '\n')
      .trim();
    return { html: this.#html, text };
  }

  #write(html: string, text: string): void {
    this.#html += html;
    this.#text += text;
  }

  #endTag(): void {
    const tag = this.#tag ?? '';
    const isLink = /^<a[\s>]/i.test(tag);
    const closesLink = /^<\/a[\s>]/i.test(tag);
    const keep = closesLink ? (this.#links.pop() ?? false) : !this.#broken;
    if (isLink) this.#links.push(keep);
    this.#write(keep ? tag : '', LINE_ENDING.test(tag) ? '\n' : '');
    this.#tag = undefined;
    this.#broken = false;
  }
}

/** What to write of a value in an attribute; undefined where an address is needed and there is none. */
function attributeText(
  attribute: string,
  before: string,
  value: { readonly text: string; readonly url: boolean } | undefined,
): string | undefined {
  if (!URL_ATTRIBUTES.has(attribute)) return escapeHtml(value?.text ?? '');
  if (value === undefined) return undefined;
  if (before !== '') return escapeHtml(encodeURIComponent(value.text));
  return value.url ? escapeHtml(value.text) : undefined;
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  middot: '·',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  raquo: '»',
  laquo: '«',
};

/** Entities that wordings have, and all numeric ones; others stay as they are. */
function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));/g,
    (entity, decimal, hex, name) => {
      if (name !== undefined) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? entity) : entity;
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : '\ufffd';
    },
  );
}
