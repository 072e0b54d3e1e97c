import { describe, expect, it } from 'vitest';
import { createScheduler } from '../../../src/edge/schedule/scheduler.ts';
import { startTimes } from '../../../src/edge/schedule/start-times.ts';
import type { Source } from '../../../src/model/config.ts';
import type { PollRecord } from '../../../src/model/poll-record.ts';
import { at, buildSource } from '../../core/build-item.ts';
import { schedulerRig as rig, START } from './scheduler-rig.ts';

describe('scheduler', () => {
  it('polls a source when it is due and not before', async () => {
    const { scheduler, started, advance, end } = rig([buildSource('a')]);
    scheduler.pump();
    await end('a', 60_000);
    advance(59_999);
    expect(started).toEqual(['a']);
    advance(1);
    expect(started).toEqual(['a', 'a']);
  });

  it('never polls one source twice at once, however long its poll takes', async () => {
    const { scheduler, started, advance, end } = rig([buildSource('a')]);
    scheduler.pump();
    for (let hour = 0; hour < 48; hour++) advance(3_600_000);
    expect(started).toEqual(['a']);
    await end('a', 0);
    advance(0);
    expect(started).toEqual(['a', 'a']);
  });

  it('polls no more at once than allowed, and goes on when one ends', async () => {
    const sources = ['a', 'b', 'c', 'd'].map((id) => buildSource(id));
    const limits = { concurrency: 2, perHost: { concurrency: 1, gapMs: 0 } };
    const { scheduler, started, end } = rig(sources, { limits });
    scheduler.pump();
    expect(started).toEqual(['a', 'b']);
    await end('a');
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('polls one host one at a time and leaves it its rest, while other hosts go on', async () => {
    const sources = [
      buildSource('a', { feedUrl: 'https://one.example/a' }),
      buildSource('b', { feedUrl: 'https://one.example/b' }),
      buildSource('c', { feedUrl: 'https://two.example/c' }),
    ];
    const limits = { concurrency: 64, perHost: { concurrency: 1, gapMs: 2000 } };
    const { scheduler, started, advance, end } = rig(sources, { limits });
    scheduler.pump();
    expect(started).toEqual(['a', 'c']);
    await end('a');
    advance(1999);
    expect(started).toEqual(['a', 'c']);
    advance(1);
    expect(started).toEqual(['a', 'c', 'b']);
  });

  it('starts nothing more when it stops, and waits for what runs', async () => {
    const { scheduler, started, advance, end } = rig([buildSource('a'), buildSource('b')], {
      limits: { concurrency: 1, perHost: { concurrency: 1, gapMs: 0 } },
    });
    scheduler.pump();
    let stopped = false;
    const stopping = scheduler.stop().then(() => {
      stopped = true;
    });
    advance(0);
    expect(stopped).toBe(false);
    await end('a');
    await stopping;
    expect(started).toEqual(['a']);
  });

  it('polls every source once for a static site, whatever is due', async () => {
    const sources = Array.from({ length: 20 }, (_, n) =>
      buildSource(`s${n}`, { feedUrl: `https://h${n % 3}.example/${n}` }),
    );
    let nowMs = START;
    const polled: string[] = [];
    const scheduler = createScheduler({
      sources,
      limits: { concurrency: 4, perHost: { concurrency: 1, gapMs: 1000 } },
      now: () => nowMs,
      startTimes: new Map(sources.map((source) => [source.id, START + 9e9])),
      poll: async (source) => {
        polled.push(source.id);
        return { nextPollAtMs: nowMs, isWelcome: true };
      },
    });
    await scheduler.pollAll(async (ms) => {
      nowMs += ms;
    });
    expect(polled.toSorted()).toEqual(sources.map((source) => source.id).toSorted());
  });
});

describe('a poll that takes longer than its interval', () => {
  it('F5: is never beside another of its source, and what it skips is counted', async () => {
    const { scheduler, started, advance, end } = rig([buildSource('a')]);
    scheduler.pump();
    advance(2.5 * 3_600_000);
    expect(started).toEqual(['a']);
    await end('a', 0);
    expect(scheduler.status()).toMatchObject({ skipped: 2, running: 0 });
    advance(0);
    expect(started).toEqual(['a', 'a']);
    await end('a');
    expect(scheduler.status().skipped).toBe(2);
  });

  it('F5: counts the minutes of a cron schedule that it skips', async () => {
    const schedule = { kind: 'cron', expression: '*/15 * * * *', timezone: 'Etc/UTC' } as const;
    const { scheduler, advance, end, started } = rig([buildSource('a', { schedule })]);
    scheduler.pump();
    advance(35 * 60_000); // over 12:15 and 12:30
    await end('a', 9.5 * 60_000);
    expect(scheduler.status().skipped).toBe(2);
    advance(9 * 60_000);
    expect(started).toHaveLength(1);
    advance(60_000); // 12:45:30
    expect(started).toHaveLength(2);
  });
});

describe('sources that change while it runs', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => buildSource(id)) as [Source, Source, Source];

  it('starts those that are gone never again, the new ones by their start time, and leaves the others as they are', async () => {
    const { scheduler, started, advance, end, replace } = rig([a, b]);
    scheduler.pump();
    await end('a', 60_000);
    await end('b', 60_000);
    replace([{ ...b }, c], START + 90_000);
    advance(60_000);
    expect(started).toEqual(['a', 'b', 'b']);
    advance(30_000);
    expect(started).toEqual(['a', 'b', 'b', 'c']);
    advance(9e9);
    expect(started.filter((id) => id === 'a')).toHaveLength(1);
  });

  it('lets a poll that runs end, and keeps its host busy until then', async () => {
    const old = buildSource('a', { feedUrl: 'https://one.example/a' });
    const sibling = buildSource('b', { feedUrl: 'https://one.example/b' });
    const { scheduler, started, advance, end, replace } = rig([old]);
    scheduler.pump();
    replace([sibling]);
    advance(1000);
    expect(started).toEqual(['a']);
    await end('a', 0);
    expect(started).toEqual(['a', 'b']);
    advance(9e9);
    expect(started).toEqual(['a', 'b']);
    expect(scheduler.status()).toMatchObject({ sources: 1, running: 1 });
  });

  it('never polls a source twice at once that was taken out and put back', async () => {
    const { scheduler, started, advance, end, replace } = rig([a]);
    scheduler.pump();
    replace([]);
    replace([a]);
    advance(1000);
    expect(started).toEqual(['a']);
    await end('a');
    advance(1000);
    expect(started).toEqual(['a', 'a']);
  });

  it('polls a source anew whose address changed, with the settings that it has now', async () => {
    const polled: string[] = [];
    const poll = (source: Source) => {
      polled.push(source.feedUrl);
      return Promise.resolve({ nextPollAtMs: START + 9e9, isWelcome: true });
    };
    const { advance, replace } = rig([a], { poll });
    advance(0);
    await new Promise((resolve) => setImmediate(resolve));
    replace([{ ...a, feedUrl: 'https://elsewhere.example/feed' }]);
    advance(1);
    expect(polled).toEqual(['https://a.example/feed', 'https://elsewhere.example/feed']);
  });

  it('takes what waits in the queue out of it', () => {
    const { scheduler, started, replace, advance } = rig([a, b], {
      limits: { concurrency: 1, perHost: { concurrency: 1, gapMs: 0 } },
    });
    scheduler.pump();
    replace([a]);
    expect(scheduler.status()).toMatchObject({ sources: 1, queued: 0, running: 1 });
    advance(9e9);
    expect(started).toEqual(['a']);
  });
});

describe('a poll out of turn', () => {
  it('is due at once, and keeps the rules of its host', async () => {
    const sources = ['a', 'b'].map((id) => buildSource(id, { feedUrl: `https://one.example/${id}` }));
    const { scheduler, started, advance, end, pollNow } = rig(sources);
    scheduler.pump();
    await end('a');
    expect(pollNow('a')).toBe(true);
    advance(1000);
    expect(started).toEqual(['a', 'b']);
    await end('b');
    expect(started).toEqual(['a', 'b', 'a']);
    expect(pollNow('nobody')).toBe(false);
  });

  it('comes after the one that runs: that may have begun too early', async () => {
    const { scheduler, started, advance, end, pollNow } = rig([buildSource('a')]);
    scheduler.pump();
    pollNow('a');
    advance(1000);
    expect(started).toEqual(['a']);
    await end('a');
    advance(1000);
    expect(started).toEqual(['a', 'a']);
    await end('a');
    advance(1000);
    expect(started).toHaveLength(2);
  });
});

describe('a clock that is set', () => {
  it('F1: a year forward makes one poll of each source; back again, none waits for that year to pass', async () => {
    const { scheduler, started, advance, end } = rig([buildSource('a'), buildSource('b')]);
    scheduler.pump();
    await end('a');
    await end('b');
    advance(365 * 86_400_000);
    await end('a');
    await end('b');
    advance(1000);
    expect(started).toEqual(['a', 'b', 'a', 'b']);
    advance(-365 * 86_400_000);
    expect(started).toHaveLength(4);
    advance(3_600_000 - 1001);
    expect(started).toHaveLength(4);
    advance(1);
    expect(started).toHaveLength(6);
  });

  it('F1: a day back and forth polls nobody sooner than its time', async () => {
    const { started, advance, end } = rig([buildSource('a')]);
    advance(0);
    await end('a');
    advance(-86_400_000);
    advance(3_599_999);
    expect(started).toHaveLength(1);
    advance(1);
    expect(started).toHaveLength(2);
  });

  it('F1: a cron schedule keeps its times, whatever the clock was set to', async () => {
    const schedule = { kind: 'cron', expression: '0 3 * * *', timezone: 'Etc/UTC' } as const;
    const { started, advance, end } = rig([buildSource('a', { schedule })]);
    advance(0);
    await end('a', Date.parse('2026-11-21T03:00:00Z') - START);
    advance(-(5 * 3_600_000 + 17 * 60_000)); // 06:43:30
    advance(20 * 3_600_000); // 02:43:30
    expect(started).toHaveLength(1);
    advance(16.5 * 60_000);
    expect(started).toHaveLength(2);
    await end('a', 86_400_000);
    advance(365 * 86_400_000);
    expect(started).toHaveLength(3);
  });

  it('F1: what a server asked for is no longer, where the clock was set back', async () => {
    const { started, advance, end, pollNow } = rig([buildSource('a')]);
    advance(0);
    const refusal = { host: 'a.example', status: 503, atMs: START, untilMs: START + 3_600_000 };
    await end('a', 3_600_000, { refusal, isWelcome: false });
    advance(-86_400_000);
    pollNow('a');
    advance(3_600_000);
    expect(started).toHaveLength(2);
  });
});

describe('cron schedules', () => {
  const daily = buildSource('a', {
    schedule: { kind: 'cron', expression: '0 3 * * *', timezone: 'Etc/UTC' },
  });

  it('are polled when their poll says: soon after our own store did not answer, not at the next time', async () => {
    const { started, advance, end } = rig([daily]);
    advance(0);
    await end('a', 60_000);
    advance(59_999);
    expect(started).toHaveLength(1);
    advance(1);
    expect(started).toHaveLength(2);
  });
});

describe('start times', () => {
  const record = (said: Partial<PollRecord>): PollRecord => ({
    version: 1,
    polledAt: at('2026-11-20T11:50:00Z'),
    nextPollAt: at('2026-11-20T12:50:00Z'),
    outcome: 'unchanged',
    failures: 0,
    ...said,
  });

  it('spread out what is due at once, the same way at every start', () => {
    const sources = Array.from({ length: 1000 }, (_, n) => buildSource(`s${n}`));
    const times = startTimes(sources, new Map(), START);
    const offsets = [...times.values()].map((ms) => ms - START);
    expect(Math.min(...offsets)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...offsets)).toBeLessThan(20_000);
    expect(new Set(offsets.map((ms) => Math.floor(ms / 2000))).size).toBe(10);
    expect(startTimes(sources, new Map(), START)).toEqual(times);
  });

  it('do not make files wait', () => {
    const file = buildSource('a', { feedUrl: 'file:///feed.xml' });
    expect(startTimes([file], new Map(), START).get(file.id)).toBe(START);
  });

  it('keep what was due later, unless `every` is shorter now', () => {
    const source = buildSource('a');
    const polls = new Map([[source.id, record({})]]);
    expect(startTimes([source], polls, START).get(source.id)).toBe(Date.parse('2026-11-20T12:50:00Z'));
    const eager = buildSource('a', { schedule: { kind: 'every', everyMs: 900_000 } });
    expect(startTimes([eager], polls, START).get(source.id)).toBe(Date.parse('2026-11-20T12:05:00Z'));
  });

  it('keep a wait after failures', () => {
    const source = buildSource('a', { schedule: { kind: 'every', everyMs: 900_000 } });
    const polls = new Map([[source.id, record({ failures: 3, outcome: 'failed' })]]);
    expect(startTimes([source], polls, START).get(source.id)).toBe(Date.parse('2026-11-20T12:50:00Z'));
  });

  it('F1: wait as long as they would have, where a wrong clock set the time years ahead', () => {
    const source = buildSource('a');
    const polls = new Map([
      [source.id, record({ polledAt: at('2036-01-01T00:00:00Z'), nextPollAt: at('2036-01-01T01:00:00Z') })],
    ]);
    expect(startTimes([source], polls, START).get(source.id)).toBe(START + 3_600_000);
  });

  it('F1: of a cron schedule are among its times, whatever a wrong clock said', () => {
    const quarterHourly = buildSource('a', {
      schedule: { kind: 'cron', expression: '*/15 6-22 * * *', timezone: 'Etc/UTC' },
    });
    const polls = new Map([
      [
        quarterHourly.id,
        record({ polledAt: at('2036-01-01T00:10:00Z'), nextPollAt: at('2036-01-01T06:15:00Z') }),
      ],
    ]);
    const { [0]: dueMs = 0 } = [...startTimes([quarterHourly], polls, START).values()];
    expect(new Date(dueMs).toISOString()).toBe('2026-11-20T18:00:00.000Z');
  });

  it('of a cron schedule are at once where it was never polled or missed one of its times, be it days ago', () => {
    const start = (said: Partial<PollRecord> | undefined, expression: string) => {
      const weekly = buildSource('a', { schedule: { kind: 'cron', expression, timezone: 'Etc/UTC' } });
      const polls = new Map(said === undefined ? [] : [[weekly.id, record(said)]]);
      return (startTimes([weekly], polls, START).get(weekly.id) ?? 0) - START;
    };
    const missed = { polledAt: at('2026-11-11T03:00:00Z'), nextPollAt: at('2026-11-18T03:00:00Z') };
    expect(start(undefined, '0 3 * * 3')).toBeLessThan(20);
    expect(start(missed, '0 3 * * 3')).toBeLessThan(20);
    const kept = { polledAt: at('2026-11-18T03:00:00Z'), nextPollAt: at('2026-11-25T03:00:00Z') };
    expect(start(kept, '0 3 * * 3')).toBe(Date.parse('2026-11-25T03:00:00Z') - START);
  });
});
