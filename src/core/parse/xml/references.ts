// Character and entity references (XML 1.0, section 4.1), as publishers write them: HTML's names are known, a bare `&`
// stands for itself, and no reference brings in what XML forbids.
import { decodeHTMLStrict } from 'entities';
import { FORBIDDEN } from './characters.ts';
import type { DeclaredEntities } from './declared-entities.ts';

/** The longest name in HTML, `&CounterClockwiseContourIntegral;`, is 33 characters with its ends. */
const REFERENCE_CHARS_MAX = 40;
const XML_NAMES: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
]);
/** Decodes once; `onDamage` is told of a bare `&` and of names that neither XML nor the document itself has. */
export function decodeReferences(text: string, onDamage: () => void, declared?: DeclaredEntities): string {
  let ampersand = text.indexOf('&');
  if (ampersand < 0) return text;
  let decoded = '';
  let copied = 0;
  while (ampersand >= 0) {
    const end = referenceEnd(text, ampersand);
    if (end < 0) {
      onDamage();
    } else {
      const reference = text.slice(ampersand, end);
      const value =
        XML_NAMES.get(reference) ?? declared?.expand(reference) ?? decodeOther(reference, onDamage);
      decoded += text.slice(copied, ampersand) + value;
      copied = end;
    }
    ampersand = text.indexOf('&', end < 0 ? ampersand + 1 : end);
  }
  return decoded + text.slice(copied);
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
