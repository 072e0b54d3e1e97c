// When each source is due: at a time, or at the next match of its cron expression. Pure but for its own state.
import type { ScheduledSource } from './scheduled-source.ts';
import { Timeline } from './timeline.ts';

/** When a source is due after a start, and when it was polled before it. */
export interface Start {
  readonly startMs: number;
  readonly lastMs: number | undefined;
}

export interface Due {
  readonly entry: ScheduledSource;
  readonly dueMs: number;
}

/** A cron expression that was not looked at for longer is not looked at minute by minute. */
const CRON_LATE_MS = 60 * 60_000;

export class DueTimes {
  readonly #timeline = new Timeline<ScheduledSource>();

  get steps(): number {
    return this.#timeline.steps;
  }

  /** Due at `fromMs`, or at the first match of its cron expression from then on. */
  rest(entry: ScheduledSource, fromMs: number): void {
    const next = entry.cron?.next(fromMs - 1) ?? { atMs: fromMs, isMatch: true };
    this.restUntil(entry, next.atMs, !next.isMatch);
  }

  /** `looksAgain`: it is not due then, but its cron expression is to be looked at again. */
  restUntil(entry: ScheduledSource, atMs: number, looksAgain = false): void {
    entry.state = 'resting';
    entry.looksAgain = looksAgain;
    this.#timeline.set(entry, atMs);
  }

  /** A time of a cron schedule that passed while we were down is made up for, once. */
  restFromStart(entry: ScheduledSource, { startMs, lastMs }: Start, nowMs: number): void {
    const hasMissed = lastMs === undefined || (entry.cron?.last(nowMs) ?? 0) > lastMs;
    if (entry.cron === undefined || hasMissed) this.restUntil(entry, startMs);
    else this.rest(entry, Math.max(startMs, nowMs + 1));
  }

  /** Takes out what is due longest. */
  takeDue(nowMs: number): Due | undefined {
    for (;;) {
      const dueMs = this.#timeline.nextAtMs() ?? nowMs;
      const entry = this.#timeline.takeDue(nowMs);
      if (entry === undefined) return undefined;
      const isDueMs = entry.looksAgain ? this.#lookAgain(entry, dueMs, nowMs) : dueMs;
      if (isDueMs !== undefined) return { entry, dueMs: isDueMs };
    }
  }

  /** Takes it out; gives when it was due. */
  take(entry: ScheduledSource): number | undefined {
    const dueMs = this.#timeline.timeOf(entry);
    this.#timeline.delete(entry);
    return dueMs;
  }

  shift(ms: number): void {
    this.#timeline.shift(ms);
  }

  #lookAgain(entry: ScheduledSource, lookedUntilMs: number, nowMs: number): number | undefined {
    const isLate = nowMs - lookedUntilMs > CRON_LATE_MS;
    const missedMs = isLate ? (entry.cron?.last(nowMs) ?? 0) : 0;
    if (missedMs > lookedUntilMs) return missedMs;
    this.rest(entry, (isLate ? nowMs : lookedUntilMs) + 1);
    return undefined;
  }
}
