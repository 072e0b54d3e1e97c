// One source as the scheduler sees it.
import type { Source } from '../../model/config.ts';
import { assertNever } from '../../model/errors.ts';
import { countCronMatches } from './cron.ts';

export interface ScheduledSource {
  source: Source;
  /** Undefined for a file. */
  host: string | undefined;
  state: 'resting' | 'queued' | 'running';
  startedMs: number;
  /** When it was last due. */
  dueMs: number;
  /** While it runs: by when it is due again, and whether it was taken out meanwhile. */
  dueByMs: number | undefined;
  isGone: boolean;
  /** Its server asked us not to come sooner, whoever else wants it. */
  heldUntilMs: number;
}

export function scheduledSource(source: Source, host: string | undefined): ScheduledSource {
  return {
    source,
    host,
    state: 'resting',
    startedMs: 0,
    dueMs: 0,
    dueByMs: undefined,
    isGone: false,
    heldUntilMs: 0,
  };
}

/** Whether they are polled at one address by one schedule. */
export function isPolledAlike(a: Source, b: Source): boolean {
  return a.feedUrl === b.feedUrl && JSON.stringify(a.schedule) === JSON.stringify(b.schedule);
}

/** How many times of its schedule passed since its poll began. */
export function skippedSlots({ source: { schedule }, startedMs }: ScheduledSource, nowMs: number): number {
  switch (schedule.kind) {
    case 'every':
      return Math.max(0, Math.floor((nowMs - startedMs) / schedule.everyMs));
    case 'cron':
      return countCronMatches(schedule, startedMs, nowMs);
    case 'adaptive':
      return 0;
    default:
      return assertNever(schedule);
  }
}
