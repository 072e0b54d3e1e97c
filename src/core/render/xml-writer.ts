// Writes XML 1.0 as text. Every text and attribute is escaped here and nowhere else; what XML forbids is dropped. Never
// CDATA: a publisher's `]]>` has nothing to end.

/** What XML 1.0 (section 2.2) forbids once surrogates are paired, and what must be escaped in text. */
const TEXT_SPECIAL = /[&<>\r\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
const TEXT_SPECIALS = /[&<>\r\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const ATTRIBUTE_SPECIAL = /[&<>"\t\n\r\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
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
  const mended = text.toWellFormed();
  return TEXT_SPECIAL.test(mended) ? mended.replace(TEXT_SPECIALS, escapeOrDrop) : mended;
}

function escapeXmlAttribute(text: string): string {
  const mended = text.toWellFormed();
  return ATTRIBUTE_SPECIAL.test(mended) ? mended.replace(ATTRIBUTE_SPECIALS, escapeOrDrop) : mended;
}

function escapeOrDrop(char: string): string {
  return ESCAPES[char] ?? '';
}

/** Attributes that are undefined are left out. */
export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/** Names of elements and attributes are ours: they are written as given. */
export class XmlWriter {
  #xml = '<?xml version="1.0" encoding="utf-8"?>\n';
  readonly #open: string[] = [];

  open(name: string, attributes: XmlAttributes = {}): this {
    this.#xml += `${this.#indent()}<${name}${attributesXml(attributes)}>\n`;
    this.#open.push(name);
    return this;
  }

  close(): this {
    const name = this.#open.pop();
    if (name === undefined) throw new Error('no element is open');
    this.#xml += `${this.#indent()}</${name}>\n`;
    return this;
  }

  /** An element with text; none at all where the text is undefined. */
  element(name: string, text: string | number | undefined, attributes: XmlAttributes = {}): this {
    if (text === undefined) return this;
    this.#xml += `${this.#indent()}<${name}${attributesXml(attributes)}>${escapeXmlText(String(text))}</${name}>\n`;
    return this;
  }

  /** An element without content. */
  empty(name: string, attributes: XmlAttributes): this {
    this.#xml += `${this.#indent()}<${name}${attributesXml(attributes)}/>\n`;
    return this;
  }

  /** The document. Throws where an element is still open. */
  finish(): string {
    if (this.#open.length > 0) throw new Error(`still open: ${this.#open.join(', ')}`);
    return this.#xml;
  }

  #indent(): string {
    return '  '.repeat(this.#open.length);
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
