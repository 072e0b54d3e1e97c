// The hours and days at which a publisher wants no polls (RSS 2.0, skipHours and skipDays), in GMT. Pure.

export interface SkipWindows {
  /** 0 to 23. */
  readonly skipHours?: readonly number[] | undefined;
  /** `Monday` to `Sunday`. */
  readonly skipDays?: readonly string[] | undefined;
}

export interface OutsideSkips {
  readonly atMs: number;
  /** What it was put off for last; undefined where it was not. */
  readonly by: 'skip-hours' | 'skip-days' | undefined;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_HOURS = 7 * 24;
/** In the order of Date.getUTCDay. */
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The first time from `atMs` on that is not skipped. A list that skips everything is a mistake, and not heeded. */
export function outsideSkips(atMs: number, { skipHours = [], skipDays = [] }: SkipWindows): OutsideSkips {
  const hours = new Set(skipHours.length < 24 ? skipHours : []);
  const days = new Set(skipDays.length < 7 ? skipDays : []);
  let hereMs = atMs;
  let by: OutsideSkips['by'];
  for (let step = 0; step < WEEK_HOURS; step++) {
    if (days.has(DAYS[new Date(hereMs).getUTCDay()] ?? '')) {
      by = 'skip-days';
      hereMs = (Math.floor(hereMs / DAY_MS) + 1) * DAY_MS;
    } else if (hours.has(new Date(hereMs).getUTCHours())) {
      by = 'skip-hours';
      hereMs = (Math.floor(hereMs / HOUR_MS) + 1) * HOUR_MS;
    } else return { atMs: hereMs, by };
  }
  return { atMs, by: undefined };
}
