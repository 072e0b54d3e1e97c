// Everything that lies in a store, read at one go and put elsewhere. Part of the store contract.
import { describe, expect, test } from 'vitest';
import type { StoreAdapter } from '../../src/edge/store/adapter.ts';
import type { StoredEntry } from '../../src/edge/store/contents.ts';
import { MemoryAdapter } from '../../src/edge/store/memory.ts';
import {
  editionRecord,
  feedId,
  itemHash,
  itemRecord,
  pollRecord,
  sourceId,
  sourceRecord,
} from './store-records.ts';
import type { StoreRig } from './store-rig.ts';

export async function entriesOf(adapter: StoreAdapter): Promise<readonly StoredEntry[]> {
  const contents = await adapter.contents();
  try {
    return await Array.fromAsync(contents.entries());
  } finally {
    await contents.close();
  }
}

export function describeContents(rig: StoreRig): void {
  describe('contents', () => {
    test('an empty store has none', async () => {
      const contents = await rig.adapter.contents();
      expect([contents.total, contents.expired, contents.damage()]).toEqual([0, 0, []]);
      expect(await Array.fromAsync(contents.entries())).toEqual([]);
      expect(await contents.revisions()).toEqual(new Map());
      await contents.close();
    });

    test('every entry is there once, in the order of keys, with the revision that guards it', async () => {
      const id = sourceId('a');
      const writes = { items: [itemRecord(0), itemRecord(1)], removed: [], poll: pollRecord(0) };
      await rig.store.commitPoll(id, 0, { ...writes, source: sourceRecord('a', 1) });
      await rig.store.commitPoll(id, 1, { ...writes, source: sourceRecord('a', 2) });
      await rig.store.commitEdition(feedId('city'), 0, editionRecord('city', 1));
      const contents = await rig.adapter.contents();
      const entries = await Array.fromAsync(contents.entries());
      const items = [itemHash(0), itemHash(1)].map((hash) => `item:${hash}`).sort();
      expect(entries.map(({ key, revision }) => [key, revision])).toEqual([
        ['edition:city', 1],
        ...items.map((key) => [key, 0]),
        ['poll:a', 0],
        ['source:a', 2],
      ]);
      expect(contents.total).toBe(entries.length);
      for (const { key, value } of entries) expect(value).toBe(await rig.adapter.get(key));
      expect(await contents.revisions()).toEqual(
        new Map([
          ['edition:city', 1],
          ['source:a', 2],
        ]),
      );
      await contents.close();
    });

    test('what is past its expiry is not among them', async () => {
      await rig.adapter.set('gone', '{"value":1}', 1);
      await rig.adapter.set('there', '{"value":1}');
      expect((await entriesOf(rig.adapter)).map(({ key }) => key)).toEqual(['there']);
    });

    test('2,000 small values and some of 5 MB come whole', async () => {
      const large = JSON.stringify({ value: 'é'.repeat(2_500_000) });
      const entries = [
        ...Array.from({ length: 2000 }, (_, index) => ({
          key: `s:${index}`,
          value: `{"value":${index}}`,
          revision: 0,
        })),
        ...['a', 'm', 'z'].map((key) => ({ key: `t:${key}`, value: large, revision: 0 })),
      ];
      for (let start = 0; start < entries.length; start += 500)
        await rig.adapter.restore(entries.slice(start, start + 500));
      const found = await entriesOf(rig.adapter);
      expect(found.length).toBe(entries.length);
      const expected = new Map(entries.map((entry) => [entry.key, entry]));
      expect(found.every(({ key, value }) => expected.get(key)?.value === value)).toBe(true);
    });

    test('what is restored elsewhere is equal, and commits go on from its revisions', async () => {
      const id = sourceId('a');
      await rig.store.commitPoll(id, 0, {
        source: sourceRecord('a', 1),
        items: [itemRecord(0)],
        removed: [],
      });
      await rig.store.commitPoll(id, 1, { source: sourceRecord('a', 2), items: [], removed: [] });
      const entries = await entriesOf(rig.adapter);
      const other = new MemoryAdapter();
      await other.restore(entries);
      expect(await entriesOf(other)).toEqual(entries);
      await rig.adapter.clear();
      await rig.adapter.restore(await entriesOf(other));
      expect(await entriesOf(rig.adapter)).toEqual(entries);
      const next = { source: sourceRecord('a', 3), items: [], removed: [] };
      expect(await rig.store.commitPoll(id, 1, { ...next, source: sourceRecord('a', 2) })).toEqual({
        kind: 'stale',
        revision: 2,
      });
      expect(await rig.store.commitPoll(id, 2, next)).toEqual({ kind: 'committed' });
      expect(await rig.store.listSourceIds()).toEqual({ kind: 'hit', value: ['a'] });
    });

    test('a revision that was committed meanwhile is told', async () => {
      await rig.store.commitPoll(sourceId('a'), 0, { source: sourceRecord('a', 1), items: [], removed: [] });
      const contents = await rig.adapter.contents();
      await rig.store.commitPoll(sourceId('a'), 1, { source: sourceRecord('a', 2), items: [], removed: [] });
      const seen = (await Array.fromAsync(contents.entries())).map(({ revision }) => revision);
      const now = (await contents.revisions()).get('source:a');
      // One instant, or what others wrote meanwhile: never the old revision without a sign of the new one.
      expect([
        [1, 1],
        [2, 2],
        [1, 2],
      ]).toContainEqual([seen[0], now]);
      await contents.close();
    });
  });
}
