// The time of day in a date, and the zone beside it, in whatever order they come.
import { type Zone, zoneOf } from './date-zones.ts';

export interface TimeOfDay {
  /** Milliseconds since midnight. */
  readonly ms: number;
  readonly zone: Zone;
}

/** Not after a sign or a figure: `+01:00` is a zone. */
const COLONS = /(?<![\d:.+-])(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,:](\d{1,60}))?)?(?!:?\d)/;
const LETTERS = /(?<![\d:.+-])(\d{1,2})h(?:(\d{2})(?:(?:m|min|:)?(\d{2})s?)?m?)?(?![\da-z])()/;
const COMPACT = /^(\d{2})(\d{2})(?:(\d{2})(?:[.,](\d{1,60}))?)?(?=$|[ a-z+-])/;
const POINTS = /(?<![\d:.+-])(\d{1,2})\.(\d{2})(?:\.(\d{2}))?(?![\d.:])()/;
const HOUR = /(?<![\d:.+-])(\d{1,2})(?![\d:.])()()()/;
const HALF = /(?<=^|[\d ])([ap])\.? ?m\.?(?=$|[ ,])/;

export interface FoundClock {
  readonly ms: number;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** A clock time with colons or an `h`, wherever it is in a date. */
export function findClock(text: string): FoundClock | undefined {
  return clockBy(COLONS, text) ?? clockBy(LETTERS, text);
}

/** `12.30`, where the date beside it has no points. */
export function findPoints(text: string): FoundClock | undefined {
  return clockBy(POINTS, text);
}

/** What is left of a date once the day is taken: a clock time in any form and words for the zone, or nothing. */
export function parseTime(text: string): TimeOfDay | undefined {
  const plain = text.replace(/^[\s,-]*(?:(?:at|t|-) )?(?=.)/, '').replace(/^:/, '');
  if (plain === '' || plain === '-') return { ms: 0, zone: 0 };
  const half = HALF.exec(plain);
  const rest =
    half === null ? plain : `${plain.slice(0, half.index)} ${plain.slice(half.index + half[0].length)}`;
  const clock =
    clockBy(COMPACT, rest) ??
    findClock(rest) ??
    findPoints(rest) ??
    (/^(?:(?:um|klo|kl\.?|ore|at|à|às|om|o) )?\d{1,2}(?![\d:.])/.test(rest)
      ? clockBy(HOUR, rest)
      : undefined);
  if (clock === undefined) return half === null ? withZone(0, rest) : undefined;
  const ms = half === null ? clock.ms : inHalf(clock.ms, half[1] === 'p');
  return withZone(ms, `${rest.slice(0, clock.start)} ${rest.slice(clock.end)}`);
}

const CLOCK_WORDS: ReadonlySet<string> = new Set(
  'uhr h hrs hours klo kl kl. de r. ore a alle las la às à om uur at u o den um pm am :'.split(' '),
);

function withZone(ms: number, words: string): TimeOfDay | undefined {
  // The fraction of a time that was written twice, and what joins words, are no zones.
  const zone = zoneOf(
    words
      .replace(/(?<=^| )[:.,-](?= |$|[+-])/g, ' ')
      .split(/[ ,]+/)
      .filter((word) => word !== '' && !CLOCK_WORDS.has(word)),
  );
  return zone === undefined ? undefined : { ms, zone };
}

function clockBy(pattern: RegExp, text: string): FoundClock | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [whole, hour, minute, second, fraction] = match;
  const ms = clockMs(Number(hour), Number(minute || 0), Number(second || 0), fraction);
  return ms === undefined ? undefined : { ms, start: match.index, end: match.index + whole.length };
}

/** A second of 60 is the first of the next minute, 24:00 the start of the next day. */
function clockMs(
  hours: number,
  minutes: number,
  seconds: number,
  fraction: string | undefined,
): number | undefined {
  if (hours > 24 || minutes > 59 || seconds > 60) return undefined;
  if (hours === 24 && (minutes > 0 || seconds > 0)) return undefined;
  const millis = fraction === undefined || fraction === '' ? 0 : Math.floor(Number(`0.${fraction}`) * 1000);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis;
}

const HOUR_MS = 3_600_000;

/** 12 am is midnight, 12 pm noon; 15:00 pm is what it says. */
function inHalf(ms: number, isAfternoon: boolean): number {
  if (ms >= 13 * HOUR_MS) return ms;
  return (ms % (12 * HOUR_MS)) + (isAfternoon ? 12 * HOUR_MS : 0);
}
