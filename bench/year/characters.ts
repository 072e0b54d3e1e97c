// Forty characters of sources, as data: when they publish, and what their servers do.
import type { Random } from './random.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** When something is published, between two times, in any order. */
export type Publishing = (fromMs: number, toMs: number, random: Random) => readonly number[];

/** What a server does besides publishing. All times of day are UTC. */
export interface Traits {
  readonly validators?: 'etag' | 'last-modified' | 'both' | 'none';
  readonly headers?: Readonly<Record<string, string>>;
  readonly ttlMinutes?: number;
  readonly updateSeconds?: number;
  readonly updateBaseMs?: number;
  readonly skipHours?: readonly number[];
  readonly skipDays?: readonly string[];
  /** Items in its document. */
  readonly window?: number;
  /** What it says of when an item was published. */
  readonly dates?: 'true' | 'missing' | 'day-only' | 'always-now' | 'year-2099';
  /** Items appear so much later than their dates say. */
  readonly lagMs?: number;
  /** Share of requests that fail. */
  readonly failing?: number;
  /** Down from and until, in days of the year. */
  readonly outages?: readonly (readonly [number, number])[];
  /** Asks for `retryAfter` when it was asked less than so long ago. */
  readonly limit?: { readonly gapMs: number; readonly retryAfter: string; readonly status: 429 | 503 };
  /** Says 304 to every conditional request, whatever it has. */
  readonly alwaysNotModified?: boolean;
  /** 410 from that day of the year on. */
  readonly goneOnDay?: number;
}

export interface Character extends Traits {
  readonly name: string;
  readonly publishes: Publishing;
}

const evenly = Array.from({ length: 24 }, () => 1);
const hoursOf = (from: number, to: number) => evenly.map((_, hour) => (hour >= from && hour < to ? 1 : 0.05));
const WORK = hoursOf(8, 18);
const WAKING = hoursOf(7, 23);
const EVENING = hoursOf(18, 23);
const ALL_DAYS = [1, 1, 1, 1, 1, 1, 1];
/** From Sunday on. */
const WEEKDAYS = [0.1, 1, 1, 1, 1, 1, 0.1];
const WEEKEND = [1, 0.1, 0.1, 0.1, 0.1, 0.1, 1];

/** So many a day on average, at random, more or less in the hours and days given. */
function about(
  aDay: number,
  hours: readonly number[] = evenly,
  days: readonly number[] = ALL_DAYS,
): Publishing {
  return (fromMs, toMs, random) => {
    const most = Math.max(...hours) * Math.max(...days);
    const mean = (hours.reduce((a, b) => a + b) / 24) * (days.reduce((a, b) => a + b) / 7);
    const gapMs = (DAY_MS / aDay) * (mean / most);
    const times: number[] = [];
    for (let at = fromMs + random.exponential(gapMs); at < toMs; at += random.exponential(gapMs)) {
      const date = new Date(at);
      const chance = (hours[date.getUTCHours()] ?? 0) * (days[date.getUTCDay()] ?? 0);
      if (random.next() * most < chance) times.push(at);
    }
    return times;
  };
}

/** On days for which `isDay` holds, at hour and minute, give or take. */
function at(
  hour: number,
  minute: number,
  jitterMinutes: number,
  isDay: (date: Date) => boolean = () => true,
): Publishing {
  return (fromMs, toMs, random) => {
    const times: number[] = [];
    for (let day = Math.floor(fromMs / DAY_MS) * DAY_MS; day < toMs; day += DAY_MS) {
      if (!isDay(new Date(day))) continue;
      times.push(day + hour * HOUR_MS + minute * MINUTE_MS + random.normal(jitterMinutes * MINUTE_MS));
    }
    return times.filter((time) => time >= fromMs && time < toMs);
  };
}

function everyHours(hours: number, minute: number, jitterMinutes: number): Publishing {
  return (fromMs, toMs, random) => {
    const times: number[] = [];
    const stepMs = hours * HOUR_MS;
    for (let slot = Math.floor(fromMs / stepMs) * stepMs; slot < toMs; slot += stepMs) {
      times.push(slot + minute * MINUTE_MS + Math.abs(random.normal(jitterMinutes * MINUTE_MS)));
    }
    return times.filter((time) => time >= fromMs && time < toMs);
  };
}

/** Each time of `beginnings` is followed by a burst. */
function bursts(beginnings: Publishing, items: number, gapMinutes: number): Publishing {
  return (fromMs, toMs, random) =>
    beginnings(fromMs, toMs, random).flatMap((beginMs) => {
      let at = beginMs;
      return Array.from({ length: items }, () => {
        at += random.exponential(gapMinutes * MINUTE_MS);
        return at;
      }).filter((time) => time < toMs);
    });
}

function together(...parts: readonly Publishing[]): Publishing {
  return (fromMs, toMs, random) => parts.flatMap((part) => part(fromMs, toMs, random));
}

/** From one day of the year to another; what it did before the year began is kept. */
function during(firstDay: number, lastDay: number, part: Publishing): Publishing {
  return (fromMs, toMs, random) => {
    const yearMs = Date.UTC(new Date(toMs - 1).getUTCFullYear(), 0, 1);
    return part(fromMs, toMs, random).filter((time) => {
      const day = (time - yearMs) / DAY_MS;
      return day >= firstDay && day < lastDay;
    });
  };
}

const on =
  (...days: readonly number[]) =>
  (date: Date) =>
    days.includes(date.getUTCDay());
const monthly = (day: number) => (date: Date) => date.getUTCDate() === day;

export const CHARACTERS: readonly Character[] = [
  { name: 'hourly news', publishes: everyHours(1, 5, 3), window: 30 },
  {
    name: 'news agency, 60 a day',
    publishes: about(60, WAKING),
    window: 50,
    headers: { 'cache-control': 'max-age=300' },
  },
  { name: 'newspaper, 25 a day', publishes: about(25, WAKING, WEEKDAYS), window: 40, ttlMinutes: 15 },
  {
    name: 'broadcaster, 12 a day',
    publishes: about(12, WAKING),
    headers: { 'cache-control': 'max-age=600', age: '200' },
  },
  { name: 'town hall, working hours', publishes: about(3, WORK, WEEKDAYS), updateSeconds: 3600 },
  { name: 'daily at six', publishes: at(6, 0, 4) },
  { name: 'daily at six, dates without a time', publishes: at(6, 0, 4), dates: 'day-only' },
  { name: 'daily at 17:30 on weekdays', publishes: at(17, 30, 10, on(1, 2, 3, 4, 5)) },
  { name: 'twice a day', publishes: together(at(7, 0, 15), at(19, 0, 15)) },
  { name: 'daily, at no fixed hour', publishes: about(1, WAKING) },
  { name: 'daily, dates missing', publishes: about(1, WORK), dates: 'missing' },
  { name: 'weekly podcast', publishes: at(4, 0, 8, on(2)) },
  { name: 'weekly newsletter, an hour late or early', publishes: at(9, 0, 60, on(4)) },
  { name: 'weekly blog, any time', publishes: about(1 / 7, WAKING) },
  { name: 'weekend writer', publishes: about(0.4, EVENING, WEEKEND) },
  { name: 'evening blogger', publishes: about(0.5, EVENING) },
  { name: 'link blog', publishes: about(6, WORK, WEEKDAYS), updateSeconds: 3600 },
  { name: 'fortnightly blog', publishes: about(1 / 14, WAKING) },
  { name: 'monthly report', publishes: at(10, 0, 30, monthly(3)) },
  { name: 'monthly, any time', publishes: about(1 / 30) },
  { name: 'dead since last autumn', publishes: during(-120, -60, about(0.5, WAKING)) },
  { name: 'falls silent in March', publishes: during(-400, 75, about(4, WORK)) },
  { name: 'wakes up in June', publishes: during(160, 400, about(4, WORK)) },
  { name: 'summer only', publishes: during(150, 240, about(6, WAKING)) },
  { name: 'conference, bursts of 20', publishes: bursts(about(1 / 45, WORK), 20, 6), window: 40 },
  { name: 'press office, batches of 5', publishes: bursts(about(0.5, WORK, WEEKDAYS), 5, 1) },
  { name: 'releases, clustered', publishes: bursts(about(1 / 12, WORK), 4, 180) },
  { name: 'no validators', publishes: about(2, WAKING), validators: 'none' },
  { name: 'Last-Modified only', publishes: about(2, WAKING), validators: 'last-modified' },
  {
    name: 'cached for six hours',
    publishes: about(4, WAKING),
    headers: { 'cache-control': 'public, max-age=21600' },
  },
  {
    name: 'max-age of a year',
    publishes: about(1, WAKING),
    headers: { 'cache-control': 'max-age=31536000, immutable' },
  },
  { name: 'ttl of a year', publishes: about(1, WAKING), ttlMinutes: 525_600 },
  {
    name: 'updates daily at noon, says so',
    publishes: at(12, 2, 2),
    updateSeconds: 86_400,
    updateBaseMs: Date.UTC(2000, 0, 1, 12),
  },
  { name: 'skips the night', publishes: about(6, WORK), skipHours: [22, 23, 0, 1, 2, 3, 4, 5] },
  {
    name: 'skips the weekend and mornings',
    publishes: about(3, WORK, WEEKDAYS),
    skipDays: ['Saturday', 'Sunday'],
    skipHours: [0, 1, 2, 3, 4, 5, 6],
  },
  { name: 'skips every hour', publishes: about(2, WAKING), skipHours: evenly.map((_, hour) => hour) },
  { name: 'flapping', publishes: about(4, WAKING), failing: 0.3, outages: [[100, 130]] },
  {
    name: 'rate-limiting',
    publishes: about(6, WAKING),
    limit: { gapMs: 80 * MINUTE_MS, retryAfter: '5400', status: 429 },
  },
  {
    name: 'says 304 for ever, and dates of 2099',
    publishes: about(1, WAKING),
    alwaysNotModified: true,
    dates: 'year-2099',
  },
  {
    name: 'gone in autumn, dates always now',
    publishes: about(2, WAKING),
    dates: 'always-now',
    goneOnDay: 280,
  },
];
