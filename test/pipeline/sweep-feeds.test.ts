// Feeds and hubs that left the configuration, over SQLite and a clock that the test moves: kept for 30 days, then taken out whole.
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/edge/store/open-store.ts';
import type { Store } from '../../src/edge/store/store.ts';
import { timestampOfClock } from '../../src/model/timestamp.ts';
import { createSweep } from '../../src/pipeline/sweep.ts';
import { archiveWrites } from '../contract/store-archives.ts';
import { editionRecord, feedId, hubRecord } from '../contract/store-records.ts';
import { buildSource } from '../core/build-item.ts';
import { type Origin, rss, startOrigin } from '../e2e/origin.ts';
import { temporaryFolder } from '../e2e/tributary.ts';
import { createTestClock } from '../ops/test-clock.ts';
import { type ListWorld, listWorld } from '../rig/list-world.ts';
import { buildConfig } from './rig.ts';

const DAY_MS = 86_400_000;
const GONE = feedId('gone');
const sources = "sources: [{ id: a, url: 'http://a.test/a', every: 24h }]";
const ALL = '{ id: all, title: All, hubs: [https://hub.example/] }';
const OLD = '{ id: old, title: Old, limit: 4, archive: true, hubs: [https://former.example/] }';
const BOTH = `${sources}\nfeeds: [${ALL}, ${OLD}]`;
const ONE = `${sources}\nfeeds: [${ALL}]`;

/** Stories of the source, the latest eight of so many. */
function publish(origin: Origin, count: number): void {
  const posts = Array.from({ length: Math.min(8, count) }, (_, back) => {
    const n = count - back;
    const date = new Date(Date.UTC(2026, 0, 1) + n * 3_600_000).toUTCString();
    return { guid: `tag:a.test,2026:${n}`, title: `Story ${n}`, link: `http://a.test/${n}`, date };
  });
  origin.publish('/a', rss('a', posts));
}

async function worldOfArchives() {
  const origin = await startOrigin();
  publish(origin, 4);
  const world = await listWorld(BOTH, origin);
  await world.settle();
  for (let count = 5; count <= 12; count += 1) {
    publish(origin, count);
    await world.day();
  }
  await world.settle();
  await stored(world, async (store) => {
    for (const hub of ['https://hub.example/', 'https://former.example/'])
      await store.writeHub(hubRecord(hub));
  });
  return world;
}

async function stored<T>(world: ListWorld, read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(`sqlite:${world.folder.file('store.db')}`);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

/** What store and disk have of feeds and hubs. */
const left = (world: ListWorld) =>
  stored(world, async (store) => {
    const [feeds, hubs] = [await store.listFeedIds(), await store.listHubs()];
    const archives = await store.listArchives(feedId('old'));
    const folder = (name: string) => readdir(world.folder.file(`data/${name}`)).catch(() => []);
    return {
      feeds: feeds.kind === 'hit' ? feeds.value.toSorted() : feeds.kind,
      hubs: hubs.kind === 'hit' ? hubs.value.length : hubs.kind,
      archives: archives.kind === 'hit' ? archives.value.length : archives.kind,
      documents: await folder('feeds'),
      sealed: await folder('archives'),
    };
  });

async function shown({ app }: ListWorld) {
  const { publisher } = app;
  const text = (body: Uint8Array | undefined) => Buffer.from(body ?? '').toString();
  const { items } = JSON.parse(text(publisher.site().get('feeds/old.json')?.body));
  const sealed: string[] = [];
  for (const path of publisher.archivedPaths())
    sealed.push(`${path} ${(await publisher.archived(path))?.etag}`);
  return {
    items: (items as { id: string; date_published: string }[]).map((item) => [item.id, item.date_published]),
    sealed,
  };
}

const days = async (world: ListWorld, count: number) => {
  for (let day = 0; day < count; day += 1) await world.day();
};

describe('a feed that left the configuration', () => {
  it('comes back within 30 days with its ids, dates and archives', async () => {
    await using world = await worldOfArchives();
    const before = await shown(world);
    expect(before.items).toHaveLength(4);
    expect(before.sealed.length).toBeGreaterThan(4);
    await world.apply(ONE);
    await days(world, 29);
    expect(world.app.publisher.site().has('feeds/old.json')).toBe(false);
    await world.apply(BOTH);
    await world.settle();
    expect(await shown(world)).toEqual(before);
  });

  it('is taken out after 30 days, over restarts, with its archives, its hub and its folders; nobody else is', async () => {
    await using world = await worldOfArchives();
    const before = await left(world);
    expect(before).toMatchObject({
      feeds: ['all', 'old'],
      hubs: 2,
      documents: ['all', 'old'],
      sealed: ['old'],
    });
    expect(before.archives).toBeGreaterThan(1);
    // It leaves while nothing runs: its documents stay behind.
    await world.restart(ONE);
    await days(world, 28);
    expect(await left(world)).toEqual(before);
    await days(world, 4);
    expect(await left(world)).toEqual({
      feeds: ['all'],
      hubs: 1,
      archives: 0,
      documents: ['all'],
      sealed: [],
    });
    expect(world.log.filter(({ event }) => event === 'feed-forgotten').map(({ feed }) => feed)).toEqual([
      'old',
    ]);
    await world.apply(BOTH);
    await world.settle();
    expect((await shown(world)).items).toHaveLength(4);
  });

  it('stays while the file of the configuration has mistakes', async () => {
    await using world = await worldOfArchives();
    const before = await left(world);
    await world.apply(ONE);
    world.app.refuse({ problems: ['a mistake'], places: ['tributary.yaml:1:1'] });
    await days(world, 40);
    expect(await left(world)).toEqual({ ...before, documents: ['all'] });
  });
});

describe('the sweep of feeds', () => {
  /** A store in which one feed and one hub are not configured. */
  async function rig(archives: number) {
    const folder = await temporaryFolder();
    const clock = createTestClock();
    const inner = await openStore(`sqlite:${folder.file('store.db')}`);
    const numbers = Array.from({ length: archives }, (_, place) => place + 1);
    await inner.commitEdition(GONE, 0, editionRecord('gone', 1), archiveWrites('gone', 1, numbers));
    await inner.writeHub(hubRecord('https://former.example/'));
    await mkdir(folder.file('archives/gone'), { recursive: true });
    await writeFile(folder.file('archives/gone/1.json'), 'x');
    const down = new Set<string>();
    const taken: number[] = [];
    const store = new Proxy(inner, {
      get(target, name: keyof Store) {
        const call = (target[name] as (...said: unknown[]) => unknown).bind(target);
        return (...said: unknown[]) => {
          if (down.has(name)) return Promise.resolve({ kind: 'unavailable', error: new Error('down') });
          if (name === 'forgetArchives') taken.push((said[1] as unknown[]).length);
          return call(...said);
        };
      },
    });
    const config = buildConfig([buildSource('b')]);
    const appliedAt = timestampOfClock(clock.now());
    const sweep = createSweep({
      running: {
        now: () => config,
        state: () => ({ file: '', appliedAt, refusedFeeds: [], problem: undefined }),
      },
      lists: { states: () => new Map() },
      known: { of: () => ({ kind: 'new', revision: 0 }) },
      store,
      dataDir: folder.path,
      now: clock.now,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    return {
      down,
      taken,
      async days(count: number) {
        for (let day = 0; day < count; day += 1) {
          await clock.advance(DAY_MS);
          for (let turn = 0; turn < 3; turn += 1) await sweep.turn();
        }
      },
      async left() {
        const [feeds, hubs] = [await inner.listFeedIds(), await inner.listHubs()];
        return {
          feeds: feeds.kind === 'hit' && feeds.value,
          hubs: hubs.kind === 'hit' && hubs.value.length,
          folders: await readdir(folder.file('archives')),
        };
      },
      async [Symbol.asyncDispose]() {
        await inner.close();
        await folder[Symbol.asyncDispose]();
      },
    };
  }

  it('takes out twenty archives at a time', async () => {
    await using world = await rig(45);
    await world.days(32);
    expect(world.taken).toEqual([20, 20, 5]);
    expect(await world.left()).toEqual({ feeds: [], hubs: 0, folders: [] });
  });

  it.each([
    ['listSourceIds', 1, 1],
    ['listFeedIds', 1, 1],
    ['listHubs', 1, 1],
    ['readEdition', 1, 0],
    ['listArchives', 1, 0],
    ['forgetArchives', 1, 0],
    ['forgetFeed', 1, 0],
    ['forgetHubs', 0, 1],
  ] as const)('waits for a store that does not answer to %s', async (call, feeds, hubs) => {
    await using world = await rig(2);
    world.down.add(call);
    await world.days(40);
    const now = await world.left();
    expect([now.feeds ? now.feeds.length : -1, now.hubs, now.folders.length]).toEqual([feeds, hubs, feeds]);
    world.down.clear();
    await world.days(32);
    expect(await world.left()).toEqual({ feeds: [], hubs: 0, folders: [] });
  });
});
