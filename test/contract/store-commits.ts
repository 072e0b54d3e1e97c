// Commits: whole or not at all, compare-and-set, two handles on one store. Part of the store contract.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeyvStore } from '../../src/edge/store/keyv-store.ts';
import { openKeyv } from '../../src/edge/store/record-calls.ts';
import type { Store } from '../../src/edge/store/store.ts';
import {
  editionRecord,
  feedId,
  itemHash,
  itemRecord,
  pollRecord,
  sourceId,
  sourceRecord,
} from './store-records.ts';
import { CALL_TIMEOUT_MS, type StoreRig } from './store-rig.ts';

export function describeCommits(rig: StoreRig): void {
  describe('commits', () => {
    test('a stale commit tells the revision that stands, and nothing of it is visible', async () => {
      const id = sourceId('a');
      const first = {
        source: sourceRecord('a', 1, 1),
        items: [itemRecord(0)],
        removed: [],
        poll: pollRecord(0),
      };
      await rig.store.commitPoll(id, 0, first);
      const rival = {
        source: sourceRecord('a', 1, 2),
        items: [{ ...itemRecord(0), revision: 9 }, itemRecord(1)],
        removed: [itemHash(0)],
        poll: pollRecord(7),
      };
      expect(await rig.store.commitPoll(id, 0, rival)).toEqual({ kind: 'stale', revision: 1 });
      const ahead = { ...rival, source: sourceRecord('a', 6) };
      expect(await rig.store.commitPoll(id, 5, ahead)).toEqual({ kind: 'stale', revision: 1 });

      expect(await rig.store.readSource(id)).toEqual({ kind: 'hit', value: first.source });
      expect((await rig.store.readPolls([id])).get(id)).toEqual({ kind: 'hit', value: first.poll });
      expect(await rig.store.readItems([itemHash(0), itemHash(1)])).toEqual({
        kind: 'hit',
        value: new Map([[itemHash(0), itemRecord(0)]]),
      });
    });

    test('a commit on a source that was never written is stale with revision 0', async () => {
      const writes = { source: sourceRecord('a', 4), items: [], removed: [] };
      expect(await rig.store.commitPoll(sourceId('a'), 3, writes)).toEqual({ kind: 'stale', revision: 0 });
      expect(await rig.store.readSource(sourceId('a'))).toEqual({ kind: 'miss' });
    });

    test('commits follow each other, and removed items are gone', async () => {
      const id = sourceId('a');
      await rig.store.commitPoll(id, 0, {
        source: sourceRecord('a', 1),
        items: [itemRecord(0), itemRecord(1)],
        removed: [],
      });
      const second = { source: sourceRecord('a', 2), items: [itemRecord(2)], removed: [itemHash(0)] };
      expect(await rig.store.commitPoll(id, 1, second)).toEqual({ kind: 'committed' });
      const items = await rig.store.readItems([0, 1, 2].map(itemHash));
      expect(items.kind === 'hit' && [...items.value.keys()]).toEqual([itemHash(1), itemHash(2)]);
    });

    test('of many rivals for one revision exactly one commits', async () => {
      const rivals = Array.from({ length: 20 }, (_, index) =>
        rig.store.commitPoll(sourceId('a'), 0, {
          source: { ...sourceRecord('a', 1), address: `https://${index}.example/` },
          items: [itemRecord(index)],
          removed: [],
        }),
      );
      const results = await Promise.all(rivals);
      expect(results.filter((result) => result.kind === 'committed')).toHaveLength(1);
      expect(results.filter((result) => result.kind === 'stale' && result.revision === 1)).toHaveLength(19);
      const items = await rig.store.readItems(rivals.map((_, index) => itemHash(index)));
      expect(items.kind === 'hit' && items.value.size).toBe(1);
    });

    test('a revision that does not follow the expected one is refused as a mistake', async () => {
      const writes = { source: sourceRecord('a', 2), items: [], removed: [] };
      await expect(rig.store.commitPoll(sourceId('a'), 0, writes)).rejects.toThrow(TypeError);
      await expect(rig.store.commitEdition(feedId('f'), 3, editionRecord('f', 3))).rejects.toThrow(TypeError);
    });

    test('an unreadable source record can be replaced with the revision that a stale commit tells', async () => {
      await rig.store.commitPoll(sourceId('a'), 0, { source: sourceRecord('a', 1), items: [], removed: [] });
      await rig.adapter.set('source:a', 'damaged');
      const again = { source: sourceRecord('a', 1), items: [], removed: [] };
      expect(await rig.store.commitPoll(sourceId('a'), 0, again)).toEqual({ kind: 'stale', revision: 1 });
      const next = { source: sourceRecord('a', 2), items: [], removed: [] };
      expect(await rig.store.commitPoll(sourceId('a'), 1, next)).toEqual({ kind: 'committed' });
      expect((await rig.store.readSource(sourceId('a'))).kind).toBe('hit');
    });

    test('editions are fenced the same way', async () => {
      const id = feedId('city');
      expect(await rig.store.commitEdition(id, 0, editionRecord('city', 1))).toEqual({ kind: 'committed' });
      expect(await rig.store.commitEdition(id, 0, editionRecord('city', 1))).toEqual({
        kind: 'stale',
        revision: 1,
      });
      expect(await rig.store.commitEdition(id, 1, editionRecord('city', 2))).toEqual({ kind: 'committed' });
      expect(await rig.store.readEdition(id)).toEqual({ kind: 'hit', value: editionRecord('city', 2) });
    });

    test('a forgotten source is gone with its poll and items, unless another commit came first', async () => {
      const id = sourceId('a');
      const writes = {
        source: sourceRecord('a', 1),
        items: [itemRecord(0)],
        removed: [],
        poll: pollRecord(0),
      };
      await rig.store.commitPoll(id, 0, writes);
      expect(await rig.store.forgetSource(id, 0, [itemHash(0)])).toEqual({ kind: 'stale', revision: 1 });
      expect((await rig.store.readSource(id)).kind).toBe('hit');
      expect(await rig.store.forgetSource(id, 1, [itemHash(0)])).toEqual({ kind: 'committed' });
      expect(await rig.store.readSource(id)).toEqual({ kind: 'miss' });
      expect((await rig.store.readPolls([id])).get(id)).toEqual({ kind: 'miss' });
      expect(await rig.store.readItems([itemHash(0)])).toEqual({ kind: 'hit', value: new Map() });
      expect(await rig.store.commitPoll(id, 0, writes)).toEqual({ kind: 'committed' });
    });

    test('Keyv and a commit write the same text', async () => {
      const source = sourceRecord('a', 1);
      await rig.store.commitPoll(source.sourceId, 0, { source, items: [], removed: [] });
      await openKeyv(rig.adapter).set('same', source);
      expect(await rig.adapter.get('same')).toBe(await rig.adapter.get('source:a'));
    });
  });

  describe.runIf(rig.kind.shared)('two handles', () => {
    let second: Store;
    beforeEach(async () => {
      second = new KeyvStore(await rig.open(), CALL_TIMEOUT_MS);
    });
    afterEach(() => second.close());

    test('one sees what the other wrote', async () => {
      const source = sourceRecord('a', 1);
      await rig.store.commitPoll(source.sourceId, 0, { source, items: [itemRecord(0)], removed: [] });
      expect(await second.readSource(source.sourceId)).toEqual({ kind: 'hit', value: source });
    });

    test('of two commits for one revision the later is stale', async () => {
      const writes = { source: sourceRecord('a', 1), items: [], removed: [] };
      expect(await rig.store.commitPoll(sourceId('a'), 0, writes)).toEqual({ kind: 'committed' });
      expect(await second.commitPoll(sourceId('a'), 0, writes)).toEqual({ kind: 'stale', revision: 1 });
    });

    test('two writers that take turns at random lose no commit', async () => {
      const id = sourceId('a');
      let committed = 0;
      const work = async (one: Store) => {
        for (let tries = 0; tries < 40; tries += 1) {
          const read = await one.readSource(id);
          const revision = read.kind === 'hit' ? read.value.revision : 0;
          const source = sourceRecord('a', revision + 1);
          const result = await one.commitPoll(id, revision, {
            source,
            items: [itemRecord(revision)],
            removed: [],
          });
          if (result.kind === 'committed') committed += 1;
        }
      };
      await Promise.all([work(rig.store), work(second)]);
      const final = await second.readSource(id);
      expect(final.kind === 'hit' && final.value.revision).toBe(committed);
      expect(committed).toBeGreaterThanOrEqual(40);
      const items = await rig.store.readItems(
        Array.from({ length: committed }, (_, index) => itemHash(index)),
      );
      expect(items.kind === 'hit' && items.value.size).toBe(committed);
    });
  });
}
