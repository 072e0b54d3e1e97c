import { expect, test } from 'vitest';
import { type Clock, systemClock } from '../../../src/edge/ops/clock.ts';
import { createTestClock } from '../../ops/test-clock.ts';

test('the system clock tells the time of day and never goes back', () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(60_000);
  const first = systemClock.monotonic();
  expect(systemClock.monotonic()).toBeGreaterThanOrEqual(first);
});

test('a sleep longer than 32 bits of milliseconds does not end at once', async () => {
  const controller = new AbortController();
  let woke = false;
  const asleep = systemClock.sleep(2 ** 31 + 5, controller.signal).then(() => {
    woke = true;
  });
  await systemClock.sleep(20);
  expect(woke).toBe(false);
  controller.abort();
  await expect(asleep).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
});

const clocks: [string, () => Clock][] = [
  ['system', () => systemClock],
  ['test', () => createTestClock()],
];

test.each(clocks)(
  'the %s clock sleeps neither for nothing nor for less, and ends with its signal',
  async (_, make) => {
    const clock = make();
    await clock.sleep(0);
    await clock.sleep(-5);
    await clock.sleep(Number.NaN);
    await expect(clock.sleep(60_000, AbortSignal.abort())).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    const controller = new AbortController();
    const asleep = clock.sleep(60_000, controller.signal);
    controller.abort();
    await expect(asleep).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  },
);

test('the test clock wakes sleepers in the order in which they are due, at their own time', async () => {
  const clock = createTestClock(1_000);
  const woken: string[] = [];
  const sleepTwice = async (name: string, ms: number) => {
    await clock.sleep(ms);
    woken.push(`${name}@${clock.now()}`);
    await clock.sleep(ms);
    woken.push(`${name}@${clock.now()}`);
  };
  const all = [sleepTwice('slow', 30), sleepTwice('fast', 20)];
  await clock.advance(45);
  expect(woken).toEqual(['fast@1020', 'slow@1030', 'fast@1040']);
  expect(clock.sleepers()).toBe(1);
  await clock.advance(15);
  await Promise.all(all);
  expect(woken.at(-1)).toBe('slow@1060');
});

test('setting the wall clock wakes nobody and leaves the monotonic clock alone', async () => {
  const clock = createTestClock();
  const asleep = clock.sleep(1_000);
  clock.setNow(Date.UTC(2030, 0, 1));
  expect(clock.now()).toBe(Date.UTC(2030, 0, 1));
  expect(clock.monotonic()).toBe(0);
  expect(clock.sleepers()).toBe(1);
  await clock.advance(1_000);
  await asleep;
});
