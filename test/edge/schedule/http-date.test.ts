import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpDateMs } from '../../../src/edge/schedule/http-date.ts';

describe('a date of a header', () => {
  const zone = process.env['TZ'];
  beforeEach(() => {
    process.env['TZ'] = 'America/New_York';
  });
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it.each([
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 03:49:37 -0500',
  ])('is in GMT where it names no zone, wherever we are: %s', (text) => {
    expect(new Date(1994, 10, 6).getTimezoneOffset()).toBe(300);
    expect(new Date(httpDateMs(text) ?? 0).toISOString()).toBe('1994-11-06T08:49:37.000Z');
  });

  it.each([undefined, '', '0', '-1', 'soon', 'Soon 2099', 'Later, in May', '2026-11-20T12:00:00Z'])(
    'is none: %s',
    (text) => {
      expect(httpDateMs(text)).toBeUndefined();
    },
  );
});
