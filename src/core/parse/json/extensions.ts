// Extension objects of JSON Feed (version 1.1, section Extensions): `_blue_shed` and its like become elements as those of XML
// have, and `_itunes`, `_podcast` … the elements of these vocabularies, which is how our own writer and others put them.
import type { RawExtension } from '../../../model/raw-feed.ts';
import {
  extensionAttribute,
  extensionName,
  isElementOf,
  isWellFormedName,
} from '../../../model/vocabularies.ts';
import type { ReadExtensions } from '../fields/extensions.ts';
import type { ParseLimits } from '../limits.ts';
import { isObject, type JsonObject, stringOf } from './values.ts';

/** Those of a feed or an item, but for our own object; undefined where there are none. */
export function readJsonExtensions(object: JsonObject, limits: ParseLimits): ReadExtensions | undefined {
  let reader: Reader | undefined;
  for (const key in object) {
    if (key.charCodeAt(0) !== 0x5f || key === '_tributary' || !isObject(object[key])) continue;
    reader ??= new Reader(limits);
    reader.readObject(key, object[key]);
  }
  return reader === undefined || (reader.elements.length === 0 && !reader.isClipped) ? undefined : reader;
}

/** A vocabulary by its canonical prefix; undefined for one that nobody knows. */
type Prefix = string | undefined;

class Reader implements ReadExtensions {
  readonly elements: RawExtension[] = [];
  isClipped = false;
  private readonly limits: ParseLimits;
  private elementsLeft: number;
  private charsLeft: number;

  constructor(limits: ParseLimits) {
    this.limits = limits;
    this.elementsLeft = limits.extensionsMax;
    this.charsLeft = limits.extensionCharsMax;
  }

  readObject(key: string, object: JsonObject): void {
    const prefix = key.slice(1).toLowerCase();
    if (isElementOf(prefix)) this.elements.push(...this.membersOf(object, prefix, 1, new Set(['about'])));
    else this.elements.push(...this.read(key, object, undefined, 1));
  }

  /** The elements that members are, without those that are taken for something else. */
  private membersOf(
    object: JsonObject,
    prefix: Prefix,
    depth: number,
    taken: ReadonlySet<string>,
  ): RawExtension[] {
    return Object.entries(object)
      .filter(([name]) => !taken.has(name))
      .flatMap(([name, value]) =>
        (Array.isArray(value) ? value : [value]).flatMap((one) => this.read(name, one, prefix, depth)),
      );
  }

  private read(name: string, value: unknown, prefix: Prefix, depth: number): RawExtension[] {
    const named = nameOf(name, prefix);
    const text = isObject(value) ? (stringOf(value['text']) ?? '') : textOf(value);
    if (named === undefined || text === undefined) return [];
    const inner = isObject(value) ? value : {};
    const attributes = prefix === undefined ? [] : attributesIn(inner, prefix);
    const chars = attributes.reduce((sum, [key, said]) => sum + key.length + said.length, text.length);
    const isTooMuch = this.elementsLeft === 0 || depth > this.limits.extensionDepthMax;
    if (isTooMuch || text.length > this.limits.extensionTextCharsMax || chars > this.charsLeft) {
      this.isClipped = true;
      return [];
    }
    this.elementsLeft -= 1;
    this.charsLeft -= chars;
    const taken = new Set(['text', ...attributes.map(([key]) => key)]);
    const children = this.membersOf(inner, prefix, depth + 1, taken);
    return [{ ...named, attributes, text, children }];
  }
}

/** `georss:where` within `_media` is of another vocabulary than the object. */
function nameOf(name: string, prefix: Prefix): { name: string; namespace: string } | undefined {
  if (prefix === undefined) return isWellFormedName(name) ? { name, namespace: '' } : undefined;
  const colon = name.indexOf(':');
  const other = name.slice(0, Math.max(0, colon)).toLowerCase();
  const own = isElementOf(other) ? other : prefix;
  const spelled = extensionName(own, name.slice(colon + 1), { prefix: '', namespace: '' });
  return spelled.isWellFormed ? { name: spelled.name, namespace: spelled.namespace } : undefined;
}

/** Texts in an object are attributes, but for those that the vocabulary has as elements (`itunes:owner` has a `name`). */
function attributesIn(object: JsonObject, prefix: string): [name: string, value: string][] {
  return Object.entries(object).flatMap(([name, value]): [string, string][] => {
    const text = textOf(value);
    if (text === undefined || name === 'text' || name.includes(':') || !isWellFormedName(name)) return [];
    return isElementOf(prefix, name) ? [] : [[extensionAttribute(name, name, false), text]];
  });
}

/** Of what has no members; undefined where there is nothing. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'boolean' ? String(value) : stringOf(value);
}
