// Elements of other vocabularies than the formats' own, as trees with names in their right spelling: media, iTunes,
// Podcasting 2.0 and whatever else a publisher adds. What they mean is asked later (model/extensions); here they are bounded.
import type { RawExtension } from '../../../model/raw-feed.ts';
import { extensionAttribute, isKnownVocabulary, isWellFormedName } from '../../../model/vocabularies.ts';
import type { ParseLimits } from '../limits.ts';
import { isDeclaration } from '../xml/attributes.ts';
import type { XmlElement } from '../xml/element.ts';

export interface ReadExtensions {
  readonly elements: readonly RawExtension[];
  /** Something was over a bound. */
  readonly isClipped: boolean;
}

/** Of the children of all `holders`, in document order; undefined where there are none, as in most items. */
export function readExtensions(
  holders: readonly XmlElement[],
  limits: ParseLimits,
): ReadExtensions | undefined {
  let reader: ExtensionReader | undefined;
  for (const holder of holders) {
    for (const child of holder.children) {
      if (child.kind?.isExtension !== true && !hasThread(child)) continue;
      reader ??= new ExtensionReader(limits);
      reader.add(child);
    }
  }
  return reader;
}

/** An Atom link that says how many replies there are (RFC 4685, section 4): kept for these attributes. */
function hasThread(element: XmlElement): boolean {
  if (element.name !== 'atom:link') return false;
  const { attributes } = element;
  for (let index = 0; index < attributes.length; index += 2) {
    if (attributes[index]?.startsWith('thr:')) return true;
  }
  return false;
}

class ExtensionReader implements ReadExtensions {
  readonly elements: RawExtension[] = [];
  isClipped = false;
  private readonly limits: ParseLimits;
  private elementsLeft: number;
  private charsLeft: number;

  constructor(limits: ParseLimits) {
    this.limits = limits;
    this.elementsLeft = limits.extensionsMax;
    this.charsLeft = limits.extensionCharsMax;
  }

  add(element: XmlElement): void {
    const read = this.read(element, 1);
    if (read !== undefined) this.elements.push(read);
  }

  /** Undefined where a bound is reached: then nothing is kept of it, rather than half. */
  private read(element: XmlElement, depth: number): RawExtension | undefined {
    const name = element.kind?.extension();
    if (name === undefined || !name.isWellFormed) return undefined;
    if (depth > this.limits.extensionDepthMax || this.elementsLeft === 0) return this.clip();
    this.elementsLeft -= 1;
    const attributes = this.attributesOf(element, isKnownVocabulary(name.namespace));
    const text = this.textOf(element);
    if (text === undefined || !this.has(charsIn(attributes) + text.length)) return this.clip();
    const children: RawExtension[] = [];
    for (const child of element.children) {
      const read = this.read(child, depth + 1);
      if (read !== undefined) children.push(read);
    }
    return { name: name.name, namespace: name.namespace, attributes, text, children, base: element.base };
  }

  private textOf(element: XmlElement): string | undefined {
    const text = (element.html ?? element.text).trim();
    if (text.length > this.limits.extensionTextCharsMax) return undefined;
    if (element.clipped) this.isClipped = true;
    return text;
  }

  /** The tree's attributes are those written, in their order, without the declarations among these. */
  private attributesOf(element: XmlElement, isKnown: boolean): [name: string, value: string][] {
    const { attributes, written } = element;
    const read: [string, string][] = [];
    let at = 0;
    for (let index = 0; index < attributes.length; index += 2) {
      const canonical = attributes[index] ?? '';
      while (isDeclaration(written[at] ?? '')) at += 2;
      const name = extensionAttribute(canonical, written[at] ?? '', isKnown);
      at += 2;
      if (canonical === 'xml:base' || !isWellFormedName(name) || read.some(([known]) => known === name))
        continue;
      read.push([name, (attributes[index + 1] ?? '').trim()]);
    }
    return read;
  }

  private has(chars: number): boolean {
    if (chars > this.charsLeft) return false;
    this.charsLeft -= chars;
    return true;
  }

  private clip(): undefined {
    this.isClipped = true;
    return undefined;
  }
}

function charsIn(attributes: readonly (readonly [string, string])[]): number {
  return attributes.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
}
