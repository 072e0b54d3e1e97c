// One source as the scheduler sees it.
import type { Source } from '../../model/config.ts';
import { type CronTimes, createCronTimes } from './cron.ts';

export interface ScheduledSource {
  source: Source;
  /** Undefined for a file. */
  host: string | undefined;
  cron: CronTimes | undefined;
  state: 'resting' | 'queued' | 'running';
  startedMs: number;
  /** While it runs: by when it is due again, before when it is not, and whether it was taken out meanwhile. */
  dueByMs: number | undefined;
  notBeforeMs: number | undefined;
  isGone: boolean;
  /** Its server asked us not to come sooner, whoever else wants it. */
  heldUntilMs: number;
  /** Its time comes when its cron expression has to be looked at again, not when it is due. */
  looksAgain: boolean;
}

/** Of cron expressions: sources that share one look at its minutes once. */
export type CronTimesOf = (source: Source) => CronTimes | undefined;

export function scheduledSource(
  source: Source,
  host: string | undefined,
  cronTimesOf: CronTimesOf,
): ScheduledSource {
  return {
    source,
    host,
    cron: cronTimesOf(source),
    state: 'resting',
    startedMs: 0,
    dueByMs: undefined,
    notBeforeMs: undefined,
    isGone: false,
    heldUntilMs: 0,
    looksAgain: false,
  };
}

/** Whether they are polled at one address by one schedule. */
export function isPolledAlike(a: Source, b: Source): boolean {
  return a.feedUrl === b.feedUrl && JSON.stringify(a.schedule) === JSON.stringify(b.schedule);
}

/** How many times of its schedule passed since its poll began. */
export function skippedSlots({ source, cron, startedMs }: ScheduledSource, nowMs: number): number {
  if (cron !== undefined) return cron.count(startedMs, nowMs);
  const { schedule } = source;
  return schedule.kind === 'every' ? Math.max(0, Math.floor((nowMs - startedMs) / schedule.everyMs)) : 0;
}

export function sharedCronTimes(): CronTimesOf {
  const known = new Map<string, CronTimes>();
  return ({ schedule }) => {
    if (schedule.kind !== 'cron') return undefined;
    const key = JSON.stringify([schedule.expression, schedule.timezone]);
    const times = known.get(key) ?? createCronTimes(schedule.expression, schedule.timezone);
    known.set(key, times);
    return times;
  };
}
