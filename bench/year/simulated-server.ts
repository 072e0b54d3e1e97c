// A publisher's server as a pure model: what it answers to a request at a time. It knows nothing of how we decide.
import type { Validators } from '../../src/model/fetch-outcome.ts';
import { type Character, DAY_MS } from './characters.ts';
import type { Random } from './random.ts';

export interface Request {
  readonly atMs: number;
  readonly validators: Validators;
}

export type Answer =
  | {
      readonly kind: 'document';
      readonly items: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly validators: Validators;
    }
  | {
      readonly kind: 'not-modified';
      readonly headers: Readonly<Record<string, string>>;
      readonly validators: Validators;
    }
  | { readonly kind: 'refusal'; readonly status: 429 | 503; readonly retryAfter: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'failure' };

export interface SimulatedServer {
  readonly character: Character;
  /** When each item can first be read, ascending; what came before the year began among them. */
  readonly visibleMs: readonly number[];
  /** What its document says of the item. */
  claimedMs(item: number, atMs: number): number | undefined;
  answer(request: Request): Answer;
}

/** Items before the year, so that there is something to read on its first day. */
const HISTORY_MS = 120 * DAY_MS;

export function createServer(
  character: Character,
  yearMs: number,
  lengthMs: number,
  random: Random,
): SimulatedServer {
  const lagMs = character.lagMs ?? 0;
  const visibleMs = character
    .publishes(yearMs - HISTORY_MS, yearMs + lengthMs, random)
    .map((time) => Math.floor(time) + lagMs)
    .toSorted((a, b) => a - b);
  let shown = 0;
  let askedMs = Number.NEGATIVE_INFINITY;

  function refusal(atMs: number): Answer | undefined {
    const { limit } = character;
    const gapMs = atMs - askedMs;
    askedMs = atMs;
    return limit !== undefined && gapMs < limit.gapMs
      ? { kind: 'refusal', status: limit.status, retryAfter: limit.retryAfter }
      : undefined;
  }

  return {
    character,
    visibleMs,
    claimedMs: (item, atMs) => claimOf(character, (visibleMs[item] ?? atMs) - lagMs, atMs),
    answer({ atMs, validators }) {
      const day = (atMs - yearMs) / DAY_MS;
      if (day >= (character.goneOnDay ?? Number.POSITIVE_INFINITY)) return { kind: 'gone' };
      if (isDown(character, day, random)) return { kind: 'failure' };
      const refused = refusal(atMs);
      if (refused !== undefined) return refused;
      while ((visibleMs[shown] ?? Number.POSITIVE_INFINITY) <= atMs) shown += 1;
      const own = validatorsOf(character, shown, visibleMs[shown - 1] ?? yearMs);
      const headers = character.headers ?? {};
      const isConditional = validators.etag !== undefined || validators.lastModified !== undefined;
      const isSame = validators.etag === own.etag && validators.lastModified === own.lastModified;
      if (isConditional && (isSame || character.alwaysNotModified === true)) {
        return { kind: 'not-modified', headers, validators };
      }
      return { kind: 'document', items: shown, headers, validators: own };
    },
  };
}

function isDown({ outages = [], failing = 0 }: Character, day: number, random: Random): boolean {
  return (
    outages.some(([from, until]) => day >= from && day < until) || (failing > 0 && random.next() < failing)
  );
}

function claimOf({ dates = 'true' }: Character, publishedMs: number, atMs: number): number | undefined {
  switch (dates) {
    case 'true':
      return publishedMs;
    case 'missing':
      return undefined;
    case 'day-only':
      return Math.floor(publishedMs / DAY_MS) * DAY_MS;
    case 'always-now':
      return atMs;
    case 'year-2099':
      return Date.UTC(2099, 0, 1);
  }
}

function validatorsOf({ validators = 'both' }: Character, version: number, changedMs: number): Validators {
  return {
    ...(validators === 'etag' || validators === 'both' ? { etag: `W/"v${version}"` } : {}),
    ...(validators === 'last-modified' || validators === 'both'
      ? { lastModified: new Date(changedMs).toUTCString() }
      : {}),
  };
}
