// A node of the tree that the XML front end builds, and the few questions that fields ask of it. Names are canonical
// (names.ts). Attributes are a list and children are found by walking: no name from a document becomes an object's key.
import type { BaseScope } from '../../../model/raw-feed.ts';
import { type AttributeList, attributeNamed } from './attributes.ts';
import type { ElementName } from './element-names.ts';

const NONE: readonly XmlElement[] = [];
const NO_TEXTS: readonly string[] = [];
/** So many children are looked through one by one. */
const FEW = 32;

export class XmlElement {
  /** Canonical: `title`, `atom:link`, `dc:creator`. */
  readonly name: string;
  /** Names and values in turn; names canonical. */
  readonly attributes: AttributeList;
  children: readonly XmlElement[] = NONE;
  private own: XmlElement[] | undefined;
  /** Character data outside of child elements, references decoded. */
  text = '';
  /** Where markup stands in a text field: its content as HTML, in order. */
  html: string | undefined;
  /** Part of `text` came as CDATA. */
  hasCdata = false;
  clipped = false;
  base: BaseScope | undefined;
  language: string | undefined;
  /** Of elements that stand in a document. */
  readonly kind: ElementName | undefined;
  /** Attributes with names as written, namespace declarations among them. */
  readonly written: AttributeList;
  /** Two bits for each name among the children: most of what fields ask for is not there. */
  private bits = 0;
  private moreBits = 0;
  /** Where there are many children. */
  private byName: Map<string, XmlElement[]> | undefined;

  constructor(
    name: string,
    attributes: AttributeList,
    base: BaseScope | undefined,
    language: string | undefined,
    kind?: ElementName,
    written: AttributeList = attributes,
  ) {
    this.name = name;
    this.attributes = attributes;
    this.base = base;
    this.language = language;
    this.kind = kind;
    this.written = written;
  }

  addChild(child: XmlElement): void {
    if (this.own === undefined) {
      this.own = [child];
      this.children = this.own;
    } else this.own.push(child);
    this.bits |= bitOf(child.name);
    this.moreBits |= otherBitOf(child.name);
  }

  /** Fields ask more than a hundred times for children of one item: false for nearly all names that are not there. */
  mayHave(name: string): boolean {
    return (this.bits & bitOf(name)) !== 0 && (this.moreBits & otherBitOf(name)) !== 0;
  }

  mayHaveAny(names: readonly string[]): boolean {
    for (let index = 0; index < names.length; index += 1) {
      if (this.mayHave(names[index] ?? '')) return true;
    }
    return false;
  }

  /** In document order. */
  named(name: string): readonly XmlElement[] {
    if (!this.mayHave(name)) return NONE;
    if (this.children.length > FEW) return this.sorted().get(name) ?? NONE;
    let found: XmlElement[] | undefined;
    for (const child of this.children) {
      if (child.name !== name) continue;
      found ??= [];
      found.push(child);
    }
    return found ?? NONE;
  }

  private sorted(): Map<string, XmlElement[]> {
    this.byName ??= Map.groupBy(this.children, (child) => child.name);
    return this.byName;
  }
}

/** One of 32, by length and two letters each: such that names that stand together in items mostly have different ones. */
function bitOf(name: string): number {
  const last = name.charCodeAt(name.length - 1);
  return 1 << (name.length + 31 * last + 18 * name.charCodeAt(name.length >> 1));
}

function otherBitOf(name: string): number {
  const early = name.charCodeAt(name.length >> 2);
  return 1 << (10 * name.length + 4 * early + 9 * name.charCodeAt(name.length - 2));
}

export function attributeOf(element: XmlElement, name: string): string | undefined {
  return attributeNamed(element.attributes, name);
}

/** The text of an element with white space trimmed; undefined where it is empty. */
export function textOf(element: XmlElement | undefined): string | undefined {
  const text = element?.text.trim();
  return text === '' ? undefined : text;
}

export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.mayHave(name) ? element.named(name)[0] : undefined;
}

/** Children of any of the names: by the order of the names, then of the document; at most `max`. */
export function childrenNamed(
  element: XmlElement,
  names: readonly string[],
  max: number,
): readonly XmlElement[] {
  let found: XmlElement[] | undefined;
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index];
    if (name === undefined || !element.mayHave(name)) continue;
    for (const child of element.named(name)) {
      found ??= [];
      if (found.length < max) found.push(child);
    }
  }
  return found ?? NONE;
}

/** The texts of `childrenNamed`, empty ones left out. */
export function textsNamed(element: XmlElement, names: readonly string[], max: number): readonly string[] {
  const children = childrenNamed(element, names, max);
  return children.length === 0 ? NO_TEXTS : children.map(textOf).filter((text) => text !== undefined);
}
