// Turns the tokens of a feed, well-formed or not, into a tree and a list of its items. Tolerant: stray, crossed and
// missing end tags cost nothing but themselves. Bounded: depth, items, children, attributes and texts (limits.ts).
import { ReadError } from '../../../model/errors.ts';
import type { ParseLimits } from '../limits.ts';
import { type AttributeList, attributeNamed, canonicalAttributes, declarationsIn } from './attributes.ts';
import type { DeclaredEntities } from './declared-entities.ts';
import { XmlElement } from './element.ts';
import type { ElementName } from './element-names.ts';
import { FrameStack } from './frame-stack.ts';
import { MarkupWriter } from './markup-writer.ts';
import { NamespaceScope } from './namespace-scope.ts';
import { decodeReferences } from './references.ts';
import { endsItsLike, type RootKind } from './roles.ts';
import { RootFinder } from './root-finder.ts';
import { type Tag, Tags } from './tags.ts';

export interface XmlTree {
  readonly root: XmlElement | undefined;
  readonly rootKind: RootKind | undefined;
  /** Namespaces that the root declares, as written. */
  readonly rootNamespaces: readonly string[];
  /** Items and entries wherever they stand, in document order. */
  readonly items: readonly XmlElement[];
  /** Items beyond the bound. */
  readonly itemsDropped: number;
  /** Something was not well-formed. */
  readonly isDamaged: boolean;
  readonly isClipped: boolean;
}

interface StartTag {
  readonly tag: Tag;
  readonly name: ElementName;
  readonly scope: NamespaceScope;
  readonly attributes: AttributeList;
  readonly isSelfClosing: boolean;
}

export class TreeBuilder {
  private readonly source: string;
  private readonly entities: DeclaredEntities | undefined;
  private readonly limits: ParseLimits;
  private readonly tags = new Tags();
  private readonly stack = new FrameStack();
  private readonly rootFinder = new RootFinder();
  private readonly items: XmlElement[] = [];
  private readonly outermostScope = new NamespaceScope();
  private root: XmlElement | undefined;
  private rootNamespaces: readonly string[] | undefined;
  private openItem: XmlElement | undefined;
  private markup: MarkupWriter | undefined;
  /** Within an item beyond the bound: its name. */
  private skippedKey: string | undefined;
  private itemsDropped = 0;
  private isDamaged = false;
  private isClipped = false;

  constructor(source: string, entities: DeclaredEntities | undefined, limits: ParseLimits) {
    this.source = source;
    this.entities = entities;
    this.limits = limits;
  }

  readonly damage = (): void => {
    this.isDamaged = true;
  };

  decode(text: string): string {
    return text.includes('&') ? decodeReferences(text, this.damage, this.entities) : text;
  }

  /** The innermost open element, as written. */
  get openTag(): string | undefined {
    return this.stack.top?.tag.written;
  }

  /** `attributes` are names as written and decoded values in turn. Throws ReadError `too-deep`. */
  open(written: string, attributes: AttributeList, isSelfClosing: boolean): void {
    const tag = this.tagOf(written);
    this.rootFinder.see(tag);
    if (this.skippedKey !== undefined) {
      if (tag.key === this.skippedKey) this.itemsDropped += 1;
      return;
    }
    const outer = this.stack.top;
    let scope = outer?.scope ?? this.rootFinder.scope ?? this.outermostScope;
    if (attributes.length > 0) {
      const declarations = declarationsIn(attributes);
      if (declarations.length > 0) scope = scope.declare(declarations);
    }
    if (outer === undefined) {
      const rooted = this.enterOutermost(tag, scope);
      if (rooted === undefined) return;
      scope = rooted;
      this.rootNamespaces ??= declarationsIn(attributes).map(([, uri]) => uri);
    }
    const name = tag.nameIn(scope);
    this.endWhatIsImplied(name);
    if (name.isItem && this.items.length >= this.limits.itemsMax && !this.isWithinContent) {
      this.itemsDropped += 1;
      if (!isSelfClosing) this.skippedKey = tag.key;
      return;
    }
    if (this.stack.depth >= this.limits.depthMax) this.passTooDeep();
    else this.push({ tag, name, scope, attributes: canonicalAttributes(attributes, scope), isSelfClosing });
  }

  close(written: string): void {
    const tag = this.tagOf(written);
    if (this.skippedKey !== undefined) {
      const endsItem = tag.key === this.skippedKey;
      if (!endsItem && !this.stack.has(tag)) return;
      this.skippedKey = undefined;
      if (endsItem) return;
    }
    if (!this.stack.has(tag)) {
      if (this.stack.top !== undefined && tag.key !== 'p' && !tag.isVoid) this.damage();
      return;
    }
    while (this.stack.top?.tag.count !== tag.count) {
      this.damage();
      this.pop();
    }
    this.pop();
  }

  /** The text of the source from `start` to `end`, references not decoded. */
  text(start: number, end: number): void {
    if (!this.takesText) return;
    const text = this.decode(this.source.slice(start, end));
    if (this.markup !== undefined) this.markup.text(text);
    else this.append(text);
  }

  cdata(start: number, end: number): void {
    if (!this.takesText) return;
    const text = this.source.slice(start, end);
    if (this.markup !== undefined) {
      this.markup.cdata(text);
      return;
    }
    const element = this.stack.top?.element;
    if (element !== undefined) element.hasCdata = true;
    this.append(text);
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
      rootKind: this.rootFinder.kind,
      rootNamespaces: this.rootNamespaces ?? [],
      items: this.items,
      itemsDropped: this.itemsDropped,
      isDamaged: this.isDamaged,
      isClipped: this.isClipped,
    };
  }

  /** Whether text here is worth decoding. */
  private get takesText(): boolean {
    if (this.skippedKey !== undefined) return false;
    if (this.markup !== undefined) return true;
    const top = this.stack.top;
    return top?.element !== undefined && !top.name.isContainer;
  }

  private tagOf(written: string): Tag {
    const known = this.tags.known(written);
    if (known !== undefined) return known;
    if (this.tags.isFull) this.tags.forgetAllBut(this.stack.tags());
    return this.tags.add(written);
  }

  /** The scope of an element that stands in no other; undefined for one that is no feed's. */
  private enterOutermost(tag: Tag, scope: NamespaceScope): NamespaceScope | undefined {
    const isSecond = this.root !== undefined;
    if (isSecond && tag.nameIn(scope).isItem) {
      this.damage();
      return scope;
    }
    const rooted = this.rootFinder.enter(tag, scope);
    if (rooted === undefined || isSecond) this.damage();
    return rooted;
  }

  /** Atom's content may be any XML, another entry included (RFC 4287, section 4.1.3.3). */
  private get isWithinContent(): boolean {
    const field = this.markup?.field ?? this.stack.top?.element;
    return field?.name === 'atom:content';
  }

  private endWhatIsImplied(name: ElementName): void {
    const top = this.stack.top;
    if (name.isField && top?.element !== undefined && top.name.isValue) {
      this.damage();
      this.pop();
    }
    if (this.openItem === undefined || !name.isItem || this.isWithinContent) return;
    this.damage();
    while (this.openItem !== undefined) this.pop();
  }

  /** Within an item, what is nested deeper than the bound costs the text that it is in; elsewhere it is no feed's. */
  private passTooDeep(): void {
    if (this.openItem === undefined) {
      throw new ReadError(
        'too-deep',
        `the document nests elements more than ${this.limits.depthMax} deep, which no feed needs; it was not read`,
      );
    }
    const element = this.markup?.field ?? this.stack.top?.element;
    if (element !== undefined) element.clipped = true;
    this.isClipped = true;
  }

  private push(start: StartTag): void {
    const outer = this.stack.top;
    if (this.markup === undefined && outer?.element !== undefined && outer.name.isTextField) {
      this.markup = new MarkupWriter(outer.element, this.limits.contentCharsMax);
    }
    if (this.markup !== undefined) {
      this.pushMarkup(start, this.markup);
      return;
    }
    const { tag, name, scope, attributes } = start;
    let base = outer?.base;
    let language = outer?.language;
    if (attributes.length > 0) {
      const href = attributeNamed(attributes, 'xml:base');
      if (href !== undefined) base = { href, outer: base };
      language = attributeNamed(attributes, 'xml:lang') ?? language;
    }
    const element = new XmlElement(name.name, attributes, base, language);
    this.attach(element, outer?.element, name.isItem);
    if (start.isSelfClosing || name.isEmpty) {
      if (name.isItem) this.openItem = undefined;
      return;
    }
    this.stack.push({ tag, name, scope, element, markupName: '', base, language });
  }

  private attach(element: XmlElement, parent: XmlElement | undefined, isItem: boolean): void {
    if (isItem) {
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
    const { tag, name, scope } = start;
    if (endsItsLike(tag.key) && this.stack.top?.tag.count === tag.count) this.pop();
    const markupName = markup.open(name.name, tag.written, start.attributes);
    if (markupName === undefined) return;
    const outer = this.stack.top;
    const [base, language] = [outer?.base, outer?.language];
    this.stack.push({ tag, name, scope, element: undefined, markupName, base, language });
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
