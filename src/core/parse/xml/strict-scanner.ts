// Reads a document as XML 1.0 has it, to the letter, and gives up at the first sign that its structure is damaged: then
// mending-scanner.ts reads it from its start. So nothing that stands in a well-formed document is ever taken for damage,
// whatever it looks like. What is wrong within a text (a bare `&`, an unknown reference, a character that XML forbids)
// says nothing of the structure and is only noted. Fast: indexOf, slices, no callback for a character.
import type { AttributeList } from './attributes.ts';
import { Finder } from './finder.ts';
import { instructionEnd, isDeclaration } from './instructions.ts';
import { isNameStart } from './name-characters.ts';
import { PlainTags } from './plain-tags.ts';
import type { Tag } from './tags.ts';
import type { TreeBuilder } from './tree-builder.ts';

const CDATA = '<![CDATA[';
const NONE: AttributeList = [];

export class StrictScanner {
  private readonly source: string;
  private readonly builder: TreeBuilder;
  private readonly plainTags: PlainTags;
  private readonly cdataEnds: Finder;
  /** The elements that are open, outermost first. */
  private readonly open: Tag[] = [];
  /** The last that was opened: what followed it before mostly follows it again. */
  private last: Tag | undefined;
  /** Where the reader is within a tag. */
  private position = 0;

  constructor(source: string, builder: TreeBuilder) {
    this.source = source;
    this.builder = builder;
    this.plainTags = new PlainTags(source);
    this.cdataEnds = new Finder(source, ']]>');
  }

  /** `source` starts with the root's tag. False where the structure is damaged: the builder's work is then worth nothing. */
  run(): boolean {
    const { source, builder, open } = this;
    let position = this.startTag(0);
    while (position >= 0 && open.length > 0) {
      const start = source.indexOf('<', position);
      if (start < 0) return false;
      if (start > position) {
        if (this.cdataEnds.next(position) < start) builder.damage();
        builder.text(position, start);
      }
      position = this.markup(start);
    }
    return position >= 0 && this.endsAt(position);
  }

  /** What starts with the `<` at `start`. Returns where it ends; -1 where it is damaged. */
  private markup(start: number): number {
    const { source } = this;
    switch (source.charCodeAt(start + 1)) {
      case 0x2f:
        return this.endTag(start);
      case 0x21:
        return source.startsWith('<!--', start) ? endOfComment(source, start) : this.cdata(start);
      case 0x3f:
        return endOfInstruction(source, start);
      default:
        return this.startTag(start);
    }
  }

  private endTag(start: number): number {
    const { source, open } = this;
    const written = open[open.length - 1]?.written ?? '';
    if (!source.startsWith(written, start + 2)) return -1;
    const end = afterSpace(source, start + 2 + written.length);
    if (source.charCodeAt(end) !== 0x3e) return -1;
    open.pop();
    this.builder.close(start, end + 1);
    return end + 1;
  }

  private cdata(start: number): number {
    if (!this.source.startsWith(CDATA, start)) return -1;
    const from = start + CDATA.length;
    const end = this.cdataEnds.next(from);
    if (end === Number.POSITIVE_INFINITY) return -1;
    this.builder.cdata(from, end);
    return end + 3;
  }

  private startTag(start: number): number {
    const tag = this.tagAt(start + 1);
    if (tag === undefined) return -1;
    // No tag has a `<` in it (XML 1.0, section 3.1).
    const next = this.source.indexOf('<', start + 1);
    const end = next < 0 ? this.source.length : next;
    return this.asWritten(tag, start, end) ?? this.attributes(tag, end);
  }

  /** Markup in a text mostly needs nothing done to it. Undefined where a tag does. */
  private asWritten(tag: Tag, start: number, nextTag: number): number | undefined {
    const { source, builder } = this;
    if (!tag.isPlain || !builder.takesMarkup) return undefined;
    const stop = this.plainTags.attributesEnd(this.position, nextTag);
    if (stop < 0) return undefined;
    const isEmpty = source.charCodeAt(stop) !== 0x3e;
    if (isEmpty && !tag.isVoid) return undefined;
    builder.openAsWritten(tag, start, stop, isEmpty);
    if (!isEmpty) this.open.push(tag);
    return source.indexOf('>', stop) + 1;
  }

  /** The rest of the start tag, which ends before `end`. */
  private attributes(tag: Tag, end: number): number {
    const { source } = this;
    let attributes: string[] | undefined;
    for (;;) {
      const at = this.position;
      const code = source.charCodeAt(at);
      if (code === 0x3e || (code === 0x2f && source.charCodeAt(at + 1) === 0x3e)) {
        const isEmpty = code === 0x2f;
        if (!this.builder.open(tag, attributes ?? NONE, isEmpty)) return -1;
        if (!isEmpty) this.open.push(tag);
        return isEmpty ? at + 2 : at + 1;
      }
      if (!(code <= 0x20)) return -1;
      this.position = afterSpace(source, at + 1);
      if (isNameStart(source.charCodeAt(this.position))) {
        attributes ??= [];
        if (!this.attribute(attributes, end)) return -1;
      }
    }
  }

  /** The tag whose name starts at `from`; undefined where no name does. */
  private tagAt(from: number): Tag | undefined {
    const { source } = this;
    const last = this.last;
    const expected = last?.next;
    if (expected !== undefined && source.startsWith(expected.written, from)) {
      const end = from + expected.written.length;
      if (endsName(source.charCodeAt(end))) {
        this.position = end;
        this.last = expected;
        return expected;
      }
    }
    if (!isNameStart(source.charCodeAt(from))) return undefined;
    let end = from + 1;
    while (!endsName(source.charCodeAt(end))) end += 1;
    this.position = end;
    const tag = this.builder.tagOf(source.slice(from, end));
    if (last !== undefined) last.next = tag;
    this.last = tag;
    return tag;
  }

  /** `name="value"` at the position, all of it before `end`. */
  private attribute(attributes: string[], end: number): boolean {
    const { source, builder } = this;
    const from = this.position;
    let equals = from + 1;
    while (!endsName(source.charCodeAt(equals)) && source.charCodeAt(equals) !== 0x3d) equals += 1;
    const name = source.slice(from, equals);
    equals = afterSpace(source, equals);
    if (source.charCodeAt(equals) !== 0x3d) return false;
    const quote = afterSpace(source, equals + 1);
    const code = source.charCodeAt(quote);
    if (code !== 0x22 && code !== 0x27) return false;
    const close = source.indexOf(code === 0x22 ? '"' : "'", quote + 1);
    if (close < 0 || close > end) return false;
    this.position = close + 1;
    builder.attribute(attributes, name, source.slice(quote + 1, close));
    return true;
  }

  /** Whether nothing but comments, instructions and junk without elements follows the root. */
  private endsAt(from: number): boolean {
    const { source } = this;
    let position = from;
    for (;;) {
      const found = source.indexOf('<', position);
      const end = found < 0 ? source.length : found;
      if (source.slice(position, end).trim() !== '') this.builder.damage();
      if (found < 0) return true;
      if (source.startsWith('<!--', found)) position = endOfComment(source, found);
      else if (source.charCodeAt(found + 1) === 0x3f) position = endOfInstruction(source, found);
      else return false;
      if (position < 0) return false;
    }
  }
}

/** Section 2.5: no `--` within. */
function endOfComment(source: string, start: number): number {
  const end = source.indexOf('--', start + 4);
  return end >= 0 && source.charCodeAt(end + 2) === 0x3e ? end + 3 : -1;
}

/** No second XML declaration. */
function endOfInstruction(source: string, start: number): number {
  return isDeclaration(source, start) ? -1 : instructionEnd(source, start);
}

function afterSpace(source: string, from: number): number {
  let index = from;
  while (source.charCodeAt(index) <= 0x20) index += 1;
  return index;
}

/** True at the end of the source as well, where `code` is no number. */
function endsName(code: number): boolean {
  return !(code > 0x20) || code === 0x3e || code === 0x2f || code === 0x3c;
}
