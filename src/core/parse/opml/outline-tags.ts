// Cuts an OPML document into the tags of its outlines. OPML (1.0, 1.1, 2.0) is nothing but nested outlines with attributes, and much of
// it was written by hand or by string concatenation: a bare `&`, `<` in a value, a lost quote, a tag never closed cost
// nothing but themselves. Time is linear.
import type { DeclaredEntities } from '../xml/declared-entities.ts';
import { Finder } from '../xml/finder.ts';
import { decodeReferences } from '../xml/references.ts';

export type OutlineTag =
  | { readonly kind: 'start'; readonly attributes: OutlineAttributes; readonly isClosed: boolean }
  | { readonly kind: 'end' };

/** By lower-case name; of two of one name the first. */
export type OutlineAttributes = ReadonlyMap<string, string>;

const TAG = /<!--|<!\[CDATA\[|<(\/?)(?:[a-z][\w.-]*:)?outline(?=[\s/>])/gi;
const NAME = /[^\s=/><"']+/y;
const SPACE = /[\s/]*/y;
const EQUALS = /\s*=\s*/y;
const PLAIN_VALUE = /[^\s>]*/y;
/** A value with another outline in it, or with the name of another attribute at its end, has lost its quote. */
const SWALLOWED = /<\/?outline[\s>]|\s[\w:.-]{1,64}=$/i;
const VALUE_CHARS_MAX = 16_384;
const ATTRIBUTES_MAX = 64;

/** At most `max` tags. */
export function outlineTags(
  document: string,
  entities: DeclaredEntities | undefined,
  max: number,
): readonly OutlineTag[] {
  return new TagReader(document, entities).read(max);
}

class TagReader {
  readonly #document: string;
  readonly #entities: DeclaredEntities | undefined;
  readonly #commentEnds: Finder;
  readonly #cdataEnds: Finder;
  readonly #quotes: Readonly<Record<string, Finder>>;

  constructor(document: string, entities: DeclaredEntities | undefined) {
    this.#document = document;
    this.#entities = entities;
    this.#commentEnds = new Finder(document, '-->');
    this.#cdataEnds = new Finder(document, ']]>');
    this.#quotes = { '"': new Finder(document, '"'), "'": new Finder(document, "'") };
  }

  read(max: number): readonly OutlineTag[] {
    const tags: OutlineTag[] = [];
    const pattern = new RegExp(TAG);
    while (tags.length < max) {
      const found = pattern.exec(this.#document);
      if (found === null) break;
      const [text, slash] = found;
      if (text === '<!--') pattern.lastIndex = after(this.#commentEnds, pattern.lastIndex);
      else if (slash === undefined) pattern.lastIndex = after(this.#cdataEnds, pattern.lastIndex);
      else if (slash === '/') tags.push({ kind: 'end' });
      else {
        const { tag, end } = this.#startTag(pattern.lastIndex);
        tags.push(tag);
        pattern.lastIndex = end;
      }
    }
    return tags;
  }

  #startTag(from: number): { readonly tag: OutlineTag; readonly end: number } {
    const document = this.#document;
    const attributes = new Map<string, string>();
    let position = from;
    for (;;) {
      const [space, afterSpace] = match(SPACE, document, position);
      position = afterSpace;
      const next = document[position];
      if (next === undefined || next === '<' || next === '>') {
        const isClosed = next === '>' && space.endsWith('/');
        return { tag: { kind: 'start', attributes, isClosed }, end: position + (next === '>' ? 1 : 0) };
      }
      const [name, afterName] = match(NAME, document, position);
      const [equals, afterEquals] = match(EQUALS, document, afterName);
      if (equals === '') {
        // A word without a value, or a quote that nothing opened.
        position = Math.max(afterName, position + 1);
        continue;
      }
      const { value, end } = this.#value(afterEquals);
      position = end;
      const key = name.toLowerCase();
      if (attributes.size < ATTRIBUTES_MAX && !attributes.has(key))
        attributes.set(
          key,
          decodeReferences(value, () => undefined, this.#entities),
        );
    }
  }

  #value(from: number): { readonly value: string; readonly end: number } {
    const document = this.#document;
    const quotes = this.#quotes[document[from] ?? ''];
    if (quotes === undefined) return plainValue(document, from);
    const close = quotes.next(from + 1);
    if (close - from <= VALUE_CHARS_MAX) {
      const value = document.slice(from + 1, close);
      if (!SWALLOWED.test(value)) return { value, end: close + 1 };
    }
    return plainValue(document, from + 1);
  }
}

/** What has no end is passed over alone. */
function after(ends: Finder, from: number): number {
  const at = ends.next(from);
  return at === Number.POSITIVE_INFINITY ? from : at + 3;
}

/** Up to white space or the end of the tag: `<outline text=x/>` ends with its `/`, an address may too. */
function plainValue(document: string, from: number): { readonly value: string; readonly end: number } {
  const [value, end] = match(PLAIN_VALUE, document, from);
  return value.endsWith('/') && document[end] === '>' && !/^[a-z]+:/i.test(value)
    ? { value: value.slice(0, -1), end: end - 1 }
    : { value: value.slice(0, VALUE_CHARS_MAX), end };
}

function match(pattern: RegExp, document: string, from: number): readonly [text: string, end: number] {
  pattern.lastIndex = from;
  const text = pattern.exec(document)?.[0] ?? '';
  return [text, from + text.length];
}
