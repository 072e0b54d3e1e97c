// EBCDIC, which mainframes still write and the Encoding Standard leaves out (XML 1.0, appendix F.1). The prolog tells it;
// its own declaration tells which of the code pages it is.

/** Code page 37 from 0x40 on; what is before that is control characters, of which a feed has line ends and tabs. */
const PAGE_37 = [
  ' \u00a0âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@\'="',
  'Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×',
  '{ABCDEFGHI\u00adôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\u009f',
].join('');
const FIRST = 0x40;
const SPACES: ReadonlyMap<number, string> = new Map([
  [0x05, '\t'],
  [0x0d, '\r'],
  [0x15, '\n'],
  [0x25, '\n'],
]);

/** Where other pages differ: bytes and what they mean there, in turn. */
const DIFFERENCES: readonly (readonly [names: RegExp, bytes: readonly number[], characters: string])[] = [
  [/500|-be$|-ch$|international/, [0x4a, 0x4f, 0x5a, 0x5f, 0xb0, 0xba, 0xbb], '[!]^¢¬|'],
  [/1047/, [0x5f, 0xad, 0xb0, 0xba, 0xbb, 0xbd], '^[¬Ý¨]'],
  [/1140/, [0x9f], '€'],
  [
    /273|-de$/,
    [
      0x43, 0x4a, 0x4f, 0x59, 0x5a, 0x5f, 0x63, 0x6a, 0x7c, 0xa1, 0xb0, 0xb5, 0xba, 0xbb, 0xbc, 0xc0, 0xcc,
      0xd0, 0xdc, 0xe0, 0xec, 0xfc,
    ],
    '{Ä!~Ü^[ö§ß¢@¬|‾ä¦ü}Ö\\]',
  ],
];

/** `<?xm` as every code page of EBCDIC has it. */
export function isEbcdic(body: Uint8Array): boolean {
  return body[0] === 0x4c && body[1] === 0x6f && body[2] === 0xa7 && body[3] === 0x94;
}

export function decodeEbcdic(body: Uint8Array, label: string | undefined): string {
  const name = (label ?? '').toLowerCase();
  const table = new Map<number, string>();
  const [, bytes = [], characters = ''] = DIFFERENCES.find(([names]) => names.test(name)) ?? [];
  for (const [index, byte] of bytes.entries()) table.set(byte, characters.charAt(index));
  const meanings = Array.from({ length: 256 }, (_, byte) => table.get(byte) ?? meaningIn37(byte));
  const parts: string[] = [];
  for (const byte of body) parts.push(meanings[byte] ?? '');
  return parts.join('');
}

function meaningIn37(byte: number): string {
  return byte < FIRST ? (SPACES.get(byte) ?? '') : PAGE_37.charAt(byte - FIRST);
}
