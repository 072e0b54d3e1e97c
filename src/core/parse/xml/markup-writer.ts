// Elements that stand in a text field, such as XHTML content or HTML that was not escaped, written out as HTML in the
// order in which they come. `xml:base` stays as an attribute for whoever resolves URLs; `xml:lang` becomes `lang`.
import { type AttributeList, attributeNamed } from './attributes.ts';
import type { XmlElement } from './element.ts';
import { VOID_ELEMENTS } from './html-elements.ts';

/** Prefixes whose elements HTML knows by their plain names. */
const HTML_PREFIXES: ReadonlySet<string> = new Set(['', 'xhtml', 'svg', 'mathml', 'atom']);

export class MarkupWriter {
  /** The text field. */
  readonly field: XmlElement;
  private readonly charsMax: number;
  /** Atom's XHTML has a `div` around it that is no part of the content (RFC 4287, section 3.1.1.3). */
  private readonly unwraps: boolean;
  private readonly source: string;
  private html = '';
  /** What of the source is to be copied next. */
  private copyStart = 0;
  private copyEnd = 0;
  private depth = 0;
  private outermost = 0;
  private innerStart = 0;
  private innerEnd = 0;
  private wrapper: AttributeList | undefined;
  private hasOuterText = false;

  constructor(source: string, field: XmlElement, charsMax: number) {
    this.source = source;
    this.field = field;
    this.charsMax = charsMax;
    this.unwraps = field.name.startsWith('atom:');
    if (field.text !== '') {
      if (field.hasCdata) this.cdata(field.text);
      else this.text(field.text);
    }
  }

  /** `attributes` are canonical names and values in turn. Returns the name to close it by: none for a void element. */
  open(name: string, tag: string, attributes: AttributeList): string {
    const local = htmlName(name, tag);
    const isVoid = VOID_ELEMENTS.has(local);
    if (this.depth === 0) {
      this.outermost += 1;
      this.wrapper = local === 'div' ? attributes : undefined;
    }
    this.write(`<${local}${writeAttributes(attributes)}>`);
    if (this.depth === 0) this.innerStart = this.html.length;
    if (isVoid) return '';
    this.depth += 1;
    return local;
  }

  /** A tag that stands as it would be written: up to its `>`, or the `/>` of a void element. */
  openAsWritten(start: number, end: number, isVoid: boolean): void {
    if (this.depth === 0) {
      this.outermost += 1;
      this.wrapper = undefined;
    }
    if (this.source.charCodeAt(end) === 0x3e) {
      this.copy(start, end + 1);
    } else {
      this.copy(start, end);
      this.write('>');
    }
    if (!isVoid) this.depth += 1;
  }

  /** `start` and `end`: of the end tag in the source, where there is one. */
  close(local: string, start = 0, end = start): void {
    if (local === '') return;
    this.depth -= 1;
    if (this.depth === 0) {
      this.flush();
      this.innerEnd = this.html.length;
    }
    if (end - start === local.length + 3 && this.source.startsWith(local, start + 2)) this.copy(start, end);
    else this.write(`</${local}>`);
  }

  text(text: string): void {
    if (this.depth === 0 && text.trim() !== '') this.hasOuterText = true;
    this.write(escapeMarkup(text));
  }

  /** Text that stands as it would be written. */
  textAsWritten(start: number, end: number): void {
    if (this.depth === 0 && this.source.slice(start, end).trim() !== '') this.hasOuterText = true;
    this.copy(start, end);
  }

  /** In RSS, CDATA is how HTML is written; in XHTML it is text. */
  cdata(text: string): void {
    if (this.unwraps) {
      this.text(text);
      return;
    }
    if (this.depth === 0) this.hasOuterText = true;
    this.write(text);
  }

  /** Gives the field its content, without the `div` around it, whose base and language become the field's. */
  finish(): void {
    this.flush();
    const field = this.field;
    const wrapper = this.wrapper;
    const isWrapped = this.unwraps && this.outermost === 1 && !this.hasOuterText && !field.clipped;
    if (!isWrapped || wrapper === undefined) {
      field.html = this.html;
      return;
    }
    field.html = this.html.slice(this.innerStart, this.innerEnd);
    const base = attributeNamed(wrapper, 'xml:base');
    if (base !== undefined) field.base = { href: base, outer: field.base };
    field.language = attributeNamed(wrapper, 'xml:lang') ?? field.language;
  }

  private copy(start: number, end: number): void {
    if (start !== this.copyEnd) {
      this.flush();
      this.copyStart = start;
    }
    this.copyEnd = end;
  }

  private flush(): void {
    if (this.copyEnd > this.copyStart) this.append(this.source.slice(this.copyStart, this.copyEnd));
    this.copyStart = this.copyEnd;
  }

  private write(html: string): void {
    this.flush();
    this.append(html);
  }

  private append(html: string): void {
    if (this.field.clipped) return;
    if (this.html.length + html.length > this.charsMax) {
      this.field.clipped = true;
      this.html += html.slice(0, this.charsMax - this.html.length);
      return;
    }
    this.html += html;
  }
}

function htmlName(name: string, tag: string): string {
  const colon = name.indexOf(':');
  if (colon < 0) return name;
  return HTML_PREFIXES.has(name.slice(0, colon)) ? name.slice(colon + 1) : tag.replace(/[^\w:.-]/g, '');
}

function writeAttributes(attributes: AttributeList): string {
  let written = '';
  for (let index = 0; index < attributes.length; index += 2) {
    const name = attributes[index] === 'xml:lang' ? 'lang' : attributes[index];
    if (name === undefined || /[^\w:.-]/.test(name)) continue;
    written += ` ${name}="${escapeMarkup(attributes[index + 1] ?? '').replaceAll('"', '&quot;')}"`;
  }
  return written;
}

function escapeMarkup(text: string): string {
  if (!text.includes('&') && !text.includes('<') && !text.includes('>')) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
