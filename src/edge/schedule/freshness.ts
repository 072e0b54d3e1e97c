// How long an answer stays fresh, as a private cache reckons it (RFC 9111, sections 4.2.1, 4.2.3, 5.2.2 and 5.3).
// No freshness is guessed where none is declared. Pure.
import type { ResponseHeaders } from '../../model/fetch-outcome.ts';
import { httpDateMs } from './http-date.ts';

/** What must not be answered from a store without asking. */
const ALWAYS_ASK: ReadonlySet<string> = new Set(['no-cache', 'no-store']);

/** Milliseconds from its receipt at `nowMs` on; 0 where nothing is declared, or nothing that can be read. */
export function freshForMs(headers: ResponseHeaders, nowMs: number): number {
  const directives = directivesOf(headers['cache-control'] ?? '');
  if ([...directives.keys()].some((name) => ALWAYS_ASK.has(name))) return 0;
  const maxAge = directives.get('max-age');
  // Where max-age stands, Expires does not count, whatever it says.
  const lifetimeMs = directives.has('max-age') ? secondsMs(maxAge) : expiresAfterMs(headers, nowMs);
  return Math.max(0, (lifetimeMs ?? 0) - ageMs(headers));
}

/** Names in lower case; of one that is repeated the first counts. */
function directivesOf(text: string): ReadonlyMap<string, string | undefined> {
  const directives = new Map<string, string | undefined>();
  for (const [, name = '', quoted, token] of text.matchAll(/([\w-]+)(?:\s*=\s*(?:"([^"]*)"|([^\s,"]*)))?/g)) {
    const key = name.toLowerCase();
    if (!directives.has(key)) directives.set(key, quoted ?? token);
  }
  return directives;
}

function secondsMs(text: string | undefined): number | undefined {
  return /^\d+$/.test(text ?? '') ? Math.min(Number(text), 2 ** 31) * 1000 : undefined;
}

/** Counted from the server's own clock where it shows it: ours may be another. */
function expiresAfterMs(headers: ResponseHeaders, nowMs: number): number | undefined {
  const expiresMs = httpDateMs(headers['expires']);
  return expiresMs === undefined ? undefined : expiresMs - (httpDateMs(headers['date']) ?? nowMs);
}

/** How old the answer was already when a cache gave it to us. */
function ageMs(headers: ResponseHeaders): number {
  return secondsMs(headers['age']?.split(',')[0]?.trim()) ?? 0;
}
