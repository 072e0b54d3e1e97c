// What of an item's elements of other vocabularies is carried on: everything that is harmless, within bounds. Their names,
// namespaces, texts and depth are their publisher's, who may be hostile: nothing here is written as it came but what passed.
import type { ExtensionElement } from '../../model/extension.ts';
import { isRightText, isSingle, rightAttributes } from './carried-values.ts';
import { withoutDeclarations } from './html-trap.ts';
import { languageTag } from './language-tag.ts';
import { isFreePrefix, vocabularyOf } from './vocabularies.ts';

export interface CarriedElement {
  /** Of a vocabulary that documents declare at their root, else one that only this item uses for `namespace`. */
  readonly prefix: string;
  readonly local: string;
  /** Undefined where the document's root declares the prefix. */
  readonly namespace: string | undefined;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly children: readonly CarriedElement[];
}

const ELEMENTS_MAX = 200;
const DEPTH_MAX = 8;
const ATTRIBUTES_MAX = 32;
const VALUE_CHARS_MAX = 2048;
const TEXT_CHARS_MAX = 10_000;
/** Of one item, names, values and texts together. */
const CHARS_MAX = 64_000;

/** NCName (Namespaces in XML 1.0) in ASCII. */
const LOCAL_NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/;
/** Readers that know names without their namespaces must not find an item, a feed or an id within an item. */
const STRUCTURE = new Set('channel deleted-entry entry feed guid item li rdf rss seq'.split(' '));

/** In the order given. Elements that would harm are left out whole, with what is in them. */
export function carriedElements(
  extensions: readonly ExtensionElement[] | undefined,
): readonly CarriedElement[] {
  if (extensions === undefined || extensions.length === 0) return [];
  return new Carrier().carryAll(extensions, 1);
}

class Carrier {
  /** Of vocabularies that we do not know, by namespace. */
  readonly #prefixes = new Map<string, string>();
  /** Places (`georss:where`) that are open. */
  #places = 0;
  #elements = 0;
  #chars = 0;

  carryAll(elements: readonly ExtensionElement[], depth: number): readonly CarriedElement[] {
    if (depth > DEPTH_MAX) return [];
    const carried: CarriedElement[] = [];
    for (const element of elements) {
      if (this.#elements >= ELEMENTS_MAX) break;
      const one = this.#carry(element, depth);
      if (one === undefined) continue;
      const isAgain = ({ prefix, local }: CarriedElement) => prefix === one.prefix && local === one.local;
      if (isSingle(`${one.prefix}:${one.local}`) && carried.some(isAgain)) continue;
      carried.push(one);
    }
    return carried;
  }

  #carry(
    { name, namespace, attributes, text, children }: ExtensionElement,
    depth: number,
  ): CarriedElement | undefined {
    const local = name.slice(name.indexOf(':') + 1);
    if (!LOCAL_NAME.test(local) || STRUCTURE.has(local.toLowerCase()) || !isHarmlessText(text))
      return undefined;
    const vocabulary = vocabularyOf(namespace);
    if (vocabulary === undefined) return undefined;
    if (vocabulary !== 'unknown' && vocabulary.withheld.has(local.toLowerCase())) return undefined;
    const own = name.slice(0, Math.max(0, name.indexOf(':')));
    const prefix = vocabulary === 'unknown' ? this.#prefixOf(namespace, own) : vocabulary.prefix;
    const qualified = `${prefix}:${local}`;
    const harmless = carriedAttributes(attributes, own, prefix);
    const kept = harmless && rightAttributes(qualified, harmless);
    if (kept === undefined || !isRightText(qualified, text)) return undefined;
    if (!this.#isWhole(prefix, local, kept)) return undefined;
    this.#elements++;
    this.#chars += local.length * 2 + text.length + kept.reduce((sum, [, value]) => sum + value.length, 0);
    if (this.#chars > CHARS_MAX) return undefined;
    const isPlace = prefix === 'georss' && local === 'where';
    if (isPlace) this.#places++;
    const inner = children.length === 0 ? [] : this.carryAll(children, depth + 1);
    if (isPlace) this.#places--;
    return {
      prefix,
      local,
      namespace: vocabulary === 'unknown' ? namespace : undefined,
      attributes: kept,
      text: withoutDeclarations(text),
      children: inner,
    };
  }

  /**
   * What a reader stops at, and so at the whole of our document (feedparser 6: a chapter without its start, a position that
   * is nobody's place), is not carried.
   */
  #isWhole(prefix: string, local: string, attributes: CarriedElement['attributes']): boolean {
    if (prefix === 'gml') return this.#places > 0;
    return prefix !== 'psc' || local !== 'chapter' || attributes.some(([name]) => name === 'start');
  }

  /** The publisher's own prefix unless another namespace has it, else `ns1`, `ns2` … */
  #prefixOf(namespace: string, own: string): string {
    const known = this.#prefixes.get(namespace);
    if (known !== undefined) return known;
    const taken = [...this.#prefixes.values()];
    let prefix = own.toLowerCase();
    for (let n = 1; !isFreePrefix(prefix) || taken.includes(prefix); n++) prefix = `ns${n}`;
    this.#prefixes.set(namespace, prefix);
    return prefix;
  }
}

/** Undefined where one of them would harm: the element is nothing without it. */
function carriedAttributes(
  attributes: ExtensionElement['attributes'],
  own: string,
  prefix: string,
): CarriedElement['attributes'] | undefined {
  if (attributes.length === 0) return [];
  const kept = new Map<string, string>();
  for (const [given, value] of attributes) {
    const name = attributeName(given, own, prefix);
    if (name === undefined || kept.has(name) || kept.size >= ATTRIBUTES_MAX) continue;
    if (name === 'xml:lang' ? languageTag(value) === undefined : value.length > VALUE_CHARS_MAX) continue;
    if (!isHarmlessValue(name, value)) return undefined;
    kept.set(name, value);
  }
  return [...kept];
}

/**
 * As it is written: without prefix, with its element's own, `xml:lang` or `rdf:resource`. The namespaces of others are not
 * known here; `xmlns`, `xml:base` and `xml:id` would reach beyond the element.
 */
function attributeName(given: string, own: string, prefix: string): string | undefined {
  const at = given.indexOf(':');
  if (at === -1) return LOCAL_NAME.test(given) && !/^xml/i.test(given) ? given : undefined;
  if (given === 'xml:lang' || given === 'rdf:resource') return given;
  const local = given.slice(at + 1);
  return own !== '' && given.slice(0, at) === own && LOCAL_NAME.test(local)
    ? `${prefix}:${local}`
    : undefined;
}

/** What readers follow: only what a feed's reader may open, and the addresses that podcasts use for files and places. */
const URL_ATTRIBUTES = new Set('href src url uri link resource rdf:resource feedurl'.split(' '));
const OPEN_SCHEMES = new Set('http https mailto ipfs magnet geo tel urn tag'.split(' '));
const ACTIVE_SCHEME = /^(?:javascript|vbscript|livescript|data|blob|file|filesystem|about|jar|view-source):/;

function isHarmlessValue(name: string, value: string): boolean {
  if (!URL_ATTRIBUTES.has(name.toLowerCase())) return isHarmlessText(value);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
  return scheme !== undefined && OPEN_SCHEMES.has(scheme) && isHarmlessText(value);
}

/** Text of whatever kind: not too long, no address that a browser would run, none with a password in it. */
function isHarmlessText(text: string): boolean {
  if (text === '') return true;
  if (text.length > TEXT_CHARS_MAX) return false;
  if (!text.includes(':')) return true;
  // Browsers skip controls and white space in a scheme.
  const start = text
    .slice(0, 64)
    .replace(/[\0-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]/g, '')
    .toLowerCase();
  if (ACTIVE_SCHEME.test(start)) return false;
  return !/^https?:\/*[^/?#\s]*@/.test(start);
}
