// The disk is full, under the store, under the documents, under both: readers get what stood, the log says so once, and all goes on
// when there is space, without a restart and with nothing lost.
import { expect, it } from 'vitest';
import { eventsOf, itemsOf, servedOf, startFeedWorld, troublesOf } from '../rig/served-feed.ts';
import { mountSmallDisk, whyNoSmallDisk } from '../rig/small-disk.ts';
import { temporaryFolder, until } from './tributary.ts';

const missing = whyNoSmallDisk();

it.skipIf(missing).each([
  ['the store', true, false],
  ['the documents', false, true],
  ['both', true, true],
])(
  `full under %s: what stands is served, told once, and all goes on by itself${missing ? `: ${missing}` : ''}`,
  { timeout: 180_000 },
  async (_, isStoreThere, areDocumentsThere) => {
    using disk = mountSmallDisk('4m');
    await using folder = await temporaryFolder();
    await using world = await startFeedWorld();
    const place = {
      store: `sqlite:${isStoreThere ? disk.path : folder.path}/tributary.db`,
      dataDir: `${areDocumentsThere ? disk.path : folder.path}/data`,
    };
    world.publish(2);
    await using service = await world.start(place);
    await until(async () => (await service.get('/readyz')).ok, 'the feed');
    const known = await itemsOf(service);
    const before = await servedOf(service);

    disk.fill();
    world.publish(20);
    await until(() => troublesOf(service).length > 0, 'the log to say so');
    // Long enough for it to be tried again.
    for (let asked = 0; asked < 80; asked += 1) {
      expect(await servedOf(service)).toEqual(before);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const troubles = troublesOf(service);
    expect(troubles).toEqual([...new Set(troubles)]);
    expect(troubles).toEqual([isStoreThere ? 'store-lost' : 'publish']);

    disk.free();
    await until(async () => (await itemsOf(service)).length === 20, 'what came meanwhile');
    const items = await itemsOf(service);
    expect(items.filter(({ title }) => known.some((item) => item.title === title))).toEqual(known);
    await until(() => !isStoreThere || eventsOf(service, 'store-back').length > 0, 'the end to be told');
    const after = await servedOf(service);
    expect((await service.kill('SIGTERM')).code).toBe(0);
    await using again = await world.start(place);
    expect(await servedOf(again)).toEqual(after);
  },
);
