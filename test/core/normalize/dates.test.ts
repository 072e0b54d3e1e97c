import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { parseDate } from '../../../src/core/normalize/dates.ts';

const ZONE = process.env['TZ'];
afterEach(() => {
  if (ZONE === undefined) delete process.env['TZ'];
  else process.env['TZ'] = ZONE;
});

const NOON = '2004-01-05T12:00:00.000Z';

describe('parseDate', () => {
  it.each([
    ['Mon, 05 Jan 2004 12:00:00 GMT', NOON],
    ['Mon, 05 Jan 2004 12:00:00 +0000', NOON],
    ['Mon, 5 Jan 04 12:00 Z', NOON],
    ['5 Jan 2004 12:00:00 UT', NOON],
    ['  Mon ,05  Jan  2004   13:00:00   CET ', NOON],
    ['Mon,05 Jan 2004 13:00:00 +01:00', NOON],
    ['Mon, 05 Jan 2004 07:00:00 EST', NOON],
    ['Mon, 05 Jan 2004 08:00:00 EDT', NOON],
    ['Mon, 05 Jan 2004 04:00:00 PST', NOON],
    ['Mon, 05 Jan 2004 12:00:00 -0000', NOON],
    ['Mon, 05 Jan 2004 14:00:00 GMT+0200', NOON],
    ['Mon, 05 Jan 2004 14:00:00 +0200 (CEST)', NOON],
    ['Mon, 05 Jan 2004 13:00:00 (CET)', NOON],
    ['Mon, 05-Jan-2004 12:00:00 GMT', NOON],
    ['Monday, 05-Jan-04 12:00:00 GMT', NOON],
    ['Mon Jan  5 12:00:00 2004', NOON],
    ['Mon Jan 5 12:00:00 UTC 2004', NOON],
    ['Mon Jan 05 2004 12:00:00 GMT+0000 (Coordinated Universal Time)', NOON],
    ['January 5, 2004 12:00 PM', NOON],
    ['January 5th, 2004 7:00 am EST', NOON],
    ['Mon, Jan 5 2004 12:00:00 PM', NOON],
    ['2004-01-05T12:00:00Z', NOON],
    ['2004-01-05t12:00:00z', NOON],
    ['2004-01-05T12:00:00', NOON],
    ['2004-01-05 12:00:00', NOON],
    ['2004-01-05T12:00Z', NOON],
    ['2004-01-05T13:00:00+01:00', NOON],
    ['2004-01-05T13:00:00+0100', NOON],
    ['2004-01-05T13:00:00+01', NOON],
    ['2004-01-05T12:00:00 UTC', NOON],
    ['2004-01-05T12:00:0+00:0', NOON],
    ['2004/01/05 12:00:00', NOON],
    ['Fri, 2004/01/05 07:00:00 EST', NOON],
    ['20040105T120000Z', NOON],
    ['20040105120000', NOON],
    ['2004-005T12:00:00Z', NOON],
    ['2004005', '2004-01-05T00:00:00.000Z'],
    ['2004-W02-1T12:00:00Z', NOON],
    ['2004-01-05T12:00:00.123456Z', '2004-01-05T12:00:00.123Z'],
    ['2004-01-05', '2004-01-05T00:00:00.000Z'],
    ['2004-01', '2004-01-01T00:00:00.000Z'],
    ['2004', '2004-01-01T00:00:00.000Z'],
    ['20040105', '2004-01-05T00:00:00.000Z'],
    ['1073304000', NOON],
    ['1073304000000', NOON],
    ['2004-01-04T24:00:00Z', '2004-01-05T00:00:00.000Z'],
    ['2004-01-05T11:59:60Z', NOON],
    ['26/07/2026 10:00', '2026-07-26T10:00:00.000Z'],
    ['07/26/2026 10:00', '2026-07-26T10:00:00.000Z'],
    ['26.07.2026', '2026-07-26T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  it.each([
    ['Mo, 05 Jan 2004 13:00:00 +0100', NOON],
    ['5. Januar 2004, 12:00 Uhr', NOON],
    ['Fr, 05 Mär 2004 12:00:00 GMT', '2004-03-05T12:00:00.000Z'],
    ['lundi 5 janvier 2004 12:00', NOON],
    ['mar, 03 fév 2004 12:00:00 GMT', '2004-02-03T12:00:00.000Z'],
    ['mardi 2 décembre 2003', '2003-12-02T00:00:00.000Z'],
    ['Lun, 05 Ene 2004 12:00:00 GMT', NOON],
    ['5 de agosto de 2004', '2004-08-05T00:00:00.000Z'],
    ['lun, 05 gen 2004 12:00:00 +0000', NOON],
    ['seg, 05 dez 2005 12:00:00 GMT', '2005-12-05T12:00:00.000Z'],
    ['ma, 05 mei 2004 12:00:00 GMT', '2004-05-05T12:00:00.000Z'],
    ['5 sierpnia 2004', '2004-08-05T00:00:00.000Z'],
    ['Κυρ, 11 Ιούλ 2004 12:00:00 EST', '2004-07-11T17:00:00.000Z'],
    ['Пн, 05 янв 2004 12:00:00 GMT', NOON],
    ['2004-július-13T9:15-05:00', '2004-07-13T14:15:00.000Z'],
    ['2004-05-25 오후 11:23:17', '2004-05-25T14:23:17.000Z'],
    ['2004년 05월 28일  01:31:15', '2004-05-27T16:31:15.000Z'],
  ])('reads months and forms of other languages: %s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    'TBD',
    '0000-00-00 00:00:00',
    '2004-13-01',
    '2004-02-30T00:00:00Z',
    'Mon, 31 Feb 2004 12:00:00 GMT',
    '2004-01-05T25:00:00Z',
    '2004-01-05T12:60:00Z',
    '01/02/2004',
    '1970-01-01T00:00:00Z',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    '9999-12-31T23:59:59Z',
    '-000001-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    'x'.repeat(1000),
    '5 '.repeat(50),
  ])('says nothing of what it cannot read for certain: %s', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  it('never uses the zone of the machine', () => {
    for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'UTC']) {
      process.env['TZ'] = zone;
      expect(parseDate('Mon, 05 Jan 2004 12:00:00')).toBe(NOON);
      expect(parseDate('2004-01-05 12:00')).toBe(NOON);
    }
  });

  it('never throws, and gives a timestamp that reads as a date', () => {
    const part = fc.constantFrom(
      '2004',
      '01',
      '5',
      'Jan',
      ':',
      '-',
      '+',
      'T',
      'Z',
      ' ',
      ',',
      '/',
      'EST',
      'pm',
      '.',
      '(',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const date = parseDate(parts.join(''));
        if (date !== undefined) expect(new Date(date).toISOString()).toBe(date);
      }),
      { numRuns: 5000 },
    );
  });

  it('reads what the platform writes', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-02'), max: new Date('9998-01-01'), noInvalidDate: true }),
        (date) => {
          expect(parseDate(date.toISOString())).toBe(date.toISOString());
          const seconds = new Date(Math.floor(date.getTime() / 1000) * 1000);
          expect(parseDate(date.toUTCString())).toBe(seconds.toISOString());
        },
      ),
    );
  });
});
