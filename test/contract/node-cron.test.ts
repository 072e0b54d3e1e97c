// What we rely on in node-cron: an upgrade that changes it fails here first.
import { createTask, validateDetailed } from 'node-cron';
import { describe, expect, it } from 'vitest';
import { startTicker } from '../../src/edge/schedule/ticker.ts';

const matches = (expression: string, timezone: string, text: string) =>
  createTask(expression, () => undefined, { timezone }).match(new Date(text));

describe('node-cron', () => {
  it('tells by any clock whether a minute matches, in the time zone named', () => {
    expect(matches('30 6 * * *', 'Europe/Berlin', '2026-11-20T05:30:00Z')).toBe(true);
    expect(matches('30 6 * * *', 'Europe/Berlin', '2026-07-20T04:30:00Z')).toBe(true);
    expect(matches('30 6 * * *', 'Europe/Berlin', '2026-11-20T06:30:00Z')).toBe(false);
    expect(matches('*/15 6-22 * * mon-fri', 'Etc/UTC', '2026-11-20T22:45:00Z')).toBe(true);
    expect(matches('*/15 6-22 * * mon-fri', 'Etc/UTC', '2026-11-21T22:45:00Z')).toBe(false);
  });

  it('names the field of an expression that is wrong', () => {
    expect(validateDetailed('0 25 * * *')).toMatchObject({ valid: false, errors: [{ field: 'hour' }] });
  });

  it('starts a task that is created, not scheduled, only when told to', () => {
    expect(createTask('* * * * * *', () => undefined).getStatus()).toBe('stopped');
  });

  it('ticks each second, never while the last tick still runs, until it is destroyed', async () => {
    let ticks = 0;
    let running = 0;
    let most = 0;
    const { promise: twice, resolve } = Promise.withResolvers<void>();
    const ticker = startTicker(
      async () => {
        ticks += 1;
        running += 1;
        most = Math.max(most, running);
        await new Promise((done) => setTimeout(done, 1500));
        running -= 1;
        if (ticks >= 2) resolve();
      },
      () => undefined,
    );
    await twice;
    await ticker.stop();
    const stoppedAt = ticks;
    await new Promise((done) => setTimeout(done, 2200));
    expect({ most, ticks }).toEqual({ most: 1, ticks: stoppedAt });
  });

  it('goes on after a tick that throws, and hands over what it threw', async () => {
    const errors: unknown[] = [];
    const { promise: twice, resolve } = Promise.withResolvers<void>();
    const ticker = startTicker(
      () => {
        throw new Error('a tick that fails');
      },
      (error) => {
        errors.push(error);
        if (errors.length === 2) resolve();
      },
    );
    await twice;
    await ticker.stop();
    expect(errors).toEqual([new Error('a tick that fails'), new Error('a tick that fails')]);
  });
});
