// Dates in figures: ISO 8601 in all its forms, with and without separators, and day and month in either order where only
// one is possible. What could be two days is none.
import { type CalendarDate, dayOfWeek, dayOfYear, instant, isDay, weekdayOf } from './calendar.ts';
import { parseTime } from './date-clock.ts';
import { isOtherThanEnglish, weekdayNamed } from './date-words.ts';

/** Milliseconds since 1970. */
export function parseFigures(text: string): number | undefined {
  return parseEpoch(text) ?? parseIso(text) ?? parseCompact(text) ?? parseShort(text) ?? parseOrder(text);
}

/** Nine or ten digits are seconds, thirteen milliseconds. */
function parseEpoch(text: string): number | undefined {
  if (/^\d{9,10}(?:\.\d{1,20})?$/.test(text)) return Math.round(Number(text) * 1000);
  return /^\d{13}$/.test(text) ? Number(text) : undefined;
}

/** The groups: a word; year; month and day; week and weekday; day of the year with and without `-`; what is after it. */
const ISO =
  /^(?:(\p{L}{2,12}[,.:]*) )?(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})\.?)?(?!\d)|-?w(\d{2})(?:-?([1-7]))?|-(\d{3})|(\d{3}))?(?:[t ,]+(.*)|(z|(?<=\d-\d\d-\d\d)[+-]\d\d.*))?$/u;

function parseIso(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, before, figures, month, day, week, weekday, ordinal, basicOrdinal, rest, zone] = match;
  if (before !== undefined && (month === undefined || !standsBefore(before))) return undefined;
  // A year or a month alone has no time of day.
  if (rest !== undefined && (day ?? week ?? ordinal ?? basicOrdinal) === undefined) return undefined;
  const year = Number(figures);
  const nth = ordinal ?? basicOrdinal;
  const date =
    nth !== undefined
      ? dayOfYear(year, Number(nth))
      : week !== undefined
        ? dayOfWeek(year, Number(week), Number(weekday ?? 1))
        : { year, month: Number(month ?? 1), day: Number(day ?? 1) };
  return instant(date, parseTime(rest ?? zone ?? ''));
}

/** `Mon, 2004-01-05`, `Date: 2004-01-05`. */
function standsBefore(word: string): boolean {
  return word.endsWith(':') || weekdayNamed(word.replace(/[,.]+$/, '')) !== undefined;
}

/** `20040105`, and a time after it with or without a `T`. */
function parseCompact(text: string): number | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})(?:[t ]?(\d.*)|( ?[z+-].*))?$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, clock, zone] = match;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  return instant(date, parseTime(clock ?? zone ?? ''));
}

/** Years of two digits beyond this one are of the last century. */
const LATEST_SHORT_YEAR = 30;

/**
 * The forms of ISO 8601:1988 that leave out the century: `031231`, `03-12-31`, `03335`, `-0312`, `-03`; and `12/2003`. Those that
 * leave out the year say nothing. With separators others write the same in another order, so that only one may be possible.
 */
function parseShort(text: string): number | undefined {
  const plain = /^(\d{2})(\d{2})(\d{2})(?:t(.*))?$/.exec(text);
  if (plain !== null && !isYearAndMonth(text)) {
    const [, year, month, day, rest] = plain;
    return instant({ year: shortYear(year), month: Number(month), day: Number(day) }, parseTime(rest ?? ''));
  }
  const nth = /^(\d{2})-?(\d{3})(?:t(.*))?$/.exec(text);
  if (nth !== null) return instant(dayOfYear(shortYear(nth[1]), Number(nth[2])), parseTime(nth[3] ?? ''));
  const inYear = /^(0?[1-9]|1[0-2])[-/.](\d{4})$/.exec(text);
  if (inYear !== null)
    return instant({ year: Number(inYear[2]), month: Number(inYear[1]), day: 1 }, parseTime(''));
  const month = /^-(\d{2})(?:-?(\d{2}))?$/.exec(text);
  if (month === null) return undefined;
  return instant({ year: shortYear(month[1]), month: Number(month[2] ?? 1), day: 1 }, parseTime(''));
}

/** `200412` is as likely a month of 2004 as a day of 2020. */
function isYearAndMonth(text: string): boolean {
  return /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])$/.test(text);
}

function shortYear(figures: string | undefined): number {
  const year = Number(figures);
  return year > LATEST_SHORT_YEAR ? 1900 + year : 2000 + year;
}

/** Groups: the day of the week, three numbers and what is between them, what is after them. */
const ORDER = /^(?:(\p{L}[\p{L}\p{M}-]*)[,.]* )?(\d{1,4})([/. -])(\d{1,2})\3(\d{1,4})\.?(?:[t ,]+(.*))?$/u;

/** `26/07/2026 10:00`, `26.07.26`. */
function parseOrder(text: string): number | undefined {
  const match = ORDER.exec(text);
  if (match === null) return undefined;
  const [, weekday, first = '', separator = '', second = '', third = '', rest] = match;
  const isDayFirst = separator === '.' || isOtherThanEnglish(weekday ?? '');
  const days = readings(first, second, third)
    .filter(({ date, order }) => isDay(date) && !(isDayFirst && order === 'month'))
    .map(({ date }) => date);
  const time = parseTime(rest ?? '');
  // The one that is on the day of the week that is said.
  const said = weekdayNamed(weekday ?? '');
  const fitting = days.filter((date) => weekdayOf(date) === said);
  const possible = fitting.length > 0 ? fitting : days;
  const [day] = possible;
  return possible.every((other) => isSameDay(other, day)) ? instant(day, time) : undefined;
}

interface OrderedDate {
  readonly date: CalendarDate;
  /** What stands first. With points between them, and in other languages than English, that is never the month. */
  readonly order: 'year' | 'month' | 'day';
}

function readings(first: string, second: string, third: string): OrderedDate[] {
  const [a, b, c] = [Number(first), Number(second), Number(third)];
  const found: OrderedDate[] = [];
  if (third.length >= 3 && third.length !== 4) return found;
  const year = third.length === 4 ? c : shortYear(third);
  if (first.length <= 2 && third.length >= 2) {
    found.push({ date: { year, month: b, day: a }, order: 'day' });
    found.push({ date: { year, month: a, day: b }, order: 'month' });
  }
  if (first.length === 2 && third.length <= 2) {
    found.push({ date: { year: shortYear(first), month: b, day: c }, order: 'year' });
  }
  return found.filter(({ date }) => third.length === 4 || isRecent(date.year));
}

/** What a year of two digits may be: it is a day as well as the others. */
function isRecent(year: number): boolean {
  return year >= 1990;
}

function isSameDay(a: CalendarDate, b: CalendarDate | undefined): boolean {
  return a.year === b?.year && a.month === b.month && a.day === b.day;
}
