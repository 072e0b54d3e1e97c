// E2: a day of the clock with a dead store: silent, refused, broken off, by turns. Readers get the same bytes and entity tags; no
// publisher is asked for what could not be remembered; one line tells of it, and the status says so without a word of where.
import { describe, expect, it } from 'vitest';
import { SERVERS } from '../contract/world-places.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, startOutageWorld } from '../rig/outage-world.ts';
import type { ProxyMode } from '../rig/tcp-proxy.ts';

const SLOW_MODES: readonly ProxyMode[] = ['black-hole', 'reset-mid-reply', 'slow', 'mute', 'deaf'];
const INTERNALS = /redis|postgres|127\.0\.0\.1|ECONN|tributary_test/i;

describe.each(SERVERS)('a store in $name', (kind) => {
  describe.skipIf(kind.missing)(kind.missing ?? 'on a server', () => {
    it('is dead for a day: the same bytes, nobody asked in vain, one alarm, and everything new once it is back', async () => {
      await using world = await startOutageWorld(kind);
      const { proxy } = world;
      if (proxy === undefined) throw new Error('no server');
      world.publish('one', 'b', 'a');
      world.publish('two', 'd', 'c');
      await using service = await world.start();
      await service.turn(HOUR_MS);
      await service.turn(HOUR_MS);
      const documents = service.documents();
      const items = service.items();
      expect(items).toHaveLength(4);
      const asked = [world.asked('one'), world.asked('two')];

      proxy.mode = 'refuse';
      const sinceMs = world.clock.nowMs;
      for (let minute = 1; minute <= 24 * 60; minute += 1) {
        // One minute in some hours of a kind of failure that takes its time.
        const slow = minute % 240 === 30 ? SLOW_MODES[Math.floor(minute / 240)] : undefined;
        proxy.mode = slow ?? 'refuse';
        if (minute % 60 === 0) {
          world.publish('one', `hour ${minute / 60}`, 'b', 'a');
          world.publish('two', 'd', 'c');
        }
        await service.turn(MINUTE_MS);
        expect(service.documents()).toEqual(documents);
      }
      // Each may have been asked once before the outage was found; after that none is.
      expect(world.asked('one') - (asked[0] ?? 0)).toBeLessThanOrEqual(1);
      expect(world.asked('two') - (asked[1] ?? 0)).toBeLessThanOrEqual(1);
      expect(service.events('store-lost')).toHaveLength(1);
      expect(service.log.filter(({ level }) => level !== 'info').map(({ event }) => event)).toEqual([
        'store-lost',
      ]);
      const { store, sources } = JSON.parse(service.status('status.json'));
      expect(store).toMatchObject({ reason: 'away', message: 'the store is away: it cannot be reached' });
      const staleMs = Date.parse(store.stale_since) - sinceMs;
      expect(staleMs).toBeGreaterThan(0);
      expect(staleMs).toBeLessThanOrEqual(HOUR_MS);
      expect(sources.map(({ failures }: { failures: number }) => failures)).toEqual([0, 0]);
      const page = service.status('status.html').replaceAll(world.origin.url, '');
      expect(page).toContain('The store is away');
      expect(page).not.toMatch(INTERNALS);

      world.publish('one', 'news', 'b', 'a');
      world.publish('two', 'more news', 'd', 'c');
      await world.isBack(service);
      // A source rests a minute from its last attempt.
      await service.turn(MINUTE_MS);
      await service.turn(10 * SECOND_MS);
      expect(service.items().map(({ title }) => title)).toHaveLength(6);
      expect(service.items().slice(2)).toEqual(items);
      expect(service.events('store-back')).toHaveLength(1);
      expect(JSON.parse(service.status('status.json')).store).toBeNull();
      expect(service.status('status.html')).not.toContain('The store is away');
    });
  });
});
