// Feeds, their readings and their polls in words: what `probe` and `check --online` have in common.
import { durationWords } from '../core/render/duration-words.ts';
import type { FeedFormat, ReadingNote } from '../model/item.ts';
import type { PollRecord, PollWhy } from '../model/poll-record.ts';

/** `rss-2.0` as `RSS 2.0`. */
export function formatWords(format: FeedFormat): string {
  return format
    .replace(/^rss-/, 'RSS ')
    .replace(/^atom-/, 'Atom ')
    .replace(/^json-feed-/, 'JSON Feed ')
    .replace(/^cdf$/, 'CDF');
}

const WHY_WORDS: Readonly<Record<PollWhy, string>> = {
  every: 'as the configuration says',
  schedule: 'as the configuration says',
  adaptive: 'as often as it publishes',
  'max-age': 'its server says that an answer is good for so long',
  ttl: 'its ttl asks for that',
  'update-period': 'its sy:updatePeriod asks for that',
  'skip-hours': 'it names hours to be left out',
  'skip-days': 'it names days to be left out',
  'retry-after': 'its server asks for a pause',
  backoff: 'its poll failed',
  gone: 'it is gone',
  push: 'a hub tells of what is new',
  store: 'the store did not answer',
};

/** As in `next in 60 min (every: as the configuration says)`. */
export function nextPollWords(poll: PollRecord, nowMs: number): string {
  const waitMs = Math.max(0, Date.parse(poll.nextPollAt) - nowMs);
  const why = poll.why === undefined ? '' : ` (${poll.why}: ${WHY_WORDS[poll.why]})`;
  return `next in ${durationWords(waitMs)}${why}`;
}

const NOTE_WORDS: Readonly<Record<ReadingNote['code'], string>> = {
  repaired: 'it is not well-formed, and was mended',
  'charset-guess': 'its encoding was wrong or not told, and was guessed',
  'truncated-items': 'it has more items than are read',
  'truncated-text': 'texts were longer than is kept',
  'truncated-extensions': 'it has more extensions than are kept',
  'bad-item': 'an item could not be read, and was left out',
  'bad-date': 'a date could not be read',
  'bad-url': 'an address could not be used',
  'guid-churn': 'ids or dates changed all at once',
};

/** Each once, with how often it happened. */
export function noteLines(notes: readonly ReadingNote[]): readonly string[] {
  return [...Map.groupBy(notes, ({ code }) => code)].map(([code, all]) => {
    const detail = all.length === 1 && all[0]?.detail !== undefined ? `: ${all[0].detail}` : '';
    return `${NOTE_WORDS[code]} (${code}${all.length > 1 ? `, ${all.length} times` : ''})${detail}`;
  });
}
