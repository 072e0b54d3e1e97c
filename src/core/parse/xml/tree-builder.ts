// Turns the tokens of a feed, well-formed or not, into a tree and a list of its items. Tolerant: stray, crossed and
// missing end tags cost nothing but themselves. Bounded: depth, items, children, attributes and texts (limits.ts).
import type { ParseLimits } from '../limits.ts';
import { type AttributeList, attributeNamed, canonicalAttributes, declarationsIn } from './attributes.ts';
import { XmlElement } from './element.ts';
import { FrameStack } from './frame-stack.ts';
import { MarkupWriter, VOID_ELEMENTS } from './markup-writer.ts';
import { NamespaceScope, scopeOfRoot } from './namespace-scope.ts';
import {
  endsItsLike,
  impliesEnd,
  isContainer,
  isEmptyAnywhere,
  isItemName,
  isTextField,
  type RootKind,
  rootKindOf,
} from './roles.ts';

export interface XmlTree {
  readonly root: XmlElement | undefined;
  readonly rootKind: RootKind | undefined;
  /** Items and entries wherever they stand, in document order. */
  readonly items: readonly XmlElement[];
  /** Items beyond the bound. */
  readonly itemsDropped: number;
  /** Something was not well-formed. */
  readonly isDamaged: boolean;
  readonly isClipped: boolean;
}

interface StartTag {
  /** As written, and in lower case. */
  readonly tag: string;
  readonly key: string;
  readonly name: string;
  readonly scope: NamespaceScope;
  readonly attributes: AttributeList;
  readonly isSelfClosing: boolean;
}

export class TreeBuilder {
  private readonly limits: ParseLimits;
  private readonly stack: FrameStack;
  private readonly items: XmlElement[] = [];
  private readonly outermostScope = new NamespaceScope();
  private root: XmlElement | undefined;
  private rootKind: RootKind | undefined;
  private rootScope: NamespaceScope | undefined;
  private openItem: XmlElement | undefined;
  private markup: MarkupWriter | undefined;
  /** Lower-case name of the first element in the document, whatever it is. */
  private firstKey: string | undefined;
  /** Within an item beyond the bound: its name. */
  private skippedKey: string | undefined;
  private itemsDropped = 0;
  private isDamaged = false;
  private isClipped = false;

  constructor(limits: ParseLimits) {
    this.limits = limits;
    this.stack = new FrameStack(limits.depthMax);
  }

  readonly damage = (): void => {
    this.isDamaged = true;
  };

  /** `attributes` are names as written and decoded values in turn. Throws ReadError `too-deep`. */
  open(tag: string, attributes: AttributeList, isSelfClosing: boolean): void {
    const key = tag.toLowerCase();
    this.firstKey ??= key;
    if (this.skippedKey !== undefined) {
      if (key === this.skippedKey) this.itemsDropped += 1;
      return;
    }
    const outer = this.stack.top;
    const declarations = declarationsIn(attributes);
    let scope = outer?.scope ?? this.rootScope ?? this.outermostScope;
    if (declarations.length > 0) scope = scope.declare(declarations);
    if (outer === undefined) {
      const rooted = this.enterRoot(tag, key, scope);
      if (rooted === undefined) return;
      scope = rooted;
    }
    const name = scope.elementName(tag);
    this.endWhatIsImplied(name);
    if (isItemName(name) && !this.isWithinContent && this.items.length >= this.limits.itemsMax) {
      this.itemsDropped += 1;
      if (!isSelfClosing) this.skippedKey = key;
      return;
    }
    this.push({ tag, key, name, scope, attributes: canonicalAttributes(attributes, scope), isSelfClosing });
  }

  close(tag: string): void {
    const key = tag.toLowerCase();
    if (this.skippedKey !== undefined) {
      const endsItem = key === this.skippedKey;
      if (!endsItem && !this.stack.has(key)) return;
      this.skippedKey = undefined;
      if (endsItem) return;
    }
    if (!this.stack.has(key)) {
      if (this.stack.top !== undefined && key !== 'p' && !VOID_ELEMENTS.has(key)) this.damage();
      return;
    }
    while (this.stack.top?.key !== key) {
      this.damage();
      this.pop();
    }
    this.pop();
  }

  text(text: string): void {
    if (this.markup !== undefined) this.markup.text(text);
    else this.append(text);
  }

  cdata(text: string): void {
    if (!this.takesText) return;
    if (this.markup !== undefined) {
      this.markup.cdata(text);
      return;
    }
    const element = this.stack.top?.element;
    if (element !== undefined) element.hasCdata = true;
    this.append(text);
  }

  /** Whether text here is worth decoding. */
  get takesText(): boolean {
    if (this.skippedKey !== undefined) return false;
    const element = this.stack.top?.element;
    return this.markup !== undefined || (element !== undefined && !isContainer(element.name));
  }

  /** A field of an item that was cut off by the end of the document is not kept: half a text is not what was said. */
  end(): XmlTree {
    const item = this.openItem;
    const field = item === undefined ? undefined : this.stack.within(item)?.element;
    if (this.stack.top !== undefined) this.damage();
    while (this.stack.top !== undefined) this.pop();
    if (field !== undefined && item?.children.at(-1) === field) item.children.pop();
    return {
      root: this.root,
      rootKind: this.rootKind,
      items: this.items,
      itemsDropped: this.itemsDropped,
      isDamaged: this.isDamaged,
      isClipped: this.isClipped,
    };
  }

  /** The scope of a feed's root; undefined for any other element, which is passed over with what is junk around it. */
  private enterRoot(tag: string, key: string, scope: NamespaceScope): NamespaceScope | undefined {
    const name = scope.elementName(tag);
    if (this.root !== undefined && isItemName(name)) {
      this.damage();
      return scope;
    }
    const isPlain = !tag.includes(':');
    let kind = rootKindOf(name) ?? (isPlain ? rootKindOf(key) : undefined);
    if (kind === 'channel' && this.firstKey !== key) kind = undefined;
    // A page may have a feed in it by mistake of its maker: then only what is Atom's by its namespace counts.
    if (this.firstKey === 'html' && !name.startsWith('atom:')) kind = undefined;
    if (kind === undefined || this.root !== undefined) this.damage();
    if (kind === undefined) return undefined;
    const rooted = scopeOfRoot(kind, isPlain, scope);
    this.rootKind ??= kind;
    this.rootScope ??= rooted;
    return rooted;
  }

  /** Atom's content may be any XML, another entry included (RFC 4287, section 4.1.3.3). */
  private get isWithinContent(): boolean {
    const field = this.markup?.field ?? this.stack.top?.element;
    return field?.name === 'atom:content';
  }

  private endWhatIsImplied(name: string): void {
    const top = this.stack.top?.element;
    if (top !== undefined && impliesEnd(top.name, name)) {
      this.damage();
      this.pop();
    }
    if (this.openItem === undefined || !isItemName(name) || this.isWithinContent) return;
    this.damage();
    while (this.openItem !== undefined) this.pop();
  }

  private push(start: StartTag): void {
    const outer = this.stack.top;
    if (this.markup === undefined && outer?.element !== undefined && isTextField(outer.element.name)) {
      this.markup = new MarkupWriter(outer.element, this.limits.contentCharsMax);
    }
    if (this.markup !== undefined) {
      this.pushMarkup(start, this.markup);
      return;
    }
    const { key, name, scope, attributes } = start;
    const href = attributeNamed(attributes, 'xml:base');
    const base = href === undefined ? outer?.base : { href, outer: outer?.base };
    const language = attributeNamed(attributes, 'xml:lang') ?? outer?.language;
    const element = new XmlElement(name, attributes, base, language);
    this.attach(element, outer?.element);
    this.stack.push({ key, scope, element, markupName: '', base, language });
    if (start.isSelfClosing || isEmptyAnywhere(name)) this.pop();
  }

  private attach(element: XmlElement, parent: XmlElement | undefined): void {
    if (isItemName(element.name)) {
      this.items.push(element);
      this.openItem = element;
      this.root ??= element;
    } else if (parent === undefined) {
      this.root ??= element;
    } else if (parent.children.length < this.limits.childrenMax) {
      parent.children.push(element);
    }
  }

  private pushMarkup(start: StartTag, markup: MarkupWriter): void {
    const { key, scope } = start;
    if (endsItsLike(key) && this.stack.top?.key === key) this.pop();
    const markupName = markup.open(start.name, start.tag, start.attributes);
    if (markupName === undefined) return;
    const outer = this.stack.top;
    this.stack.push({
      key,
      scope,
      element: undefined,
      markupName,
      base: outer?.base,
      language: outer?.language,
    });
    if (start.isSelfClosing) this.pop();
  }

  private pop(): void {
    const frame = this.stack.pop();
    if (frame === undefined) return;
    if (frame.element === undefined) {
      this.markup?.close(frame.markupName);
      return;
    }
    if (frame.element === this.markup?.field) {
      this.markup.finish();
      this.markup = undefined;
    }
    if (frame.element === this.openItem) this.openItem = undefined;
    if (frame.element.clipped) this.isClipped = true;
  }

  private append(text: string): void {
    const element = this.stack.top?.element;
    if (element === undefined) return;
    const room = this.limits.contentCharsMax - element.text.length;
    if (text.length > room) element.clipped = true;
    element.text += text.length > room ? text.slice(0, Math.max(room, 0)) : text;
  }
}
