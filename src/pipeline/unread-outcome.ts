// What a poll comes to that brought no document.
import { assertNever } from '../model/errors.ts';
import type { FetchOutcome } from '../model/fetch-outcome.ts';
import type { PollResult } from './poll-report.ts';

export type UnreadOutcome = Extract<FetchOutcome, { readonly kind: 'rateLimited' | 'gone' | 'failed' }>;

export function unreadResult(outcome: UnreadOutcome): PollResult {
  switch (outcome.kind) {
    case 'rateLimited':
      return {
        outcome: 'rate-limited',
        reason: `http-${outcome.status}`,
        message: `the server asks us to come less often (HTTP ${outcome.status})`,
        retryAfter: outcome.retryAfter,
        refusedBy: { host: outcome.host, status: outcome.status },
      };
    case 'gone':
      return {
        outcome: 'gone',
        reason: 'gone',
        message:
          'the server says that this feed is gone for good (HTTP 410): take it out of the configuration',
      };
    case 'failed':
      return { outcome: 'failed', reason: outcome.error.code, message: outcome.error.message };
    default:
      return assertNever(outcome);
  }
}
