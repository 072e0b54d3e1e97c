import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBody } from '../../../src/core/decode/decode-body.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const joined = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const prolog = (label: string): Uint8Array => utf8(`<?xml version="1.0" encoding="${label}"?>`);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  return new Uint8Array(view.buffer);
}

function utf32(text: string, littleEndian: boolean): Uint8Array {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0);
  const view = new DataView(new ArrayBuffer(points.length * 4));
  for (const [index, point] of points.entries()) view.setUint32(index * 4, point, littleEndian);
  return new Uint8Array(view.buffer);
}

describe('decodeBody', () => {
  it.each<[string, Uint8Array, string]>([
    ['utf-8', joined(bytes(0xef, 0xbb, 0xbf), utf8('<ü😀')), 'utf-8'],
    ['utf-16le', joined(bytes(0xff, 0xfe), utf16('<ü😀', true)), 'utf-16le'],
    ['utf-16be', joined(bytes(0xfe, 0xff), utf16('<ü😀', false)), 'utf-16be'],
    ['utf-32le', joined(bytes(0xff, 0xfe, 0, 0), utf32('<ü😀', true)), 'utf-32le'],
    ['utf-32be', joined(bytes(0, 0, 0xfe, 0xff), utf32('<ü😀', false)), 'utf-32be'],
  ])('takes a byte order mark of %s over a header that says otherwise, and drops it', (_, body, encoding) => {
    const decoded = decodeBody(body, { contentType: 'text/xml; charset=windows-1251' });
    expect(decoded).toEqual({ text: '<ü😀', encoding, guessed: false });
  });

  it.each<[string, Uint8Array]>([
    ['utf-16le', utf16('<?xml ü', true)],
    ['utf-16be', utf16('<?xml ü', false)],
    ['utf-32le', utf32('<?xml ü', true)],
    ['utf-32be', utf32('<?xml ü', false)],
  ])('knows %s without a mark by its first bytes', (encoding, body) => {
    expect(decodeBody(body)).toEqual({ text: '<?xml ü', encoding, guessed: false });
  });

  it.each([
    ['windows-1252', 0xe9, 'é'],
    ['iso-8859-1', 0x93, '“'],
    ['latin1', 0x80, '€'],
    ['iso-8859-2', 0xb1, 'ą'],
    ['iso-8859-15', 0xa4, '€'],
    ['iso-8859-7', 0xe1, 'α'],
    ['windows-1250', 0xb9, 'ą'],
    ['windows-1251', 0xe9, 'й'],
    ['cp1253', 0xe1, 'α'],
    ['windows-1254', 0xfe, 'ş'],
    ['windows-1255', 0xe0, 'א'],
    ['windows-1256', 0xc7, 'ا'],
    ['windows-874', 0xa1, 'ก'],
    ['koi8-r', 0xc1, 'а'],
    ['koi8-u', 0xa4, 'є'],
    ['macintosh', 0x8e, 'é'],
    ['ibm866', 0xa0, 'а'],
  ])('reads a declaration of %s', (label, byte, character) => {
    const decoded = decodeBody(joined(prolog(label), bytes(byte)));
    expect(decoded.text.endsWith(character)).toBe(true);
    expect(decoded.guessed).toBe(false);
  });

  it.each([
    ['gbk', [0xc4, 0xe3, 0xba, 0xc3], '你好'],
    ['gb2312', [0xc4, 0xe3, 0xba, 0xc3], '你好'],
    ['big5', [0xa7, 0x41, 0xa6, 0x6e], '你好'],
    ['shift_jis', [0x82, 0xb1], 'こ'],
    ['euc-jp', [0xa4, 0xb3], 'こ'],
    ['euc-kr', [0xc7, 0xd1], '한'],
    ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x24, 0x33, 0x1b, 0x28, 0x42], 'こ'],
  ])('reads %s named by the header', (label, values, text) => {
    const decoded = decodeBody(bytes(...values), { contentType: `application/xml; charset=${label}` });
    expect(decoded.text).toBe(text);
    expect(decoded.guessed).toBe(false);
  });

  it('takes the header over the declaration', () => {
    const body = joined(prolog('iso-8859-1'), bytes(0xe9));
    expect(decodeBody(body, { contentType: 'text/xml;charset="windows-1251"' }).text.endsWith('й')).toBe(
      true,
    );
  });

  it('ignores that text/xml would be us-ascii without a charset', () => {
    expect(decodeBody(utf8('<ü'), { contentType: 'text/xml' })).toEqual({
      text: '<ü',
      encoding: 'utf-8',
      guessed: false,
    });
  });

  it.each(['utf-7', 'unknown', 'utf-16', 'utf-32', 'none', 'iso-2022-kr'])(
    'passes over the label %s and says so',
    (label) => {
      expect(decodeBody(joined(prolog(label), utf8('ü')))).toMatchObject({
        encoding: 'utf-8',
        guessed: true,
      });
    },
  );

  it('takes what is valid UTF-8 for UTF-8 where a header says a single-byte encoding', () => {
    const decoded = decodeBody(utf8('<rss>Grüße'), { contentType: 'text/xml; charset=ISO-8859-1' });
    expect(decoded).toEqual({ text: '<rss>Grüße', encoding: 'utf-8', guessed: true });
  });

  it('reads windows-1252 where UTF-8 is declared and impossible', () => {
    const decoded = decodeBody(joined(prolog('utf-8'), bytes(0x47, 0x72, 0xfc, 0xdf, 0x65)));
    expect(decoded.text.endsWith('Grüße')).toBe(true);
    expect(decoded).toMatchObject({ encoding: 'windows-1252', guessed: true });
  });

  it('replaces bad sequences in UTF-8 one by one', () => {
    const decoded = decodeBody(joined(utf8('äöü'), bytes(0xff, 0x41, 0xe2, 0x82), utf8('ß')));
    expect(decoded.text).toBe('äöü\ufffdA\ufffdß');
  });

  it('never throws, and gives text without lone surrogates', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.option(fc.string(), { nil: undefined }),
        (body, contentType) => {
          expect(decodeBody(body, { contentType }).text.isWellFormed()).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
