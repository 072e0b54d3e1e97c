// Turns the tags and texts of a feed into a tree and a list of its items. Bounded: depth, items, children, attributes and
// texts (limits.ts). This one is for documents whose tags match; mending-builder.ts is for the others.
import type { ParseLimits } from '../limits.ts';
import { type AttributeList, attributeNamed, canonicalAttributes, declarationsIn } from './attributes.ts';
import type { CharacterCleaner } from './characters.ts';
import type { DeclaredEntities } from './declared-entities.ts';
import { XmlElement } from './element.ts';
import type { ElementName } from './element-names.ts';
import { FrameStack } from './frame-stack.ts';
import { MarkupWriter } from './markup-writer.ts';
import { NamespaceScope } from './namespace-scope.ts';
import { decodeReferences, isEscaped } from './references.ts';
import type { RootKind } from './roles.ts';
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

/** What is built from: a document behind its prolog. */
export interface TreeSource {
  readonly source: string;
  readonly entities: DeclaredEntities | undefined;
  readonly cleaner: CharacterCleaner | undefined;
  readonly limits: ParseLimits;
}

export interface StartTag {
  readonly tag: Tag;
  readonly name: ElementName;
  readonly scope: NamespaceScope;
  /** Canonical. */
  readonly attributes: AttributeList;
  /** Attributes as the document has them. */
  readonly written: AttributeList;
  readonly isSelfClosing: boolean;
}

export class TreeBuilder {
  protected readonly stack = new FrameStack();
  protected readonly tags = new Tags();
  protected readonly rootFinder = new RootFinder();
  protected readonly limits: ParseLimits;
  protected readonly items: XmlElement[] = [];
  protected root: XmlElement | undefined;
  private rootNamespaces: readonly string[] | undefined;
  protected openItem: XmlElement | undefined;
  protected markup: MarkupWriter | undefined;
  protected itemsDropped = 0;
  private readonly source: string;
  private readonly entities: DeclaredEntities | undefined;
  private readonly cleaner: CharacterCleaner | undefined;
  private readonly outermostScope = new NamespaceScope();
  /** Elements that are open within one that is left out, itself among them. */
  private ignoredDepth = 0;
  private isDamaged = false;
  private isClipped = false;

  constructor({ source, entities, cleaner, limits }: TreeSource) {
    this.source = source;
    this.entities = entities;
    this.cleaner = cleaner;
    this.limits = limits;
  }

  readonly damage = (): void => {
    this.isDamaged = true;
  };

  tagOf(written: string): Tag {
    return this.tags.known(written) ?? this.tags.add(written);
  }

  /** Adds one that a start tag has, as written, to what `open` takes (XML 1.0, section 3.3.3). */
  attribute(attributes: string[], name: string, written: string): void {
    const { attributesMax, attributeCharsMax } = this.limits;
    for (let index = 0; index < attributes.length; index += 2) {
      if (attributes[index] !== name) continue;
      this.damage();
      return;
    }
    if (attributes.length >= 2 * attributesMax) return;
    const bounded = written.length > attributeCharsMax ? written.slice(0, attributeCharsMax) : written;
    attributes.push(name, this.decode(withSpaces(bounded)));
  }

  /**
   * False where the document cannot be what it seemed: its root is no feed's, or elements stand deeper than any feed's.
   * `attributes` are names as written and values in turn.
   */
  open(tag: Tag, attributes: AttributeList, isSelfClosing: boolean): boolean {
    if (this.ignoredDepth > 0) {
      if (!isSelfClosing) this.ignoredDepth += 1;
      return true;
    }
    let scope = this.scopeWithin(attributes);
    if (this.stack.depth === 0) {
      const rooted = this.enterRoot(tag, scope);
      if (rooted === undefined) return false;
      this.keepNamespaces(attributes);
      scope = rooted;
    }
    const name = tag.nameIn(scope);
    if (this.isItemTooMany(name)) {
      this.itemsDropped += 1;
      if (!isSelfClosing) this.ignoredDepth = 1;
    } else if (this.stack.depth < this.limits.depthMax) {
      const canonical = canonicalAttributes(attributes, scope);
      this.push({ tag, name, scope, attributes: canonical, written: attributes, isSelfClosing });
    } else if (this.openItem === undefined) {
      return false;
    } else {
      this.clipField();
      if (!isSelfClosing) this.ignoredDepth = 1;
    }
    return true;
  }

  /** Whether the next tag is markup in a text and may be copied as it stands. */
  get takesMarkup(): boolean {
    if (this.markup === undefined || this.cleaner !== undefined) return false;
    return this.ignoredDepth === 0 && this.stack.depth < this.limits.depthMax;
  }

  /** In place of `open`, where `takesMarkup`: a tag that is copied from `start` to `end`, where `>` or `/>` stands. */
  openAsWritten(tag: Tag, start: number, end: number, isEmpty: boolean): void {
    const outer = this.stack.top;
    this.markup?.openAsWritten(start, end, tag.isVoid);
    if (isEmpty || outer === undefined) return;
    this.stack.push({ ...outer, tag, element: undefined, markupName: tag.isVoid ? '' : tag.written });
  }

  /** Ends the innermost element, whose end tag is the source from `start` to `end`. */
  close(start: number, end: number): void {
    if (this.ignoredDepth > 0) this.ignoredDepth -= 1;
    else this.pop(start, end);
  }

  /** The text of the source from `start` to `end`, references not decoded. */
  text(start: number, end: number): void {
    if (!this.takesText) return;
    const written = this.source.slice(start, end);
    if (this.markup === undefined) this.append(this.decode(written));
    else if (this.cleaner === undefined && isPlainText(written)) this.markup.textAsWritten(start, end);
    else this.markup.text(this.decode(written));
  }

  cdata(start: number, end: number): void {
    if (!this.takesText) return;
    const written = this.source.slice(start, end);
    const text = this.cleaner === undefined ? written : this.cleaner.clean(written);
    if (this.markup !== undefined) {
      this.markup.cdata(text);
      return;
    }
    const element = this.stack.top?.element;
    if (element !== undefined) element.hasCdata = true;
    this.append(text);
  }

  end(): XmlTree {
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
  protected get takesText(): boolean {
    if (this.ignoredDepth > 0) return false;
    if (this.markup !== undefined) return true;
    const top = this.stack.top;
    return top?.element !== undefined && !top.name.isContainer;
  }

  protected scopeWithin(attributes: AttributeList): NamespaceScope {
    const scope = this.stack.top?.scope ?? this.rootFinder.scope ?? this.outermostScope;
    if (attributes.length === 0) return scope;
    const declarations = declarationsIn(attributes);
    return declarations.length === 0 ? scope : scope.declare(declarations);
  }

  /** The scope of an element that stands in no other; undefined for one that is no feed's. */
  protected enterRoot(tag: Tag, scope: NamespaceScope): NamespaceScope | undefined {
    this.rootFinder.see(tag);
    return this.rootFinder.enter(tag, scope);
  }

  protected keepNamespaces(attributes: AttributeList): void {
    this.rootNamespaces ??= declarationsIn(attributes).map(([, uri]) => uri);
  }

  /** Markup in a text may be called anything: another entry is none there (RFC 4287, section 4.1.3.3). */
  protected isItemTooMany(name: ElementName): boolean {
    return name.isItem && this.items.length >= this.limits.itemsMax && !this.isWithinText;
  }

  protected get isWithinText(): boolean {
    return this.markup !== undefined || this.stack.top?.name.isTextField === true;
  }

  /** What is nested deeper than the bound costs the text that it is in. */
  protected clipField(): void {
    const element = this.markup?.field ?? this.stack.top?.element;
    if (element !== undefined) element.clipped = true;
    this.isClipped = true;
  }

  protected push(start: StartTag): void {
    const outer = this.stack.top;
    if (this.markup === undefined && outer?.element !== undefined && outer.name.isTextField) {
      this.markup = new MarkupWriter(this.source, outer.element, this.limits.contentCharsMax);
    }
    if (this.markup !== undefined) {
      this.pushMarkup(start, this.markup);
      return;
    }
    const { tag, name, scope, attributes } = start;
    let base = outer?.base;
    let language = outer?.language;
    if (attributes.length > 0) {
      const href = attributeNamed(attributes, 'xml:base') ?? baseOfCdf(name.name, attributes);
      if (href !== undefined) base = { href, outer: base };
      language = attributeNamed(attributes, 'xml:lang') ?? language;
    }
    const element = new XmlElement(name.name, attributes, base, language, name, start.written);
    const outerItem = this.openItem;
    this.attach(element, outer?.element, name.isItem);
    if (start.isSelfClosing) this.openItem = outerItem;
    else this.stack.push({ tag, name, scope, element, markupName: '', base, language, outerItem });
  }

  private attach(element: XmlElement, parent: XmlElement | undefined, isItem: boolean): void {
    if (isItem) {
      this.items.push(element);
      this.openItem = element;
      this.root ??= element;
    } else if (parent === undefined) {
      this.root ??= element;
    } else if (parent.children.length < this.limits.childrenMax) {
      parent.addChild(element);
    }
  }

  protected pushMarkup(start: StartTag, markup: MarkupWriter): void {
    const { tag, name, scope } = start;
    const markupName = markup.open(name.name, tag.written, start.attributes);
    if (start.isSelfClosing) {
      markup.close(markupName);
      return;
    }
    const outer = this.stack.top;
    const [base, language, outerItem] = [outer?.base, outer?.language, this.openItem];
    this.stack.push({ tag, name, scope, element: undefined, markupName, base, language, outerItem });
  }

  /** `start` and `end`: of the end tag, where there is one. */
  protected pop(start = 0, end = start): void {
    const frame = this.stack.pop();
    if (frame === undefined) return;
    const { element } = frame;
    if (element === undefined) {
      this.markup?.close(frame.markupName, start, end);
      return;
    }
    if (element === this.markup?.field) {
      this.markup.finish();
      this.markup = undefined;
    }
    if (element === this.openItem) this.openItem = frame.outerItem;
    if (element.clipped) this.isClipped = true;
  }

  private append(text: string): void {
    const element = this.stack.top?.element;
    if (element === undefined) return;
    const room = this.limits.contentCharsMax - element.text.length;
    if (text.length > room) element.clipped = true;
    element.text += text.length > room ? text.slice(0, Math.max(room, 0)) : text;
  }

  private decode(written: string): string {
    const text = this.cleaner === undefined ? written : this.cleaner.clean(written);
    return text.includes('&') ? decodeReferences(text, this.damage, this.entities) : text;
  }
}

/** Whether text stands as the writer of markup would write it. */
function isPlainText(written: string): boolean {
  return !written.includes('>') && (!written.includes('&') || isEscaped(written, 0, written.length, false));
}

/** Line ends and tabs in an attribute are spaces (section 3.3.3), where they are not written as references. */
function withSpaces(value: string): string {
  return value.includes('\n') || value.includes('\t') || value.includes('\r')
    ? value.replace(/\r\n|[\n\t\r]/g, ' ')
    : value;
}

/** Channel Definition Format has its base in an attribute of its own. */
function baseOfCdf(name: string, attributes: AttributeList): string | undefined {
  return name === 'channel' ? attributeNamed(attributes, 'base') : undefined;
}
