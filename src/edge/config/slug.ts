// Names as parts of addresses: letters and digits of ASCII. The same name always gives the same.
import { createHash } from 'node:crypto';
import { isConfigId } from '../../model/ids.ts';

/** Letters that no decomposition brings to ASCII. */
const LATIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** Letters and digits of ASCII in lower case, the rest as single '-'; empty where there are none. */
export function slug(text: string, lengthMax: number): string {
  const dashed = toAscii(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '');
  const short = dashed.slice(0, lengthMax).replace(/-$/, '');
  return isConfigId(short) ? short : '';
}

const NAME_LENGTH_MAX = 40;

/**
 * A slug that two different names hardly share: where it leaves out letters, digits or signs (`C++`, `Новости`), or is cut, it ends
 * in a digest of the name. Letters' case aside; at most 49 characters.
 */
export function distinctSlug(name: string): string {
  const readable = slug(name, NAME_LENGTH_MAX);
  const plain = toAscii(name);
  const isWhole = !/[^\x20-\x7e]|[#+*=<>|~^$%@\\]/.test(plain) && plain.length <= NAME_LENGTH_MAX;
  if (isWhole && readable !== '') return readable;
  const digest = createHash('sha256').update(name.normalize('NFC').toLowerCase()).digest('hex').slice(0, 8);
  return readable === '' ? digest : `${readable}-${digest}`;
}

function toAscii(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[ßæœøłđðþı]/g, (letter) => LATIN[letter] ?? letter);
}
