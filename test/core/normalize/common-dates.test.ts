import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommonDate } from '../../../src/core/normalize/common-dates.ts';
import { parseUncommonDate } from '../../../src/core/normalize/dates.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', 'Foo'];
const padded = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
const clock = fc.tuple(padded(25), padded(61), padded(61)).map((parts) => parts.join(':'));
const zone = (separator: string) =>
  fc.oneof(
    fc.constant('Z'),
    fc
      .tuple(fc.constantFrom('+', '-'), padded(16), padded(59))
      .map(([sign, h, m]) => `${sign}${h}${separator}${m}`),
  );
const year = fc.integer({ min: 1990, max: 2100 }).map(String);
const rfc2822 = fc
  .tuple(
    fc.constantFrom('Mon, ', ''),
    padded(32),
    fc.constantFrom(...MONTHS),
    year,
    clock,
    fc.oneof(zone(''), fc.constant('GMT')),
  )
  .map(([weekday, day, month, y, time, z]) => `${weekday}${day} ${month} ${y} ${time} ${z}`);
const rfc3339 = fc
  .tuple(year, padded(13), padded(32), clock, fc.constantFrom('', '.5', '.123456789'), zone(':'))
  .map(([y, month, day, time, fraction, z]) => `${y}-${month}-${day}T${time}${fraction}${z}`);

describe('parseCommonDate', () => {
  it('gives what the parser for all forms gives, or nothing', () => {
    let common = 0;
    fc.assert(
      fc.property(fc.oneof(rfc2822, rfc3339), (text) => {
        const ms = parseCommonDate(text);
        if (ms === undefined) return;
        common += 1;
        expect([text, ms]).toEqual([text, parseUncommonDate(text)]);
      }),
      { numRuns: 2000 },
    );
    expect(common).toBeGreaterThan(500);
  });

  it.each([
    '2026-02-29T00:00:00Z',
    '31 Apr 2026 00:00:00 GMT',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:00+16:00',
  ])('leaves %s to it', (text) => {
    expect(parseCommonDate(text)).toBeUndefined();
  });
});
