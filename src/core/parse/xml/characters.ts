// Characters that XML forbids (XML 1.0, section 2.2) and line ends that it makes one (section 2.11). They are taken out of
// texts once these are cut from the document, never out of the document: a `]]>` or a tag that only comes about when a
// character between is taken away is none.

export const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

const ALLOWED_ONLY = /^[\t\n\r\x20-\ufffd]*$/;
const BEYOND_LATIN_1 = /[\u0100-\uffff]/;
const FORBIDDEN_CONTROLS: readonly string[] = Array.from({ length: 0x20 }, (_, code) =>
  String.fromCharCode(code),
).filter((character) => !'\t\n\r'.includes(character));

export interface CharacterCleaner {
  clean(text: string): string;
}

/** Undefined where nothing needs to be cleaned, as in nearly all documents. */
export function cleanerFor(document: string, onDamage: () => void): CharacterCleaner | undefined {
  const isForbidden = hasForbidden(document);
  if (isForbidden) onDamage();
  else if (!document.includes('\r')) return undefined;
  return {
    clean(text) {
      const clean = isForbidden ? text.replace(FORBIDDEN, '') : text;
      return clean.includes('\r') ? clean.replace(/\r\n?/g, '\n') : clean;
    },
  };
}

/** Without forbidden characters within words, which may be names of tags: this joins no characters of markup. */
export function wordsMended(document: string): string {
  return document.replace(/(?<=\w)[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+(?=\w)/g, '');
}

/**
 * What is fastest depends on how V8 keeps the text: with a byte for each character, looking for them one by one takes a
 * third of the pattern's time; with two bytes, nearly twice as much.
 */
function hasForbidden(text: string): boolean {
  if (BEYOND_LATIN_1.test(text)) return !ALLOWED_ONLY.test(text);
  return FORBIDDEN_CONTROLS.some((character) => text.includes(character));
}
