// Every label of the Encoding Standard, section 4.2, by the name of its encoding, with bytes and what they mean in it.
// https://encoding.spec.whatwg.org/#names-and-labels

interface LabelledEncoding {
  readonly name: string;
  readonly labels: string;
  readonly bytes: readonly number[];
  readonly text: string;
}

export const ENCODINGS: readonly LabelledEncoding[] = [
  {
    name: 'utf-8',
    labels: 'unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8',
    bytes: [0xc3, 0xa9],
    text: 'é',
  },
  { name: 'ibm866', labels: '866 cp866 csibm866 ibm866', bytes: [0xa0, 0xf0], text: 'аЁ' },
  {
    name: 'iso-8859-2',
    labels: 'csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2',
    bytes: [0xb1, 0xbf],
    text: 'ąż',
  },
  {
    name: 'iso-8859-3',
    labels: 'csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3',
    bytes: [0xf8, 0xa1],
    text: 'ĝĦ',
  },
  {
    name: 'iso-8859-4',
    labels: 'csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4',
    bytes: [0xb3, 0xe0],
    text: 'ŗā',
  },
  {
    name: 'iso-8859-5',
    labels: 'csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988',
    bytes: [0xd0, 0xf0],
    text: 'а№',
  },
  {
    name: 'iso-8859-6',
    labels:
      'arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987',
    bytes: [0xc7, 0xc8],
    text: 'اب',
  },
  {
    name: 'iso-8859-7',
    labels:
      'csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 sun_eu_greek',
    bytes: [0xe1, 0xb6],
    text: 'αΆ',
  },
  {
    name: 'iso-8859-8',
    labels:
      'csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual',
    bytes: [0xe0, 0xe1],
    text: 'אב',
  },
  { name: 'iso-8859-8-i', labels: 'csiso88598i iso-8859-8-i logical', bytes: [0xe0, 0xe1], text: 'אב' },
  {
    name: 'iso-8859-10',
    labels: 'csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6',
    bytes: [0xbd, 0xff],
    text: '―ĸ',
  },
  { name: 'iso-8859-13', labels: 'iso-8859-13 iso8859-13 iso885913', bytes: [0xe0, 0xff], text: 'ą’' },
  { name: 'iso-8859-14', labels: 'iso-8859-14 iso8859-14 iso885914', bytes: [0xf0, 0xfe], text: 'ŵŷ' },
  {
    name: 'iso-8859-15',
    labels: 'csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9',
    bytes: [0xa4, 0xbd],
    text: '€œ',
  },
  { name: 'iso-8859-16', labels: 'iso-8859-16', bytes: [0xaa, 0xfe], text: 'Șț' },
  { name: 'koi8-r', labels: 'cskoi8r koi koi8 koi8-r koi8_r', bytes: [0xc1, 0xc2], text: 'аб' },
  { name: 'koi8-u', labels: 'koi8-ru koi8-u', bytes: [0xa4, 0xa6], text: 'єі' },
  { name: 'macintosh', labels: 'csmacintosh mac macintosh x-mac-roman', bytes: [0x8e, 0xdb], text: 'é€' },
  {
    name: 'windows-874',
    labels: 'dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874',
    bytes: [0xa1, 0x80],
    text: 'ก€',
  },
  { name: 'windows-1250', labels: 'cp1250 windows-1250 x-cp1250', bytes: [0xb9, 0x8a], text: 'ąŠ' },
  { name: 'windows-1251', labels: 'cp1251 windows-1251 x-cp1251', bytes: [0xe9, 0xb8], text: 'йё' },
  {
    name: 'windows-1252',
    labels:
      'ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252',
    bytes: [0x93, 0xe9, 0x80],
    text: '“é€',
  },
  { name: 'windows-1253', labels: 'cp1253 windows-1253 x-cp1253', bytes: [0xe1, 0xa2], text: 'αΆ' },
  {
    name: 'windows-1254',
    labels:
      'cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254',
    bytes: [0xfe, 0xf0],
    text: 'şğ',
  },
  { name: 'windows-1255', labels: 'cp1255 windows-1255 x-cp1255', bytes: [0xe0, 0xc0], text: 'א\u05b0' },
  { name: 'windows-1256', labels: 'cp1256 windows-1256 x-cp1256', bytes: [0x81, 0xc7], text: 'پا' },
  { name: 'windows-1257', labels: 'cp1257 windows-1257 x-cp1257', bytes: [0xe0, 0xf0], text: 'ąš' },
  { name: 'windows-1258', labels: 'cp1258 windows-1258 x-cp1258', bytes: [0xf0, 0xfe], text: 'đ₫' },
  { name: 'x-mac-cyrillic', labels: 'x-mac-cyrillic x-mac-ukrainian', bytes: [0x80, 0xde], text: 'Аё' },
  {
    name: 'gbk',
    labels: 'chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk',
    bytes: [0xc4, 0xe3, 0xba, 0xc3, 0xe9, 0x46, 0x80],
    text: '你好镕€',
  },
  { name: 'gb18030', labels: 'gb18030', bytes: [0xc4, 0xe3, 0x94, 0x39, 0xfc, 0x36], text: '你😀' },
  {
    name: 'big5',
    labels: 'big5 big5-hkscs cn-big5 csbig5 x-x-big5',
    bytes: [0xa7, 0x41, 0xa6, 0x6e],
    text: '你好',
  },
  {
    name: 'euc-jp',
    labels: 'cseucpkdfmtjapanese euc-jp x-euc-jp',
    bytes: [0xa4, 0xb3, 0x8e, 0xb1, 0x8f, 0xb0, 0xa1],
    text: 'こｱ丂',
  },
  {
    name: 'iso-2022-jp',
    labels: 'csiso2022jp iso-2022-jp',
    bytes: [0x1b, 0x24, 0x42, 0x24, 0x33, 0x1b, 0x28, 0x42],
    text: 'こ',
  },
  {
    name: 'shift_jis',
    labels: 'csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis',
    bytes: [0x82, 0xb1, 0xb1, 0x87, 0x40, 0x81, 0x60],
    text: 'こｱ①～',
  },
  {
    name: 'euc-kr',
    labels:
      'cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949',
    bytes: [0xc7, 0xd1, 0x81, 0x41, 0xa2, 0xe6],
    text: '한갂€',
  },
  { name: 'x-user-defined', labels: 'x-user-defined', bytes: [0x80], text: '\uf780' },
];

/** Labels whose bytes nobody may be made to read: the Encoding Standard calls their encoding `replacement`. */
export const REPLACEMENT = 'csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement'.split(
  ' ',
);

/** What their bytes would show at once; as labels of anything else they are mistakes. */
export const UTF_16 =
  'unicodefffe utf-16be csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le'.split(' ');

/** No encodings at all, as far as the Encoding Standard and we go. */
export const UNKNOWN = 'utf-7 unicode-1-1-utf-7 csutf7 utf-32 ucs-4 none binary unknown x-foo'.split(' ');
