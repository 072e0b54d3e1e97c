// 10,000 sources on 50 hosts, by a simulated clock: every rule at every instant, and no slot left empty.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScheduler } from '../../../src/edge/schedule/scheduler.ts';
import type { EndedPoll } from '../../../src/edge/schedule/scheduler-options.ts';
import type { Source } from '../../../src/model/config.ts';
import { buildSource } from '../../core/build-item.ts';
import { START, schedulerRig } from './scheduler-rig.ts';

interface World {
  readonly sources: readonly Source[];
  readonly concurrency: number;
  readonly perHost: { readonly concurrency: number; readonly gapMs: number };
  /** How long a poll takes, and when the next is due after it. */
  readonly takesMs: (source: Source) => number;
  readonly againMs: (source: Source) => number;
}

interface Ending {
  readonly atMs: number;
  readonly source: Source;
  readonly resolve: (end: EndedPoll) => void;
}

/** Runs the world, and judges it by a model of its own: what is due, who runs, and since when each host rests. */
async function run(world: World, untilMs: number, stepMs: number) {
  let nowMs = START;
  const hostOf = (source: Source) => new URL(source.feedUrl).host;
  const dueAt = new Map(world.sources.map((source) => [source, START]));
  const sourcesOfHost = Map.groupBy(world.sources, hostOf);
  const lastStart = new Map<string, number>();
  const busy = new Map<string, number>();
  const endings: Ending[] = [];
  const polls: { readonly host: string; readonly atMs: number; readonly lateMs: number }[] = [];
  const scheduler = createScheduler({
    sources: world.sources,
    limits: world,
    now: () => nowMs,
    startTimes: new Map(world.sources.map((source) => [source.id, START])),
    poll: (source) => {
      const host = hostOf(source);
      const dueMs = dueAt.get(source) ?? Number.POSITIVE_INFINITY;
      expect(dueMs).toBeLessThanOrEqual(nowMs);
      expect(endings.length).toBeLessThan(world.concurrency);
      expect(busy.get(host) ?? 0).toBeLessThan(world.perHost.concurrency);
      expect(nowMs - (lastStart.get(host) ?? 0)).toBeGreaterThanOrEqual(world.perHost.gapMs);
      dueAt.delete(source);
      busy.set(host, (busy.get(host) ?? 0) + 1);
      lastStart.set(host, nowMs);
      polls.push({ host, atMs: nowMs, lateMs: nowMs - dueMs });
      return new Promise((resolve) => endings.push({ atMs: nowMs + world.takesMs(source), source, resolve }));
    },
  });
  const mayBeAsked = (host: string) =>
    (busy.get(host) ?? 0) < world.perHost.concurrency &&
    nowMs - (lastStart.get(host) ?? 0) >= world.perHost.gapMs;
  const wasted = () =>
    endings.length < world.concurrency &&
    [...sourcesOfHost].some(
      ([host, sources]) =>
        mayBeAsked(host) &&
        sources.some((source) => (dueAt.get(source) ?? Number.POSITIVE_INFINITY) <= nowMs),
    );
  for (; nowMs < START + untilMs; nowMs += stepMs) {
    for (const ending of endings.filter(({ atMs }) => atMs <= nowMs)) {
      endings.splice(endings.indexOf(ending), 1);
      const host = hostOf(ending.source);
      busy.set(host, (busy.get(host) ?? 0) - 1);
      dueAt.set(ending.source, nowMs + world.againMs(ending.source));
      ending.resolve({ nextPollAtMs: nowMs + world.againMs(ending.source), isWelcome: true });
    }
    await new Promise((resolve) => setImmediate(resolve));
    scheduler.pump();
    expect(wasted()).toBe(false);
  }
  return { polls, scheduler };
}

describe('sources that share hosts', () => {
  it('10,000 on 50 hosts: every rule is kept at every instant, and no slot stays empty while a host could be asked', async () => {
    const sources = Array.from({ length: 10_000 }, (_, n) =>
      // One host has 5,000 of them.
      buildSource(`s${n}`, { feedUrl: `https://h${n % 2 === 0 ? 0 : (n % 49) + 1}.example/${n}` }),
    );
    const world: World = {
      sources,
      concurrency: 20,
      perHost: { concurrency: 1, gapMs: 2000 },
      takesMs: (source) => 100 + ((source.id.length * 7919 * Number(source.id.slice(1))) % 3000),
      againMs: () => 86_400_000,
    };
    const { polls } = await run(world, 300_000, 100);
    const byHost = Map.groupBy(polls, ({ host }) => host);
    expect(byHost.size).toBe(50);
    const counts = [...byHost.values()].map(({ length }) => length);
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(2);
  });

  it('keeps them in any world', async () => {
    const worlds = fc.record({
      hosts: fc.array(fc.nat(4), { minLength: 1, maxLength: 25 }),
      concurrency: fc.integer({ min: 1, max: 6 }),
      perHost: fc.record({
        concurrency: fc.integer({ min: 1, max: 3 }),
        gapMs: fc.constantFrom(0, 100, 700, 2000),
      }),
      takes: fc.array(fc.nat(3000), { minLength: 1, maxLength: 7 }),
      again: fc.array(fc.nat(9000), { minLength: 1, maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(worlds, async ({ hosts, concurrency, perHost, takes, again }) => {
        const sources = hosts.map((host, n) =>
          buildSource(`s${n}`, { feedUrl: `https://h${host}.example/${n}` }),
        );
        const pick = (list: readonly number[]) => (source: Source) =>
          list[Number(source.id.slice(1)) % list.length] ?? 0;
        await run({ sources, concurrency, perHost, takesMs: pick(takes), againMs: pick(again) }, 15_000, 100);
      }),
      { numRuns: 60 },
    );
  });

  it('asks the longest due of a host first', async () => {
    const sources = ['a', 'b', 'c'].map((id) => buildSource(id, { feedUrl: `https://one.example/${id}` }));
    const startTimes = new Map(sources.map((source, n) => [source.id, START - n]));
    const { scheduler, started, end } = schedulerRig(sources, { startTimes });
    scheduler.pump();
    await end('c');
    await end('b');
    expect(started).toEqual(['c', 'b', 'a']);
  });

  it('says when the next host has had its rest, where it could be asked then', async () => {
    const sources = ['a', 'b'].map((id) => buildSource(id, { feedUrl: `https://one.example/${id}` }));
    const { scheduler, end, advance } = schedulerRig(sources, {
      limits: { concurrency: 2, perHost: { concurrency: 1, gapMs: 2000 } },
    });
    scheduler.pump();
    expect(scheduler.nextStartAtMs()).toBeUndefined();
    advance(500);
    await end('a');
    expect(scheduler.nextStartAtMs()).toBe(START + 2000);
    advance(1500);
    expect(scheduler.nextStartAtMs()).toBeUndefined();
  });

  it('F3: 1,000 due at the start keep `concurrency` and `perHost`', async () => {
    const sources = Array.from({ length: 1000 }, (_, n) =>
      buildSource(`s${n}`, { feedUrl: `https://h${n % 100}.example/${n}` }),
    );
    const world: World = {
      sources,
      concurrency: 64,
      perHost: { concurrency: 2, gapMs: 500 },
      takesMs: () => 300,
      againMs: () => 3_600_000,
    };
    const { polls } = await run(world, 10_000, 100);
    expect(polls).toHaveLength(1000);
  });
});

describe('the work of the scheduler', () => {
  it('follows what is due, not how many sources there are', async () => {
    const sources = Array.from({ length: 20_000 }, (_, n) => buildSource(`s${n}`));
    const { scheduler, advance, end } = schedulerRig(sources, {
      startTimes: new Map(sources.map((source, n) => [source.id, START + 10_000 + n * 60_000])),
    });
    const before = scheduler.status().steps;
    for (let second = 0; second < 9_999; second++) advance(1);
    expect(scheduler.status().steps).toBe(before);
    advance(1);
    await end('s0');
    expect(scheduler.status().steps - before).toBeLessThan(100);
  });
});
