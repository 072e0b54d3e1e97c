// A database that may not be written, that another process holds, or that is damaged: what stands is served, the log names the file
// and what to do once, and what it tells the operator to do works without a restart.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/edge/store/open-store.ts';
import { pollRecord, sourceId, sourceRecord } from '../contract/store-records.ts';
import {
  eventsOf,
  type FeedWorld,
  itemsOf,
  type Served,
  type ServedItem,
  servedOf,
  startFeedWorld,
  troublesOf,
} from '../rig/served-feed.ts';
import { type Folder, type Service, temporaryFolder, until } from './tributary.ts';

let folder: Folder;
let world: FeedWorld;
let place: { readonly store: string; readonly dataDir: string };
let database: string;
/** As it was published before anything went wrong. */
let known: readonly ServedItem[];
let before: Served;

beforeEach(async () => {
  folder = await temporaryFolder();
  world = await startFeedWorld();
  database = folder.file('tributary.db');
  place = { store: `sqlite:${database}`, dataDir: folder.file('data') };
  world.publish(3);
});
afterEach(async () => {
  await world[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function start(options?: { readonly isBoundByModes: boolean }): Promise<Service> {
  const service = await world.start(place, options);
  await until(async () => (await service.get('/readyz')).ok, 'the feed');
  known = await itemsOf(service);
  before = await servedOf(service);
  return service;
}

async function liveOnce(): Promise<void> {
  await using service = await start();
  expect((await service.kill('SIGTERM')).code).toBe(0);
}

/** For as long as it takes to be tried again. */
async function staysAsItWas(service: Service): Promise<void> {
  for (let asked = 0; asked < 40; asked += 1) {
    expect(await servedOf(service)).toEqual(before);
    await sleep(50);
  }
}

async function goesOnWith(service: Service, posts: number, expected = ['store-lost']): Promise<void> {
  await until(async () => (await itemsOf(service)).length === posts, 'news');
  const items = await itemsOf(service);
  expect(items.filter(({ title }) => known.some((item) => item.title === title))).toEqual(known);
  await until(() => eventsOf(service, 'store-back').length > 0, 'the end to be told');
  expect(troublesOf(service)).toEqual(expected);
}

/** Over the leaves, so that the file is opened, and what is read of it is not what was written. */
function damage(file: string): void {
  const handle = openSync(file, 'r+');
  for (let page = 2; page * 4096 < statSync(file).size; page += 1)
    writeSync(handle, Buffer.alloc(2048, 0xa5), 0, 2048, page * 4096 + 512);
  closeSync(handle);
}

/** As docs/OPERATING.md has it. */
function moveAway(): void {
  for (const ending of ['', '-wal', '-shm']) {
    try {
      renameSync(`${database}${ending}`, `${database}.damaged${ending}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

const lost = (service: Service) => String(eventsOf(service, 'store-lost')[0]?.['message']);

describe('a database that may not be written', () => {
  it.each([
    ['nor its folder', 0o555],
    ['though its folder may', 0o755],
  ])('%s: served from disk, and polled again when it may', async (_, mode) => {
    await liveOnce();
    chmodSync(database, 0o444);
    chmodSync(folder.path, mode);
    try {
      await using service = await world.start(place, { isBoundByModes: true });
      world.publish(5);
      await until(() => eventsOf(service, 'store-lost').length > 0, 'the log to say so');
      expect(lost(service)).toContain(`${database} cannot be`);
      await staysAsItWas(service);
      chmodSync(folder.path, 0o755);
      // SQLite gives its other files the mode of the first.
      for (const file of [database, `${database}-wal`, `${database}-shm`])
        if (existsSync(file)) chmodSync(file, 0o644);
      await goesOnWith(service, 5);
    } finally {
      chmodSync(folder.path, 0o755);
    }
  });
});

describe('a database that another process holds', () => {
  it('while it runs: told once, and all goes on when it is given up', async () => {
    await using service = await start();
    const holder = spawn(
      process.execPath,
      [path.join(import.meta.dirname, '../edge/store/hold-lock.ts'), database],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    await once(holder.stdout, 'data');
    world.publish(6);
    await until(() => eventsOf(service, 'store-lost').length > 0, 'the log to say so');
    expect(lost(service)).toContain(`${database} is locked by another process`);
    await staysAsItWas(service);
    holder.stdin.end();
    await once(holder, 'exit');
    await goesOnWith(service, 6);
  });
});

describe('a damaged database', () => {
  it('found at the start: moved away, and all is read anew under the same ids', async () => {
    await liveOnce();
    damage(database);
    world.publish(5);
    await using service = await world.start(place);
    await until(() => eventsOf(service, 'store-lost').length > 0, 'the log to say so');
    expect(eventsOf(service, 'store-lost')[0]).toMatchObject({ code: 'store-unreadable' });
    expect(lost(service)).toContain(`${database} is damaged`);
    await staysAsItWas(service);
    moveAway();
    await goesOnWith(service, 5, ['store-lost', 'publish']);
  });

  it('found while it is open: named, and made anew once it is moved away', async () => {
    const store = await openStore(place.store);
    const ids = Array.from({ length: 20_000 }, (_, n) => sourceId(`s${n}`));
    await store.writePolls(new Map(ids.map((id) => [id, pollRecord(0)])));
    await store.close();
    const opened = await openStore(place.store);
    const poll = { source: sourceRecord('a', 1), items: [], removed: [] };
    try {
      damage(database);
      const answer = (await opened.readPolls(ids)).get(sourceId('s7'));
      expect(answer).toMatchObject({ kind: 'unavailable', error: { code: 'store-unreadable' } });
      moveAway();
      const isCommitted = async () => (await opened.commitPoll(sourceId('a'), 0, poll)).kind === 'committed';
      await until(isCommitted, 'a new database');
      expect((await opened.readPolls([sourceId('s7')])).get(sourceId('s7'))).toEqual({ kind: 'miss' });
    } finally {
      await opened.close();
    }
  });
});

it('a database that is taken away while it runs is made anew, and what stands is not emptied', async () => {
  await using service = await start();
  for (const ending of ['', '-wal', '-shm']) rmSync(`${database}${ending}`, { force: true });
  world.publish(5);
  await until(async () => (await itemsOf(service)).length === 5, 'news');
  const items = await itemsOf(service);
  expect(items.filter(({ title }) => known.some((item) => item.title === title))).toEqual(known);
  await until(
    () => statSync(database, { throwIfNoEntry: false }) !== undefined,
    'the file to be there again',
  );
  expect(readFileSync(database).subarray(0, 15).toString()).toBe('SQLite format 3');
});
