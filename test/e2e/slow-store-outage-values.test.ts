// E6: values in the store that are none of ours, of another version, cut off or huge. Each is as good as none, nothing falls over,
// and what is known from the documents on disk comes back as it was.
import { describe, expect, it } from 'vitest';
import { editionKey, itemKey, pollKey, RETRACTION_STAMP_KEY, sourceKey } from '../../src/edge/store/keys.ts';
import { KeyvStore } from '../../src/edge/store/keyv-store.ts';
import { feedId, type ItemHash, sourceId } from '../../src/model/ids.ts';
import { CALL_TIMEOUT_MS } from '../contract/store-rig.ts';
import { WORLD_PLACES } from '../contract/world-places.ts';
import { HOUR_MS, startOutageWorld } from '../rig/outage-world.ts';

const HUGE_CHARS = 50 * 1024 * 1024;
const VALUES: readonly (readonly [string, () => string])[] = [
  ['no JSON', () => 'O:8:"stdClass":0:{}'],
  ['JSON cut off', () => '{"value":{"version":1,"sourceId":"on'],
  ['another program’s JSON', () => '["one", 2]'],
  ['wrong types', () => '{"value":{"version":1,"sourceId":7,"items":"none","revision":"4"}}'],
  ['an older version', () => '{"value":{"version":0,"sourceId":"one","revision":4,"items":[]}}'],
  ['50 MB', () => `{"value":{"version":1,"text":"${'x'.repeat(HUGE_CHARS)}"}}`],
];

describe.each(WORLD_PLACES)('a store in $name', (kind) => {
  describe.skipIf(kind.missing)(kind.missing ?? 'is there', () => {
    it.each(VALUES)('with %s in the place of its records', async (_, value) => {
      await using world = await startOutageWorld(kind);
      world.publish('two', 'other');
      const names: string[] = [];
      const publish = (name: string) => {
        names.unshift(name);
        world.publish('one', ...names);
      };
      let hashes: readonly ItemHash[] = [];
      let before: readonly unknown[];
      {
        await using service = await world.start();
        for (const name of ['a', 'b', 'c']) {
          publish(name);
          await service.turn(1.5 * HOUR_MS);
        }
        before = service.items();
        expect(before).toHaveLength(4);
        const beside = new KeyvStore(await world.place.open(), CALL_TIMEOUT_MS);
        const source = await beside.readSource(sourceId('one'));
        if (source.kind === 'hit') hashes = source.value.items.map(({ hash }) => hash);
        await beside.close();
      }
      const adapter = await world.place.open();
      const keys = [
        sourceKey(sourceId('one')),
        pollKey(sourceId('one')),
        editionKey(feedId('all')),
        RETRACTION_STAMP_KEY,
        ...hashes.slice(0, 1).map(itemKey),
      ];
      const text = value();
      // One by one: as much at once is more than a server takes.
      for (const key of keys.slice(0, text.length > 1000 ? 3 : undefined)) await adapter.set(key, text);
      const beside = new KeyvStore(adapter, CALL_TIMEOUT_MS);
      expect((await beside.readSource(sourceId('one'))).kind).toBe('unreadable');
      expect((await beside.readEdition(feedId('all'))).kind).toBe('unreadable');
      expect(beside.counts()).toEqual({ unreadable: 2, unavailable: 0 });
      await beside.close();

      await using service = await world.start();
      expect(service.items()).toEqual(before);
      await service.turn(1000);
      publish('news');
      for (let turn = 0; turn < 2; turn += 1) await service.turn(1.5 * HOUR_MS);
      expect(service.items().map(({ title }) => title)).toHaveLength(5);
      expect(service.items().slice(1)).toEqual(before);
      expect(service.events('store-lost')).toEqual([]);
    });
  });
});
