// Cuts a damaged feed into tags, texts and CDATA for the tree builder. What is not well-formed is read as its writer most
// likely meant it, and never costs more than the item that it is in. Time is linear: whatever is searched for far ahead is
// searched for once (finder.ts).
import { Finder } from './finder.ts';
import { likelyInstructionEnd } from './instructions.ts';
import { ItemEnds } from './item-ends.ts';
import type { MendingBuilder } from './mending-builder.ts';
import { isNameStart } from './name-characters.ts';
import { StartTagReader } from './start-tag.ts';

const CDATA = '<![CDATA[';

export class MendingScanner {
  private readonly source: string;
  private readonly builder: MendingBuilder;
  private readonly startTags: StartTagReader;
  private readonly itemEnds: ItemEnds;
  private readonly cdataStarts: Finder;
  private readonly cdataEnds: Finder;
  private readonly commentStarts: Finder;
  private readonly commentEnds: Finder;

  constructor(source: string, builder: MendingBuilder) {
    this.source = source;
    this.builder = builder;
    this.startTags = new StartTagReader(source, builder);
    this.itemEnds = new ItemEnds(source);
    this.cdataStarts = new Finder(source, CDATA);
    this.cdataEnds = new Finder(source, ']]>');
    this.commentStarts = new Finder(source, '<!--');
    this.commentEnds = new Finder(source, '-->');
  }

  /** Throws ReadError `too-deep`. */
  run(): void {
    const { source, builder } = this;
    let position = 0;
    while (position < source.length) {
      const found = source.indexOf('<', position);
      const start = found < 0 ? source.length : found;
      if (start > position) builder.text(position, start);
      position = found < 0 ? start : this.markup(start);
    }
  }

  /** What starts with the `<` at `start`. Returns where it ends. */
  private markup(start: number): number {
    const code = this.source.charCodeAt(start + 1);
    if (code === 0x2f) return this.endTag(start);
    if (code === 0x21) return this.declaration(start);
    if (code === 0x3f) return likelyInstructionEnd(this.source, start);
    if (isNameStart(code)) return this.startTags.read(start);
    // `<3` and `a <= b` are text that was not escaped.
    this.builder.text(start, start + 1);
    return start + 1;
  }

  /** One that has no `>` ends before the next tag; at the end of the document it was cut off and closes nothing. */
  private endTag(start: number): number {
    const { source } = this;
    const from = start + 2;
    let end = from;
    while (end < source.length && !endsName(source.charCodeAt(end))) end += 1;
    let stop = end;
    while (stop < source.length && source.charCodeAt(stop) !== 0x3e && source.charCodeAt(stop) !== 0x3c)
      stop += 1;
    if (stop === source.length) {
      this.builder.damage();
      return stop;
    }
    if (end === from) this.builder.damage();
    else this.builder.closeNamed(source.slice(from, end));
    return source.charCodeAt(stop) === 0x3e ? stop + 1 : stop;
  }

  private declaration(start: number): number {
    const { source } = this;
    if (source.startsWith('<!--', start)) return this.comment(start + 4);
    if (isCdata(source, start)) return this.cdata(start + CDATA.length);
    const end = source.indexOf('>', start);
    return end < 0 ? source.length : end + 1;
  }

  /** A comment that has no end, or only that of another, ends with the item that it is in. */
  private comment(from: number): number {
    const end = this.commentEnds.next(from);
    if (this.commentStarts.next(from) >= end && end !== Number.POSITIVE_INFINITY) return end + 3;
    const itemEnd = this.itemEnds.next(from);
    const isOthers = itemEnd < end && this.commentStarts.next(itemEnd) < end;
    if (!isOthers && end !== Number.POSITIVE_INFINITY) return end + 3;
    this.builder.damage();
    return Math.min(itemEnd, this.source.length);
  }

  /**
   * CDATA ends at its `]]>`, whatever is in it (XML 1.0, section 2.7): what is well-formed is never read otherwise. Its end is
   * not its own only where it has none, or where another CDATA began in it and what follows closes an element that is not open
   * innermost, which no XML does.
   */
  private cdata(from: number): number {
    const end = this.cdataEnds.next(from);
    const hasAnotherIn = this.cdataStarts.next(from) < end;
    if (end !== Number.POSITIVE_INFINITY && !(hasAnotherIn && this.closesAnother(end + 3))) {
      this.builder.cdata(from, end);
      return end + 3;
    }
    const lost = this.lostCdataEnd(from, end);
    if (lost !== undefined || end === Number.POSITIVE_INFINITY) this.builder.damage();
    const stop = Math.min(lost ?? end, this.source.length);
    this.builder.cdata(from, stop);
    return lost === undefined ? Math.min(stop + 3, this.source.length) : stop;
  }

  /** Whether the next tag is the end of another element than the one that is open. */
  private closesAnother(from: number): boolean {
    const next = this.source.indexOf('<', from);
    const field = this.builder.openTag;
    if (next < 0 || field === undefined || this.source.charCodeAt(next + 1) !== 0x2f) return false;
    return !(
      this.source.startsWith(field, next + 2) && endsName(this.source.charCodeAt(next + 2 + field.length))
    );
  }

  /**
   * Where CDATA whose end is lost was meant to end: at the end tag of the element that it is in, else with its item. Undefined
   * where neither is found.
   */
  private lostCdataEnd(from: number, end: number): number | undefined {
    const itemEnd = this.itemEnds.next(from);
    const nextStart = this.cdataStarts.next(from);
    const region = this.source.slice(from, Math.min(nextStart, itemEnd, this.source.length));
    const field = this.builder.openTag;
    if (field !== undefined && Math.min(nextStart, itemEnd) !== Number.POSITIVE_INFINITY) {
      const fieldEnd = region.indexOf(`</${field}>`);
      if (fieldEnd >= 0) return from + fieldEnd;
    }
    const isOthers =
      itemEnd < end && (end === Number.POSITIVE_INFINITY || this.cdataStarts.next(itemEnd) < end);
    return isOthers ? itemEnd : undefined;
  }
}

function isCdata(source: string, start: number): boolean {
  if (source.startsWith(CDATA, start)) return true;
  return (
    source.charCodeAt(start + 2) === 0x5b && source.slice(start, start + CDATA.length).toUpperCase() === CDATA
  );
}

function endsName(code: number): boolean {
  return code <= 0x20 || code === 0x3e || code === 0x3c || code === 0x2f;
}
