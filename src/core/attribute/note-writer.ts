// Writes a note's pieces as HTML. It knows just enough of HTML to tell text from tags and attributes, so that each value is
// escaped for where it stands, once, and never read as a template itself; and a link without an address loses its tags but
// keeps its text.
import type { NamedLink } from '../../model/edition.ts';
import { splitTemplate } from '../../model/note-template.ts';

const URL_ATTRIBUTES = new Set(['href', 'src', 'cite']);
/** Attributes in which text is more than text. */
const ACTIVE_ATTRIBUTE = /^(?:on.*|style|srcdoc|srcset|action|formaction|poster|data|background)$/i;
/** `name=` at the end of an unfinished tag. */
const ATTRIBUTE_NAME = /([^\s"'<>/=]+)\s*=\s*$/;

/** A placeholder's value. Absent: it is missing. */
export interface NoteValue {
  readonly text: string;
  /** What stands in an address attribute. */
  readonly url?: string | undefined;
  /** What stands in text in place of `text`, as links. */
  readonly links?: readonly NamedLink[] | undefined;
}

export type NoteValues = ReadonlyMap<string, NoteValue>;

/** `template` with its values, without the optional parts in which one is missing. */
export function writeNote(template: string, values: NoteValues, comma: string): string {
  const note = new NoteWriter(comma);
  for (const { optional, pieces } of splitTemplate(template)) {
    if (optional && pieces.some((piece) => piece.kind === 'value' && !values.has(piece.name))) continue;
    for (const piece of pieces) {
      if (piece.kind === 'literal') note.literal(piece.text);
      else note.value(values.get(piece.name));
    }
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

export function linkTo({ title, url }: NamedLink): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(title)}</a>`;
}

class NoteWriter {
  readonly #comma: string;
  #html = '';
  /** The tag being written, from `<`; undefined in text. */
  #tag: string | undefined;
  #quote = '';
  /** The tag has an address that is missing or none. */
  #broken = false;
  /** For each open `<a>`: whether its tags are written. */
  readonly #links: boolean[] = [];

  constructor(comma: string) {
    this.#comma = comma;
  }

  literal(text: string): void {
    for (const char of text) {
      if (this.#tag === undefined) {
        if (char === '<') this.#tag = char;
        else this.#html += char;
        continue;
      }
      this.#tag += char;
      if (this.#quote !== '') {
        if (char === this.#quote) this.#quote = '';
      } else if (char === '"' || char === "'") this.#quote = char;
      else if (char === '>') this.#endTag();
    }
  }

  value(value: NoteValue | undefined): void {
    if (this.#tag === undefined) {
      if (value !== undefined) this.#html += this.#text(value);
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

  finish(): string {
    // An unfinished tag would swallow what follows the note.
    return this.#html;
  }

  /** Links do not stand within links. */
  #text({ text, links }: NoteValue): string {
    if (links === undefined || this.#links.includes(true)) return escapeHtml(text);
    return links.map(linkTo).join(escapeHtml(this.#comma));
  }

  #endTag(): void {
    const tag = this.#tag ?? '';
    const isLink = /^<a[\s>]/i.test(tag);
    const closesLink = /^<\/a[\s>]/i.test(tag);
    const keep = closesLink ? (this.#links.pop() ?? false) : !this.#broken;
    if (isLink) this.#links.push(keep);
    if (keep) this.#html += tag;
    this.#tag = undefined;
    this.#broken = false;
  }
}

/** What to write of a value in an attribute; undefined where an address is needed and there is none. */
function attributeText(attribute: string, before: string, value: NoteValue | undefined): string | undefined {
  if (!URL_ATTRIBUTES.has(attribute)) return escapeHtml(value?.text ?? '');
  if (value === undefined) return undefined;
  if (before !== '') return escapeHtml(encodeURIComponent(value.url ?? value.text));
  return value.url === undefined ? undefined : escapeHtml(value.url);
}
