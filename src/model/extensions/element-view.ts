// What the typed views of vocabularies ask of elements: the first or all of a name, and their values as what they stand for.
// Names are in their right spelling (model/vocabularies.ts). A value that is nonsense is absent.
import type { ExtensionElement } from '../extension.ts';
import { type Timestamp, timestampFromMs } from '../timestamp.ts';

export type Elements = readonly ExtensionElement[] | undefined;

/** Elements of one vocabulary among others. */
export class ElementView {
  private readonly prefix: string;
  private readonly elements: readonly ExtensionElement[];

  constructor(elements: Elements, prefix: string) {
    this.prefix = `${prefix}:`;
    this.elements = elements ?? [];
  }

  first(name: string): ExtensionElement | undefined {
    const wanted = this.prefix + name;
    return this.elements.find((element) => element.name === wanted);
  }

  all(name: string): readonly ExtensionElement[] {
    const wanted = this.prefix + name;
    return this.elements.filter((element) => element.name === wanted);
  }

  /** Of the first that has any. */
  text(name: string): string | undefined {
    return this.texts(name)?.[0];
  }

  texts(name: string): readonly string[] | undefined {
    return listed(this.all(name), (element) => textIn(element));
  }

  number(name: string): number | undefined {
    return numberIn(this.text(name));
  }

  whole(name: string): number | undefined {
    return wholeIn(this.text(name));
  }

  flag(name: string): boolean | undefined {
    return flagIn(this.text(name));
  }

  timestamp(name: string): Timestamp | undefined {
    return timestampIn(this.text(name));
  }

  /** What `read` makes of each; undefined where it makes nothing of any. */
  list<T>(name: string, read: (element: ExtensionElement) => T | undefined): readonly T[] | undefined {
    return listed(this.all(name), read);
  }

  /** What `read` makes of the first that it makes anything of. */
  one<T>(name: string, read: (element: ExtensionElement) => T | undefined): T | undefined {
    return this.list(name, read)?.[0];
  }
}

/** Undefined rather than empty. */
export function listed<T>(
  elements: readonly ExtensionElement[],
  read: (element: ExtensionElement) => T | undefined,
): readonly T[] | undefined {
  const found = elements.map(read).filter((value) => value !== undefined);
  return found.length === 0 ? undefined : found;
}

export function textIn(element: ExtensionElement | undefined): string | undefined {
  return element === undefined || element.text === '' ? undefined : element.text;
}

/** The value of an attribute; undefined where it is empty. */
export function attributeIn(element: ExtensionElement, name: string): string | undefined {
  for (const [known, value] of element.attributes) {
    if (known === name) return value === '' ? undefined : value;
  }
  return undefined;
}

/** A decimal number with a point; nothing else, no exponent. */
export function numberIn(text: string | undefined): number | undefined {
  const digits = text?.trim() ?? '';
  return /^[+-]?(?:\d{1,15}(?:\.\d{0,20})?|\.\d{1,20})$/.test(digits) ? Number(digits) : undefined;
}

/** A whole number from 0. */
export function wholeIn(text: string | undefined): number | undefined {
  const digits = text?.trim() ?? '';
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}

const YES = new Set(['yes', 'true', '1', 'explicit', 'y', 'on']);
const NO = new Set(['no', 'false', '0', 'clean', 'n', 'off']);

/** Yes and no in the words that these vocabularies have for them. */
export function flagIn(text: string | undefined): boolean | undefined {
  const word = text?.trim().toLowerCase() ?? '';
  return YES.has(word) ? true : NO.has(word) ? false : undefined;
}

/** Seconds from `90`, `90.5`, `1:30`, `:30` or `00:01:30.500`. */
export function secondsIn(text: string | undefined): number | undefined {
  const clock = text?.trim() ?? '';
  const match = /^(?:(?:(\d{1,4}):)?(\d{0,6}):)?(\d{1,9}(?:\.\d{1,9})?)$/.exec(clock);
  if (match === null) return undefined;
  return Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3]);
}

/** The zone names of RFC 822 (section 5.1) are the ones that the language knows. */
const ZONED = /(?:Z|UTC?|GMT|[ECMP][SD]T|[+-]\d\d:?\d\d)$/i;
const DAY = /^\d{4}-\d\d-\d\d$/;
const ISO_WITHOUT_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?$/;

/** An instant in ISO 8601 (without zone: UTC) or, with a zone, RFC 822. */
export function timestampIn(text: string | undefined): Timestamp | undefined {
  const date = text?.trim() ?? '';
  if (date.length > 64) return undefined;
  const zoned = DAY.test(date) || ZONED.test(date) ? date : ISO_WITHOUT_ZONE.test(date) ? `${date}Z` : '';
  return timestampFromMs(Date.parse(zoned));
}

/** Words between commas. */
export function wordsIn(text: string | undefined): readonly string[] | undefined {
  const words = text?.split(',').map((word) => word.trim()) ?? [];
  const said = [...new Set(words)].filter((word) => word !== '');
  return said.length === 0 ? undefined : said;
}

/** Without what is absent; undefined where nothing is left. */
export function said<T extends object>(value: T): T | undefined {
  const copy: Partial<T> = {};
  let isEmpty = true;
  for (const key in value) {
    if (value[key] === undefined) continue;
    copy[key] = value[key];
    isEmpty = false;
  }
  return isEmpty ? undefined : (copy as T);
}
