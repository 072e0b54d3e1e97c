// Bytes and headers to text.
import { decodeBody } from '../../../src/core/decode/decode-body.ts';
import { mutate, pick } from '../mutate.ts';
import { FEEDS, XML_TOKENS } from '../seeds.ts';
import { bytesOf, holds, type Target } from '../target.ts';

const CHARSETS =
  'utf-8 utf-16 utf-16be utf-32 ucs-4 iso-8859-1 windows-1251 gbk gb18030 big5 euc-jp euc-kr iso-2022-jp shift_jis utf-7 ebcdic x-user-defined replacement __proto__ " \0'.split(
    ' ',
  );
const MARKS = [
  '',
  '',
  '',
  '\xef\xbb\xbf',
  '\xff\xfe',
  '\xfe\xff',
  '\xff\xfe\0\0',
  '\0\0\xfe\xff',
  '\x4c\x6f\xa7\x94',
];
/** A character has one byte at least; of some encodings one byte is two characters, of some text that a pair is. */
const CHARS_PER_BYTE_MAX = 2;

export const decode: Target = {
  name: 'decode',
  make(random) {
    const body = mutate(pick(random, FEEDS), random, XML_TOKENS, pick(random, FEEDS));
    const contentType = mutate(`text/xml; charset=${pick(random, CHARSETS)}`, random, CHARSETS);
    return { body: pick(random, MARKS) + body, contentType };
  },
  check({ body = '', contentType = '' }) {
    const decoded = decodeBody(bytesOf(body), { contentType });
    holds(decoded.text.isWellFormed(), 'the text has no halves of pairs');
    holds(decoded.encoding !== '', 'the encoding has a name');
    holds(decoded.text.length <= CHARS_PER_BYTE_MAX * body.length, 'the text is no longer than its bytes');
    holds(decodeBody(bytesOf(body), { contentType }).text === decoded.text, 'twice is the same');
  },
};
