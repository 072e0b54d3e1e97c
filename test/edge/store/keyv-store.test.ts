// How failures of an adapter become answers. The adapters here fail on purpose; the rest of the store is the real one.
import { describe, expect, test } from 'vitest';
import type { StoreAdapter } from '../../../src/edge/store/adapter.ts';
import { KeyvStore } from '../../../src/edge/store/keyv-store.ts';
import { MemoryAdapter } from '../../../src/edge/store/memory.ts';
import { openKeyv } from '../../../src/edge/store/record-calls.ts';
import type { Store } from '../../../src/edge/store/store.ts';
import {
  absenceRecord,
  editionRecord,
  feedId,
  itemHash,
  pollRecord,
  retractionRecord,
  retractionStamp,
  sourceId,
  sourceRecord,
} from '../../contract/store-records.ts';

/** An adapter whose every call does `fail`, until `working` is set. */
function failingAdapter(fail: () => Promise<never>): { adapter: StoreAdapter; state: { working: boolean } } {
  const state = { working: false };
  const adapter = new Proxy(new MemoryAdapter(), {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => (state.working ? Reflect.apply(value, target, args) : fail());
    },
  });
  return { adapter, state };
}

const id = sourceId('a');
const VERBS: ReadonlyArray<[string, (store: Store) => Promise<{ kind: string } | undefined>]> = [
  ['readSource', (store) => store.readSource(id)],
  ['readSources', async (store) => (await store.readSources([id])).get(id)],
  ['listSourceIds', (store) => store.listSourceIds()],
  ['listPollIds', (store) => store.listPollIds()],
  ['readAbsence', (store) => store.readAbsence()],
  ['writeAbsence', (store) => store.writeAbsence(absenceRecord())],
  ['readPolls', async (store) => (await store.readPolls([id])).get(id)],
  ['writePolls', (store) => store.writePolls(new Map([[id, pollRecord(0)]]))],
  ['readItems', (store) => store.readItems([itemHash(0)])],
  [
    'commitPoll',
    (store) => store.commitPoll(id, 0, { source: sourceRecord('a', 1), items: [], removed: [] }),
  ],
  ['forgetSource', (store) => store.forgetSource(id, 0, [])],
  ['listFeedIds', (store) => store.listFeedIds()],
  ['listArchives', (store) => store.listArchives(feedId('f'))],
  ['forgetArchives', (store) => store.forgetArchives(feedId('f'), [1])],
  ['forgetFeed', (store) => store.forgetFeed(feedId('f'), 0)],
  ['listHubs', (store) => store.listHubs()],
  ['forgetHubs', (store) => store.forgetHubs(['f00'])],
  ['readEdition', (store) => store.readEdition(feedId('f'))],
  ['commitEdition', (store) => store.commitEdition(feedId('f'), 0, editionRecord('f', 1))],
  ['readRetractions', (store) => store.readRetractions()],
  ['readRetractionStamp', (store) => store.readRetractionStamp()],
  ['commitRetractions', (store) => store.commitRetractions(0, retractionStamp(1), [retractionRecord(1)])],
];

describe.each(VERBS)('%s', (_, verb) => {
  test('answers `unavailable` where the adapter throws, never a miss', async () => {
    const { adapter } = failingAdapter(() => Promise.reject(new Error('the database is down')));
    const store = new KeyvStore(adapter, 5_000);
    const answer = await verb(store);
    expect(answer).toMatchObject({ kind: 'unavailable', error: { code: 'store-unavailable' } });
    expect(store.counts().unavailable).toBe(1);
  });

  test('answers `unavailable` where the adapter never does', async () => {
    const { adapter } = failingAdapter(() => new Promise(() => {}));
    const answer = await verb(new KeyvStore(adapter, 30));
    expect(answer).toMatchObject({ kind: 'unavailable', error: { code: 'store-unavailable' } });
    expect(JSON.stringify((answer as { error?: Error } | undefined)?.error?.message)).toContain('30 ms');
  });

  test('works again once the adapter does', async () => {
    const { adapter, state } = failingAdapter(() => Promise.reject(new Error('down')));
    const store = new KeyvStore(adapter, 5_000);
    await verb(store);
    state.working = true;
    expect((await verb(store))?.kind).not.toBe('unavailable');
  });
});

test('a write that the adapter refuses is `unavailable`', async () => {
  const adapter = new MemoryAdapter();
  adapter.setMany = async (entries) => entries.map((_, index) => index > 0);
  const store = new KeyvStore(adapter, 5_000);
  const answer = await store.writePolls(
    new Map([
      [id, pollRecord(0)],
      [sourceId('b'), pollRecord(0)],
    ]),
  );
  expect(answer.kind).toBe('unavailable');
});

test('Keyv would swallow the error as soon as somebody listened for it: nobody may', async () => {
  const { adapter } = failingAdapter(() => Promise.reject(new Error('down')));
  const keyv = openKeyv(adapter);
  await expect(keyv.get('a')).rejects.toThrow('down');
  keyv.on('error', () => {});
  expect(await keyv.get('a')).toBeUndefined();
});

test('a record larger than any that is read again is not written', async () => {
  const store = new KeyvStore(new MemoryAdapter(), 5_000);
  const source = { ...sourceRecord('a', 1), address: 'x'.repeat(33 * 1024 * 1024) };
  expect(await store.commitPoll(id, 0, { source, items: [], removed: [] })).toMatchObject({
    kind: 'unavailable',
    error: { message: expect.stringContaining('more than the store takes') },
  });
  expect(await store.readSource(id)).toEqual({ kind: 'miss' });
});

test('a value of 50 MB is unreadable, not read', async () => {
  const adapter = new MemoryAdapter();
  await adapter.set('source:a', `{"value":"${'x'.repeat(50 * 1024 * 1024)}"}`);
  expect((await new KeyvStore(adapter, 5_000).readSource(id)).kind).toBe('unreadable');
});

test('a call that is in time leaves no timer behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const store = new KeyvStore(new MemoryAdapter(), 60_000);
  for (let index = 0; index < 20; index += 1) await store.readSource(id);
  expect(timers()).toBeLessThanOrEqual(before);
});
