// An HTML page as far as feeds are found by it: its links, its meta elements, its title (HTML, sections 4.2 and 4.6.7; RFC 8288).
// One pass over its tags, bounded in characters and counts, whatever is nested or left open in it.
import { decodeHTMLAttribute } from 'entities';
import type { Page, PageLink } from '../../model/page.ts';
import type { Headers } from './header-rights.ts';
import { type AttributeValue, scanTags, type TagReader } from './html-tags.ts';
import { linksInHeader } from './link-header.ts';
import { plainText } from './plain-text.ts';
import { publishableUrl, resolveReference, tidyUrl } from './urls.ts';

/** Some pages have their links after a megabyte of scripts. */
const HTML_CHARS_MAX = 2 * 1024 * 1024;
const ALTERNATES_MAX = 100;
const ANCHORS_MAX = 1000;
const METAS_MAX = 200;
const VALUE_CHARS_MAX = 2048;

/** `url`: where the page came from, after redirects. Never throws. */
export function readPage(html: string, headers: Headers, url: string): Page {
  const text = html.slice(0, HTML_CHARS_MAX);
  const reader = new PageReader(text);
  scanTags(text, reader);
  const base = baseOf(reader.base, url);
  const absolute = (links: readonly FoundLink[], from: string) => withUrls(links, from);
  const inHeader = linksInHeader(headers['link'] ?? '')
    .filter(({ relations }) => isAlternate(relations))
    .map(({ href, type, title }): FoundLink => ({ href, type, title, place: 'header' }));
  const canonical = reader.canonical && publishableUrl(reader.canonical, base);
  return {
    url,
    title: titleIn(text, reader.titleEnd),
    canonicalUrl: canonical,
    metas: reader.metas,
    // A header is relative to the address of the document, whatever base the document has (RFC 8288, section 3.2).
    alternates: once([...absolute(inHeader, url), ...absolute(reader.alternates, base)]),
    anchors: once(absolute(reader.anchors, base)),
    html: text,
  };
}

interface FoundLink {
  readonly href: string;
  readonly type: string | undefined;
  readonly title: string | undefined;
  readonly place: PageLink['place'];
}

class PageReader implements TagReader {
  readonly alternates: FoundLink[] = [];
  readonly anchors: FoundLink[] = [];
  readonly metas = new Map<string, string>();
  base: string | undefined;
  canonical: string | undefined;
  /** Where the tag of the first `title` ends its name. */
  titleEnd: number | undefined;
  readonly #html: string;
  #tag = '';
  #attributes = new Map<string, string>();

  constructor(html: string) {
    this.#html = html;
  }

  openTagName(start: number, end: number): void {
    this.#tag = end - start > 8 ? '' : this.#html.slice(start, end).toLowerCase();
    this.#attributes.clear();
    if (this.#tag === 'title') this.titleEnd ??= end;
  }

  attribute(nameStart: number, nameEnd: number, value: AttributeValue | undefined): void {
    if (!READ.has(this.#tag) || nameEnd - nameStart > 12 || value === undefined) return;
    const name = this.#html.slice(nameStart, nameEnd).toLowerCase();
    // The first of a name counts (HTML, section 13.2.5.33).
    if (this.#attributes.has(name) || value.end - value.start > VALUE_CHARS_MAX) return;
    this.#attributes.set(name, decodeHTMLAttribute(this.#html.slice(value.start, value.end)));
  }

  openTagEnd(_isSelfClosing: boolean): void {
    if (this.#tag === 'link') this.#link();
    else if (this.#tag === 'a') this.#anchor();
    else if (this.#tag === 'meta') this.#meta();
    else if (this.#tag === 'base') this.base ??= this.#attributes.get('href');
  }

  closeTag(_start: number, _end: number): void {}

  #link(): void {
    const relations = (this.#attributes.get('rel') ?? '').toLowerCase().split(/\s+/);
    const href = this.#attributes.get('href');
    if (href === undefined) return;
    if (relations.includes('canonical')) this.canonical ??= href;
    if (isAlternate(relations) && this.alternates.length < ALTERNATES_MAX)
      this.alternates.push(this.#found(href, 'link'));
  }

  #anchor(): void {
    const href = this.#attributes.get('href');
    if (href !== undefined && this.anchors.length < ANCHORS_MAX)
      this.anchors.push(this.#found(href, 'anchor'));
  }

  #meta(): void {
    const name = ['name', 'property', 'itemprop'].flatMap((key) => this.#attributes.get(key) ?? [])[0];
    const content = this.#attributes.get('content');
    if (name === undefined || content === undefined || this.metas.size >= METAS_MAX) return;
    const key = name.toLowerCase();
    if (!this.metas.has(key)) this.metas.set(key, content);
  }

  #found(href: string, place: PageLink['place']): FoundLink {
    return { href, place, type: this.#attributes.get('type'), title: this.#attributes.get('title') };
  }
}

const READ: ReadonlySet<string> = new Set(['link', 'a', 'meta', 'base']);

/** `feed` stood in drafts of HTML, and on pages since. A style sheet that is an alternate one is no document. */
function isAlternate(relations: readonly string[]): boolean {
  if (relations.includes('stylesheet')) return false;
  return relations.includes('alternate') || relations.includes('feed');
}

/** A base that is no web address is none (HTML, section 2.4.3). */
function baseOf(href: string | undefined, url: string): string {
  const base = href === undefined ? undefined : resolveReference(tidyUrl(href), url);
  return base !== undefined && /^https?:\/\//i.test(base) ? base : url;
}

function withUrls(links: readonly FoundLink[], base: string): readonly PageLink[] {
  return links.flatMap(({ href, type, title, place }) => {
    const url = publishableUrl(href.trim(), base);
    if (url === undefined) return [];
    return {
      url: url.replace(/#.*/s, ''),
      type: type?.split(';', 1)[0]?.trim().toLowerCase(),
      title: plainText({ kind: 'text', value: title ?? '' }, 200),
      place,
    };
  });
}

/** Of links of one address the first. */
function once(links: readonly PageLink[]): readonly PageLink[] {
  const byUrl = new Map<string, PageLink>();
  for (const link of links) if (!byUrl.has(link.url)) byUrl.set(link.url, link);
  return [...byUrl.values()];
}

/** Of the element whose name ends at `nameEnd`. */
function titleIn(html: string, nameEnd: number | undefined): string | undefined {
  if (nameEnd === undefined) return undefined;
  const [, text = ''] = /^[^>]{0,500}>([^<]{0,2000})/.exec(html.slice(nameEnd, nameEnd + 2600)) ?? [];
  return plainText({ kind: 'html', value: text }, 200);
}
