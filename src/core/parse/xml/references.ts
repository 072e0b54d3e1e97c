// Character and entity references (XML 1.0, section 4.1), as publishers write them: HTML's names are known, a bare `&`
// stands for itself, and no reference brings in what XML forbids.
import { decodeHTMLStrict } from 'entities';
import { FORBIDDEN } from './characters.ts';
import type { DeclaredEntities } from './declared-entities.ts';

/** The longest name in HTML, `&CounterClockwiseContourIntegral;`, is 33 characters with its ends. */
const REFERENCE_CHARS_MAX = 40;

/** Decodes once; `onDamage` is told of a bare `&` and of names that neither XML nor the document itself has. */
export function decodeReferences(given: string, onDamage: () => void, declared?: DeclaredEntities): string {
  let ampersand = given.indexOf('&');
  if (ampersand < 0) return given;
  const text = SURROGATES.test(given) ? joinSurrogates(given, onDamage) : given;
  ampersand = text.indexOf('&');
  let decoded = '';
  let copied = 0;
  while (ampersand >= 0) {
    const own = xmlReference(text, ampersand);
    const end = own === undefined ? referenceEnd(text, ampersand) : ampersand + own.length;
    if (end < 0) {
      onDamage();
    } else {
      const value = own?.value ?? decodeNamed(text.slice(ampersand, end), onDamage, declared);
      decoded += text.slice(copied, ampersand) + value;
      copied = end;
    }
    ampersand = text.indexOf('&', end < 0 ? ampersand + 1 : end);
  }
  return decoded + text.slice(copied);
}

const SURROGATES = /&#(?:5[56]\d{3}|x[dD][89abAB])/;
const PAIR = /&#(?:(5\d{4})|x(d[89ab][\da-f]{2}));&#(?:(5\d{4})|x(d[c-f][\da-f]{2}));/gi;

/** A character beyond the basic plane as software writes it that knows UTF-16 only: two references for one. */
function joinSurrogates(text: string, onDamage: () => void): string {
  return text.replace(PAIR, (pair, high?: string, highHex?: string, low?: string, lowHex?: string) => {
    const character = String.fromCharCode(codeUnit(high, highHex), codeUnit(low, lowHex));
    if ((character.codePointAt(0) ?? 0) <= 0xffff) return pair;
    onDamage();
    return character;
  });
}

function codeUnit(decimal: string | undefined, hex: string | undefined): number {
  return decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
}

interface XmlReference {
  readonly rest: string;
  readonly value: string;
  readonly length: number;
}

const AMP: XmlReference = { rest: 'mp;', value: '&', length: 5 };
const APOS: XmlReference = { rest: 'pos;', value: "'", length: 6 };
const GT: XmlReference = { rest: 't;', value: '>', length: 4 };
const LT: XmlReference = { rest: 't;', value: '<', length: 4 };
const QUOT: XmlReference = { rest: 'uot;', value: '"', length: 6 };

/** One of the five names that XML has itself (section 4.6): nearly all references are. */
function xmlReference(text: string, ampersand: number): XmlReference | undefined {
  const reference = xmlReferenceFrom(text, ampersand + 1);
  return reference !== undefined && text.startsWith(reference.rest, ampersand + 2) ? reference : undefined;
}

function xmlReferenceFrom(text: string, start: number): XmlReference | undefined {
  switch (text.charCodeAt(start)) {
    case 0x61:
      return text.charCodeAt(start + 1) === 0x6d ? AMP : APOS;
    case 0x67:
      return GT;
    case 0x6c:
      return LT;
    case 0x71:
      return QUOT;
    default:
      return undefined;
  }
}

/** Whether decoding and escaping for HTML again would change nothing between two places: `&amp;`, `&lt;`, `&gt;` only. */
export function isEscaped(text: string, start: number, end: number, isQuoted: boolean): boolean {
  let ampersand = text.indexOf('&', start);
  while (ampersand >= 0 && ampersand < end) {
    const reference = xmlReference(text, ampersand);
    if (reference === undefined || reference === APOS || (reference === QUOT && !isQuoted)) return false;
    ampersand = text.indexOf('&', ampersand + reference.length);
  }
  return true;
}

function decodeNamed(
  reference: string,
  onDamage: () => void,
  declared: DeclaredEntities | undefined,
): string {
  return declared?.expand(reference) ?? decodeOther(reference, onDamage);
}

/** Just after the `;`; -1 where no reference starts at the `&`. */
function referenceEnd(text: string, ampersand: number): number {
  const last = Math.min(text.length, ampersand + REFERENCE_CHARS_MAX);
  for (let index = ampersand + 1; index < last; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x3b) return index > ampersand + 1 ? index + 1 : -1;
    const isWord =
      (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
    if (!isWord && !(code === 0x23 && index === ampersand + 1)) return -1;
  }
  return -1;
}

/** Numbers as HTML reads them: the windows-1252 meaning of 128 to 159, U+FFFD for what is no character. */
function decodeOther(reference: string, onDamage: () => void): string {
  const value = decodeHTMLStrict(reference);
  if (value === reference || reference.charCodeAt(1) !== 0x23) onDamage();
  return value.replace(FORBIDDEN, '');
}
