// Relative URLs in HTML made absolute in one pass over its tokens; everything else is copied as it stands. Whether a URL
// is fit to publish is for the sanitizer to say. Left alone: URLs in styles, `meta` and `base`, which are never published;
// a `base` counts for nothing, since what stands in a feed is a part of a page and `xml:base` is what feeds have.
import { decodeHTMLAttribute } from 'entities';
import { type AttributeValue, scanTags, type TagReader } from './html-tags.ts';
import { resolveReference, tidyUrl } from './urls.ts';

/** Attributes whose value is a URL (HTML, index of attributes, and older versions). */
const URL_ATTRIBUTES: ReadonlySet<string> = new Set(
  'href src poster cite action longdesc background data formaction codebase classid usemap profile icon manifest lowsrc dynsrc xlink:href'.split(
    ' ',
  ),
);
const LIST_ATTRIBUTES: ReadonlySet<string> = new Set(['srcset', 'imagesrcset']);
/** White space between URLs. */
const SPACED_ATTRIBUTES: ReadonlySet<string> = new Set(['ping']);
const ANY_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...URL_ATTRIBUTES,
  ...LIST_ATTRIBUTES,
  ...SPACED_ATTRIBUTES,
]);
const NAME_CHARS_MAX = 12;
/** As many as anyone writes around an equals sign. */
const SPACES_SEEN = 40;

export interface HtmlBases {
  /** What relative URLs are relative to. */
  readonly base: string | undefined;
  /** What a bare fragment is a part of, where that is not the base: the item's own page. */
  readonly page?: string | undefined;
}

export function absoluteHtml(html: string, bases: HtmlBases): string {
  if (!needsRewriting(html)) return html;
  const rewriter = new UrlRewriter(html, bases);
  scanTags(html, rewriter);
  return rewriter.finish();
}

/** Whether any attribute for URLs has a value that is not plainly absolute. */
function needsRewriting(html: string): boolean {
  if (html.includes('xml:base')) return true;
  for (let equals = html.indexOf('='); equals >= 0; equals = html.indexOf('=', equals + 1)) {
    if (isAbsoluteFrom(html, equals + 1)) continue;
    const name = nameBefore(html, equals);
    if (ANY_ATTRIBUTES.has(name)) return true;
  }
  return false;
}

function isAbsoluteFrom(html: string, start: number): boolean {
  const from = html[start] === '"' || html[start] === "'" ? start + 1 : start;
  return html.startsWith('https://', from) || html.startsWith('http://', from);
}

function nameBefore(html: string, equals: number): string {
  let end = equals;
  while (end > 0 && end > equals - NAME_CHARS_MAX && html.charCodeAt(end - 1) <= 0x20) end -= 1;
  const name = /[a-z:]+$/i.exec(html.slice(Math.max(0, end - NAME_CHARS_MAX), end));
  return name === null ? '' : name[0].toLowerCase();
}

interface OpenBase {
  readonly tag: string;
  /** Elements of the same name opened within. */
  depth: number;
  readonly base: string | undefined;
}

class UrlRewriter implements TagReader {
  private readonly html: string;
  private readonly bases: HtmlBases;
  private readonly openBases: OpenBase[] = [];
  private parts: string[] = [];
  private copied = 0;
  private tag = '';
  private elementBase: string | undefined;
  private pending: (() => void)[] = [];

  constructor(html: string, bases: HtmlBases) {
    this.html = html;
    this.bases = bases;
  }

  finish(): string {
    this.parts.push(this.html.slice(this.copied));
    return this.parts.join('');
  }

  openTagName(start: number, end: number): void {
    this.tag = this.html.slice(start, end).toLowerCase();
    this.elementBase = undefined;
    if (this.pending.length > 0) this.pending = [];
  }

  attribute(nameStart: number, nameEnd: number, value: AttributeValue | undefined): void {
    if (value === undefined) return;
    const name = this.html.slice(nameStart, nameEnd).toLowerCase();
    const { start, end } = value;
    if (name === 'xml:base') this.takeBase(nameStart, value);
    else if (URL_ATTRIBUTES.has(name)) {
      if (!isAbsoluteFrom(this.html, start))
        this.pending.push(() => this.replace(start, end, (url) => this.resolve(url)));
    } else if (LIST_ATTRIBUTES.has(name)) {
      this.pending.push(() =>
        this.replace(start, end, (list) => resolveSrcset(list, (url) => this.resolve(url))),
      );
    } else if (SPACED_ATTRIBUTES.has(name)) {
      this.pending.push(() =>
        this.replace(start, end, (list) => list.replace(/\S+/g, (url) => this.resolve(url))),
      );
    }
  }

  openTagEnd(isSelfClosing: boolean): void {
    const top = this.openBases.at(-1);
    if (this.elementBase !== undefined)
      this.openBases.push({ tag: this.tag, depth: 0, base: this.elementBase });
    else if (top !== undefined && top.tag === this.tag && !isSelfClosing) top.depth += 1;
    if (this.pending.length > 0) {
      for (const rewrite of this.pending) rewrite();
      this.pending = [];
    }
    if (this.elementBase !== undefined && isSelfClosing) this.openBases.pop();
  }

  closeTag(start: number, end: number): void {
    const top = this.openBases.at(-1);
    if (top === undefined || this.html.slice(start, end).toLowerCase() !== top.tag) return;
    if (top.depth === 0) this.openBases.pop();
    else top.depth -= 1;
  }

  /** `xml:base` may stand after the attributes that it is for, so that these wait for the end of the tag. */
  private takeBase(nameStart: number, { start, end, after }: AttributeValue): void {
    const value = decodeHTMLAttribute(this.html.slice(start, end));
    this.elementBase = resolveReference(tidyUrl(value), this.base) ?? this.base;
    // Without it, the name before and the value after would be one attribute.
    if (/^[\t\n\f\r ]*=/.test(this.html.slice(after, after + SPACES_SEEN))) return;
    this.pending.push(() => {
      const before = this.html.slice(this.copied, nameStart).replace(/[\t\n\f\r ]$/, '');
      // What it parted stays apart: `<p/` and `>` are no empty element, `<p` and `x` no name.
      const isParted = before.endsWith('/') || !/[\t\n\f\r >]/.test(this.html.charAt(after));
      this.parts.push(before, isParted ? ' ' : '');
      this.copied = after;
    });
  }

  private get base(): string | undefined {
    const top = this.openBases.at(-1);
    return top === undefined ? this.bases.base : top.base;
  }

  private resolve(url: string): string {
    const tidy = tidyUrl(url);
    const isFragment = tidy.startsWith('#') && this.openBases.length === 0;
    return resolveReference(tidy, isFragment ? (this.bases.page ?? this.base) : this.base) ?? url;
  }

  private replace(start: number, stop: number, change: (value: string) => string): void {
    const written = this.html.slice(start, stop);
    const value = decodeHTMLAttribute(written);
    const changed = change(value);
    if (changed === value) return;
    const isQuoted = /["']/.test(this.html.charAt(start - 1));
    this.parts.push(this.html.slice(this.copied, start), escapeAttribute(changed, isQuoted));
    this.copied = stop;
  }
}

/** In quotes, quotes end a value; without them white space and more do. */
function escapeAttribute(value: string, isQuoted: boolean): string {
  // Nothing, where no quotes say so, would make the next attribute the value.
  if (value === '' && !isQuoted) return '""';
  return value.replace(isQuoted ? /[&"']/g : /[&"'<>\s`=]/g, (character) =>
    character === '&' ? '&amp;' : `&#${character.charCodeAt(0)};`,
  );
}

/** HTML, section 4.8.4.2.1: a URL, white space, descriptors up to a comma. */
function resolveSrcset(srcset: string, resolve: (url: string) => string): string {
  const candidates: string[] = [];
  let position = 0;
  while (position < srcset.length) {
    while (position < srcset.length && /[\s,]/.test(srcset.charAt(position))) position += 1;
    let end = position;
    while (end < srcset.length && !/\s/.test(srcset.charAt(end))) end += 1;
    if (end === position) break;
    let last = end;
    while (last > position && srcset[last - 1] === ',') last -= 1;
    const url = srcset.slice(position, last);
    const hasDescriptor = last === end;
    const comma = hasDescriptor ? srcset.indexOf(',', end) : end;
    const stop = comma < 0 ? srcset.length : comma;
    const descriptor = hasDescriptor ? srcset.slice(end, stop).trim() : '';
    candidates.push(descriptor === '' ? resolve(url) : `${resolve(url)} ${descriptor}`);
    position = stop;
  }
  return candidates.join(', ');
}
