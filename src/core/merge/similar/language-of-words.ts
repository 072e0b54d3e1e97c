// Which language a text is in, as far as two texts must be told apart: by its script, and within one by its most frequent
// small words. A translation has the names and numbers of its original, and is another item all the same.
import type { Word } from './words.ts';

/** Small words, and not those that close relatives share (`de`, `que`, `i`, `og`). The order is fixed: signatures carry its numbers. */
const SMALL_WORDS: readonly (readonly [language: string, words: string])[] = [
  ['en', 'the and of to is that for with was by are from this have has which were said been its'],
  [
    'de',
    'der die und den das von mit ist des sich dem nicht ein eine auf für im wurde auch als wie aus nach bei',
  ],
  [
    'fr',
    'le les des et du une un est pour dans sur au aux ce qui pas par avec ont été sont plus cette il sa son ses elle leur à en où',
  ],
  ['es', 'el los las y del una con un su al lo fue más según han este esta tras sus hasta ha en es por'],
  [
    'pt',
    'o os as e do da dos das um uma com não em no na ao foi mais são pelo pela segundo até à por nas nos',
  ],
  [
    'it',
    'di che è della gli del dei per non nel nella alla si delle stato stata dal dalla anche sono sul dopo ha ma con più ai lo',
  ],
  ['nl', 'het een van en zijn niet aan met voor op te dat door bij ook uit naar werd worden'],
  ['da', 'af der blev efter fra havde siger bliver mere nu oplyser nogle hvad mellem som og ved er'],
  ['nb', 'av etter ble hadde sier blir mer nå opplyser begynte vært noen hva mellom som og ved er'],
  ['sv', 'och att som av är inte från efter också ett till vid säger skulle blev nu'],
  ['fi', 'ja on ei oli että se hän myös mutta ovat kun joka mukaan'],
  ['pl', 'w na z że nie do się jest od przez oraz po dla jak był została'],
  ['cs', 've že se na je v byl při podle která který jsou po za'],
  ['ro', 'și în cu pe fost din care este pentru nu mai într sunt lui'],
  ['hu', 'az és hogy nem is egy volt meg szerint már'],
  ['tr', 've bir bu için ile olarak olan daha sonra kadar olduğunu içinde iyi'],
  ['id', 'yang dan di dari dengan untuk pada ini itu akan tidak telah'],
  ['vi', 'và của các có cho được trong đã với'],
  ['ca', 'els amb que no és dels seva aquest ser pel ja hi'],
  ['ru', 'и в на не что по из с что к от для был из-за при это сообщили до или года'],
  ['uk', 'і у та що не з до від для під через про та був за'],
  ['bg', 'е за се да от са че със като'],
  ['sr', 'је и у на да се за су од са'],
  ['fa', 'و در به از که این را با است'],
  ['ar', 'في من على إلى أن عن إن مع بعد بين التي الذي وقال وبلغ وقالت'],
];
const BY_WORD: ReadonlyMap<string, readonly number[]> = wordTable();
const SCRIPT_NAMES = [
  'Hiragana',
  'Han',
  'Hangul',
  'Thai',
  'Cyrillic',
  'Arabic',
  'Greek',
  'Hebrew',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Georgian',
  'Armenian',
];
const CAPITALS: ReadonlySet<string> = new Set(['Cyrillic', 'Greek', 'Armenian']);
const SCRIPTS = SCRIPT_NAMES.map((script) => new RegExp(String.raw`\p{Script=${script}}`, 'gu'));
const SCRIPT_SHARE = 0.12;
const HITS_MIN = 3;
const LEAD = 1.3;

/**
 * The number of the text's language and script: `script * 64 + language`, each 0 where it cannot be told (script 0: Latin or
 * another). Japanese is what has a share of Hiragana.
 */
export function languageOf(text: string, words: readonly Word[]): number {
  return scriptOf(text) * 64 + languageByWords(words);
}

/** Two numbers of `languageOf` are surely of two languages. */
export function areOfTwoLanguages(a: number, b: number): boolean {
  if (a >> 6 !== b >> 6) return true;
  const [x, y] = [a & 63, b & 63];
  return x !== 0 && y !== 0 && x !== y;
}

/** Whether the script of a number of `languageOf` has capitals. */
export function hasCapitals(language: number): boolean {
  const script = SCRIPT_NAMES[(language >> 6) - 1];
  return script === undefined || CAPITALS.has(script);
}

function scriptOf(text: string): number {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return 1 + SCRIPTS.findIndex((script) => (text.match(script)?.length ?? 0) > letters * SCRIPT_SHARE);
}

function languageByWords(words: readonly Word[]): number {
  const hits = new Array<number>(SMALL_WORDS.length + 1).fill(0);
  for (const { text } of words)
    for (const language of BY_WORD.get(text) ?? []) hits[language] = (hits[language] ?? 0) + 1;
  const most = Math.max(...hits);
  const best = hits.indexOf(most);
  const next = Math.max(...hits.filter((_, language) => language !== best));
  return most >= HITS_MIN && most >= next * LEAD ? best : 0;
}

function wordTable(): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, number[]>();
  for (const [index, [, words]] of SMALL_WORDS.entries())
    for (const word of new Set(words.split(' '))) table.set(word, [...(table.get(word) ?? []), index + 1]);
  return table;
}
