// What a poll came to: in the attempt's own words, and filled up for who reads it.
import type { ReadingNote } from '../model/item.ts';
import type { PollOutcomeName } from '../model/records.ts';
import type { KnownSource } from './known-sources.ts';

/** What a poll came to: for the log, the status and the next poll. */
export interface PollReport {
  readonly outcome: PollOutcomeName;
  /** A documented code, where it failed or the source is gone. */
  readonly reason: string | undefined;
  /** For people. */
  readonly message: string | undefined;
  /** Items in the document; known ones where it was not read. */
  readonly items: number;
  readonly new: number;
  readonly changed: number;
  readonly notes: readonly ReadingNote[];
  readonly ms: number;
  readonly nextPollAtMs: number;
  readonly contentChanged: boolean;
  readonly movedTo: string | undefined;
}

/** What an attempt came to; a poll's report is made of it. */
export type PollResult = Pick<PollReport, 'outcome'> &
  Partial<Omit<PollReport, 'outcome'>> & {
    readonly retryAfter?: string | undefined;
    /** The source was not asked: it is not to pay for it. */
    readonly unasked?: true;
  };

/** `known`: the source as it stands after the poll. */
export function pollReport(
  result: PollResult,
  known: KnownSource,
  times: { readonly ms: number; readonly nextPollAtMs: number },
): PollReport {
  return {
    reason: undefined,
    message: undefined,
    items: known.kind === 'known' ? known.record.items.length : 0,
    new: 0,
    changed: 0,
    notes: [],
    contentChanged: false,
    movedTo: undefined,
    ...result,
    ...times,
  };
}
