// The rules of polite polling, checked over a log of requests and answers. They are written from what the server said, and
// share no code with what decides when to poll.
import type { Validators } from '../../src/model/fetch-outcome.ts';
import { type Character, DAY_MS, HOUR_MS, MINUTE_MS } from './characters.ts';

/** What the answer to a logged request said, as far as it binds the next. */
export interface LoggedPoll {
  readonly atMs: number;
  readonly sent: Validators;
  readonly answer: 'document' | 'not-modified' | 'refusal' | 'gone' | 'failure';
  /** Of a document or a 304. */
  readonly validators: Validators | undefined;
  readonly retryAfter: string | undefined;
}

export interface PoliteBounds {
  /** The operator's shortest and longest interval. */
  readonly minMs: number;
  readonly maxMs: number;
}

const WAIT_MAX_MS = DAY_MS;
/** Nobody is left alone for longer, days to skip aside: the small spread is for each source. */
const PATIENCE_MS = WAIT_MAX_MS + 11 * MINUTE_MS;
const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Each broken rule in words; none where all were kept. */
export function brokenRules(
  character: Character,
  bounds: PoliteBounds,
  log: readonly LoggedPoll[],
): readonly string[] {
  const broken: string[] = [];
  let failures = 0;
  let unconditionalMs = Number.NEGATIVE_INFINITY;
  let given: Validators | undefined;
  for (const [index, poll] of log.entries()) {
    const before = log[index - 1];
    const complaints = [
      ...(before === undefined ? [] : waits(character, bounds, before, poll, failures)),
      ...skips(character, index, poll),
      ...conditional(given, unconditionalMs, poll),
    ];
    for (const complaint of complaints) {
      broken.push(
        `${character.name}, request ${index + 1} at ${new Date(poll.atMs).toISOString()}: ${complaint}`,
      );
    }
    failures = poll.answer === 'failure' || poll.answer === 'refusal' ? failures + 1 : 0;
    if (poll.validators === undefined) continue;
    if (!isConditional(poll.sent)) unconditionalMs = poll.atMs;
    given = poll.validators;
  }
  return broken;
}

function waits(
  character: Character,
  { minMs, maxMs }: PoliteBounds,
  before: LoggedPoll,
  { atMs }: LoggedPoll,
  failures: number,
): string[] {
  const gapMs = atMs - before.atMs;
  const least: [string, number][] = [['the shortest interval', minMs]];
  switch (before.answer) {
    case 'document':
    case 'not-modified':
      least.push(['max-age', Math.min(freshMs(character), WAIT_MAX_MS)]);
      least.push(['ttl', Math.min((character.ttlMinutes ?? 0) * MINUTE_MS, maxMs, WAIT_MAX_MS)]);
      if (character.updateBaseMs === undefined) {
        least.push([
          'the update period',
          Math.min((character.updateSeconds ?? 0) * 1000, maxMs, WAIT_MAX_MS),
        ]);
      }
      break;
    case 'refusal':
      least.push(['Retry-After', Math.min(Number(before.retryAfter) * 1000 || 0, WAIT_MAX_MS)]);
      break;
    case 'failure':
      least.push([
        'the backoff',
        Math.min(Math.min(HOUR_MS, maxMs) * 2 ** (failures - 1), WAIT_MAX_MS * 0.9),
      ]);
      break;
    case 'gone':
      least.push(['a day for what is gone', DAY_MS]);
      break;
  }
  const complaints = least
    .filter(([, ms]) => gapMs < ms)
    .map(([rule, ms]) => `${minutes(gapMs)} after the last, ${rule} is ${minutes(ms)}`);
  const mostMs = PATIENCE_MS + longestSkipMs(character);
  if (gapMs > mostMs)
    complaints.push(
      `${minutes(gapMs)} after the last: nobody is left alone for more than ${minutes(mostMs)}`,
    );
  return complaints;
}

function skips({ skipHours = [], skipDays = [] }: Character, index: number, { atMs }: LoggedPoll): string[] {
  // Before it was read for the first time, nobody can know.
  if (index === 0) return [];
  const date = new Date(atMs);
  const complaints: string[] = [];
  if (skipHours.length < 24 && skipHours.includes(date.getUTCHours())) complaints.push('in an hour to skip');
  if (skipDays.includes(DAY_NAMES[date.getUTCDay()] ?? '')) complaints.push('on a day to skip');
  return complaints;
}

function conditional(
  given: Validators | undefined,
  unconditionalMs: number,
  { atMs, sent }: LoggedPoll,
): string[] {
  if (given === undefined) return isConditional(sent) ? ['validators that nobody gave'] : [];
  const sinceMs = atMs - unconditionalMs;
  if (isConditional(sent)) {
    const isExact = sent.etag === given.etag && sent.lastModified === given.lastModified;
    return [
      ...(isExact ? [] : ['validators other than the last ones given']),
      ...(sinceMs < 7 * DAY_MS ? [] : ['conditional, though none was unconditional for 7 days']),
    ];
  }
  return isConditional(given) && sinceMs < 6 * DAY_MS ? ['without the validators that it has'] : [];
}

function isConditional({ etag, lastModified }: Validators): boolean {
  return etag !== undefined || lastModified !== undefined;
}

function freshMs({ headers = {} }: Character): number {
  const seconds = Number(/max-age=(\d+)/.exec(headers['cache-control'] ?? '')?.[1] ?? 0);
  return Math.max(0, seconds - Number(headers['age'] ?? 0)) * 1000;
}

function longestSkipMs({ skipHours = [], skipDays = [] }: Character): number {
  return skipDays.length * DAY_MS + (skipHours.length < 24 ? skipHours.length * HOUR_MS : 0);
}

function minutes(ms: number): string {
  return `${Math.round(ms / MINUTE_MS)} min`;
}
