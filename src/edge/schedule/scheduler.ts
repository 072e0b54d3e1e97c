// Who is polled when: never two polls of one source at once, no more at once than allowed, hosts left their rest.
import type { Source } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import { nextCronMatch } from './cron.ts';
import { hostOf } from './host.ts';
import { HostQueue } from './host-queue.ts';
import { type Pause, Pauses } from './pauses.ts';
import { isPolledAlike, type ScheduledSource, scheduledSource, skippedSlots } from './scheduled-source.ts';
import type { EndedPoll, SchedulerOptions } from './scheduler-options.ts';
import { Timeline } from './timeline.ts';

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
  replaceSources(sources: readonly Source[], startTimes: ReadonlyMap<SourceId, number>): void;
  /** It is due now, whatever its schedule; where its poll runs, once more after it. Its host's rules hold. False where it is unknown. */
  pollNow(id: SourceId): boolean;
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
  const resting = new Timeline<ScheduledSource>();
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
    for (let dueMs = resting.nextAtMs(); dueMs !== undefined && dueMs <= nowMs; dueMs = resting.nextAtMs()) {
      const entry = resting.takeDue(nowMs);
      if (entry !== undefined) enqueue(entry, dueMs);
    }
    return advance();
  }

  function rest(entry: ScheduledSource, untilMs: number): void {
    entry.state = 'resting';
    resting.set(entry, untilMs);
  }

  /** A clock that was set back takes all times with it: nobody waits a day for it to come round again. */
  function followClock(nowMs: number): void {
    const backMs = nowMs - latestMs;
    latestMs = nowMs;
    if (backMs > -CLOCK_BACK_MS) return;
    resting.shift(backMs);
    queue.shift(backMs);
    pauses.shift(backMs);
    for (const entry of entries.values()) {
      entry.startedMs += backMs;
      entry.dueMs += backMs;
      entry.heldUntilMs += backMs;
      keepSchedule(entry, nowMs);
    }
  }

  /** What was due at a time of its schedule is due at one by the new clock too. */
  function keepSchedule(entry: ScheduledSource, nowMs: number): void {
    const { schedule } = entry.source;
    const atMs = resting.timeOf(entry);
    if (schedule.kind === 'cron' && atMs !== undefined)
      rest(entry, nextCronMatch(schedule, Math.max(nowMs, atMs - 1)));
  }

  function enqueue(entry: ScheduledSource, dueMs: number): void {
    entry.state = 'queued';
    entry.dueMs = dueMs;
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
    options.onStart?.(entry.startedMs - entry.dueMs);
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
    const { dueByMs } = entry;
    entry.heldUntilMs = refusal?.untilMs ?? 0;
    entry.host = hostAt(entry.source);
    skipped += skippedSlots(entry, now());
    entry.dueByMs = undefined;
    const soonerMs = Math.max(Math.min(dueByMs ?? nextPollAtMs, nextPollAtMs), entry.heldUntilMs);
    rest(entry, dueByMs === undefined ? nextPollAtMs : soonerMs);
  }

  /** Out of where it waits. */
  function takeOut(entry: ScheduledSource): void {
    resting.delete(entry);
    queue.remove(entry.host, entry, now());
  }

  function change(entry: ScheduledSource, source: Source, startMs: number): void {
    const isAlike = isPolledAlike(entry.source, source) && !entry.isGone;
    const isRunning = entry.state === 'running';
    entry.isGone = false;
    if (!isAlike && !isRunning) takeOut(entry);
    entry.source = source;
    if (isAlike) return;
    // A poll that runs holds its slot of the old host until it ends.
    entry.host = hostAt(source);
    if (isRunning) entry.dueByMs = startMs;
    else rest(entry, startMs);
  }

  function leave(entry: ScheduledSource): void {
    takeOut(entry);
    entry.isGone = entry.state === 'running';
    if (!entry.isGone) entries.delete(entry.source.id);
  }

  function replaceSources(sources: readonly Source[], startTimes: ReadonlyMap<SourceId, number>): void {
    const staying = new Set(sources.map(({ id }) => id));
    for (const entry of [...entries.values()]) if (!staying.has(entry.source.id)) leave(entry);
    for (const source of sources) {
      const startMs = startTimes.get(source.id) ?? now();
      const entry = entries.get(source.id) ?? scheduledSource(source, hostAt(source));
      if (entries.has(source.id)) change(entry, source, startMs);
      else rest(entry, startMs);
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
      resting.delete(entry);
      enqueue(entry, now());
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
      rest(entry, now());
      return { source: entry.source, untilMs: pauses.opensAtMs(entry.host ?? '') };
    });
  }

  replaceSources(options.sources, options.startTimes);
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
      else if (entry.state === 'resting') rest(entry, Math.max(now(), entry.heldUntilMs));
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
      for (const entry of queue.drain(now())) rest(entry, now());
      await Promise.all(running);
    },
  };
}
