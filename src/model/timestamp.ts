// Instants as text: RFC 3339 in UTC with milliseconds and four-digit years, so that two of them compare as strings.

/** `2026-11-23T23:08:00.000Z`: RFC 3339 (section 5.6), UTC, with milliseconds, years 0001 to 9999. */
export type Timestamp = string & { readonly __brand: 'Timestamp' };

const EARLIEST_MS = -62_135_596_800_000; // 0001-01-01T00:00:00Z
const LATEST_MS = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z

/** The timestamp of `ms` milliseconds since 1970-01-01T00:00:00Z; undefined outside the years 0001 to 9999. */
export function timestampFromMs(ms: number): Timestamp | undefined {
  if (!(ms >= EARLIEST_MS && ms <= LATEST_MS)) return undefined;
  return new Date(ms).toISOString() as Timestamp;
}

/** The timestamp of a clock's `ms`. Throws RangeError outside the years 0001 to 9999: no clock of ours shows them. */
export function timestampOfClock(ms: number): Timestamp {
  const timestamp = timestampFromMs(ms);
  if (timestamp === undefined) throw new RangeError(`the clock shows ${ms} ms since 1970`);
  return timestamp;
}

/** Milliseconds since 1970-01-01T00:00:00Z. */
export function msFromTimestamp(timestamp: Timestamp): number {
  return Date.parse(timestamp);
}

export function earlier(a: Timestamp, b: Timestamp): Timestamp {
  return a < b ? a : b;
}

export function later(a: Timestamp, b: Timestamp): Timestamp {
  return a > b ? a : b;
}

/** The earlier of two that may be absent. */
export function earlierOf(a: Timestamp | undefined, b: Timestamp | undefined): Timestamp | undefined {
  return a !== undefined && b !== undefined ? earlier(a, b) : (a ?? b);
}
