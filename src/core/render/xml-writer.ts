// Writes XML 1.0 as text. Every text and attribute is escaped here and nowhere else; what XML forbids is dropped. Never
// CDATA: a publisher's `]]>` has nothing to end.
import type { CarriedElement } from './carried-elements.ts';

/**
 * What must be escaped, and what XML 1.0 (section 2.2) forbids once surrogates are paired. One expression with a callback is the
 * fastest in V8: replacing one character after another copies the text as often (bench/render.ts).
 */
const TEXT_SPECIALS = /[&<>\r\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const ATTRIBUTE_SPECIALS = /[&<>"\t\n\r\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

function escapeXmlText(text: string): string {
  return text.toWellFormed().replace(TEXT_SPECIALS, escapeOrDrop);
}

function escapeXmlAttribute(text: string): string {
  return text.toWellFormed().replace(ATTRIBUTE_SPECIALS, escapeOrDrop);
}

function escapeOrDrop(char: string): string {
  return ESCAPES[char] ?? '';
}

/** Attributes that are undefined are left out. */
export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/** Names of elements and attributes are ours, or passed core/render/carried-elements: they are written as given. */
export class XmlWriter {
  #xml = '<?xml version="1.0" encoding="utf-8"?>\n';
  /** The line break's indentation, kept beside the names: it is needed for every line. */
  #indent = '';
  readonly #open: string[] = [];

  open(name: string, attributes?: XmlAttributes): this {
    this.#xml += `${this.#indent}<${name}${attributes === undefined ? '' : attributesXml(attributes)}>\n`;
    this.#open.push(name);
    this.#indent += '  ';
    return this;
  }

  close(): this {
    const name = this.#open.pop();
    if (name === undefined) throw new Error('no element is open');
    this.#indent = this.#indent.slice(2);
    this.#xml += `${this.#indent}</${name}>\n`;
    return this;
  }

  /** An element with text; none at all where the text is undefined. */
  element(name: string, text: string | number | undefined, attributes?: XmlAttributes): this {
    if (text === undefined) return this;
    const start = attributes === undefined ? name : name + attributesXml(attributes);
    const content = typeof text === 'number' ? String(text) : escapeXmlText(text);
    this.#xml += `${this.#indent}<${start}>${content}</${name}>\n`;
    return this;
  }

  /** An element without content. */
  empty(name: string, attributes: XmlAttributes): this {
    this.#xml += `${this.#indent}<${name}${attributesXml(attributes)}/>\n`;
    return this;
  }

  /** Elements of other vocabularies. A prefix that the document's root does not declare is declared on the outermost one. */
  carried(elements: readonly CarriedElement[], declared: readonly string[] = []): this {
    for (const element of elements) this.#carriedOne(element, declared);
    return this;
  }

  /** The document. Throws where an element is still open. */
  finish(): string {
    if (this.#open.length > 0) throw new Error(`still open: ${this.#open.join(', ')}`);
    return this.#xml;
  }

  #carriedOne(element: CarriedElement, declared: readonly string[]): void {
    const { prefix, local, namespace, text, children } = element;
    const name = `${prefix}:${local}`;
    const declares = namespace !== undefined && !declared.includes(prefix);
    let start = declares ? `${name} xmlns:${prefix}="${escapeXmlAttribute(namespace)}"` : name;
    for (const [attribute, value] of element.attributes)
      start += ` ${attribute}="${escapeXmlAttribute(value)}"`;
    if (children.length === 0) {
      const content = text === '' ? '/>' : `>${escapeXmlText(text)}</${name}>`;
      this.#xml += `${this.#indent}<${start}${content}\n`;
      return;
    }
    this.#xml += `${this.#indent}<${start}>${escapeXmlText(text)}\n`;
    this.#open.push(name);
    this.#indent += '  ';
    this.carried(children, declares ? [...declared, prefix] : declared);
    this.close();
  }
}

function attributesXml(attributes: XmlAttributes): string {
  let xml = '';
  for (const name in attributes) {
    const value = attributes[name];
    if (value !== undefined) xml += ` ${name}="${escapeXmlAttribute(String(value))}"`;
  }
  return xml;
}
