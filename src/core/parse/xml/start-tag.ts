// Reads a start tag and its attributes in a damaged document (XML 1.0, section 3.1). Attributes without quotes, without values, and
// with a quote lost are read for what they are; a tag that begins within a tag ends it.
import type { AttributeList } from './attributes.ts';
import { Finder } from './finder.ts';
import type { MendingBuilder } from './mending-builder.ts';
import { isNameStart } from './name-characters.ts';

const NONE: AttributeList = [];
/** How far before a quote the name may start that shows it to be the next attribute's. */
const NAME_CHARS_MAX = 64;
const ROOT = /^(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel|item|entry)$/i;

export class StartTagReader {
  private readonly source: string;
  private readonly builder: MendingBuilder;
  private readonly doubleQuotes: Finder;
  private readonly singleQuotes: Finder;
  /** Where the reader is within the tag. */
  private position = 0;
  private hasLostQuote = false;

  constructor(source: string, builder: MendingBuilder) {
    this.source = source;
    this.builder = builder;
    this.doubleQuotes = new Finder(source, '"');
    this.singleQuotes = new Finder(source, "'");
  }

  /** Gives the tag at `start` to the builder, and returns where it ends. One cut off by the end of the document is none. */
  read(start: number): number {
    const { source, builder } = this;
    const { length } = source;
    this.position = start + 1;
    const tag = this.name();
    this.hasLostQuote = false;
    let attributes: string[] | undefined;
    while (this.position < length) {
      const code = source.charCodeAt(this.position);
      if (code === 0x3e) {
        builder.open(builder.tagOf(tag), attributes ?? NONE, false);
        return this.position + 1;
      }
      if (code === 0x2f && source.charCodeAt(this.position + 1) === 0x3e) {
        // `<feed xml:base="https://h.example/>`: the `/` was the value's, since a root without content is no feed.
        builder.open(builder.tagOf(tag), attributes ?? NONE, !(this.hasLostQuote && ROOT.test(tag)));
        return this.position + 2;
      }
      if (code === 0x3c && isMarkupStart(source.charCodeAt(this.position + 1))) {
        builder.damage();
        builder.open(builder.tagOf(tag), attributes ?? NONE, false);
        return this.position;
      }
      if (code <= 0x20 || code === 0x2f || code === 0x3c || code === 0x3d) {
        this.position += 1;
      } else {
        attributes ??= [];
        this.attribute(attributes);
      }
    }
    builder.damage();
    return length;
  }

  private name(): string {
    const { source } = this;
    const from = this.position;
    let end = from;
    while (end < source.length && !endsName(source.charCodeAt(end))) end += 1;
    this.position = end;
    return source.slice(from, end);
  }

  private attribute(attributes: string[]): void {
    const name = this.name();
    this.skipSpace();
    if (this.source.charCodeAt(this.position) !== 0x3d) {
      this.builder.attribute(attributes, name, '');
      return;
    }
    this.position += 1;
    this.skipSpace();
    this.builder.attribute(attributes, name, this.value());
  }

  /** The value at the position, as written. */
  private value(): string {
    const { source } = this;
    const quote = source.charCodeAt(this.position);
    if (quote !== 0x22 && quote !== 0x27) return this.plainValue();
    const from = this.position + 1;
    const end = (quote === 0x22 ? this.doubleQuotes : this.singleQuotes).next(from);
    if (end === Number.POSITIVE_INFINITY) return this.valueWithoutEnd(from);
    const value = source.slice(from, end);
    const next = source.charCodeAt(end + 1);
    const isFollowedWell = next <= 0x20 || next === 0x3e || next === 0x2f || Number.isNaN(next);
    const before = isFollowedWell && !value.includes('<') ? undefined : this.nextAttributeStart(from, end);
    if (before === undefined && !isSwallowing(value, isFollowedWell)) {
      this.position = end + 1;
      return value;
    }
    return this.valueWithoutEnd(from, before);
  }

  /** `a="b c="d"`: where `c` starts, whose quote was taken for the end of `b`. Undefined where there is no `c`. */
  private nextAttributeStart(from: number, quote: number): number | undefined {
    if (this.source.charCodeAt(quote - 1) !== 0x3d) return undefined;
    const near = this.source.slice(Math.max(from, quote - NAME_CHARS_MAX), quote);
    const match = /\s[\w:.-]+=$/.exec(near);
    return match === null ? undefined : quote - near.length + match.index;
  }

  /** A quote was lost: the value ends at white space or with the tag. */
  private valueWithoutEnd(from: number, before = this.source.length): string {
    this.builder.damage();
    this.hasLostQuote = true;
    const { source } = this;
    let end = from;
    while (end < before && !endsLostValue(source, end)) end += 1;
    this.position = end;
    return source.slice(from, end);
  }

  private plainValue(): string {
    const { source } = this;
    const from = this.position;
    let end = from;
    while (end < source.length && !endsPlainValue(source.charCodeAt(end))) end += 1;
    this.position = end;
    return source.slice(from, end).replace(/["']$/, '');
  }

  private skipSpace(): void {
    while (this.source.charCodeAt(this.position) <= 0x20) this.position += 1;
  }
}

/** Whether a quoted value reaches out of its tag: no value has an item's tags in it, nor ends before a letter. */
function isSwallowing(value: string, isFollowedWell: boolean): boolean {
  if (!value.includes('<')) return !isFollowedWell && value.includes('>');
  return !isFollowedWell || value.endsWith('=') || /<\/?(?:[\w.-]{1,40}:)?(?:item|entry)[\s>]/i.test(value);
}

function endsName(code: number): boolean {
  return code <= 0x20 || code === 0x3e || code === 0x3d || code === 0x2f || code === 0x3c;
}

function endsPlainValue(code: number): boolean {
  return code <= 0x20 || code === 0x3e || code === 0x3c;
}

function endsLostValue(source: string, index: number): boolean {
  const code = source.charCodeAt(index);
  return endsPlainValue(code) || (code === 0x2f && source.charCodeAt(index + 1) === 0x3e);
}

function isMarkupStart(code: number): boolean {
  return isNameStart(code) || code === 0x2f || code === 0x21 || code === 0x3f;
}
