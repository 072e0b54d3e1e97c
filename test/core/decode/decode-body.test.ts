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

/** The characters of a prolog in code page 37. */
function ebcdic(text: string): Uint8Array {
  const row = (start: number, characters: string): [string, number][] =>
    [...characters].map((character, index) => [character, start + index]);
  const codes = new Map<string, number>([
    ...row(0x81, 'abcdefghi'),
    ...row(0x91, 'jklmnopqr'),
    ...row(0xa2, 'stuvwxyz'),
    ...row(0xf0, '0123456789'),
    ...row(0x4b, '.<'),
    ...row(0x6e, '>?'),
    [' ', 0x40],
    ['=', 0x7e],
    ['"', 0x7f],
    ['-', 0x60],
  ]);
  return bytes(...[...text].map((character) => codes.get(character) ?? 0x6f));
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

  it.each([
    ['text/xml; charset=windows-1251', 'й'],
    ['text/xml;charset=windows-1251', 'й'],
    ['text/xml; charset="windows-1251"', 'й'],
    ["text/xml; charset='windows-1251'", 'й'],
    ['text/xml; charset="windows-1251', 'й'],
    ['text/xml ; Charset = WINDOWS-1251 ;', 'й'],
    ['text/xml; charset=windows-1251; version=2.0', 'й'],
    ['text/xml, charset=windows-1251', 'й'],
    ['text/xml charset=windows-1251', 'й'],
    ['text/xml; charset: windows-1251', 'й'],
    ['charset=windows-1251', 'й'],
    ['; charset=windows-1251', 'й'],
    ['text/xml; xcharset=windows-1251', 'é'],
    ['text/xml; charset=', 'é'],
    ['text/xml; charset=""', 'é'],
    ['text/xml; charset=utf-9', 'é'],
    ['text/xml; charset=us-ascii', 'é'],
    ['text/xml', 'é'],
    ['', 'é'],
  ])('reads the header %j as it is meant', (contentType, character) => {
    expect(decodeBody(joined(prolog('iso-8859-1'), bytes(0xe9)), { contentType }).text.at(-1)).toBe(
      character,
    );
  });

  it.each([
    ['<?xml version="1.0" encoding="windows-1251"?>'],
    ["<?xml version='1.0' encoding='windows-1251'?>"],
    ['<?xml version="1.0"  encoding = "windows-1251" standalone="yes" ?>'],
    ['<?xml encoding="windows-1251"?>'],
    ['<?xml version="1.0" encoding=windows-1251?>'],
    ['<?xml version="1.0" ENCODING="Windows-1251"?>'],
    ['<?xml version="1.0" encoding=" windows-1251 "?>'],
    ['\n\n<?xml version="1.0"\n encoding="windows-1251"?>'],
    ['<!-- a comment --><?xml version="1.0" encoding="windows-1251"?>'],
    ['<?xml version="1.0" encoding="windows-1251">'],
  ])('reads the declaration %s', (declaration) => {
    expect(decodeBody(joined(utf8(declaration), bytes(0xe9)))).toMatchObject({
      encoding: 'windows-1251',
      guessed: false,
    });
  });

  it('does not take an attribute of something else for a declaration', () => {
    const body = joined(utf8('<?xml version="1.0"?><rss encoding="windows-1251">'), bytes(0xe9));
    expect(decodeBody(body)).toMatchObject({ encoding: 'windows-1252', guessed: true });
  });

  it('reads a known label after an unknown one', () => {
    const body = joined(prolog('windows-1251'), bytes(0xe9));
    const decoded = decodeBody(body, { contentType: 'text/xml; charset=x-unknown' });
    expect(decoded).toMatchObject({ encoding: 'windows-1251', guessed: true });
  });

  it.each<[string, Uint8Array]>([
    ['utf-16le', joined(utf16('\n <rss>ü', true))],
    ['utf-16be', joined(utf16('\n <rss>ü', false))],
    ['utf-16le', joined(utf16('{"ü":1}', true))],
    ['utf-16be', joined(utf16('{"ü":1}', false))],
    ['utf-32le', joined(utf32('\n<rss>😀', true))],
    ['utf-32be', joined(utf32('{"😀":1}', false))],
  ])('knows %s without a mark where white space or JSON begins', (encoding, body) => {
    expect(decodeBody(body)).toMatchObject({ encoding, guessed: false });
  });

  it.each(['utf-8', 'iso-8859-1', 'utf-16', 'windows-1251'])(
    'reads UTF-16 by its zeros whatever label stands in it or is sent with it: %s',
    (label) => {
      const text = `<?xml version="1.0" encoding="${label}"?><rss>ü`;
      expect(decodeBody(utf16(text, true), { contentType: `text/xml; charset=${label}` }).text).toBe(text);
    },
  );

  it('passes over a mark of UTF-16 before plain ASCII', () => {
    const body = joined(bytes(0xff, 0xfe), prolog('utf-8'), utf8('ü'));
    expect(decodeBody(body)).toEqual({
      text: '<?xml version="1.0" encoding="utf-8"?>ü',
      encoding: 'utf-8',
      guessed: true,
    });
  });

  it('drops every byte order mark at the start', () => {
    const mark = bytes(0xef, 0xbb, 0xbf);
    expect(decodeBody(joined(mark, mark, mark, utf8('<rss>'))).text).toBe('<rss>');
    expect(decodeBody(joined(mark, utf8('ï»¿<rss>'))).text).toBe('<rss>');
    expect(decodeBody(joined(utf8('ï»¿<rss>'))).text).toBe('<rss>');
    expect(decodeBody(joined(bytes(0xff, 0xfe), utf16('\ufeff<rss>', true))).text).toBe('<rss>');
    expect(decodeBody(utf8('<rss>\ufeffx')).text).toBe('<rss>\ufeffx');
  });

  it.each([
    ['', 'Aé[]'],
    ['ibm037', 'Aé[]'],
    ['cp500', 'Aé¬|'],
    ['ebcdic-cp-be', 'Aé¬|'],
    ['cp1140', 'Aé[]'],
  ])('reads EBCDIC declared as %j', (label, expected) => {
    const text = `<?xml version="1.0"${label === '' ? '' : ` encoding="${label}"`}?>`;
    const decoded = decodeBody(joined(ebcdic(text), bytes(0xc1, 0x51, 0xba, 0xbb)));
    expect(decoded.text.endsWith(expected)).toBe(true);
    expect(decoded).toMatchObject({ encoding: 'ebcdic', guessed: label === '' });
  });

  it.each([
    ['ru', [0xef, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2], 'привет', 'windows-1251'],
    ['pl-PL', [0xbf, 0xf3, 0xb3, 0x9c, 0xe6], 'żółść', 'windows-1250'],
    ['el', [0xe3, 0xe5, 0xe9, 0xe1], 'γεια', 'windows-1253'],
    ['tr', [0xfe, 0xf0], 'şğ', 'windows-1254'],
    ['ja', [0x82, 0xb1, 0x82, 0xf1], 'こん', 'shift_jis'],
    ['ja', [0xa4, 0xb3, 0xa4, 0xf3, 0xa4, 0xfd], 'こん', 'windows-1252'],
    ['ko_KR', [0xc7, 0xd1, 0xb1, 0xdb], '한글', 'euc-kr'],
    ['zh-CN', [0xc4, 0xe3, 0xba, 0xc3], '你好', 'gb18030'],
    ['zh-TW', [0xa7, 0x41, 0xa6, 0x6e], '你好', 'big5'],
    ['fr', [0xe9, 0xe8], 'éè', 'windows-1252'],
    ['xx', [0xe9, 0xe8], 'éè', 'windows-1252'],
  ])('guesses by the language that is said, %s', (language, values, text, encoding) => {
    const decoded = decodeBody(joined(utf8(`<rss><language>${language}</language>`), bytes(...values)));
    expect(decoded).toMatchObject({ encoding, guessed: true });
    if (encoding !== 'windows-1252' || text === 'éè') expect(decoded.text.endsWith(text)).toBe(true);
    const atom = decodeBody(joined(utf8(`<feed xml:lang="${language}">`), bytes(...values)));
    expect(atom.encoding).toBe(encoding);
  });

  it.each([
    ['gb18030', [0xc4, 0xe3, 0xff, 0xba, 0xc3], '你\ufffd好'],
    ['shift_jis', [0x82, 0xb1, 0xff, 0x82, 0xf1], 'こ\ufffdん'],
    ['euc-jp', [0xa4, 0xb3, 0xff, 0xa4, 0xf3], 'こ\ufffdん'],
    ['euc-kr', [0xc7, 0xd1, 0xff, 0x81, 0x41], '한\ufffd갂'],
    ['big5', [0xa7, 0x41, 0xa7, 0x3c, 0xa6, 0x6e], '你\ufffd<好'],
  ])('replaces one bad sequence of %s, not the rest', (label, values, text) => {
    expect(decodeBody(joined(prolog(label), bytes(...values))).text.endsWith(`>${text}`)).toBe(true);
  });

  it('reads every syllable of Hangul, whichever cell it stands in', () => {
    const rows = [0xb0, 0xa1, 0x81, 0x41, 0xb0, 0xa2, 0xc6, 0x52, 0xa0, 0xfe, 0xa1, 0x41];
    expect(decodeBody(joined(prolog('euc-kr'), bytes(...rows))).text.endsWith('가갂각힣좤좥')).toBe(true);
  });

  it('keeps a text with a few bad bytes UTF-8, even where the server says a single-byte encoding', () => {
    const body = joined(utf8('<rss>äöüßéè'), bytes(0xe9, 0x20), utf8('ñ'));
    expect(decodeBody(body).text).toBe('<rss>äöüßéè\ufffd ñ');
    expect(decodeBody(body)).toMatchObject({ encoding: 'utf-8', guessed: true });
  });

  it('takes UTF-8 that the declared encoding cannot be for UTF-8', () => {
    expect(decodeBody(joined(prolog('shift_jis'), utf8('\u00a0'))).encoding).toBe('utf-8');
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
