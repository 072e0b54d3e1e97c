// htmlparser2's Tokenizer drives the tree builder. Its Parser is not used: its time grows with the square of the depth.
import { Tokenizer } from 'htmlparser2';
import type { ParseLimits } from '../limits.ts';
import { skipProlog } from './prolog.ts';
import { cleanCharacters, decodeReferences } from './references.ts';
import { TreeBuilder, type XmlTree } from './tree-builder.ts';

/** Never fails for what the document is like; throws ReadError `too-deep`. */
export function readTree(document: string, limits: ParseLimits): XmlTree {
  const builder = new TreeBuilder(limits);
  const text = cleanCharacters(document, builder.damage);
  const start = skipProlog(text);
  if (text.trimStart()[0] !== '<') builder.damage();
  const source = text.slice(start);
  const tokenizer = feedTokenizer(new TokenReader(source, builder, limits));
  tokenizer.write(source);
  tokenizer.end();
  return builder.end();
}

/**
 * The Tokenizer takes any character after `<` for a tag in XML; in feeds `<3` and `a <= b` are text that was not
 * escaped. Its own test for the start of a name is replaced (pinned by test/core/parse/tokenizer-contract.test.ts).
 */
function feedTokenizer(reader: TokenReader): Tokenizer {
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, reader);
  Object.defineProperty(tokenizer, 'isTagStartChar', { value: isNameStart });
  return tokenizer;
}

/** XML 1.0, section 2.3, every character beyond ASCII taken for a letter. */
function isNameStart(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    code === 0x3a ||
    code >= 0x80
  );
}

class TokenReader {
  private readonly source: string;
  private readonly builder: TreeBuilder;
  private readonly limits: ParseLimits;
  private tag: string | undefined;
  private attributes: string[] = [];
  private attributeName = '';
  private attributeValue = '';
  /** `<title <` and `<title </title>`: a tag began within another. */
  private closesNext = false;

  constructor(source: string, builder: TreeBuilder, limits: ParseLimits) {
    this.source = source;
    this.builder = builder;
    this.limits = limits;
  }

  onopentagname(start: number, end: number): void {
    this.tag = this.source.slice(start, end);
    this.attributes = [];
  }

  onattribname(start: number, end: number): void {
    this.attributeName = this.source.slice(start, end);
    this.attributeValue = '';
    if (this.attributeName.startsWith('<')) this.tagWithinTag();
    else if (this.closesNext) this.closeWithinTag();
  }

  onattribdata(start: number, end: number): void {
    this.attributeValue = this.source.slice(start, Math.min(end, start + this.limits.attributeCharsMax));
  }

  onattribentity(): void {}

  onattribend(): void {
    if (this.attributeName === '' || this.attributes.length >= 2 * this.limits.attributesMax) return;
    if (hasName(this.attributes, this.attributeName)) {
      this.builder.damage();
      return;
    }
    this.attributes.push(this.attributeName, decodeReferences(this.attributeValue, this.builder.damage));
  }

  onopentagend(): void {
    this.emitTag(false);
  }

  onselfclosingtag(): void {
    this.emitTag(true);
  }

  onclosetag(start: number, end: number): void {
    this.builder.close(this.source.slice(start, end));
  }

  ontext(start: number, end: number): void {
    if (!this.builder.takesText) return;
    this.builder.text(decodeReferences(this.source.slice(start, end), this.builder.damage));
  }

  ontextentity(): void {}

  oncdata(start: number, end: number, endOffset: number): void {
    this.builder.cdata(this.source.slice(start, end - endOffset));
  }

  oncomment(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  private emitTag(isSelfClosing: boolean): void {
    if (this.tag === undefined) return;
    this.builder.open(this.tag, this.attributes, isSelfClosing);
    this.tag = undefined;
  }

  private tagWithinTag(): void {
    this.builder.damage();
    this.emitTag(false);
    const name = this.attributeName.slice(1);
    this.attributeName = '';
    if (name === '') this.closesNext = true;
    else this.tag = name;
    this.attributes = [];
  }

  private closeWithinTag(): void {
    this.closesNext = false;
    this.builder.close(this.attributeName);
    this.attributeName = '';
  }
}

function hasName(attributes: readonly string[], name: string): boolean {
  for (let index = 0; index < attributes.length; index += 2) if (attributes[index] === name) return true;
  return false;
}
