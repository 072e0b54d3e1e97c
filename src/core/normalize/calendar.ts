// Days of the Gregorian calendar as ISO 8601 counts them, and the instant that a day, a time and a zone make together.
import type { TimeOfDay } from './date-clock.ts';
import { placeOffset } from './date-zones.ts';

export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const MINUTE_MS = 60_000;

/** Milliseconds since 1970; undefined for a day that the month does not have. */
export function instant(date: CalendarDate | undefined, time: TimeOfDay | undefined): number | undefined {
  if (date === undefined || time === undefined || !isDay(date)) return undefined;
  const local = dayStart(date) + time.ms;
  if (typeof time.zone === 'number') return local - time.zone * MINUTE_MS;
  // Once more, where the offset changed between that instant and the one that the first guess gave.
  const guess = local - placeOffset(time.zone, local) * MINUTE_MS;
  return local - placeOffset(time.zone, guess) * MINUTE_MS;
}

export function isDay({ year, month, day }: CalendarDate): boolean {
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    new Date(dayStart({ year, month, day })).getUTCDate() === day &&
    day <= 31
  );
}

/** 0 for Sunday. */
export function weekdayOf(date: CalendarDate): number {
  return new Date(dayStart(date)).getUTCDay();
}

/** The nth day of a year; undefined where it has fewer. */
export function dayOfYear(year: number, day: number): CalendarDate | undefined {
  const date = new Date(dayStart({ year, month: 1, day }));
  return day < 1 || date.getUTCFullYear() !== year ? undefined : calendarDate(date);
}

/** ISO 8601: week 1 is the one with 4 January in it; weeks start on Monday, which is 1. */
export function dayOfWeek(year: number, week: number, weekday: number): CalendarDate | undefined {
  if (week < 1 || week > 53) return undefined;
  const fourth = new Date(dayStart({ year, month: 1, day: 4 }));
  const monday = 4 - ((fourth.getUTCDay() + 6) % 7);
  return calendarDate(new Date(dayStart({ year, month: 1, day: monday + (week - 1) * 7 + weekday - 1 })));
}

/** Also of years below 100, which `Date.UTC` takes for others. */
function dayStart({ year, month, day }: CalendarDate): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function calendarDate(date: Date): CalendarDate {
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
