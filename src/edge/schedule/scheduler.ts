// Who is polled when: never two polls of one source at once, no more at once than allowed, hosts left their rest.
import type { NetworkConfig, Source } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import { HostQueue } from './host-queue.ts';
import {
  type CronTimesOf,
  hostOf,
  isPolledAlike,
  type ScheduledSource,
  scheduledSource,
  sharedCronTimes,
  skippedSlots,
} from './scheduled-source.ts';
import { Timeline } from './timeline.ts';

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
  /** When a host that rests now may be asked again, where a slot is free and something waits: time to pump. */
  nextStartAtMs(): number | undefined;
  /** Polls every source once, whatever is due, and resolves when the last is done. */
  pollAll(sleep: (ms: number) => Promise<void>): Promise<void>;
  /**
   * The sources from now on. Who stays keeps its time, unless its address or schedule changed: then it is due by its start
   * time, as those that are new. Who is gone is not started again; a poll of it that runs is left to end.
   */
  replaceSources(
    sources: readonly Source[],
    startTimes: ReadonlyMap<SourceId, number>,
    polledAt?: ReadonlyMap<SourceId, number>,
  ): void;
  /** It is due now, whatever its schedule; where its poll runs, once more after it. Its host's rules hold. False where it is unknown. */
  pollNow(id: SourceId): boolean;
  /** It is not due before `atMs`. False where it is unknown. */
  putOff(id: SourceId, atMs: number): boolean;
  status(): SchedulerStatus;
  /** Starts nothing more; resolves when running polls have ended. */
  stop(): Promise<void>;
}

export interface SchedulerStatus {
  readonly sources: number;
  readonly running: number;
  /** Due, and waiting for a slot or for their host. */
  readonly queued: number;
  /** Times of its schedule that passed while a source was being polled, over all sources since the start. */
  readonly skipped: number;
  /** Comparisons made since the start: what scheduling costs, whatever the machine. */
  readonly steps: number;
}

/** When a source is due after a start, and when it was polled before it. */
interface Start {
  readonly startMs: number;
  readonly lastMs: number | undefined;
}

const LOOK_AGAIN_MS = 1000;
/** A clock that goes back further was set. */
const CLOCK_BACK_MS = 60_000;
/** A cron expression that was not looked at for longer is not looked at minute by minute. */
const CRON_LATE_MS = 60 * 60_000;

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { limits, now, poll } = options;
  const entries = new Map<SourceId, ScheduledSource>();
  const resting = new Timeline<ScheduledSource>();
  const queue = new HostQueue<ScheduledSource>(limits.perHost);
  const running = new Set<Promise<void>>();
  let latestMs = now();
  let skipped = 0;
  let stopped = false;

  function pump(): number {
    const nowMs = now();
    followClock(nowMs);
    for (;;) {
      const dueMs = resting.nextAtMs() ?? nowMs;
      const entry = resting.takeDue(nowMs);
      if (entry === undefined) return advance();
      if (entry.looksAgain) lookAgain(entry, dueMs, nowMs);
      else enqueue(entry, dueMs);
    }
  }

  function lookAgain(entry: ScheduledSource, lookedUntilMs: number, nowMs: number): void {
    const isLate = nowMs - lookedUntilMs > CRON_LATE_MS;
    const missedMs = isLate ? (entry.cron?.last(nowMs) ?? 0) : 0;
    if (missedMs > lookedUntilMs) enqueue(entry, missedMs);
    else rest(entry, (isLate ? nowMs : lookedUntilMs) + 1);
  }

  /** A clock that was set back takes all times with it: nobody waits a day for it to come round again. */
  function followClock(nowMs: number): void {
    const backMs = nowMs - latestMs;
    latestMs = nowMs;
    if (backMs > -CLOCK_BACK_MS) return;
    resting.shift(backMs);
    queue.shift(backMs);
    for (const entry of entries.values()) entry.startedMs += backMs;
  }

  function enqueue(entry: ScheduledSource, dueMs: number): void {
    entry.state = 'queued';
    queue.add(entry.host, entry, dueMs, now());
  }

  /** Due at `fromMs`, or at the first match of its cron expression from then on. */
  function rest(entry: ScheduledSource, fromMs: number): void {
    const next = entry.cron?.next(fromMs - 1) ?? { atMs: fromMs, isMatch: true };
    restUntil(entry, next.atMs, !next.isMatch);
  }

  function restUntil(entry: ScheduledSource, atMs: number, looksAgain = false): void {
    entry.state = 'resting';
    entry.looksAgain = looksAgain;
    resting.set(entry, atMs);
  }

  /** Starts from the queue what has a free slot. */
  function advance(): number {
    let started = 0;
    while (!stopped && running.size < limits.concurrency) {
      const entry = queue.take(now());
      if (entry === undefined) break;
      start(entry, entry.host);
      started += 1;
    }
    return started;
  }

  function start(entry: ScheduledSource, host: string | undefined): void {
    entry.state = 'running';
    entry.startedMs = now();
    const ended = poll(entry.source).then((nextPollAtMs) => {
      running.delete(ended);
      queue.ended(host, now());
      if (entry.isGone) entries.delete(entry.source.id);
      else restAfterPoll(entry, nextPollAtMs);
      advance();
    });
    running.add(ended);
  }

  function restAfterPoll(entry: ScheduledSource, nextPollAtMs: number): void {
    const { dueByMs, notBeforeMs } = entry;
    skipped += skippedSlots(entry, now());
    entry.dueByMs = undefined;
    entry.notBeforeMs = undefined;
    if (dueByMs !== undefined) restUntil(entry, Math.min(dueByMs, nextPollAtMs));
    else rest(entry, Math.max(nextPollAtMs, notBeforeMs ?? nextPollAtMs, now() + (entry.cron ? 1 : 0)));
  }

  /** Out of where it waits; gives when it was due. */
  function takeOut(entry: ScheduledSource): number | undefined {
    const dueMs = resting.timeOf(entry) ?? queue.remove(entry.host, entry, now());
    resting.delete(entry);
    return dueMs;
  }

  /** A time of a cron schedule that passed while we were down is made up for, once. */
  function restFromStart(entry: ScheduledSource, { startMs, lastMs }: Start): void {
    const hasMissed = lastMs === undefined || (entry.cron?.last(now()) ?? 0) > lastMs;
    if (entry.cron === undefined || hasMissed) restUntil(entry, startMs);
    else rest(entry, Math.max(startMs, now() + 1));
  }

  function change(entry: ScheduledSource, source: Source, cronTimesOf: CronTimesOf, start: Start): void {
    const isAlike = isPolledAlike(entry.source, source) && !entry.isGone;
    const isRunning = entry.state === 'running';
    entry.isGone = false;
    if (!isAlike && !isRunning) takeOut(entry);
    entry.source = source;
    if (isAlike) return;
    // A poll that runs holds its slot of the old host until it ends.
    entry.host = hostOf(source);
    entry.cron = cronTimesOf(source);
    if (isRunning) entry.dueByMs = start.startMs;
    else restFromStart(entry, start);
  }

  function leave(entry: ScheduledSource): void {
    takeOut(entry);
    entry.isGone = entry.state === 'running';
    if (!entry.isGone) entries.delete(entry.source.id);
  }

  function replaceSources(
    sources: readonly Source[],
    startTimes: ReadonlyMap<SourceId, number>,
    polledAt: ReadonlyMap<SourceId, number> = new Map(),
  ): void {
    const staying = new Set(sources.map(({ id }) => id));
    for (const entry of [...entries.values()]) if (!staying.has(entry.source.id)) leave(entry);
    const cronTimesOf = sharedCronTimes();
    for (const source of sources) {
      const start = { startMs: startTimes.get(source.id) ?? now(), lastMs: polledAt.get(source.id) };
      const entry = entries.get(source.id) ?? scheduledSource(source, cronTimesOf);
      if (entries.has(source.id)) change(entry, source, cronTimesOf, start);
      else restFromStart(entry, start);
      entries.set(source.id, entry);
    }
  }

  function known(id: SourceId): ScheduledSource | undefined {
    const entry = entries.get(id);
    return entry?.isGone ? undefined : entry;
  }

  async function pollAll(sleep: (ms: number) => Promise<void>): Promise<void> {
    for (const entry of entries.values()) {
      if (entry.state !== 'resting') continue;
      resting.delete(entry);
      enqueue(entry, now());
    }
    advance();
    while (queue.size > 0 && !stopped) {
      const freeAtMs = queue.nextAtMs();
      const waited = sleep(freeAtMs === undefined ? LOOK_AGAIN_MS : Math.max(1, freeAtMs - now()));
      await Promise.race([...running, waited]);
      advance();
    }
    while (running.size > 0) await Promise.all(running);
  }

  replaceSources(options.sources, options.startTimes, options.polledAt);
  return {
    pump,
    pollAll,
    replaceSources,
    nextStartAtMs: () =>
      stopped || queue.size === 0 || running.size >= limits.concurrency ? undefined : queue.nextAtMs(),
    pollNow(id) {
      const entry = known(id);
      if (entry === undefined) return false;
      if (entry.state === 'running') entry.dueByMs = now();
      else if (entry.state === 'resting') restUntil(entry, Math.min(takeOut(entry) ?? now(), now()));
      return true;
    },
    putOff(id, atMs) {
      const entry = known(id);
      if (entry === undefined) return false;
      if (entry.state === 'running') {
        entry.notBeforeMs = atMs;
        return true;
      }
      const dueMs = takeOut(entry) ?? atMs;
      if (dueMs >= atMs) restUntil(entry, dueMs, entry.looksAgain);
      else rest(entry, atMs);
      return true;
    },
    status: () => ({
      sources: [...entries.values()].filter(({ isGone }) => !isGone).length,
      running: running.size,
      queued: queue.size,
      skipped,
      steps: resting.steps + queue.steps,
    }),
    async stop() {
      stopped = true;
      queue.clear(now());
      await Promise.all(running);
    },
  };
}
