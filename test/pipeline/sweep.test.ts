// What left the configuration, over SQLite and a clock that the test moves: kept for 30 days, then taken out whole, never in doubt.
import { readdir, rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/edge/store/open-store.ts';
import type { Store } from '../../src/edge/store/store.ts';
import type { ItemHash, SourceId } from '../../src/model/ids.ts';
import { createSweep } from '../../src/pipeline/sweep.ts';
import { itemRecord, pollRecord, sourceRecord, subscriptionRecord } from '../contract/store-records.ts';
import { buildSource } from '../core/build-item.ts';
import { rss, startOrigin } from '../e2e/origin.ts';
import { temporaryFolder } from '../e2e/tributary.ts';
import { createTestClock } from '../ops/test-clock.ts';
import { LIST_TYPE, type ListWorld, listWorld, opml, outline } from '../rig/list-world.ts';
import { buildConfig } from './rig.ts';

const DAY_MS = 86_400_000;
const A = "{ id: a, url: 'http://a.test/a', every: 24h }";
const B = "{ id: b, url: 'http://b.test/b', every: 24h }";
const DEAD = "{ id: dead, url: 'http://dead.test/none', every: 24h }";
const yaml = (...sources: readonly string[]) =>
  `sources: [${sources.join(', ')}]\nfeeds: [{ id: all, title: All }]`;
const id = (name: string) => name as SourceId;

async function originOf(...names: readonly string[]) {
  const origin = await startOrigin();
  for (const name of names)
    origin.publish(`/${name}`, rss(name, [{ guid: `${name}-1`, title: `item of ${name}` }]));
  return origin;
}

/** What the store has, by a connection of its own. */
async function stored<T>(world: ListWorld, read: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(`sqlite:${world.folder.file('store.db')}`);
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}
const sourcesIn = (world: ListWorld) =>
  stored(world, async (store) => {
    const [sources, polls] = [await store.listSourceIds(), await store.listPollIds()];
    return [sources, polls].map((answer) => (answer.kind === 'hit' ? answer.value.toSorted() : answer.kind));
  });
const hashesOf = (world: ListWorld, name: string) =>
  stored(world, async (store) => {
    const answer = await store.readSource(id(name));
    return answer.kind === 'hit' ? answer.value.items.map(({ hash }) => hash) : [];
  });
const textsOf = (world: ListWorld, hashes: readonly ItemHash[]) =>
  stored(world, async (store) => {
    const answer = await store.readItems(hashes);
    return answer.kind === 'hit' ? answer.value.size : -1;
  });
const itemsOf = ({ app }: ListWorld) => {
  const { items } = JSON.parse(
    Buffer.from(app.publisher.site().get('feeds/all.json')?.body ?? '').toString(),
  );
  return (items as { id: string; title: string; date_published: string }[]).map((item) => [
    item.id,
    item.title,
    item.date_published,
  ]);
};
const days = async (world: ListWorld, count: number) => {
  for (let day = 0; day < count; day += 1) await world.day();
};

describe('a source that left the configuration', () => {
  it('comes back with its ids and dates within 30 days, and its 30 days begin anew', async () => {
    const origin = await originOf('a', 'b');
    await using world = await listWorld(yaml(A, B), origin);
    await world.settle();
    const before = itemsOf(world);
    for (let time = 0; time < 2; time += 1) {
      await world.apply(yaml(B));
      await days(world, 29);
      expect(itemsOf(world)).toHaveLength(1);
      await world.apply(yaml(A, B));
      await world.settle();
      expect(itemsOf(world).toSorted()).toEqual(before.toSorted());
    }
  });

  it('is taken out after 30 days with its polls and items, over restarts; so is one that was never read; nobody else is', async () => {
    const origin = await originOf('a', 'b');
    await using world = await listWorld(yaml(A, B, DEAD), origin);
    await world.settle();
    const [ofA, ofB] = [await hashesOf(world, 'a'), await hashesOf(world, 'b')];
    expect(await sourcesIn(world)).toEqual([
      ['a', 'b'],
      ['a', 'b', 'dead'],
    ]);
    await world.apply(yaml(B));
    await days(world, 15);
    await world.restart();
    await days(world, 14);
    expect((await sourcesIn(world))[1]).toEqual(['a', 'b', 'dead']);
    await days(world, 3);
    expect(await sourcesIn(world)).toEqual([['b'], ['b']]);
    expect([await textsOf(world, ofA), await textsOf(world, ofB)]).toEqual([0, 1]);
    const told = world.log.filter(({ event }) => event === 'source-forgotten');
    expect(told.map(({ source }) => source).toSorted()).toEqual(['a', 'dead']);
    // Disabled is not gone.
    await world.apply(yaml(A, B.replace('every', 'enabled: false, every')));
    await days(world, 40);
    expect((await sourcesIn(world))[0]).toEqual(['a', 'b']);
  });
});

describe('a list that left the configuration', () => {
  const list = "{ opml: 'http://lists.test/one', every: 24h }";

  it('is kept as long, and goes with its sources; in its place nothing goes as long as it was not read', async () => {
    const origin = await originOf('a', 'b');
    origin.publish('/one', opml(outline('http://b.test/b')), LIST_TYPE);
    await using world = await listWorld(yaml(A, list), origin);
    await world.settle();
    const files = () => readdir(world.folder.file('data/lists'));
    expect((await sourcesIn(world))[0]).toEqual(['a', 'b-test-b']);
    // The data folder is lost, and the list cannot be read: that its sources are missing says nothing.
    origin.on('/one', (_request, response) => void response.writeHead(500).end());
    await rm(world.folder.file('data'), { recursive: true });
    await world.restart();
    await days(world, 40);
    expect(world.app.config().awaitsLists).toBe('unread');
    expect((await sourcesIn(world))[0]).toEqual(['a', 'b-test-b']);
    origin.publish('/one', opml(outline('http://b.test/b')), LIST_TYPE);
    await days(world, 2);
    expect(world.app.config().sources.map((source) => source.id)).toEqual(['a', 'b-test-b']);
    await world.apply(yaml(A));
    await days(world, 29);
    expect([await files(), (await sourcesIn(world))[0]]).toEqual([
      [expect.stringMatching(/^list-[0-9a-f]+\.json$/)],
      ['a', 'b-test-b'],
    ]);
    await days(world, 3);
    expect([await files(), (await sourcesIn(world))[0]]).toEqual([[], ['a']]);
  });

  it('takes nothing along while the file of the configuration has mistakes', async () => {
    const origin = await originOf('a', 'b');
    await using world = await listWorld(yaml(A, B), origin);
    await world.settle();
    await world.apply(yaml(B));
    world.app.refuse({ problems: ['a mistake'], places: ['tributary.yaml:1:1'] });
    await days(world, 40);
    expect((await sourcesIn(world))[0]).toEqual(['a', 'b']);
    world.app.refuse(undefined);
    await days(world, 32);
    expect((await sourcesIn(world))[0]).toEqual(['b']);
  });
});

describe('the sweep', () => {
  /** Over a store whose writes are counted. */
  async function rig() {
    const folder = await temporaryFolder();
    const clock = createTestClock();
    const inner = await openStore(`sqlite:${folder.file('store.db')}`);
    const removed: number[] = [];
    const down = new Set<string>();
    const store = new Proxy(inner, {
      get(target, name: keyof Store) {
        const call = (target[name] as (...said: unknown[]) => unknown).bind(target);
        return (...said: unknown[]) => {
          if (down.has(name)) return Promise.resolve({ kind: 'unavailable', error: new Error('down') });
          if (name === 'commitPoll') removed.push((said[2] as { removed: unknown[] }).removed.length);
          if (name === 'forgetSource') removed.push((said[2] as unknown[]).length);
          return call(...said);
        };
      },
    });
    const heir = { ...sourceRecord('heir', 1, 2), sourceId: id('heir') };
    const sweep = createSweep({
      running: {
        now: () => buildConfig([buildSource('heir'), buildSource('b')]),
        state: () => ({
          file: '',
          appliedAt: heir.items[0]?.firstSeenAt ?? ('' as never),
          refusedFeeds: [],
          problem: undefined,
        }),
      },
      lists: { states: () => new Map() },
      known: {
        of: (name) => (name === 'heir' ? { kind: 'known', record: heir } : { kind: 'new', revision: 0 }),
      },
      store,
      dataDir: folder.path,
      now: clock.now,
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
    return {
      store: inner,
      removed,
      down,
      async days(count: number) {
        for (let day = 0; day < count; day += 1) {
          await clock.advance(DAY_MS);
          for (let turn = 0; turn < 3; turn += 1) await sweep.turn();
        }
      },
      async [Symbol.asyncDispose]() {
        await inner.close();
        await folder[Symbol.asyncDispose]();
      },
    };
  }

  it('takes out 500 items at a time, and none that another source has taken over', async () => {
    await using world = await rig();
    const items = Array.from({ length: 1201 }, (_, place) => itemRecord(place));
    await world.store.commitPoll(id('a'), 0, {
      source: sourceRecord('a', 1, items.length),
      items,
      removed: [],
      poll: pollRecord(0),
    });
    await world.store.writeSubscriptions([subscriptionRecord('a')]);
    await world.days(29);
    expect(world.removed).toEqual([]);
    await world.days(2);
    // The first two are the heir's too.
    expect(world.removed).toEqual([500, 500, 199]);
    const left = await world.store.readItems(items.map(({ hash }) => hash));
    expect(left.kind === 'hit' && [...left.value.keys()]).toEqual(items.slice(0, 2).map(({ hash }) => hash));
    expect(await world.store.listSourceIds()).toEqual({ kind: 'hit', value: [] });
    expect(await world.store.readSubscriptions()).toEqual({ kind: 'hit', value: [] });
  });

  it('waits for a store that does not answer, whatever it is asked', async () => {
    for (const call of [
      'listFeedIds',
      'listHubs',
      'listSourceIds',
      'listPollIds',
      'readAbsence',
      'writeAbsence',
      'readSource',
      'forgetSource',
    ]) {
      await using world = await rig();
      const source = sourceRecord('a', 1, 1);
      await world.store.commitPoll(id('a'), 0, { source, items: [itemRecord(0)], removed: [] });
      world.down.add(call);
      await world.days(40);
      expect((await world.store.readSource(id('a'))).kind, call).toBe('hit');
      world.down.clear();
      await world.days(32);
      expect((await world.store.readSource(id('a'))).kind, call).toBe('miss');
    }
  });
});
