// What a document that declares nothing usable, and is not UTF-8, is most likely to be in: browsers go by the language
// of whoever reads (Encoding sniffing, HTML, section 13.2.3.2), we by the one that the document says it is in.

const HEAD_BYTES = 4096;

const BY_LANGUAGE: readonly (readonly [languages: string, encodings: string])[] = [
  ['ar fa ur', 'windows-1256'],
  ['be bg kk ky mk ru sah sr tg tt uk', 'windows-1251'],
  ['cs hr hu pl ro sk sl', 'windows-1250'],
  ['el', 'windows-1253'],
  ['et lt lv', 'windows-1257'],
  ['he iw', 'windows-1255'],
  ['ja', 'shift_jis euc-jp'],
  ['ko', 'euc-kr'],
  ['az ku tr', 'windows-1254'],
  ['th', 'windows-874'],
  ['vi', 'windows-1258'],
  ['zh', 'gb18030 big5'],
  ['zh-hk zh-mo zh-tw zh-hant', 'big5 gb18030'],
];

/** The first that all of the bytes can be; else windows-1252, which everything can be. */
export function encodingByLanguage(body: Uint8Array): string {
  const head = new TextDecoder('windows-1252').decode(body.subarray(0, HEAD_BYTES)).toLowerCase();
  const said =
    /<(?:\w{1,10}:)?language>\s*([a-z]{2,3}(?:[-_][a-z]{2,4})?)|xml:lang\s*=\s*["']\s*([a-z]{2,3}(?:[-_][a-z]{2,4})?)|"language"\s*:\s*"([a-z]{2,3}(?:[-_][a-z]{2,4})?)/.exec(
      head,
    );
  const language = (said?.[1] ?? said?.[2] ?? said?.[3] ?? '').replace('_', '-');
  const row =
    rowOf(language) ?? rowOf(language.slice(0, language.includes('-') ? language.indexOf('-') : undefined));
  return row?.split(' ').find((encoding) => canBe(encoding, body)) ?? 'windows-1252';
}

function rowOf(language: string): string | undefined {
  return BY_LANGUAGE.find(([languages]) => languages.split(' ').includes(language))?.[1];
}

/** Whether every sequence is one of the encoding. */
export function canBe(encoding: string, body: Uint8Array): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(body);
    return true;
  } catch {
    return false;
  }
}
