// The two forms that nearly all dates of feeds have, read without any of the care that the others need (dates.ts):
// RFC 2822 with an English month, RFC 3339.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const RFC_2822 =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) (?:GMT|UTC|Z|([+-])(\d{2})(\d{2}))$/;
const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

/** Milliseconds since 1970; undefined where the text is in another form or anything in it is out of the ordinary. */
export function parseCommonDate(text: string): number | undefined {
  if (text.charCodeAt(4) === 0x2d) {
    const match = RFC_3339.exec(text);
    if (match === null) return undefined;
    const [, year, month, day, hour, minute, second, fraction, sign, zoneHours, zoneMinutes] = match;
    const ms = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
    const start = instant(Number(year), Number(month) - 1, Number(day), [hour, minute, second]);
    return start === undefined ? undefined : withZone(start + ms, sign, zoneHours, zoneMinutes);
  }
  const match = RFC_2822.exec(text);
  if (match === null) return undefined;
  const [, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes] = match;
  const start = instant(Number(year), MONTHS.indexOf(month ?? ''), Number(day), [hour, minute, second]);
  return start === undefined ? undefined : withZone(start, sign, zoneHours, zoneMinutes);
}

function instant(
  year: number,
  month: number,
  day: number,
  clock: readonly (string | undefined)[],
): number | undefined {
  const [hour, minute, second] = clock.map(Number) as [number, number, number];
  if (year < 1000 || month < 0 || month > 11 || day < 1 || hour > 23 || minute > 59 || second > 59)
    return undefined;
  if (day > 28 && day > new Date(Date.UTC(year, month + 1, 0)).getUTCDate()) return undefined;
  return Date.UTC(year, month, day, hour, minute, second);
}

function withZone(
  ms: number,
  sign: string | undefined,
  hours: string | undefined,
  minutes: string | undefined,
): number | undefined {
  if (sign === undefined) return ms;
  const offset = Number(hours) * 60 + Number(minutes);
  if (offset > 15 * 60 || Number(minutes) > 59) return undefined;
  return sign === '-' ? ms + offset * 60_000 : ms - offset * 60_000;
}
