// Days in words, in a feed's language and time zone, from the locale data (CLDR) that Node brings.
import type { Timestamp } from './timestamp.ts';

/** A constructed format costs a thousand times what it costs to use it. */
const formats = new Map<string, Intl.DateTimeFormat | undefined>();
const FORMATS_MAX = 500;

/** Marks of direction, which some locales put beside digits and others do not. */
const DIRECTION_MARKS = /[\u061c\u200e\u200f]/g;

/**
 * The day of `timestamp` in `timezone` as `locale` writes it, with the month as a word where it has one: `23. November
 * 2026`. The same on every machine with the same Node: calendar and digits are fixed, nothing comes from the machine's own
 * locale or zone, and white space, which releases of CLDR keep changing between kinds, is plain spaces. Where the locale is
 * unknown: `2026-11-23`.
 */
export function dayInWords(timestamp: Timestamp, locale: string, timezone: string): string {
  const at = new Date(timestamp);
  const format = formatFor(locale, timezone);
  if (format === undefined) return isoDay(at, timezone);
  return format.format(at).replace(DIRECTION_MARKS, '').replace(/\s+/g, ' ').trim();
}

function formatFor(locale: string, timezone: string): Intl.DateTimeFormat | undefined {
  const name = `${locale} ${timezone}`;
  if (!formats.has(name)) {
    if (formats.size >= FORMATS_MAX) formats.clear();
    formats.set(name, makeFormat(locale, timezone));
  }
  return formats.get(name);
}

function makeFormat(locale: string, timezone: string): Intl.DateTimeFormat | undefined {
  // An unknown locale would silently become the machine's own; `lookup` is the same everywhere, `best fit` need not be.
  const fixed = { localeMatcher: 'lookup', calendar: 'gregory', numberingSystem: 'latn' } as const;
  if (Intl.DateTimeFormat.supportedLocalesOf([locale], fixed).length === 0) return undefined;
  return new Intl.DateTimeFormat(locale, { ...fixed, dateStyle: 'long', timeZone: timezone });
}

function isoDay(at: Date, timezone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: timezone,
  }).formatToParts(at);
  const [year, month, day] = ['year', 'month', 'day'].map(
    (type) => parts.find((part) => part.type === type)?.value ?? '',
  );
  return `${year?.padStart(4, '0')}-${month}-${day}`;
}
