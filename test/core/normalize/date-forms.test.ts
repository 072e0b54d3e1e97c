// The forms of dates that feeds have in the world, by kind. Every row but those of the last blocks is one instant.
import { describe, expect, it, vi } from 'vitest';
import { parseDate } from '../../../src/core/normalize/dates.ts';

const NOON = '2004-01-05T12:00:00.000Z';

/** A Monday; its noon in UTC unless the row says otherwise. */
const RFC_822 = `
Mon, 05 Jan 2004 12:00:00 GMT
Mon, 05 Jan 2004 12:00:00 UTC
Mon, 05 Jan 2004 12:00:00 UT
Mon, 05 Jan 2004 12:00:00 Z
Mon, 05 Jan 2004 12:00:00 z
Mon, 05 Jan 2004 12:00:00 -0000
Mon, 05 Jan 2004 12:00:00 +0000
Mon, 05 Jan 2004 12:00:00
Mon, 05 Jan 2004 12:00
05 Jan 2004 12:00
5 Jan 2004 12:00 GMT
5 Jan 04 12:00:00 GMT
Mon, 5 Jan 104 12:00:00 GMT
mon, 05 jan 2004 12:00:00 gmt
MON, 05 JAN 2004 12:00:00 GMT
Mon,05 Jan 2004 12:00:00 GMT
Mon , 05 Jan 2004 12:00:00 GMT
Mon. 05 Jan 2004 12:00:00 GMT
Mon., 05 Jan. 2004 12:00:00 GMT
Mon 05 Jan 2004 12:00:00 GMT
Mon, 05, Jan 2004 12:00
Mon, 05 Jan, 2004 12:00:00 GMT
Mon, 05 Jan 2004, 12:00:00 GMT
Mon, 05 Jan 2004 - 12:00 GMT
Mon, 05 Jan 2004 at 12:00 GMT
Mon,  05   Jan 2004	12:00:00 GMT
Monday, 05 January 2004 12:00:00 GMT
Monday, 05-Jan-04 12:00:00 GMT
Mon, 05-Jan-2004 12:00:00 GMT
Mon, 05/Jan/2004 12:00:00 GMT
05/Jan/2004:12:00:00 +0000
Sun, 05 Jan 2004 12:00:00 GMT
Xyz, 05 Jan 2004 12:00:00 GMT
Thur, 05 Jan 2004 12:00:00 GMT
Tues, 05 Jan 2004 12:00:00 GMT
Mon, Jan 05 2004 12:00:00 GMT
Mon, Jan 5, 2004 12:00:00 GMT
Mon, 05 Jan 2004 12:0:0 GMT
Mon, 05 Jan 2004 12:00:00GMT
Mon, 05 Jan 2004 12:00:00+0000
Mon, 05 Jan 2004 12:00:00.000 GMT
Mon, 05 Jan 2004 12:00:00 00
Mon, 05 Jan 2004 12:00:00 0000
Mon, 05 Jan 2004 12 GMT
Mon, 05 Jan 2004 12.00.00 GMT
Mon, 05 Jan 2004 12:00:00 PM
Mon, 05 Jan 2004 12:00 PM GMT
Mon, 05 Jan 2004 7:00:00 AM EST
Mon, 5th Jan 2004 12:00:00 GMT
5th January 2004, 12:00
05 Monday, Jan 2004 12:00
Mon, 05 Jan 2004 12:00:00 +0000 GMT
Mon, 05 Jan 2004 12:00:00 GMT +0000
Mon, 05 Jan 2004 12:00:00 (GMT)
Mon, 05 Jan 2004 (a Monday) 12:00:00 GMT
Mon, 05 Jan 2004 12:00:00 GMT (comment)
2004 January 05 12:00
2004 Jan 05 12:00:00 GMT
2004-Jan-05 12:00:00 GMT
2004, January 5, 12:00
5.Jan.2004 12:00
05JAN2004 12:00
2004jan05 12:00
5 Jan '04 12:00
12:00 pm, 5 Jan 2004
7:00 am EST, January 5, 2004
Mon, 05 Jan 2004 12:00:00;GMT
Mon, 05 Jan 2004 12:00:00, GMT
Mon, 05 Jan 2004T12:00:00Z
Last updated: Monday, 5 January 2004, 12:00 GMT
`;

const ASCTIME = `
Mon Jan  5 12:00:00 2004
Mon Jan 05 12:00:00 2004
Mon Jan 5 12:00 2004
Mon Jan  5 12:00:00 UTC 2004
Mon Jan  5 13:00:00 CET 2004
Mon Jan  5 07:00:00 EST 2004
Mon Jan 05 13:00:00 +0100 2004
Mon Jan 05 12:00:00 2004 GMT
Mon Jan 05 2004 12:00:00 GMT+0000 (Coordinated Universal Time)
Mon Jan 05 2004 13:00:00 GMT+0100 (Central European Standard Time)
Mon Jan 05 2004 07:00:00 GMT-0500 (EST)
Mon Jan 05 2004 12:00:00
Mon Jan 05 2004 07:00:00 -0500
Mon Jan 05, 2004 12:00 pm
January 5, 2004 12:00:00
January 5, 2004 12:00 PM
January 5, 2004 at 12:00 PM
January 5, 2004, 12:00 p.m.
Jan. 5, 2004, 12:00 p.m.
Jan 05 2004 12:00:00PM
Jan 5, 2004 7:00:00 AM EST
Monday, January 5, 2004 12:00:00 GMT
Monday, January 5, 2004 - 12:00pm
Monday, January 5, 2004 - 12:00
Mon, January 5, 2004 at 07:00 AM EST
Monday 5 January 2004 12:00
Monday, 5. January 2004 - 12:00
`;

const ISO = `
2004-01-05T12:00:00Z
2004-01-05t12:00:00z
2004-01-05 12:00:00Z
2004-01-05 12:00:00 Z
2004-01-05 12:00:00
2004-01-05T12:00:00
2004-01-05T12:00
2004-01-05T12:00Z
2004-01-05T12
2004-01-05T12Z
2004-01-05T12:00:00.0Z
2004-01-05T12:00:00.000Z
2004-01-05T12:00:00,000Z
2004-01-05T12:00:00.0000000000000000000000Z
2004-01-05T12:00:00.000+0000
2004-01-05T12:00:00+00:00
2004-01-05T12:00:00-00:00
2004-01-05T13:00:00+01:00
2004-01-05T13:00:00+0100
2004-01-05T13:00:00+01
2004-01-05T13:00:00 +01:00
2004-01-05T13:00:00 +0100
2004-01-05T13:00:00+1:00
2004-01-05T13:00:00+01:00:00
2004-01-05T13:00:00+01:00Z
2004-01-05T12:00:00+00:00Z
2004-01-05T13:00:00:+0100
2004-01-05T12:00:00:00
2004-01-05T13:00:00 CET
2004-01-05T12:00:00UTC
2004-01-05T12:00:00 GMT
2004-01-05T13:00:00+01:00[Europe/Paris]
2004-01-05 13:00:00 Europe/Paris
2004-01-05 12:00:00 Etc/UTC
2004-1-5T12:0:0Z
2004-1-5 12:00:00
2004-01-05, 12:00
2004-01-05 at 12:00:00
2004-01-05 - 12:00
2004-01-05  12:00:00.0
2004-01-05 12:00:00.000
2004-01-05 00:00:00.0 12:00:00.0 +0000
2004/01/05 12:00:00
2004/1/5 12:00
2004.01.05 12:00
Mon, 2004-01-05 12:00
Fri, 2004/01/05 07:00:00 EST
20040105T120000Z
20040105T120000
20040105T1200Z
20040105T130000+0100
20040105T12:00:00Z
20040105 12:00:00
20040105120000
20040105120000Z
200401051200
2004-005T12:00:00Z
2004005T120000Z
2004-W02-1T12:00:00Z
2004W021T120000Z
2004-01-05T12:00:00−00:00
1073304000
1073304000.25
1073304000000
12:00 05.01.2004
12:00 05.01.2004 +0000
05.01.2004 12:00:00
5.1.2004 12:00
05.01.2004, 12:00 Uhr
Mon, 01/05/2004 12:00
Mon, 05/01/2004 12:00
Mon, 01 05 2004 12:00:00 +0000
lun, 05/01/2004 12:00
2004. 01. 05. 12:00
5. 1. 2004 12:00
Date: 2004-01-05 12:00
"2004-01-05 12:00"
2004-01-05T13:00:00&#43;01:00
2004-01-05 12:00:00 Foo/Bar
2004-01-05 07:00:00 EST5EDT
`;

const ZONES: readonly (readonly [hour: string, names: string])[] = [
  ['12:00', 'A B C D E F G H I K L M N O P Q R S T U V W X Y Z'],
  ['12:00', 'GMT UTC UT WET XYZ QQQQ GMT+0 GMT-0 UTC+0 UTC+00:00 Z+0000 +0 +00 -00 0000'],
  [
    '13:00',
    'CET MET MEZ BST WEST WAT +1 +01 +01:00 +0100 GMT+1 GMT+01:00 UTC+1 UTC+0100 utc+01:00 +0100(CET)',
  ],
  ['14:00', 'CEST MEST MESZ EET SAST CAT IST+2 GMT+0200 UTC+0200 +0200 Europe/Athens EET(Athens)'],
  ['15:00', 'MSK EEST EAT TRT AST+3 Europe/Istanbul+03:00 Europe/Moscow Africa/Nairobi'],
  ['15:30', 'IRST +0330 +03:30 GMT+3:30'],
  ['16:00', 'GST MSD SAMT +0400'],
  ['17:00', 'PKT YEKT UZT +0500'],
  ['17:30', 'IST +0530 +05:30 Asia/Kolkata GMT+5:30'],
  ['17:45', 'NPT +05:45'],
  ['18:00', 'OMST BDT +06'],
  ['19:00', 'ICT WIB KRAT NOVT Asia/Jakarta'],
  ['20:00', 'HKT SGT AWST PHT MYT WITA IRKT Asia/Shanghai'],
  ['21:00', 'JST KST WIT YAKT Asia/Tokyo'],
  ['21:30', 'ACST +0930'],
  ['22:00', 'AEST ChST VLAT Australia/Brisbane'],
  ['22:30', 'ACDT'],
  ['23:00', 'AEDT MAGT Australia/Sydney'],
  ['24:00', 'NZST PETT +1200'],
  ['11:00', 'CVT -1 -01:00 -0100 GMT-1 --0100 UTC-01:00'],
  ['10:00', 'BRST -2 UTC-2'],
  ['09:00', 'BRT ART UYT ADT CLST America/Argentina/Buenos_Aires'],
  ['08:30', 'NST'],
  ['08:00', 'AST EDT CLT VET BOT -4 -0400'],
  ['07:00', 'EST ET CDT COT PET PEST-5 -05 -500 -0500 GMT-5 EST-0500 EST-05:00 America/New_York US/Eastern'],
  ['06:00', 'CST CT MDT America/Chicago'],
  ['05:00', 'MST MT PDT America/Denver'],
  ['04:00', 'PST PT AKDT America/Los_Angeles PST-8 PST-08:00'],
  ['03:00', 'AKST'],
  ['02:00', 'HST America/Adak'],
  ['01:00', 'SST Pacific/Pago_Pago'],
];

/** What else the same letters could mean was weighed: the commoner in feeds has them, and `date-words.ts` says so. */
const ZONE_ROWS = ZONES.flatMap(([hour, names]) =>
  names.split(' ').map((name) => `Mon, 05 Jan 2004 ${hour}:00 ${name}`),
);

const PHRASED_ZONES = `
Mon, 05 Jan 2004 07:00:00 Eastern Standard Time
January 5, 2004 7:00 AM Eastern Time
Mon, 05 Jan 2004 05:00:00 Pacific Daylight Time
Mon, 05 Jan 2004 12:00:00 GMT Standard Time
Mon, 05 Jan 2004 12:00:00 Coordinated Universal Time
Mon, 05 Jan 2004 12:00:00 Greenwich Mean Time
Mon, 05 Jan 2004 13:00:00 Central European Time
Mon, 05 Jan 2004 12:00:00 GMT+00:00 UTC
Mon, 05 Jan 2004 14:00 MET DST
Mon, 05 Jan 2004 07:00:00 UTC - 5
Mon, 05 Jan 2004 13:00:00 GMT + 1
`;

/** What has no noon, or no day, or leaves something out. */
const OTHERS: readonly (readonly [text: string, expected: string])[] = [
  ['2004-01-05', '2004-01-05T00:00:00.000Z'],
  ['2004-01-05Z', '2004-01-05T00:00:00.000Z'],
  ['2004-01-05+01:00', '2004-01-04T23:00:00.000Z'],
  ['2004-01', '2004-01-01T00:00:00.000Z'],
  ['2004-01Z', '2004-01-01T00:00:00.000Z'],
  ['2004', '2004-01-01T00:00:00.000Z'],
  ['January 2004', '2004-01-01T00:00:00.000Z'],
  ['Jan. 2006', '2006-01-01T00:00:00.000Z'],
  ['mars 2004', '2004-03-01T00:00:00.000Z'],
  ['12/2004', '2004-12-01T00:00:00.000Z'],
  ['2003335', '2003-12-01T00:00:00.000Z'],
  ['2003-335', '2003-12-01T00:00:00.000Z'],
  ['2004-366', '2004-12-31T00:00:00.000Z'],
  ['03335', '2003-12-01T00:00:00.000Z'],
  ['03-335', '2003-12-01T00:00:00.000Z'],
  ['031231', '2003-12-31T00:00:00.000Z'],
  ['991231', '1999-12-31T00:00:00.000Z'],
  ['03-12-31', '2003-12-31T00:00:00.000Z'],
  ['31-12-03', '2003-12-31T00:00:00.000Z'],
  ['31.12.03', '2003-12-31T00:00:00.000Z'],
  ['12/31/03 10:00', '2003-12-31T10:00:00.000Z'],
  ['-0312', '2003-12-01T00:00:00.000Z'],
  ['-03-12', '2003-12-01T00:00:00.000Z'],
  ['-03', '2003-01-01T00:00:00.000Z'],
  ['01.02.2004', '2004-02-01T00:00:00.000Z'],
  ['2/2/2004', '2004-02-02T00:00:00.000Z'],
  ['Mon, 01/12/2004', '2004-01-12T00:00:00.000Z'],
  ['Mon, 12/01/2004', '2004-01-12T00:00:00.000Z'],
  ['samedi 01/05/2004', '2004-05-01T00:00:00.000Z'],
  ['mar, 02 mar 2004', '2004-03-02T00:00:00.000Z'],
  ['mar 02 déc 2003', '2003-12-02T00:00:00.000Z'],
  ['2 décembre 2003, mardi', '2003-12-02T00:00:00.000Z'],
  ['5 יוני 2004', '2004-06-05T00:00:00.000Z'],
  ['5 ביוני 2004', '2004-06-05T00:00:00.000Z'],
  ['٥ يناير ٢٠٠٤', '2004-01-05T00:00:00.000Z'],
  ['２００４年５月２８日', '2004-05-28T00:00:00.000Z'],
  ['Febuary 3, 2004', '2004-02-03T00:00:00.000Z'],
  ['Sept. 5, 2004', '2004-09-05T00:00:00.000Z'],
  ['2004-01-04T24:00:00Z', '2004-01-05T00:00:00.000Z'],
  ['2004-12-31T23:59:60Z', '2005-01-01T00:00:00.000Z'],
  ['Wed, 31 Dec 2003 24:00 GMT', '2004-01-01T00:00:00.000Z'],
  ['2004-01-05T12:00:00.9999999999Z', '2004-01-05T12:00:00.999Z'],
  ['5 Jan 2004 12:30 AM', '2004-01-05T00:30:00.000Z'],
  ['5 Jan 2004 3 pm EST', '2004-01-05T20:00:00.000Z'],
  ['2004-05-25 오전 12:23:17', '2004-05-24T15:23:17.000Z'],
  ['2004-05-25 오후 12:23:17', '2004-05-25T03:23:17.000Z'],
  ['1990-01-01T00:00:00Z', '1990-01-01T00:00:00.000Z'],
  ['9998-12-31T23:59:59Z', '9998-12-31T23:59:59.000Z'],
  // Places know winter and summer; so do ET, CT, MT and PT. EST says winter, whatever the day.
  ['2004-07-05 12:00 Europe/Paris', '2004-07-05T10:00:00.000Z'],
  ['2004-07-05 12:00 America/New_York', '2004-07-05T16:00:00.000Z'],
  ['2004-07-05 12:00 ET', '2004-07-05T16:00:00.000Z'],
  ['2004-07-05 12:00 EST', '2004-07-05T17:00:00.000Z'],
  ['July 5, 2004 12:00 PM Pacific Time', '2004-07-05T19:00:00.000Z'],
  // The hour that the clocks of Paris skip.
  ['2004-03-28 02:30 Europe/Paris', '2004-03-28T01:30:00.000Z'],
];

/** What could be two days, is none, or is of a clock that was never set. */
const NOTHING = `
01/02/2004
01-02-2004 12:00
1/2/04
13/1/04
01.02.03
25-12-03
04-01-05
6/1/2 15:04
200412
20
5
0
1
-1
12345678901
1073304000000000
-335
--12-31
---31
Mon, 05 Jan
Mon, 2 Jan 15:04:05 MST
5 2004
Listing 5 2004
Jan 5 2004 Jan 6 2004
2004-01-05T12:00:00Z 2004-01-06T12:00:00Z
2004 12:00
2004-01 12:00
2004-00-05
2004-13-05
2004-01-00
2004-01-32
2004-02-30
2003-02-29
2003-366
2004-W54
2004-01-05T25:00
2004-01-05T24:01
2004-01-05T12:60
2004-01-05T12:00:61
2004-01-05T12:00:00+16:00
2004-01-05T12:00:00+99:99
2004-01-05T12:00:00+01:75
29 Feb 2003
32 Jan 2004
00 Jan 2004
31 Apr 2004
5 Foo 2004
0000-00-00T00:00:00Z
0001-01-01T00:00:00Z
0000-12-30
1899-12-30
1970-01-01T00:00:00Z
Thu, 01 Jan 1970 00:00:00 GMT
Wed, 31 Dec 1969 19:00:00 EST
1989-12-31T23:59:59Z
9999-12-31T23:59:59Z
10000-01-01T00:00:00Z
-000001-01-01T00:00:00Z
+002004-01-05T12:00:00Z
+275760-09-13T00:00:00Z
令和6年1月5日
yesterday
2 days ago
Today, 12:00
now
N/A
TBD
null
undefined
NaN
Invalid Date
Invalid date 2004
{{ date }}
%a, %d %b %Y
`;

const LANGUAGES = `
Montag, 5. Januar 2004, 12:00 Uhr
Mo, 5. Jänner 2004 12:00
Mo, 05 Jan 2004 13:00:00 +0100
5. Jan. 2004 - 12.00 Uhr
lundi 5 janvier 2004 à 12h00
lundi 5 janvier 2004 - 12:00
Lun, 05 janv. 2004 12:00:00 GMT
lunes, 5 de enero de 2004 12:00
5 de enero de 2004 a las 12:00
lun, 05 ene 2004 12:00:00 +0000
5 ene. 2004 12:00 p. m.
lunedì 5 gennaio 2004 ore 12:00
lun, 05 gen 2004 12:00:00 +0000
segunda-feira, 5 de janeiro de 2004 às 12:00
Seg, 05 Jan 2004 12:00:00 +0000
maandag 5 januari 2004 om 12:00 uur
ma, 05 jan 2004 12:00:00 GMT
poniedziałek, 5 stycznia 2004 12:00
Pn, 05 sty 2004 12:00:00 GMT
понедельник, 5 января 2004 г. 12:00
Пн, 05 Янв 2004 15:00:00 +0300
5 января 2004, 12:00
pondělí 5. ledna 2004 12:00
Po, 05 led 2004 12:00:00 GMT
måndag 5 januari 2004 kl. 12:00
mandag den 5. januar 2004 kl. 12.00
mandag 5. januar 2004 kl 12:00
maanantai 5. tammikuuta 2004 klo 12.00
Pazartesi, 5 Ocak 2004 12:00
5 Oca 2004 12:00
luni, 5 ianuarie 2004, 12:00
Lun, 05 Ian 2004 12:00:00 GMT
понеділок, 5 січня 2004 12:00
Пн, 05 січ 2004 12:00:00 GMT
dilluns, 5 de gener de 2004 12:00
dl., 5 de gen. 2004 12:00
Δευ, 05 Ιαν 2004 12:00:00 GMT
Δευτέρα, 5 Ιανουαρίου 2004 12:00
2004. január 5. 12:00
2004-január-5T12:00+00:00
pondelok 5. januára 2004 12:00
ponedeljek, 5. januar 2004 12:00
ponedjeljak, 5. siječnja 2004. 12:00
понедељак, 5. јануар 2004. 12:00
понеделник, 5 януари 2004 12:00
mánudagur, 5. janúar 2004 12:00
esmaspäev, 5. jaanuar 2004 12:00
pirmdiena, 2004. gada 5. janvāris 12:00
2004 m. sausio 5 d. 12:00
luns, 5 de xaneiro de 2004 12:00
Senin, 5 Januari 2004 12:00
2004年1月5日 12:00
2004年01月05日 12時00分
2004年1月5日（月）12:00
2004年1月5日 下午12:00
2004년 01월 05일 21:00:00
2004년 1월 5일 오후 9:00
2004-01-05 오후 9:00:00
2004-01-05 오후 09:00:00
`;

const rows = (block: string): string[] => block.split('\n').filter((row) => row !== '');

describe('parseDate, by form', () => {
  it.each(rows(RFC_822))('RFC 822 and what is near it: %s', (text) => {
    expect(parseDate(text)).toBe(NOON);
  });

  it.each(rows(ASCTIME))('asctime and American order: %s', (text) => {
    expect(parseDate(text)).toBe(NOON);
  });

  it.each(rows(ISO))('figures, largest first: %s', (text) => {
    expect(parseDate(text)?.slice(0, 19)).toBe(NOON.slice(0, 19));
  });

  it.each(ZONE_ROWS)('zones: %s', (text) => {
    expect(parseDate(text)).toBe(NOON);
  });

  it.each(rows(PHRASED_ZONES))('zones in words: %s', (text) => {
    expect(parseDate(text)).toBe(NOON);
  });

  it.each(OTHERS)('others: %s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  it.each(rows(NOTHING))('nothing: %s', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  it('never looks at more than a hundred characters', () => {
    expect(parseDate(`${' '.repeat(80)}2004-01-05`)).toBe('2004-01-05T00:00:00.000Z');
    expect(parseDate(`${' '.repeat(100)}2004-01-05`)).toBeUndefined();
  });

  it.each(['America/St_Johns', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Etc/GMT+12'])(
    'says the same of every form on a machine in %s',
    (zone) => {
      const forms = [...rows(RFC_822), ...rows(ASCTIME), ...rows(ISO), ...rows(LANGUAGES), ...ZONE_ROWS];
      const before = forms.map(parseDate);
      vi.stubEnv('TZ', zone);
      try {
        expect(new Date(2004, 0, 5).getTimezoneOffset()).not.toBe(0);
        expect(forms.map(parseDate)).toEqual(before);
      } finally {
        vi.unstubAllEnvs();
      }
    },
  );

  it.each(rows(LANGUAGES))('languages: %s', (text) => {
    expect(parseDate(text)).toBe(NOON);
  });
});
