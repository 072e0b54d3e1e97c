import { describe, expect, test } from 'vitest';
import { KeyvStore } from '../../../src/edge/store/keyv-store.ts';
import { firstAttempt, openLate } from '../../../src/edge/store/late-opening.ts';
import { MemoryAdapter } from '../../../src/edge/store/memory.ts';
import { createStoreWatch, type StoreChange } from '../../../src/edge/store/store-watch.ts';
import { StoreError } from '../../../src/model/errors.ts';
import { sourceId } from '../../contract/store-records.ts';

const DAY_MS = 86_400_000;
const away = new StoreError('store-unavailable', 'away');

function rig(failure: StoreError | undefined = away) {
  const state: { nowMs: number; attempts: number; failure: StoreError | undefined } = {
    nowMs: 0,
    attempts: 0,
    failure,
  };
  const opening = openLate(
    async () => {
      state.attempts += 1;
      if (state.failure !== undefined) throw state.failure;
      return new MemoryAdapter();
    },
    () => state.nowMs,
  );
  return { state, opening, store: new KeyvStore(opening, 1_000) };
}

describe('a store that cannot be opened', () => {
  test('is unavailable, is tried again after a rest that grows, and is then there', async () => {
    const { state, store } = rig();
    const ask = async () => (await store.readSource(sourceId('a'))).kind;
    expect([await ask(), await ask(), state.attempts]).toEqual(['unavailable', 'unavailable', 1]);
    state.nowMs = 1_000;
    expect([await ask(), state.attempts]).toEqual(['unavailable', 2]);
    state.nowMs = 2_999;
    expect([await ask(), state.attempts]).toEqual(['unavailable', 2]);
    state.failure = undefined;
    state.nowMs = 3_000;
    expect([await ask(), await ask(), state.attempts]).toEqual(['miss', 'miss', 3]);
  });

  test('is tried at least every 15 seconds', async () => {
    const { state, store } = rig();
    for (let tries = 1; tries <= 20; tries += 1) {
      await store.readSource(sourceId('a'));
      expect(state.attempts).toBe(tries);
      state.nowMs += 15_000;
    }
  });

  test.each(['store-version', 'store-unsupported'])(
    'is an error at the start where no time mends it: %s',
    async (code) => {
      const { opening } = rig(new StoreError(code, 'no'));
      await expect(firstAttempt(opening)).rejects.toMatchObject({ code });
    },
  );

  test.each(['store-unavailable', 'store-unreadable'])('is none where time may: %s', async (code) => {
    const { opening } = rig(new StoreError(code, 'no'));
    expect(await firstAttempt(opening)).toBeUndefined();
  });
});

describe('an outage is told once', () => {
  function watch() {
    const changes: StoreChange[] = [];
    const clock = { nowMs: 0, now: () => DAY_MS + clock.nowMs, monotonic: () => clock.nowMs };
    return {
      changes,
      clock,
      watch: createStoreWatch((change) => changes.push(change), clock),
    };
  }

  test('however many calls it hits', () => {
    const { changes, clock, watch: one } = watch();
    for (let call = 0; call < 100; call += 1) one.failed('read', away);
    clock.nowMs = 60_000;
    one.succeeded('read');
    one.succeeded('read');
    expect(changes).toEqual([
      { kind: 'lost', error: away },
      { kind: 'back', outageMs: 60_000, failedCalls: 100 },
    ]);
  });

  test('and as long as it lasts, it is known since when, and of what it suffers now', () => {
    const { clock, watch: one } = watch();
    expect(one.outage()).toBeUndefined();
    one.failed('read', away);
    clock.nowMs = 7_000;
    const full = new StoreError('store-unavailable', 'full', { trouble: 'full' });
    one.failed('write', full);
    expect(one.outage()).toMatchObject({ sinceMs: DAY_MS, error: full });
    clock.nowMs = 60_000;
    one.succeeded('read');
    one.succeeded('write');
    expect(one.outage()).toBeUndefined();
  });

  test('and lasts as long as writing fails, though reading does not', () => {
    const { changes, clock, watch: one } = watch();
    for (; clock.nowMs < 600_000; clock.nowMs += 60_000) {
      one.failed('write', away);
      one.succeeded('read');
    }
    expect(changes).toHaveLength(1);
    one.succeeded('write');
    expect(changes.map(({ kind }) => kind)).toEqual(['lost', 'back']);
  });

  test('though calls fail and succeed by turns', () => {
    const { changes, clock, watch: one } = watch();
    for (; clock.nowMs < 60_000; clock.nowMs += 1_000) {
      one.failed('read', away);
      one.succeeded('read');
    }
    expect(changes).toHaveLength(1);
  });
});
