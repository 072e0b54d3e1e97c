// A text without what its sources put around every text: datelines and agencies, invitations to read on, notes of attribution.

const INVITATIONS =
  'read (?:more|on|the full (?:story|article))|continue reading|keep reading|more…|weiterlesen|mehr lesen|zum artikel|lire la suite|en savoir plus|leer más|seguir leyendo|sigue leyendo|leia mais|continue lendo|ler mais|continua a leggere|leggi (?:tutto|di più)|lees (?:meer|verder)|læs mere|les mer|läs mer|czytaj (?:więcej|dalej)|číst dále|devamını oku|читать (?:далее|дальше|полностью)|читати далі|続きを読む|阅读全文|閱讀全文|查看更多|더 ?보기|اقرأ المزيد|อ่านต่อ';
const SOURCE_WORDS =
  'source|quelle|fuente|fonte|bron|kilde|källa|źródło|zdroj|kaynak|источник|джерело|出典|来源|來源|출처|المصدر|ที่มา';
/** From each on to the end: in the last part of a text only. */
const TAILS: readonly RegExp[] = [
  new RegExp(String.raw`(?:\[?(?:…|\.\.\.)\]?\s*)?[\[(]?(?:${INVITATIONS})[^.!?]{0,80}[\])»→.]*\s*$`, 'iu'),
  /(?:the post|der beitrag|l['’]article|la entrada|el artículo|l['’]articolo|o post) .{1,200}(?:appeared first on|erschien zuerst auf|est apparu en premier sur|se publicó primero en|apareceu primeiro em|proviene da) .{1,100}$/iu,
  new RegExp(
    String.raw`(?:(?:^|[.!?…»”]\s+)[^.!?]{0,60}·\s*)?(?<![\p{L}\p{M}])(?:${SOURCE_WORDS})\s*[:：].{0,240}$`,
    'iu',
  ),
];
const TAIL_CHARS = 400;
/** `SKARROW (Northwire) - `, `Lauterfeld (nwd) – `, `PARIS, 12 nov. (AFP) — `. */
const DATELINE = /^[\p{L}\p{M} .,/'’-]{0,40}(?:\d{1,2}\.?\s[\p{L}.]{2,12}\s)?\([^()]{2,24}\)\s*[-–—:]+\s*/u;

export function withoutBoilerplate(text: string): string {
  const start = DATELINE.exec(text)?.[0].length ?? 0;
  const tailAt = Math.max(start, text.length - TAIL_CHARS);
  let tail = text.slice(tailAt);
  for (const pattern of TAILS) tail = tail.replace(pattern, '');
  return text.slice(start, tailAt) + tail;
}
