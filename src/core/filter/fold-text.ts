// Texts as rules compare them.

/** Soft hyphens, joiners and marks of width nothing: in the middle of words, and no part of them. */
const INVISIBLE = /[\u00AD\u200B\u2060\uFEFF]/g;

/** One Unicode form, nothing invisible within words: what patterns look at. */
export function tidyText(text: string): string {
  return text.replace(INVISIBLE, '').normalize('NFC');
}

/** The same with letters' case aside, in full: `STRASSE` and `straße`, `ΟΔΟΣ` and `οδος`, `İ`, `I`, `ı` and `i` are one. */
export function foldText(text: string): string {
  return tidyText(text).toUpperCase().toLowerCase().replaceAll('i\u0307', 'i').replaceAll('ς', 'σ');
}
