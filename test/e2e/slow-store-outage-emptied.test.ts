// E7: the store is emptied, or goes back to yesterday, under a service that runs, or between two runs of it. Nothing that was
// published goes, changes its id, date or place, or comes as new.
import { describe, expect, it } from 'vitest';
import { WORLD_PLACES } from '../contract/world-places.ts';
import type { MovedService } from '../rig/moved-service.ts';
import { HOUR_MS, type OutageWorld, startOutageWorld } from '../rig/outage-world.ts';

const EMPTY = [] as readonly string[];

/** A day of polls that bring an item now and then; gives the service that did them. */
async function aDay(world: OutageWorld, names: Record<'one' | 'two', string[]>): Promise<MovedService> {
  const service = await world.start();
  for (const source of ['one', 'two'] as const) {
    names[source] = [`${source} 1`];
    world.publish(source, ...names[source]);
  }
  await service.turn(HOUR_MS);
  for (let hour = 2; hour < 6; hour += 1) await news(world, service, names, hour);
  expect(service.items()).toHaveLength(10);
  return service;
}

async function news(
  world: OutageWorld,
  service: MovedService,
  names: Record<'one' | 'two', string[]>,
  hour: number,
): Promise<void> {
  for (const source of ['one', 'two'] as const) {
    names[source].unshift(`${source} ${hour}`);
    world.publish(source, ...names[source]);
  }
  await service.turn(HOUR_MS);
}

const told = (service: MovedService) =>
  service.items().map(({ id, title, date_published }) => `${date_published} ${title} ${id}`);

describe.each(WORLD_PLACES)('a store in $name', (kind) => {
  describe.skipIf(kind.missing)(kind.missing ?? 'is there', () => {
    const moments = [
      'while it runs',
      'between two runs',
      ...(kind.name === 'sqlite' ? [] : ['while it is away']),
    ];

    it.each(moments)('is emptied %s', async (when) => {
      await using world = await startOutageWorld(kind);
      const names = { one: [...EMPTY], two: [...EMPTY] };
      let service = await aDay(world, names);
      const before = told(service);
      const documents = service.documents();
      if (when === 'between two runs') await service.stop();
      if (world.proxy !== undefined && when === 'while it is away') {
        world.proxy.mode = 'refuse';
        await service.turn(HOUR_MS);
        await world.place.empty();
        await world.isBack(service);
      } else await world.place.empty();
      if (when === 'between two runs') service = await world.start();
      expect(service.documents()).toEqual(documents);
      // One source comes back with news before the other is even asked.
      for (let minutes = 0; minutes < 130; minutes += 10) {
        await service.turn(10 * 60_000);
        expect(told(service)).toEqual(before);
      }
      await news(world, service, names, 6);
      await service.turn(HOUR_MS);
      expect(told(service).slice(2)).toEqual(before);
      expect(told(service)).toHaveLength(before.length + 2);
      // Tables that are gone are an outage of one call.
      const isTold = when === 'while it is away' || (when === 'while it runs' && kind.name === 'postgres');
      const errors = service.log.filter(({ level }) => level === 'error');
      expect(errors.map(({ event }) => event)).toEqual(isTold ? ['store-lost'] : []);
      // And it is in the store again, but for a file that was taken away under SQLite: without the documents the same comes of it.
      const after = told(service);
      await service.stop();
      await using again = await world.start(kind.name === 'sqlite' ? 'data' : 'other');
      await again.turn(HOUR_MS);
      expect(told(again)).toEqual(after);
    });

    it('keeps, while it runs, what was published and is in no document of its source any more', async () => {
      await using world = await startOutageWorld(kind);
      const names = { one: [...EMPTY], two: [...EMPTY] };
      await using service = await aDay(world, names);
      const before = told(service);
      await world.place.empty();
      for (const source of ['one', 'two'] as const) names[source].splice(1);
      for (let hour = 6; hour < 9; hour += 1) await news(world, service, names, hour);
      await service.turn(HOUR_MS);
      expect(told(service).slice(6)).toEqual(before);
      expect(told(service)).toHaveLength(before.length + 6);
    });

    it.each(['while it runs', 'between two runs'])('goes back to yesterday %s', async (when) => {
      await using world = await startOutageWorld(kind);
      const names = { one: [...EMPTY], two: [...EMPTY] };
      let service = await aDay(world, names);
      const restore = await world.place.dump();
      for (let hour = 6; hour < 30; hour += 1) await news(world, service, names, hour);
      const before = told(service);
      expect(before).toHaveLength(58);
      const documents = service.documents();
      if (when === 'between two runs') await service.stop();
      await restore();
      if (when === 'between two runs') service = await world.start();
      expect(service.documents()).toEqual(documents);
      for (let minutes = 0; minutes < 130; minutes += 10) {
        await service.turn(10 * 60_000);
        expect(told(service)).toEqual(before);
      }
      await news(world, service, names, 30);
      await service.turn(HOUR_MS);
      expect(told(service).slice(2)).toEqual(before);
      expect(told(service)).toHaveLength(before.length + 2);
      await service.stop();
    });
  });
});
