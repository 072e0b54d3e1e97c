// What the scheduler is given, and what polls tell it.
import type { NetworkConfig, Source } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import type { Pauses, Refusal } from './pauses.ts';

export interface SchedulerOptions {
  readonly sources: readonly Source[];
  readonly limits: Pick<NetworkConfig, 'concurrency' | 'perHost'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** When each source is first due, milliseconds since 1970. */
  readonly startTimes: ReadonlyMap<SourceId, number>;
  /** Where a source is polled now; its configured address unless told otherwise. */
  readonly addressOf?: ((source: Source) => string) | undefined;
  /** What hosts asked of us before this start (pausesOf). */
  readonly pauses?: Pauses | undefined;
  /** Told of each poll that begins, and how long after it was due. */
  readonly onStart?: ((lateMs: number) => void) | undefined;
  /** Must not reject. */
  readonly poll: (source: Source) => Promise<EndedPoll>;
}

/** What a poll says of when to poll next, and of its host. */
export interface EndedPoll {
  /** The time of its next poll; of a cron schedule, one of its times. */
  readonly nextPollAtMs: number;
  /** The server asked us to come less often. */
  readonly refusal?: Omit<Refusal, 'sourceId'> | undefined;
  /** The server answered with a document, or that it has not changed. */
  readonly isWelcome: boolean;
}
