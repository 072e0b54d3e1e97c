// E8: two services on one store, each with documents of its own, poll together slot after slot: whatever of the two commits first,
// every item is there once, under one id and one date.
import { describe, expect, it } from 'vitest';
import { SERVERS } from '../contract/world-places.ts';
import { HOUR_MS, startOutageWorld } from '../rig/outage-world.ts';

/** 1,000 and more were tried. */
const SLOTS = Number(process.env['TRIBUTARY_TEST_SLOTS'] ?? 200);
const NEWS_EVERY = 10;

describe.each(SERVERS)('a store in $name', (kind) => {
  describe.skipIf(kind.missing)(kind.missing ?? 'on a server', () => {
    it(`serves two services that poll together for ${SLOTS} slots`, async () => {
      await using world = await startOutageWorld(kind);
      await using one = await world.start('one', { items: 12 });
      await using other = await world.start('other', { items: 12 });
      const names: string[] = [];
      const said = new Map<string, string>();
      world.publish('two', 'always');
      for (let slot = 0; slot < SLOTS; slot += 1) {
        if (slot % NEWS_EVERY === 0) {
          names.unshift(String(slot));
          world.publish('one', ...names.slice(0, 5));
        }
        world.clock.nowMs += 1.5 * HOUR_MS;
        await Promise.all([one.turn(0), other.turn(0)]);
        for (const service of [one, other]) {
          const items = service.items();
          expect(new Set(items.map(({ title }) => title)).size).toBe(items.length);
          for (const { title, id, date_published } of items) {
            const now = `${id} ${date_published}`;
            expect(said.get(title) ?? now).toBe(now);
            said.set(title, now);
          }
        }
      }
      expect([...said.keys()].toSorted()).toEqual([...names, 'always'].toSorted());
      for (let turn = 0; turn < 3; turn += 1) {
        world.clock.nowMs += 1.5 * HOUR_MS;
        await one.turn(0);
        await other.turn(0);
      }
      expect(other.items()).toEqual(one.items());
    }, 300_000);
  });
});
