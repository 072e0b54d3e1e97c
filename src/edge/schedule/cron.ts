// Cron expressions, as node-cron reads them. It has no clock to set: we ask it whether a minute matches, by our own clock.
import { createTask, validateDetailed } from 'node-cron';

const MINUTE_MS = 60_000;
/** Time zones differ by whole quarters of an hour: within one, neither hour nor day changes in any of them. */
const QUARTER_MS = 15 * MINUTE_MS;
const HOUR_MS = 4 * QUARTER_MS;
/** No day is shorter. */
const DAY_STEP_MS = 6 * HOUR_MS;
/** How much clocks are put back: by an hour nearly everywhere. */
const SET_BACK_MS = [30 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS];
/** Expressions at once; a configuration has a handful. */
const READERS_MAX = 1000;
/** Over a longer time (a machine that slept), older minutes are not counted. */
const COUNTED_MAX_MS = 24 * HOUR_MS;
/** Every expression that the configuration takes has a day within eight years: 29 February across a year like 2100. */
const SEARCH_MAX_MS = 8 * 366 * 24 * HOUR_MS;

export interface CronSchedule {
  /** Five fields. */
  readonly expression: string;
  /** IANA name; the machine's zone where none is given. */
  readonly timezone: string | undefined;
}

/** What is wrong with the expression; undefined where nothing is. */
export function cronProblem(expression: string): string | undefined {
  const { valid, errors } = validateDetailed(expression);
  return valid
    ? undefined
    : errors.map((error) => `${error.field}: ${error.message}`).join('; ') || 'not a cron expression';
}

/** The first full minute after `afterMs` that matches. The end of the search, eight years on, where none does. */
export function nextCronMatch(schedule: CronSchedule, afterMs: number): number {
  const reader = readerOf(schedule);
  const { askedMs, foundMs } = reader.last;
  if (askedMs <= afterMs && afterMs < foundMs) return foundMs;
  reader.last = { askedMs: afterMs, foundMs: searchedMatch(reader, afterMs) };
  return reader.last.foundMs;
}

/** How many minutes after `afterMs`, up to and with `untilMs`, match; those of the last day count. */
export function countCronMatches(schedule: CronSchedule, afterMs: number, untilMs: number): number {
  let count = 0;
  let atMs = nextCronMatch(schedule, Math.max(afterMs, untilMs - COUNTED_MAX_MS));
  for (; atMs <= untilMs; atMs = nextCronMatch(schedule, atMs)) count += 1;
  return count;
}

function searchedMatch(reader: CronReader, afterMs: number): number {
  const endMs = afterMs + SEARCH_MAX_MS;
  let atMs = nextMinute(afterMs);
  while (atMs < endMs) {
    if (!reader.matchesDay(atMs))
      atMs = reader.matchesDay(atMs + DAY_STEP_MS) ? nextQuarter(atMs) : atMs + DAY_STEP_MS;
    else if (!reader.matchesHour(atMs)) atMs = nextQuarter(atMs);
    else if (reader.matches(atMs)) return atMs;
    else atMs += MINUTE_MS;
  }
  return endMs;
}

interface CronReader {
  readonly matches: (atMs: number) => boolean;
  /** Whatever the minute. */
  readonly matchesHour: (atMs: number) => boolean;
  /** Whatever the hour and minute. */
  readonly matchesDay: (atMs: number) => boolean;
  /** The first match after a time. Sources that share an expression ask for the same; a minute costs some 10 µs to look at. */
  last: { readonly askedMs: number; readonly foundMs: number };
}

const readers = new Map<string, CronReader>();

function readerOf({ expression, timezone }: CronSchedule): CronReader {
  const key = `${expression}|${timezone ?? ''}`;
  const known = readers.get(key);
  if (known !== undefined) return known;
  if (readers.size >= READERS_MAX) readers.clear();
  const [, hour = '*', ...day] = expression.trim().split(/\s+/);
  const matchesTime = matcherOf(expression, timezone);
  const isRepeated = repeatedBy(timezone);
  const reader: CronReader = {
    matches: (atMs) => matchesTime(atMs) && !isRepeated(atMs),
    matchesHour: matcherOf(['*', hour, ...day].join(' '), timezone),
    matchesDay: matcherOf(['*', '*', ...day].join(' '), timezone),
    last: { askedMs: Number.POSITIVE_INFINITY, foundMs: Number.NEGATIVE_INFINITY },
  };
  readers.set(key, reader);
  return reader;
}

function matcherOf(expression: string, timezone: string | undefined): (atMs: number) => boolean {
  const task = createTask(expression, () => undefined, timezone === undefined ? {} : { timezone });
  return (atMs) => task.match(new Date(minuteOf(atMs)));
}

/**
 * Whether the same time of day comes again, where clocks are put back: node-cron's tasks run at the second of the two,
 * though its `match` knows both.
 */
function repeatedBy(timezone: string | undefined): (atMs: number) => boolean {
  const format = new Intl.DateTimeFormat('en', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: timezone,
  });
  return (atMs) => {
    const shown = format.format(atMs);
    return SET_BACK_MS.some((ms) => format.format(atMs + ms) === shown);
  };
}

function nextMinute(afterMs: number): number {
  return minuteOf(afterMs) + MINUTE_MS;
}

function nextQuarter(afterMs: number): number {
  return (Math.floor(afterMs / QUARTER_MS) + 1) * QUARTER_MS;
}

function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}
