// What a poll writes that brought nothing new.

import type { Source } from '../model/config.ts';
import type { Validators } from '../model/fetch-outcome.ts';
import type { SourceRecord } from '../model/source-record.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import { commitPoll } from './commit-poll.ts';
import { reservesTheSame } from './next-source-record.ts';
import type { PollDeps } from './poll-deps.ts';
import type { PollResult } from './poll-report.ts';
import { isUnconditionalDue } from './poll-validators.ts';

export interface Renewed {
  readonly source: Source;
  readonly record: SourceRecord | undefined;
  readonly revision: number;
  /** What was sent. */
  readonly validators: Validators;
  readonly encodedHash: string | undefined;
  readonly deps: PollDeps;
}

/** Nothing new: written only where the server gave other validators than before, or none were sent. */
export async function renew(
  validators: Validators,
  poll: Renewed,
  outcome: 'not-modified' | 'unchanged',
): Promise<PollResult> {
  const { record, deps } = poll;
  if (record === undefined) return { outcome };
  const unconditional = poll.validators.etag === undefined && poll.validators.lastModified === undefined;
  const same =
    record.validators.etag === validators.etag && record.validators.lastModified === validators.lastModified;
  const stampIsDue = unconditional && isUnconditionalDue(record, deps.now());
  const tdm = (await deps.tdms?.of(poll.source)) ?? record.tdm;
  const isAskedAnew = tdm?.checkedAt !== record.tdm?.checkedAt;
  // Learnt once: a server that compresses anew for each answer gives other bytes each time.
  const isFirstEncoding = record.encodedHash === undefined && poll.encodedHash !== undefined;
  if (same && !stampIsDue && !isAskedAnew && !isFirstEncoding) return { outcome };
  const revision = record.revision + 1;
  const next: SourceRecord = {
    ...record,
    revision,
    contentRevision: reservesTheSame(tdm, record.tdm)
      ? record.contentRevision
      : Math.max(revision, record.contentRevision + 1),
    validators,
    encodedHash: poll.encodedHash ?? record.encodedHash,
    tdm,
    unconditionalAt: unconditional ? timestampOfClock(deps.now()) : record.unconditionalAt,
  };
  return (await commitPoll(poll, next, [], [])) ?? { outcome };
}
