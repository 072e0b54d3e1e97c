// Who may read a private feed: `?token=…`, or HTTP basic (RFC 7617). Pure.
//
// A feed that only tokens open does not exist for anybody else: 404, in the very words of an address that nobody has. One that users and
// passwords open must ask for them (401), or no browser would; whoever guesses its address learns that it is there, and nothing more.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FeedAccess } from '../../model/config.ts';
import { type Answer, NOT_FOUND, textAnswer } from './answer.ts';
import type { RequestFacts } from './request-facts.ts';

/** Names neither the feed nor us. */
const CHALLENGE = 'Basic realm="Private feed", charset="UTF-8"';
const TOKENS_TRIED_MAX = 8;

/** Undefined where the request may go on. */
export function refusalOf(access: FeedAccess | undefined, request: RequestFacts): Answer | undefined {
  if (access === undefined || mayRead(access, request)) return undefined;
  return access.basic.length === 0
    ? NOT_FOUND
    : textAnswer(401, 'This feed needs a user and a password.\n', ['WWW-Authenticate', CHALLENGE]);
}

function mayRead({ tokens, basic }: FeedAccess, { target, authorization }: RequestFacts): boolean {
  const pairs = basic.map(({ user, password }) => `${user}:${password}`);
  const given = credentialsIn(authorization);
  const isKnown = given !== undefined && isOneOf(given, pairs);
  return tokensIn(target).some((token) => isOneOf(token, tokens)) || isKnown;
}

function tokensIn(target: string): readonly string[] {
  const start = target.indexOf('?');
  if (start < 0) return [];
  const given = new URLSearchParams(target.slice(start + 1)).getAll('token').slice(0, TOKENS_TRIED_MAX);
  // A '+' that was pasted as it is.
  return given.flatMap((token) => (token.includes(' ') ? [token, token.replaceAll(' ', '+')] : [token]));
}

/** `user:password`, in UTF-8. */
function credentialsIn(authorization: string | undefined): string | undefined {
  const [, encoded] = /^basic +([A-Za-z0-9+/_=-]+) *$/i.exec(authorization ?? '') ?? [];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

/** Takes as long whichever it is, and however much of it is right; digests, since lengths would tell too. */
function isOneOf(given: string, secrets: readonly string[]): boolean {
  const digest = digestOf(given);
  let isFound = false;
  for (const secret of secrets) isFound = timingSafeEqual(digest, digestOf(secret)) || isFound;
  return isFound;
}

function digestOf(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}
