// The commit of a poll, and what a poll that failed comes to.
import type { Store } from '../edge/store/store.ts';
import type { Source } from '../model/config.ts';
import { assertNever } from '../model/errors.ts';
import type { SourceRecord } from '../model/source-record.ts';
import type { PollDeps } from './poll-deps.ts';
import type { PollResult } from './poll-report.ts';

export interface Committing {
  readonly source: Source;
  /** The store's, which the commit expects to find. */
  readonly revision: number;
  readonly deps: Pick<PollDeps, 'store' | 'known'>;
}

/** Whole or not at all; undefined when it is done, else what the poll failed of. */
export async function commitPoll(
  { source, revision, deps }: Committing,
  next: SourceRecord,
  items: Parameters<Store['commitPoll']>[2]['items'],
  removed: Parameters<Store['commitPoll']>[2]['removed'],
): Promise<PollResult | undefined> {
  const result = await deps.store.commitPoll(source.id, revision, { source: next, items, removed });
  switch (result.kind) {
    case 'committed':
      deps.known.remember(next);
      return undefined;
    case 'stale':
      await deps.known.catchUp(source, result.revision);
      return failure('stale-commit', 'somebody else polled this source meanwhile; this poll is thrown away');
    case 'unavailable':
      deps.known.doubt(source.id);
      return failure('store-unavailable', `the store could not keep this poll: ${result.error.message}`);
    default:
      return assertNever(result);
  }
}

export function failure(reason: string, message: string): PollResult {
  return { outcome: 'failed', reason, message };
}
