// A node of the tree that the XML front end builds, and the few questions that fields ask of it. Names are canonical
// (names.ts). Attributes are a list and children are found by walking: no name from a document becomes an object's key.
import type { BaseScope } from '../../../model/raw-feed.ts';
import { type AttributeList, attributeNamed } from './attributes.ts';
import type { ElementName } from './element-names.ts';

const NONE: readonly XmlElement[] = [];

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
  }

  /** In document order. Fields ask for some eighty names of one item, so that they are sorted once, when all are there. */
  named(name: string): readonly XmlElement[] {
    if (this.children.length === 0) return NONE;
    this.byName ??= Map.groupBy(this.children, (child) => child.name);
    return this.byName.get(name) ?? NONE;
  }
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
  return element.named(name)[0];
}

/** Children of any of the names: by the order of the names, then of the document; at most `max`. */
export function childrenNamed(element: XmlElement, names: readonly string[], max: number): XmlElement[] {
  const found: XmlElement[] = [];
  for (const name of names) {
    for (const child of element.named(name)) {
      if (found.length < max) found.push(child);
    }
  }
  return found;
}

/** The texts of `childrenNamed`, empty ones left out. */
export function textsNamed(element: XmlElement, names: readonly string[], max: number): string[] {
  return childrenNamed(element, names, max)
    .map(textOf)
    .filter((text) => text !== undefined);
}
