// Who is polled when: never two polls of one source at once, no more at once than allowed, hosts left their rest.
import type { NetworkConfig, Source } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import { createCronMatcher } from './cron.ts';
import { createHostSlots } from './host-slots.ts';

export interface SchedulerOptions {
  readonly sources: readonly Source[];
  readonly limits: Pick<NetworkConfig, 'concurrency' | 'perHost'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** When each source is first due, milliseconds since 1970. */
  readonly startTimes: ReadonlyMap<SourceId, number>;
  /** When each source was last polled before this start; absent for those that never were. */
  readonly polledAt: ReadonlyMap<SourceId, number>;
  /** Polls a source and gives the earliest time of its next poll. Must not reject. */
  readonly poll: (source: Source) => Promise<number>;
}

export interface Scheduler {
  /** Queues what is due and starts what has a free slot. Gives how many polls it started. */
  pump(): number;
  /** Polls every source once, whatever is due, and resolves when the last is done. */
  pollAll(sleep: (ms: number) => Promise<void>): Promise<void>;
  /** Starts nothing more; resolves when running polls have ended. */
  stop(): Promise<void>;
}

interface Entry {
  readonly source: Source;
  readonly host: string | undefined;
  readonly cronMatches: ((afterMs: number, untilMs: number) => boolean) | undefined;
  /** Due from then on; for a cron schedule, once it matches after then. */
  notBeforeMs: number;
  /** A time of the cron schedule came and the poll has not started yet. */
  wanted: boolean;
  state: 'resting' | 'queued' | 'running';
}

const LOOK_AGAIN_MS = 1000;

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { limits, now, poll } = options;
  const slots = createHostSlots(limits.perHost);
  const entries = options.sources.map((source) => createEntry(source, options));
  const running = new Set<Promise<void>>();
  /** Longest due first, so that nobody waits for ever behind others. */
  let queue: Entry[] = [];
  let lastLookMs = now();
  let stopped = false;

  function pump(): number {
    const nowMs = now();
    for (const entry of entries) markWanted(entry, lastLookMs, nowMs);
    lastLookMs = nowMs;
    enqueue(entries.filter((entry) => isDue(entry, nowMs)));
    return advance();
  }

  function enqueue(due: readonly Entry[]): void {
    for (const entry of due) entry.state = 'queued';
    queue.push(...due.toSorted((a, b) => a.notBeforeMs - b.notBeforeMs));
  }

  /** Starts from the queue what has a free slot. */
  function advance(): number {
    const waiting: Entry[] = [];
    let started = 0;
    for (const entry of queue) {
      const hasSlot =
        !stopped &&
        running.size < limits.concurrency &&
        (entry.host === undefined || slots.take(entry.host, now()));
      if (hasSlot) {
        start(entry);
        started += 1;
      } else {
        waiting.push(entry);
      }
    }
    queue = waiting;
    return started;
  }

  function start(entry: Entry): void {
    entry.state = 'running';
    entry.wanted = false;
    const ended = poll(entry.source).then((nextPollAtMs) => {
      entry.notBeforeMs = nextPollAtMs;
      entry.state = 'resting';
      if (entry.host !== undefined) slots.free(entry.host);
      running.delete(ended);
      if (queue.length > 0) advance();
    });
    running.add(ended);
  }

  async function pollAll(sleep: (ms: number) => Promise<void>): Promise<void> {
    enqueue(entries.filter((entry) => entry.state === 'resting'));
    advance();
    while (queue.length > 0 && !stopped) {
      const freeAtMs = slots.nextFreeAtMs(now());
      const rest = sleep(freeAtMs === undefined ? LOOK_AGAIN_MS : Math.max(1, freeAtMs - now()));
      await Promise.race([...running, rest]);
      advance();
    }
    while (running.size > 0) await Promise.all(running);
  }

  return {
    pump,
    pollAll,
    async stop() {
      stopped = true;
      queue = [];
      await Promise.all(running);
    },
  };
}

function createEntry(source: Source, { startTimes, polledAt, now }: SchedulerOptions): Entry {
  const { schedule } = source;
  const cronMatches =
    schedule.kind === 'cron' ? createCronMatcher(schedule.expression, schedule.timezone) : undefined;
  const lastMs = polledAt.get(source.id);
  return {
    source,
    host: source.feedUrl.startsWith('file:') ? undefined : (URL.parse(source.feedUrl)?.host ?? undefined),
    cronMatches,
    notBeforeMs: startTimes.get(source.id) ?? now(),
    // A time of the schedule that passed while we were down is made up for, once.
    wanted: lastMs === undefined || (cronMatches?.(lastMs, now()) ?? false),
    state: 'resting',
  };
}

function markWanted(entry: Entry, afterMs: number, untilMs: number): void {
  if (entry.cronMatches === undefined || entry.wanted || entry.state !== 'resting') return;
  entry.wanted = entry.cronMatches(afterMs, untilMs);
}

function isDue(entry: Entry, nowMs: number): boolean {
  if (entry.state !== 'resting' || entry.notBeforeMs > nowMs) return false;
  return entry.cronMatches === undefined || entry.wanted;
}
