// Who is polled when: never two polls of one source at once, no more at once than allowed, hosts left their rest.
import type { NetworkConfig, Source } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import { type Due, DueTimes, type Start } from './due-times.ts';
import { hostOf } from './host.ts';
import { HostQueue } from './host-queue.ts';
import { type Pause, Pauses, type Refusal } from './pauses.ts';
import {
  type CronTimesOf,
  isPolledAlike,
  type ScheduledSource,
  scheduledSource,
  sharedCronTimes,
  skippedSlots,
} from './scheduled-source.ts';

export interface SchedulerOptions {
  readonly sources: readonly Source[];
  readonly limits: Pick<NetworkConfig, 'concurrency' | 'perHost'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** When each source is first due, milliseconds since 1970. */
  readonly startTimes: ReadonlyMap<SourceId, number>;
  /** When each source was last polled before this start; absent for those that never were. */
  readonly polledAt: ReadonlyMap<SourceId, number>;
  /** Where a source is polled now; its configured address unless told otherwise. */
  readonly addressOf?: ((source: Source) => string) | undefined;
  /** What hosts asked of us before this start (pausesOf). */
  readonly pauses?: Pauses | undefined;
  /** Must not reject. */
  readonly poll: (source: Source) => Promise<EndedPoll>;
}

/** What a poll says of when to poll next, and of its host. */
export interface EndedPoll {
  /** The earliest time of its next poll. */
  readonly nextPollAtMs: number;
  /** The server asked us to come less often. */
  readonly refusal?: Omit<Refusal, 'sourceId'> | undefined;
  /** The server answered with a document, or that it has not changed. */
  readonly isWelcome: boolean;
}

export interface Scheduler {
  /** Queues what is due and starts what has a free slot. Gives how many polls it started. */
  pump(): number;
  /** When a host that rests now may be asked again, where a slot is free and something waits: time to pump. */
  nextStartAtMs(): number | undefined;
  /**
   * Polls every source once, whatever is due, and resolves when the last is done. Gives those that it could not poll, since
   * their hosts asked us to wait longer than is waited for.
   */
  pollAll(sleep: (ms: number) => Promise<void>): Promise<readonly NotPolled[]>;
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

export interface NotPolled {
  readonly source: Source;
  readonly untilMs: number;
}

export interface SchedulerStatus {
  readonly sources: number;
  readonly running: number;
  /** Due, and waiting for a slot or for their host. */
  readonly queued: number;
  /** Times of its schedule that passed while a source was being polled, over all sources since the start. */
  readonly skipped: number;
  /** Hosts and domains that asked us to come less often. */
  readonly pauses: readonly Pause[];
  /** Comparisons made since the start: what scheduling costs, whatever the machine. */
  readonly steps: number;
}

const LOOK_AGAIN_MS = 1000;
/** So long a single round waits for a host that asked for a pause. */
const PATIENCE_MS = 30_000;
/** A clock that goes back further was set. */
const CLOCK_BACK_MS = 60_000;
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { limits, now, poll } = options;
  const entries = new Map<SourceId, ScheduledSource>();
  const resting = new DueTimes();
  const pauses = options.pauses ?? new Pauses();
  const queue = new HostQueue<ScheduledSource>(limits.perHost, pauses);
  const running = new Set<Promise<void>>();
  let latestMs = now();
  let skipped = 0;
  let stopped = false;

  const hostAt = (source: Source) => hostOf(options.addressOf?.(source) ?? source.feedUrl);

  function pump(): number {
    const nowMs = now();
    followClock(nowMs);
    for (let due = resting.takeDue(nowMs); due; due = resting.takeDue(nowMs)) enqueue(due);
    return advance();
  }

  /** A clock that was set back takes all times with it: nobody waits a day for it to come round again. */
  function followClock(nowMs: number): void {
    const backMs = nowMs - latestMs;
    latestMs = nowMs;
    if (backMs > -CLOCK_BACK_MS) return;
    resting.shift(backMs);
    queue.shift(backMs);
    pauses.shift(backMs);
    for (const entry of entries.values()) entry.startedMs += backMs;
  }

  function enqueue({ entry, dueMs }: Due): void {
    entry.state = 'queued';
    queue.add(entry.host, entry, dueMs, now());
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
    const ended = poll(entry.source).then((end) => {
      running.delete(ended);
      queue.ended(host, now());
      if (host !== undefined) hear(entry, host, end);
      if (entry.isGone) entries.delete(entry.source.id);
      else restAfterPoll(entry, end);
      advance();
    });
    running.add(ended);
  }

  /** What the answer to one source means for the others of its host. */
  function hear(entry: ScheduledSource, host: string, { refusal, isWelcome }: EndedPoll): void {
    if (refusal !== undefined) pauses.refuse({ ...refusal, sourceId: entry.source.id }, host);
    if (isWelcome && pauses.welcome(host, entry.startedMs)) queue.gateOpened(now());
  }

  function restAfterPoll(entry: ScheduledSource, { nextPollAtMs, refusal }: EndedPoll): void {
    const { dueByMs, notBeforeMs } = entry;
    entry.heldUntilMs = refusal?.untilMs ?? 0;
    entry.host = hostAt(entry.source);
    skipped += skippedSlots(entry, now());
    entry.dueByMs = undefined;
    entry.notBeforeMs = undefined;
    if (dueByMs !== undefined)
      resting.restUntil(entry, Math.max(Math.min(dueByMs, nextPollAtMs), entry.heldUntilMs));
    else
      resting.rest(entry, Math.max(nextPollAtMs, notBeforeMs ?? nextPollAtMs, now() + (entry.cron ? 1 : 0)));
  }

  /** Out of where it waits; gives when it was due. */
  function takeOut(entry: ScheduledSource): number | undefined {
    return resting.take(entry) ?? queue.remove(entry.host, entry, now());
  }

  function change(entry: ScheduledSource, source: Source, cronTimesOf: CronTimesOf, start: Start): void {
    const isAlike = isPolledAlike(entry.source, source) && !entry.isGone;
    const isRunning = entry.state === 'running';
    entry.isGone = false;
    if (!isAlike && !isRunning) takeOut(entry);
    entry.source = source;
    if (isAlike) return;
    // A poll that runs holds its slot of the old host until it ends.
    entry.host = hostAt(source);
    entry.cron = cronTimesOf(source);
    if (isRunning) entry.dueByMs = start.startMs;
    else resting.restFromStart(entry, start, now());
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
      const entry = entries.get(source.id) ?? scheduledSource(source, hostAt(source), cronTimesOf);
      if (entries.has(source.id)) change(entry, source, cronTimesOf, start);
      else resting.restFromStart(entry, start, now());
      entries.set(source.id, entry);
    }
  }

  function known(id: SourceId): ScheduledSource | undefined {
    const entry = entries.get(id);
    return entry?.isGone ? undefined : entry;
  }

  async function pollAll(sleep: (ms: number) => Promise<void>): Promise<readonly NotPolled[]> {
    for (const entry of entries.values()) {
      if (entry.state !== 'resting') continue;
      resting.take(entry);
      enqueue({ entry, dueMs: now() });
    }
    advance();
    while (queue.size > 0 && !stopped) {
      const waitMs = (queue.nextAtMs() ?? now() + LOOK_AGAIN_MS) - now();
      if (running.size === 0 && waitMs > Math.max(limits.perHost.gapMs, PATIENCE_MS)) break;
      await Promise.race([...running, sleep(Math.min(Math.max(1, waitMs), LOOK_AGAIN_MS))]);
      advance();
    }
    while (running.size > 0) await Promise.all(running);
    return queue.drain(now()).map((entry) => {
      resting.restUntil(entry, now());
      return { source: entry.source, untilMs: pauses.opensAtMs(entry.host ?? '') };
    });
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
      else if (entry.state === 'resting') resting.restUntil(entry, Math.max(now(), entry.heldUntilMs));
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
      if (dueMs >= atMs) resting.restUntil(entry, dueMs, entry.looksAgain);
      else resting.rest(entry, atMs);
      return true;
    },
    status: () => ({
      sources: [...entries.values()].filter(({ isGone }) => !isGone).length,
      running: running.size,
      queued: queue.size,
      skipped,
      pauses: pauses.list(now()),
      steps: resting.steps + queue.steps,
    }),
    async stop() {
      stopped = true;
      for (const entry of queue.drain(now())) resting.restUntil(entry, now());
      await Promise.all(running);
    },
  };
}
