// The tree builder for documents whose tags do not match: stray, crossed and missing end tags cost nothing but themselves,
// items are found wherever they stand, and what the end of the document cuts off is left out.
import { ReadError } from '../../../model/errors.ts';
import { type AttributeList, canonicalAttributes } from './attributes.ts';
import type { XmlElement } from './element.ts';
import type { ElementName } from './element-names.ts';
import type { MarkupWriter } from './markup-writer.ts';
import type { NamespaceScope } from './namespace-scope.ts';
import { endsItsLike, isBody, isLink, isTitle } from './roles.ts';
import type { Tag } from './tags.ts';
import { type StartTag, TreeBuilder, type XmlTree } from './tree-builder.ts';

export class MendingBuilder extends TreeBuilder {
  /** Within an item beyond the bound: its name. */
  private skippedKey: string | undefined;

  override tagOf(written: string): Tag {
    const known = this.tags.known(written);
    if (known !== undefined) return known;
    if (this.tags.isFull) this.tags.forgetAllBut(this.stack.tags());
    return this.tags.add(written);
  }

  /** The innermost open element, as written. */
  get openTag(): string | undefined {
    return this.stack.top?.tag.written;
  }

  /** Always true. Throws ReadError `too-deep`. */
  override open(tag: Tag, attributes: AttributeList, isSelfClosing: boolean): boolean {
    this.rootFinder.see(tag);
    if (this.skippedKey !== undefined) {
      if (tag.key === this.skippedKey) this.itemsDropped += 1;
      return true;
    }
    let scope = this.scopeWithin(attributes);
    if (this.stack.top === undefined) {
      const rooted = this.enterOutermost(tag, scope);
      if (rooted === undefined) return true;
      this.keepNamespaces(attributes);
      scope = rooted;
    }
    const name = tag.nameIn(scope);
    this.endWhatIsImplied(name);
    if (this.isItemTooMany(name)) {
      this.itemsDropped += 1;
      if (!isSelfClosing) this.skippedKey = tag.key;
    } else if (this.stack.depth >= this.limits.depthMax) {
      this.passTooDeep();
    } else {
      const isEmpty = isSelfClosing || (this.isWithinText ? tag.isVoid : name.isEmpty);
      this.push({
        tag,
        name,
        scope,
        attributes: canonicalAttributes(attributes, scope),
        written: attributes,
        isSelfClosing: isEmpty,
      });
    }
    return true;
  }

  closeNamed(written: string): void {
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

  /** What the end of the document cuts through is not what its publisher has to say: the next poll may bring it whole. */
  override end(): XmlTree {
    const item = this.openItem;
    const isCut =
      item !== undefined && (this.stack.within(item) !== undefined || !isWhole(item, this.items.at(-2)));
    if (this.stack.top !== undefined) this.damage();
    while (this.stack.top !== undefined) this.pop();
    if (isCut) this.items.pop();
    return super.end();
  }

  protected override get takesText(): boolean {
    return this.skippedKey === undefined && super.takesText;
  }

  /** HTML ends some elements by itself (HTML, section 13.1.2.4). */
  protected override pushMarkup(start: StartTag, markup: MarkupWriter): void {
    const { tag } = start;
    if (endsItsLike(tag.key) && this.stack.top?.tag.count === tag.count) this.pop();
    super.pushMarkup(start, markup);
  }

  private enterOutermost(tag: Tag, scope: NamespaceScope): NamespaceScope | undefined {
    const isSecond = this.root !== undefined;
    if (isSecond && tag.nameIn(scope).isItem) {
      this.damage();
      return scope;
    }
    const rooted = this.enterRoot(tag, scope);
    if (rooted === undefined || isSecond) this.damage();
    return rooted;
  }

  private endWhatIsImplied(name: ElementName): void {
    const top = this.stack.top;
    if (name.isField && top?.element !== undefined && top.name.isValue) {
      this.damage();
      this.pop();
    }
    if (!name.isItem || this.isWithinContent) return;
    if (this.openItem !== undefined || this.isWithinText) this.damage();
    while (this.openItem !== undefined) this.pop();
    // A text of the feed itself was not closed before its first item.
    while (this.isWithinText) this.pop();
  }

  /** Atom's content may be any XML, another entry included (RFC 4287, section 4.1.3.3). */
  private get isWithinContent(): boolean {
    const field = this.markup?.field ?? this.stack.top?.element;
    return field?.name === 'atom:content';
  }

  /** Within an item, what is nested deeper than the bound costs the text that it is in; elsewhere it is no feed's. */
  private passTooDeep(): void {
    if (this.openItem !== undefined) {
      this.clipField();
      return;
    }
    throw new ReadError(
      'too-deep',
      `the document nests elements more than ${this.limits.depthMax} deep, which no feed needs; it was not read`,
    );
  }
}

/** Whether an item lacks nothing that the one before it has; without one before it, nothing that readers look for. */
function isWhole(item: XmlElement, before: XmlElement | undefined): boolean {
  if (before !== undefined) return before.children.every(({ name }) => item.named(name).length > 0);
  return [isTitle, isLink, isBody].every((isWanted) => item.children.some(({ name }) => isWanted(name)));
}
