// Small numbers and ordinals as words, in the languages that feeds are written in most. One is left out: it is an article in half of them.

/** For each value from 2: its cardinals and ordinals, by the beginning that their forms share where `*` ends it. */
const WORDS: readonly string[] = [
  'two second deux deuxième zwei zweite* dos segund* due second* dois duas twee tweede to anden två andra два две двух втор* iki ikinci dwa dwie drug* dua kedua اثنان اثنين الثاني الثانية 二 两 兩 둘 สอง',
  'three third trois troisième drei dritt* tres tercer* tre terz* três terceir* drie derde tredje три трех трёх трет* üç üçüncü trzy trzeci* tiga ketiga ثلاثة ثلاث الثالث الثالثة 三 셋 สาม',
  'four fourth quatre quatrième vier viert* cuatro cuart* quattro quart* quatro vierde fire fjerde fyra fjärde четыре четырех четырёх четверт* dört dördüncü cztery czwart* empat keempat أربعة أربع الرابع الرابعة 四 넷 สี่',
  'five fifth cinq cinquième fünf fünft* cinco quint* cinque vijf vijfde fem femte пять пяти пят* beş beşinci pięć piąt* lima kelima خمسة خمس الخامس الخامسة 五 ห้า',
  'six sixth sixième sechs sechst* seis sext* sei sest* zes zesde seks sjette sex sjätte шесть шести шест* altı altıncı sześć szóst* enam keenam ستة ست السادس السادسة 六 หก',
  'seven seventh sept septième sieben siebt* siete séptim* sette settim* sete sétim* zeven zevende syv syvende sju sjunde семь семи седьм* yedi yedinci siedem siódm* tujuh سبعة سبع السابع السابعة 七 เจ็ด',
  'eight eighth huit huitième acht achte* ocho octav* otto ottav* oito oitav* achtste åtte ottende åtta восемь восьми восьм* sekiz sekizinci osiem ósm* delapan ثمانية ثمان الثامن الثامنة 八 แปด',
  'nine ninth neuf neuvième neun neunt* nueve noven* nove nono negen negende ni niende nio девять девяти девят* dokuz dokuzuncu dziewięć sembilan تسعة تسع التاسع التاسعة 九 เก้า',
  'ten tenth dix dixième zehn zehnt* diez décim* dieci decim* dez tien tiende ti tio десять десяти десят* on onuncu dziesięć sepuluh عشرة عشر العاشر العاشرة 十 สิบ',
  'eleven eleventh onze onzième elf elft* undici elva одиннадцать on bir jedenaście sebelas 十一',
  'twelve twelfth douze douzième zwölf zwölft* doce dodici doze twaalf tolv двенадцать двенадцати dwanaście 十二',
];
/** Greater ones, which stand for themselves or before one of the former: `twenty-four`. */
const GREATER: Readonly<Record<number, string>> = {
  13: 'thirteen dreizehn treize trece tredici treze dertien tretton tretten тринадцать тринадцати trzynaście trzynastu तेरह',
  14: 'fourteen vierzehn quatorze catorce quattordici catorze veertien fjorton fjorten четырнадцать четырнадцати czternaście czternastu चौदह',
  15: 'fifteen fünfzehn quinze quince quindici vijftien femton femten пятнадцать пятнадцати piętnaście piętnastu पंद्रह पन्द्रह',
  16: 'sixteen sechzehn seize dieciséis sedici dezesseis dezasseis zestien sexton seksten шестнадцать шестнадцати szesnaście szesnastu सोलह',
  17: 'seventeen siebzehn diecisiete diciassette dezessete dezassete zeventien sjutton sytten семнадцать семнадцати siedemnaście siedemnastu सत्रह',
  18: 'eighteen achtzehn dieciocho diciotto dezoito achttien arton atten восемнадцать восемнадцати osiemnaście osiemnastu अठारह',
  19: 'nineteen neunzehn diecinueve diciannove dezenove dezanove negentien nitton nitten девятнадцать девятнадцати dziewiętnaście dziewiętnastu उन्नीस',
  20: 'twenty zwanzig vingt veinte venti vinte twintig tjugo tyve двадцать двадцати dwadzieścia dwudziestu yirmi बीस عشرون عشرين 二十',
  30: 'thirty dreißig trente treinta trenta trinta dertig trettio tretti тридцать тридцати trzydzieści trzydziestu otuz तीस ثلاثون ثلاثين 三十',
  40: 'forty vierzig quarante cuarenta quaranta quarenta veertig fyrtio førti сорок сорока czterdzieści czterdziestu kırk चालीस أربعون أربعين 四十',
  50: 'fifty fünfzig cinquante cincuenta cinquanta cinquenta vijftig femtio femti пятьдесят пятидесяти pięćdziesiąt pięćdziesięciu elli पचास خمسون خمسين 五十',
  60: 'sixty sechzig soixante sesenta sessanta sessenta zestig sextio seksti шестьдесят шестидесяти sześćdziesiąt sześćdziesięciu altmış साठ ستون ستين 六十',
  70: 'seventy siebzig setenta settanta zeventig sjuttio sytti семьдесят семидесяти siedemdziesiąt siedemdziesięciu yetmiş सत्तर سبعون سبعين 七十',
  80: 'eighty achtzig ochenta ottanta oitenta tachtig åttio åtti восемьдесят восьмидесяти osiemdziesiąt osiemdziesięciu seksen ثمانون ثمانين 八十',
  90: 'ninety neunzig noventa novanta negentig nittio nitti девяносто dziewięćdziesiąt dziewięćdziesięciu doksan تسعون تسعين 九十',
};
/** What may stand between the two parts of one number: `treinta y dos`. */
const JOINTS: ReadonlySet<string> = new Set('y e et i og och en'.split(' '));
/** `vierundzwanzig`, `veintidós`, `ventiquattro`, `eenentwintig`: parts in one word. */
const IN_ONE_WORD: readonly RegExp[] = [
  /^(?<unit>ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und(?<tens>.+zig|dreißig)$/u,
  /^(?<unit>een|twee|drie|vier|vijf|zes|zeven|acht|negen)(?:en|ën)(?<tens>.+tig)$/u,
  /^(?<tens>tjugo|.{3,5}tio)(?<unit>en|ett|två|tre|fyra|fem|sex|sju|åtta|nio)$/u,
];
const UNITS_IN_ONE_WORD: Readonly<Record<string, number>> = { ein: 1, een: 1, en: 1, ett: 1, sex: 6 };
/** `veinti-` with its unit: unlike the other tens, it keeps no `y`. */
const VEINTI: Readonly<Record<string, number>> = {
  veintiún: 21,
  veintiuno: 21,
  veintiuna: 21,
  veintidós: 22,
  veintitrés: 23,
  veinticuatro: 24,
  veinticinco: 25,
  veintiséis: 26,
  veintisiete: 27,
  veintiocho: 28,
  veintinueve: 29,
};

/** Words of other meanings that a beginning would take in, and those too frequent to be told from other words. */
const NOT_NUMBERS: ReadonlySet<string> = new Set(
  'to ni ti on sei fire second seconde secondo sex lima'.split(' '),
);

const EXACT = new Map<string, number>();
const BEGINNINGS = new Map<string, number>();
for (const [index, line] of WORDS.entries()) {
  for (const word of line.split(' ')) {
    if (word.endsWith('*')) BEGINNINGS.set(word.slice(0, -1), index + 2);
    else if (!NOT_NUMBERS.has(word)) EXACT.set(word, index + 2);
  }
}
for (const [value, words] of Object.entries(GREATER))
  for (const word of words.split(' ')) EXACT.set(word, Number(value));
for (const [word, value] of Object.entries(VEINTI)) EXACT.set(word, value);
/** What may follow a beginning: the endings of a case, gender or number, never a word more. */
const ENDING_CHARS_MAX = 3;

/** The value of a word (in lower case) that is a small number or an ordinal; undefined for all others. */
export function numberOfWord(word: string): number | undefined {
  const exact = EXACT.get(word);
  if (exact !== undefined || NOT_NUMBERS.has(word)) return exact;
  for (let length = Math.max(3, word.length - ENDING_CHARS_MAX); length <= word.length; length += 1) {
    const value = BEGINNINGS.get(word.slice(0, length));
    if (value !== undefined) return value;
  }
  return valueInOneWord(word);
}

function valueInOneWord(word: string): number | undefined {
  for (const pattern of IN_ONE_WORD) {
    const { tens = '', unit = '' } = pattern.exec(word)?.groups ?? {};
    const sum = (EXACT.get(tens) ?? Number.NaN) + (UNITS_IN_ONE_WORD[unit] ?? EXACT.get(unit) ?? Number.NaN);
    if (sum > 20 && sum < 100) return sum;
  }
  return undefined;
}

/** The value of `twenty four` or `treinta y dos` where the words (in lower case) begin with such; undefined for all others. */
export function numberOfWords(first: string, second = '', third = ''): number | undefined {
  const tens = EXACT.get(first) ?? 0;
  if (tens < 20 || tens % 10 !== 0) return undefined;
  const unit = numberOfWord(JOINTS.has(second) ? third : second) ?? 0;
  return unit > 1 && unit < 10 ? tens + unit : undefined;
}

const ROMAN_VALUES: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 };

/** The value of a Roman numeral in capitals of two letters or more, as in `Part II`; undefined for all other words. */
export function numberOfRoman(word: string): number | undefined {
  if (!/^(?=[IVXLCDM]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})$/.test(word))
    return undefined;
  const values = [...word].map((letter) => ROMAN_VALUES[letter] ?? 0);
  return values.reduce((sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value), 0);
}
