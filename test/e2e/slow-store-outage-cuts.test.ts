// E4: the connection is reset at 200 places spread over what a turn of the service sends its store: a poll with new, changed and
// gone items, its edition, the record of how it went. A poll is there whole or not at all, and nothing is published twice.
import { describe, expect, it } from 'vitest';
import { KeyvStore } from '../../src/edge/store/keyv-store.ts';
import type { Store } from '../../src/edge/store/store.ts';
import { sourceId } from '../../src/model/ids.ts';
import { CALL_TIMEOUT_MS } from '../contract/store-rig.ts';
import { SERVERS } from '../contract/world-places.ts';
import { HOUR_MS, startOutageWorld } from '../rig/outage-world.ts';

const CUTS = 200;
/** An hour, and what each poll is spread by. */
const TURN_MS = 1.5 * HOUR_MS;
const NEW_PER_POLL = 3;
/** What the source's document holds. */
const WINDOW = 6;
/** As many are known from the fourth poll on, so that every turn sends as much. */
const KNOWN = 12;

describe.each(SERVERS)('a store in $name', (kind) => {
  describe.skipIf(kind.missing)(kind.missing ?? 'on a server', () => {
    it('is cut off at 200 places of a turn', async () => {
      await using world = await startOutageWorld(kind);
      const { proxy } = world;
      if (proxy === undefined) throw new Error('no server');
      await using service = await world.start('data', { items: KNOWN });
      const beside = new KeyvStore(await world.place.open(), CALL_TIMEOUT_MS);
      let polled = 0;
      const names: string[] = [];
      const publish = () => {
        polled += 1;
        for (let item = 0; item < NEW_PER_POLL; item += 1) names.unshift(`${polled}.${item}`);
        world.publish('one', ...names.slice(0, WINDOW));
      };
      const shown = () => service.items().map(({ title }) => title);
      const first = new Map<string, string>();
      const standing = () => {
        const items = service.items();
        expect(new Set(items.map(({ title }) => title)).size).toBe(items.length);
        for (const { id, title, date_published } of items) {
          const said = `${id} ${date_published}`;
          expect(first.get(title) ?? said).toBe(said);
          first.set(title, said);
        }
      };
      world.publish('two', 'other');
      for (let turn = 0; turn < 6; turn += 1) {
        publish();
        await service.turn(TURN_MS);
      }
      publish();
      const before = proxy.requestBytes;
      await service.turn(TURN_MS);
      const bytes = proxy.requestBytes - before;
      standing();

      let cutPolls = 0;
      for (let cut = 0; cut < CUTS; cut += 1) {
        publish();
        const news = names.slice(0, NEW_PER_POLL);
        proxy.cutAfter(1 + Math.floor((bytes * cut) / CUTS));
        await service.turn(TURN_MS);
        proxy.cutAfter(Number.POSITIVE_INFINITY);
        const known = (await knownTitles(beside)).intersection(new Set(news)).size;
        expect([0, NEW_PER_POLL]).toContain(known);
        if (known === 0) cutPolls += 1;
        standing();
        // Of the poll everything is published or nothing, and never what is not in the store.
        expect([0, known]).toContain(shown().filter((title) => news.includes(title)).length);
        await world.isBack(service);
        await service.turn(TURN_MS);
        standing();
        expect((await knownTitles(beside)).isSupersetOf(new Set(news))).toBe(true);
        expect(shown()).toEqual(expect.arrayContaining(names.slice(0, WINDOW)));
      }
      expect(cutPolls).toBeGreaterThan(CUTS / 10);
      expect(cutPolls).toBeLessThan(CUTS);
      await beside.close();
    }, 180_000);
  });
});

/** Of the items of the source; fails where one has no text. */
async function knownTitles(store: Store): Promise<ReadonlySet<string>> {
  const answer = await store.readSource(sourceId('one'));
  if (answer.kind !== 'hit') throw new Error(`the source is a ${answer.kind}`);
  const hashes = answer.value.items.map(({ hash }) => hash);
  const items = await store.readItems(hashes);
  if (items.kind !== 'hit') throw new Error(`the items are ${items.kind}`);
  expect([...items.value.keys()].toSorted()).toEqual(hashes.toSorted());
  return new Set([...items.value.values()].map(({ item }) => item.title));
}
