// A scheduler over a clock that the test sets, whose polls end when the test says so.
import { createScheduler } from '../../../src/edge/schedule/scheduler.ts';
import type { EndedPoll, SchedulerOptions } from '../../../src/edge/schedule/scheduler-options.ts';
import type { Source } from '../../../src/model/config.ts';
import { sourceId } from '../../../src/model/ids.ts';

export const START = Date.parse('2026-11-20T12:00:30Z');

export function schedulerRig(sources: readonly Source[], said: Partial<SchedulerOptions> = {}) {
  let nowMs = START;
  const started: string[] = [];
  const open = new Map<string, (end: EndedPoll) => void>();
  const scheduler = createScheduler({
    sources,
    limits: { concurrency: 64, perHost: { concurrency: 1, gapMs: 0 } },
    now: () => nowMs,
    startTimes: new Map(sources.map((source) => [source.id, START])),
    poll: (source) => {
      if (open.has(source.id)) throw new Error(`${source.id} is polled twice at once`);
      started.push(source.id);
      return new Promise((resolve) => open.set(source.id, resolve));
    },
    ...said,
  });
  return {
    scheduler,
    started,
    running: open,
    advance: (ms: number) => {
      nowMs += ms;
      scheduler.pump();
    },
    replace: (next: readonly Source[], startMs = nowMs) =>
      scheduler.replaceSources(next, new Map(next.map((source) => [source.id, startMs]))),
    pollNow: (id: string) => scheduler.pollNow(sourceId(id)),
    async end(id: string, inMs = 3_600_000, said: Partial<EndedPoll> = {}) {
      const finish = open.get(id);
      open.delete(id);
      finish?.({ nextPollAtMs: nowMs + inMs, isWelcome: true, ...said });
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
