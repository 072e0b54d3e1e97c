// Bytes to text. Order: byte order mark, HTTP charset, XML declaration, UTF-8 where it is valid, what the language that
// the document says it is in is mostly written in, windows-1252.
// Labels are those of the Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels).
import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { declaredEncoding, unmarkedUnicode } from './declared-encoding.ts';
import { decodeEbcdic, isEbcdic } from './ebcdic.ts';
import { decodeEucKr } from './euc-kr.ts';
import { canBe, encodingByLanguage } from './language-encoding.ts';
import { decodeUtf32 } from './utf-32.ts';

export interface DecodedBody {
  readonly text: string;
  /** Name of the encoding, lower case, as the Encoding Standard has it; `utf-32le`, `utf-32be`, `ebcdic` beside them. */
  readonly encoding: string;
  /** The encoding was not declared or its declaration was wrong, and the bytes are not plain UTF-8 either. */
  readonly guessed: boolean;
}

const MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const MULTI_BYTE = /^(?:gb|big5|euc-|shift_jis|iso-2022)/;
const ACCIDENTAL_BYTES_MAX = 24;

/** Never throws. Sequences that the encoding does not know become U+FFFD one by one. */
export function decodeBody(
  body: Uint8Array,
  headers: { contentType?: string | undefined } = {},
): DecodedBody {
  const decoded = decode(body, headers.contentType);
  const hasMark = /^[\ufeffï]/.test(decoded.text);
  return hasMark ? { ...decoded, text: decoded.text.replace(SECOND_MARKS, '') } : decoded;
}

/** Marks of software that put one before another, and one that was taken for windows-1252 and encoded again. */
const SECOND_MARKS = /^(?:\ufeff|ï»¿)+/;

function decode(body: Uint8Array, contentType: string | undefined): DecodedBody {
  const mark = MARKS.find(([encoding, bytes]) => isMarkedAs(encoding, bytes, body));
  if (mark !== undefined) {
    const [encoding, bytes] = mark;
    return { text: decodeAs(encoding, body.subarray(bytes.length)), encoding, guessed: false };
  }
  const unicode = unmarkedUnicode(body);
  if (unicode !== undefined) return { text: decodeAs(unicode, body), encoding: unicode, guessed: false };
  if (isEbcdic(body)) {
    const head = decodeEbcdic(body.subarray(0, 200), undefined);
    const label = declaredEncoding(new TextEncoder().encode(head));
    return { text: decodeEbcdic(body, label), encoding: 'ebcdic', guessed: label === undefined };
  }
  return decodeByLabel(body, contentType);
}

/** A mark of UTF-16 before what is plainly ASCII is a mistake of whoever joined the two. */
function isMarkedAs(encoding: string, mark: readonly number[], body: Uint8Array): boolean {
  if (!mark.every((byte, index) => body[index] === byte)) return false;
  if (!encoding.startsWith('utf-16')) return true;
  const head = body.subarray(mark.length, mark.length + 5);
  return head.length < 5 || String.fromCharCode(...head) !== '<?xml';
}

function decodeByLabel(marked: Uint8Array, contentType: string | undefined): DecodedBody {
  const [first, second] = marked;
  const isWrong = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const body = isWrong ? marked.subarray(2) : marked;
  const labels = [charsetOf(contentType), declaredEncoding(body)].filter((label) => label !== undefined);
  const valid = isUtf8(body);
  for (const label of labels) {
    const encoding = encodingOf(label);
    if (encoding === undefined || !isBelievable(encoding, body, valid)) continue;
    return { text: decodeAs(encoding, body), encoding, guessed: isWrong || label !== labels[0] };
  }
  if (valid)
    return { text: decodeAs('utf-8', body), encoding: 'utf-8', guessed: isWrong || labels.length > 0 };
  const encoding = isMostlyUtf8(body) ? 'utf-8' : encodingByLanguage(body);
  return { text: decodeAs(encoding, body), encoding, guessed: true };
}

/** Also where the media type is missing, or what stands around `charset` is not as RFC 9110, section 8.3, has it. */
function charsetOf(contentType: string | undefined): string | undefined {
  return /(?:^|[;,\s])charset\s*[=:]\s*["']?\s*([^\s"';,]{1,40})/i.exec(
    (contentType ?? '').slice(0, 400),
  )?.[1];
}

/** The encoding's own name; undefined for labels that are no encoding, such as `utf-7` or `unknown`. */
function encodingOf(label: string): string | undefined {
  const plain = label.toLowerCase();
  if (plain === 'utf-32' || plain === 'ucs-4') return undefined; // without a mark: it would have been seen by its zeros
  try {
    return new TextDecoder(plain).encoding;
  } catch {
    return undefined;
  }
}

/**
 * Whether the bytes can be what the label says. UTF-16 would have shown its zeros. Text in another encoding is next to
 * never valid UTF-8, so that valid UTF-8 wins over a server's `iso-8859-1`; only where characters have several bytes
 * may a few of them look like UTF-8 by accident.
 */
function isBelievable(encoding: string, body: Uint8Array, validUtf8: boolean): boolean {
  if (encoding === 'utf-8') return validUtf8 || isMostlyUtf8(body);
  if (encoding.startsWith('utf-16')) return false;
  if (!validUtf8) return true;
  const accidents = MULTI_BYTE.test(encoding) ? ACCIDENTAL_BYTES_MAX : 0;
  let bytes = 0;
  for (const byte of body) if (byte >= 0x80) bytes += 1;
  return bytes <= accidents && (bytes === 0 || canBe(encoding, body));
}

/** UTF-8 with a few bad bytes in it, rather than another encoding: more whole sequences than broken ones. */
function isMostlyUtf8(body: Uint8Array): boolean {
  let whole = 0;
  let broken = 0;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index] ?? 0;
    if (byte < 0x80) continue;
    const length =
      byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 1;
    let follow = 1;
    while (follow < length && ((body[index + follow] ?? 0) & 0xc0) === 0x80) follow += 1;
    if (length > 1 && follow === length) whole += 1;
    else broken += 1;
    index += follow - 1;
  }
  return whole > broken;
}

function decodeAs(encoding: string, body: Uint8Array): string {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return decodeUtf32(body, encoding === 'utf-32le');
  if (encoding === 'utf-8' && isAscii(body)) {
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  }
  if (encoding === 'euc-kr') return decodeEucKr(body);
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(body);
}
