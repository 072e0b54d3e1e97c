// A store whose calls are counted answers as it does uncounted.
import { expect, test } from 'vitest';
import { KeyvStore } from '../../../src/edge/store/keyv-store.ts';
import { measuredStore } from '../../../src/edge/store/measured-store.ts';
import { MemoryAdapter } from '../../../src/edge/store/memory.ts';
import { sourceId } from '../../../src/model/ids.ts';

test('tells verb, outcome and time of each call, and changes no answer', async () => {
  const told: (readonly [string, string, number])[] = [];
  let ms = 0;
  const plain = new KeyvStore(new MemoryAdapter(), 1000);
  const store = measuredStore(
    plain,
    (...call) => told.push(call),
    () => (ms += 5),
  );
  const id = sourceId('harbour');
  expect(await store.readSource(id)).toEqual({ kind: 'miss' });
  expect(await store.readSources([id])).toEqual(new Map([[id, { kind: 'miss' }]]));
  expect(await store.readSources([])).toEqual(new Map());
  expect(await store.writePolls(new Map())).toEqual({ kind: 'written' });
  expect(store.counts()).toEqual({ unreadable: 0, unavailable: 0 });
  await store.close();
  expect(await store.readSource(id)).toMatchObject({ kind: 'unavailable' });
  expect(told).toEqual([
    ['read_source', 'miss', 5],
    ['read_sources', 'miss', 5],
    ['read_sources', 'hit', 5],
    ['write_polls', 'written', 5],
    ['read_source', 'unavailable', 5],
  ]);
});
