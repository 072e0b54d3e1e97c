// What an answer that carries no document means for a poll. Pure. RFC 9110, section 15; RFC 6585, section 4.
import type { FetchOutcome, Validators } from '../../model/fetch-outcome.ts';
import { type Answer, joinedHeaders } from './exchange.ts';
import { isConditional, readValidators } from './validators.ts';

const RETRY_AFTER_LENGTH_MAX = 128;

export interface Where {
  /** Host and port that answered. */
  readonly host: string;
  readonly movedTo: string | undefined;
}

/** Of any status but 200 and 203 and redirects. `sent`: the validators of the request. */
export function outcomeOfStatus(answer: Answer, sent: Validators, where: Where): FetchOutcome {
  const { status } = answer;
  const { host, movedTo } = where;
  switch (status) {
    case 304:
      if (!isConditional(sent)) {
        return failed(
          'unexpected-not-modified',
          status,
          'the server says "not modified" though it was not asked that',
        );
      }
      return {
        kind: 'notModified',
        validators: { ...sent, ...readValidators(answer.headers) },
        movedTo,
        headers: joinedHeaders(answer.headers),
      };
    case 401:
      return failed(
        'unauthorized',
        status,
        'the server asks for credentials: check the headers of the source',
      );
    case 403:
      return failed('forbidden', status, 'the server refuses us the document');
    case 404:
      return failed('not-found', status, 'there is no document: check the address');
    case 410:
      return { kind: 'gone' };
    case 429:
      return { kind: 'rateLimited', status, retryAfter: retryAfter(answer), host };
    case 503:
      if (retryAfter(answer) !== undefined)
        return { kind: 'rateLimited', status, retryAfter: retryAfter(answer), host };
      return failed('server-error', status, 'the server is unavailable');
    default:
      if (status >= 500) return failed('server-error', status, 'the server failed');
      return failed('bad-status', status, 'the answer is not one that a feed is given with');
  }
}

function failed(
  code:
    | 'unexpected-not-modified'
    | 'unauthorized'
    | 'forbidden'
    | 'not-found'
    | 'server-error'
    | 'bad-status',
  status: number,
  message: string,
): FetchOutcome {
  return { kind: 'failed', error: { code, message: `${message} (status ${status})`, status } };
}

function retryAfter(answer: Answer): string | undefined {
  const value = answer.headers['retry-after'];
  const text = typeof value === 'string' ? value : value?.[0];
  return text !== undefined && text.length <= RETRY_AFTER_LENGTH_MAX ? text : undefined;
}
