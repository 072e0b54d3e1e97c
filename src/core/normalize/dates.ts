// Dates as publishers write them. Never the server's zone: a date without one is UTC. What cannot be read for certain
// is absent, not guessed.
import { decodeHTMLStrict } from 'entities';
import { type Timestamp, timestampFromMs } from '../../model/timestamp.ts';
import { parseCommonDate } from './common-dates.ts';
import { shortenZones, zoneNamed } from './date-zones.ts';
import { parseFigures } from './dates-in-figures.ts';
import { parseWords } from './dates-in-words.ts';

/** Longer texts are no dates. */
const DATE_CHARS_MAX = 100;
const EARLIEST_YEAR = 1990;
const LATEST_YEAR = 9998;

/**
 * RFC 822 and 2822, RFC 3339, W3C-DTF and ISO 8601 (basic, ordinal, week), asctime, months by name in most European
 * languages, Korean, Chinese and Japanese forms, day and month in figures where one order only is possible, numbers of
 * seconds or milliseconds since 1970. Undefined for anything else and for years before 1990 or after 9998, which are
 * broken clocks. Never throws.
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
  return parseFigures(tidy) ?? parseWords(tidy);
}

/** One case, single spaces, no comments in parentheses but zones, no `T`, the clock after the day. */
function tidied(text: string): string {
  let tidy = (text.includes('&') ? decodeHTMLStrict(text) : text).normalize('NFKC').toLowerCase();
  if (/[^\0-\x7f]/.test(tidy)) tidy = withLatinMarks(tidy);
  tidy = shortenZones(tidy)
    .replace(/\(([a-z]{1,5})\)/g, ' $1 ')
    .replace(/\([^)]*\)|<[^>]*>|[[\];"]/g, ' ')
    .replace(/(?<=\d)t(?=\d)/, ' ')
    .replace(/(?<=[ \d])--(?=\d)/, '-')
    .replace(/(?<=\d)(?=\p{L}{3,})|(?<=\d\p{L}{3,10})(?=\d)/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/(?<=:\d\d|gmt|utc) ?([+-]) (?=\d{1,2}(?::?\d{2})?$)/, ' $1')
    .replace(/(\d{1,4})\. (\d{1,2})\. (?=\d{1,4}(?:\.|$| ))/, '$1.$2.')
    .trim();
  return clockLast(tidy);
}

/** A clock time, and perhaps a zone, before the day; and a midnight that was written before the real time. */
function clockLast(text: string): string {
  const match =
    /^(\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?)(?: ([a-z]{1,5}))?[ ,-]+(?=[\d\p{L}])(.{6,})$/u.exec(text);
  if (match === null) return text.replace(/(?<= )00?:00(?::00(?:\.0+)?)? (?=\d{1,2}:\d{2})/, '');
  const [, clock = '', word = '', day = ''] = match;
  return zoneNamed(word) === undefined ? `${word} ${day} ${clock}`.trim() : `${day} ${clock} ${word}`;
}

/** Chinese, Japanese and Korean dates with signs of ASCII; Korean ones without a zone are Korean time. */
function withLatinMarks(text: string): string {
  const isKorean = /[년월일]|오[전후]/.test(text) && !/[+-]\d\d:?\d\d$|gmt|utc/.test(text);
  const latin = text
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/(?:星期|周|週|曜日?)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일/g, ' ')
    .replace(/(\d{4})\s*[년年]\s*(\d{1,2})\s*[월月]\s*(\d{1,2})\s*[일日]/, '$1-$2-$3 ')
    .replace(
      /(\d{1,2})\s*[時时點点시]\s*(?:(\d{1,2})\s*[分분]\s*(?:(\d{1,2})\s*[秒초])?)?/,
      (_, h, m = '00', s = '00') => `${h}:${m}:${s} `,
    )
    .replace(/(?:오전|上午|午前)\s*(\d{1,2}(?::\d{1,2}){0,2})/, ' $1 am ')
    .replace(/(?:오후|下午|午後)\s*(\d{1,2}(?::\d{1,2}){0,2})/, ' $1 pm ')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (figure) => String(figure.charCodeAt(0) & 0xf))
    .replace(/π\.?\s?μ\.?/, 'am')
    .replace(/μ\.?\s?μ\.?/, 'pm');
  return isKorean ? `${latin} kst` : latin;
}
