// Dates as publishers write them. Never the server's zone: a date without one is UTC. What cannot be read for certain
// is absent, not guessed.
import { type Timestamp, timestampFromMs } from '../../model/timestamp.ts';
import { parseCommonDate } from './common-dates.ts';
import { monthNamed, zoneNamed } from './date-words.ts';

/** Longer texts are no dates. */
const DATE_CHARS_MAX = 100;
const EARLIEST_YEAR = 1990;
const LATEST_YEAR = 9998;

interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Milliseconds within the day and minutes east of UTC. */
interface TimeOfDay {
  readonly ms: number;
  readonly offset: number;
}

/**
 * RFC 822 and 2822, RFC 3339, W3C-DTF and ISO 8601 (basic, ordinal, week), asctime, months by name in most European
 * languages, Korean forms, numbers of seconds or milliseconds since 1970. Undefined for anything else and for years
 * before 1990 or after 9998, which are broken clocks. Never throws.
 */
export function parseDate(text: string): Timestamp | undefined {
  if (text.length > DATE_CHARS_MAX) return undefined;
  const ms = parseCommonDate(text) ?? parseUncommonDate(text);
  if (ms === undefined) return undefined;
  const timestamp = timestampFromMs(ms);
  if (timestamp === undefined) return undefined;
  const year = Number(timestamp.slice(0, 4));
  return year < EARLIEST_YEAR || year > LATEST_YEAR ? undefined : timestamp;
}

/** Milliseconds since 1970 of a date in any form, the common ones included. */
export function parseUncommonDate(text: string): number | undefined {
  const tidy = tidied(text);
  return parseEpoch(tidy) ?? parseIso(tidy) ?? parseWords(tidy);
}

/** One case, single spaces, no comments in parentheses but zones, Korean dates in figures. */
function tidied(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/(\d{4})년\s*(\d{1,2})월\s*(\d{1,2})일(.*)$/, '$1-$2-$3$4 kst')
    .replace(/오전\s*([\d:]+)/, '$1 am kst')
    .replace(/오후\s*([\d:]+)/, '$1 pm kst')
    .replace(/\(([a-z]{1,5})\)/g, ' $1 ')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Nine or ten digits are seconds, thirteen milliseconds. */
function parseEpoch(text: string): number | undefined {
  if (/^\d{9,10}(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  return /^\d{13}$/.test(text) ? Number(text) : undefined;
}

const ISO_DATE =
  /^(?:[a-z]{3,9},? )?(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)|-?w(\d{2})(?:-?([1-7]))?|-(\d{3})|(\d{2})(\d{2})|(\d{3}))?(?:[t ,]+(.*))?$/;

function parseIso(text: string): number | undefined {
  const match = ISO_DATE.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, week, weekday, ordinal, basicMonth, basicDay, basicOrdinal, rest] = match;
  const date = isoDate(Number(year), {
    month: month ?? basicMonth,
    day: day ?? basicDay,
    week,
    weekday,
    ordinal: ordinal ?? basicOrdinal,
  });
  const time = parseTime(rest ?? '');
  return date === undefined || time === undefined ? undefined : instant(date, time);
}

interface IsoParts {
  readonly month: string | undefined;
  readonly day: string | undefined;
  readonly week: string | undefined;
  readonly weekday: string | undefined;
  readonly ordinal: string | undefined;
}

function isoDate(year: number, parts: IsoParts): CalendarDate | undefined {
  if (parts.ordinal !== undefined) return dayOfYear(year, Number(parts.ordinal));
  if (parts.week !== undefined) return dayOfWeek(year, Number(parts.week), Number(parts.weekday ?? 1));
  return { year, month: Number(parts.month ?? 1), day: Number(parts.day ?? 1) };
}

function dayOfYear(year: number, day: number): CalendarDate | undefined {
  const date = new Date(Date.UTC(year, 0, day));
  if (day < 1 || date.getUTCFullYear() !== year) return undefined;
  return { year, month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** ISO 8601: week 1 is the one with 4 January in it; weeks start on Monday. */
function dayOfWeek(year: number, week: number, weekday: number): CalendarDate | undefined {
  if (week < 1 || week > 53) return undefined;
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7);
  const date = new Date(Date.UTC(year, 0, monday + (week - 1) * 7 + weekday - 1));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const CLOCK = /^(\d{1,2})(?:[:.h](\d{1,2})(?:[:.](\d{1,2})(?:[.,:](\d{1,9}))?)?)? ?([ap]\.?m\.?)?(?![\d:])/;
const BASIC_CLOCK = /^(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d{1,9}))?)?(?=$|[ z+-])/;

/** A clock time and what is after it: a zone, or nothing. */
function parseTime(text: string): TimeOfDay | undefined {
  if (text === '') return { ms: 0, offset: 0 };
  const zoneOnly = parseZone(text);
  if (zoneOnly !== undefined) return { ms: 0, offset: zoneOnly };
  const match = BASIC_CLOCK.exec(text) ?? CLOCK.exec(text);
  if (match === null) return undefined;
  const [whole, hour, minute, second, fraction, half] = match;
  const rest = text.slice(whole.length).trim();
  const ms = clockMs(hour ?? '0', minute, second, fraction, half);
  const offset = parseZone(rest);
  return ms === undefined || offset === undefined ? undefined : { ms, offset };
}

/** A second of 60 is the first of the next minute, 24:00 the start of the next day. */
function clockMs(
  hour: string,
  minute: string | undefined,
  second: string | undefined,
  fraction: string | undefined,
  half: string | undefined,
): number | undefined {
  let hours = Number(hour);
  const minutes = Number(minute ?? 0);
  const seconds = Number(second ?? 0);
  if (half !== undefined && hours <= 12) hours = (hours % 12) + (half.startsWith('p') ? 12 : 0);
  if (hours > 24 || minutes > 59 || seconds > 60) return undefined;
  const millis = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis;
}

const CLOCK_WORDS: ReadonlySet<string> = new Set(['uhr', 'h', 'hrs', 'hours', 'klo', 'kl', 'de', 'r.']);

/** Minutes east of UTC; 0 where none is said; undefined for what is no zone. */
function parseZone(text: string): number | undefined {
  if (text === '') return 0;
  const words = text.split(' ').filter((word) => !CLOCK_WORDS.has(word));
  if (words.length === 0) return 0;
  const offsets = words.map(parseZoneWord);
  if (offsets.some((offset) => offset === undefined)) return undefined;
  // `GMT +0200` and `+0200 (CEST)`: figures say more than names.
  const figured = words.findIndex((word) => /[+-]\d/.test(word));
  return offsets[Math.max(figured, 0)];
}

/** A zone that nobody knows is taken for UTC (RFC 2822, section 4.3): the day is then right, or the one beside it. */
const UNKNOWN_ZONE = /^(?:[a-z]{1,5}|[a-z]+\/[a-z_]+)$/;

function parseZoneWord(word: string): number | undefined {
  const named = zoneNamed(word);
  if (named !== undefined) return named;
  const match = /^(?:z|gmt|utc?)?([+-])(\d{1,2}?)(?::?(\d{2})|:(\d))?(?::\d{2})?$/.exec(word);
  if (match === null) return UNKNOWN_ZONE.test(word) ? 0 : undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? match[4] ?? 0);
  if (minutes > 15 * 60) return undefined;
  return match[1] === '-' ? -minutes : minutes;
}

/** Dates with a month by name, in any order, and figures with slashes or dots where only one order is possible. */
function parseWords(text: string): number | undefined {
  const numeric = parseNumericOrder(text);
  if (numeric !== undefined) return numeric;
  const clock = /(?:^|[ t])(\d{1,2}[:h]\d{2}.*)$/.exec(text);
  const before = clock === null ? text : text.slice(0, clock.index);
  const { date, rest } = takeDate(`${before} `, clock?.[1] ?? '');
  if (date === undefined) return undefined;
  const time = parseTime(rest);
  return time === undefined ? undefined : instant(date, time);
}

/** `26/07/2026 10:00`: certain where one of the two is no month. */
function parseNumericOrder(text: string): number | undefined {
  const match = /^(?:\p{L}+,? )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[t ,]+(.*))?$/u.exec(text);
  if (match === null) return undefined;
  const [first, second] = [Number(match[1]), Number(match[2])];
  if (first <= 12 && second <= 12 && first !== second) return undefined;
  const [day, month] = second > 12 ? [second, first] : [first, second];
  const time = parseTime(match[4] ?? '');
  return time === undefined ? undefined : instant({ year: Number(match[3]), month, day }, time);
}

/** Day, month and year from the words before the clock; a year may stand after it, as in asctime. */
function takeDate(before: string, after: string): { date: CalendarDate | undefined; rest: string } {
  let month: number | undefined;
  let day: number | undefined;
  let year: number | undefined;
  const zones: string[] = [];
  let unknown = 0;
  for (const word of before.split(/[\s,/]+|-(?=[\p{L}\d])|(?<=\p{L})[-.]/u)) {
    if (word === '' || word === '.') continue;
    const figures: string | undefined = /^(\d{1,4})(?:st|nd|rd|th|er|º|ª|\.)?$/.exec(word)?.[1];
    const named = figures === undefined ? monthNamed(word) : undefined;
    if (figures !== undefined && figures.length <= 2 && day === undefined) day = Number(figures);
    else if (figures !== undefined && year === undefined) year = fullYear(figures);
    else if (named !== undefined)
      month = named; // the last: `mar 5 gen` is a Tuesday in January
    else if (/^[+-]\d{2}:?\d{2}$/.test(word) || zoneNamed(word) !== undefined) zones.push(word);
    else if (figures !== undefined || /\d/.test(word)) unknown += 3;
    else unknown += 1;
  }
  let rest = after;
  if (year === undefined) {
    const late = /(?:^| )(\d{4})(?= |$)/.exec(rest);
    if (late !== null) {
      year = Number(late[1]);
      rest = `${rest.slice(0, late.index)} ${rest.slice(late.index + late[0].length)}`.trim();
    }
  }
  if (day === undefined || month === undefined || year === undefined || unknown > 2) {
    return { date: undefined, rest };
  }
  if (zones.length > 0 && parseTime(rest)?.offset === 0) rest = `${rest} ${zones.join(' ')}`.trim();
  return { date: { year, month, day }, rest };
}

/** RFC 2822, section 4.3: two digits below 50 are of this century, three are since 1900. */
function fullYear(figures: string): number {
  const year = Number(figures);
  if (figures.length === 2) return year < 50 ? 2000 + year : 1900 + year;
  return figures.length === 3 ? 1900 + year : year;
}

/** Undefined for a day that the month does not have. */
function instant(date: CalendarDate, time: TimeOfDay): number | undefined {
  const { year, month, day } = date;
  const start = new Date(0);
  start.setUTCFullYear(year, month - 1, day);
  if (month < 1 || month > 12 || start.getUTCDate() !== day) return undefined;
  return start.getTime() + time.ms - time.offset * 60_000;
}
