import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../../src/edge/store/open-store.ts';
import { SqliteAdapter } from '../../../src/edge/store/sqlite.ts';
import { StoreError } from '../../../src/model/errors.ts';
import {
  editionRecord,
  feedId,
  itemHash,
  pollRecord,
  sourceId,
  sourceRecord,
} from '../../contract/store-records.ts';
import { withoutPrivileges } from './unprivileged.ts';

let folder: string;
let file: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tributary-sqlite-'));
  file = path.join(folder, 'tributary.db');
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a script beside this one and waits for its first line. */
async function startScript(name: string): Promise<ChildProcess> {
  const script = path.join(import.meta.dirname, name);
  const child = spawn(process.execPath, [script, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function openingError(address = `sqlite:${file}`): Promise<StoreError> {
  try {
    await (await openStore(address, { callTimeoutMs: 200 })).close();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    return error as StoreError;
  }
  throw new Error('it was opened');
}

const onePoll = { source: sourceRecord('a', 1), items: [], removed: [] };

describe('opening', () => {
  test('makes the folders on the way, and finds everything again', async () => {
    file = path.join(folder, 'not', 'yet', 'there.db');
    const first = await openStore(`sqlite:${file}`);
    await first.commitPoll(sourceId('a'), 0, onePoll);
    await first.commitEdition(feedId('f'), 0, editionRecord('f', 1));
    await first.close();
    const second = await openStore(`sqlite:${file}`);
    expect(await second.readSource(sourceId('a'))).toEqual({ kind: 'hit', value: onePoll.source });
    expect(await second.readEdition(feedId('f'))).toEqual({ kind: 'hit', value: editionRecord('f', 1) });
    await second.close();
  });

  test('keeps a write-ahead log', async () => {
    const adapter = new SqliteAdapter(file, { lockWaitMs: 100 });
    const database = new DatabaseSync(file);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    database.close();
    await adapter.disconnect();
  });

  test('refuses a newer schema, and changes nothing in it', async () => {
    await (await openStore(`sqlite:${file}`)).close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 7');
    database.close();
    const before = readFileSync(file);
    const error = await openingError();
    expect(error.code).toBe('store-version');
    expect(error.message).toContain(file);
    expect(error.message).toContain('newer version');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("refuses another program's database", async () => {
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE song (title TEXT)');
    database.close();
    const error = await openingError();
    expect(error.code).toBe('store-version');
    expect(error.message).toContain('another program');
  });

  test('names a file that is no database', async () => {
    writeFileSync(
      file,
      'this is not a database, and long enough to be asked for a header of a hundred bytes. '.repeat(3),
    );
    const error = await openingError();
    expect(error.code).toBe('store-unreadable');
    expect(error.message).toContain(`${file} is damaged`);
    expect(error.message).toContain('start again');
  });

  test('finds damaged pages', async () => {
    const store = await openStore(`sqlite:${file}`);
    const ids = Array.from({ length: 2_000 }, (_, index) => sourceId(`s${index}`));
    await store.writePolls(new Map(ids.map((id) => [id, pollRecord(0)])));
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 3 * 4096, 9 * 4096);
    writeFileSync(file, bytes);
    expect((await openingError()).code).toBe('store-unreadable');
  });

  test('says so where the folder may not be written', async () => {
    chmodSync(folder, 0o555);
    const error = await withoutPrivileges(() => openingError());
    expect(error.code).toBe('store-unavailable');
    expect(error.message).toContain(file);
    expect(error.message).toContain('may write there');
  });

  test('says so where the folder cannot be made', async () => {
    writeFileSync(path.join(folder, 'a-file'), '');
    const error = await openingError(`sqlite:${path.join(folder, 'a-file', 'x', 'store.db')}`);
    expect(error.code).toBe('store-unavailable');
    expect(error.message).toContain('cannot be made');
  });

  test.each([
    ['mysql://user:secret@host/', 'none of the known kinds'],
    ['sqlite', 'none of the known kinds'],
    ['__proto__:x', 'none of the known kinds'],
    ['sqlite:relative.db', 'not an absolute path'],
    ['sqlite:', 'not an absolute path'],
  ])('refuses the address %s without repeating a password', async (address, message) => {
    const error = await openingError(address);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('secret');
  });
});

describe('a database that fails while it is open', () => {
  test('locked by another process: `unavailable` in time, and whole again when it is free', async () => {
    const store = await openStore(`sqlite:${file}`, { callTimeoutMs: 400 });
    await store.commitPoll(sourceId('a'), 0, onePoll);
    const holder = await startScript('hold-lock.ts');

    let ticks = 0;
    const ticker = setInterval(() => {
      ticks += 1;
    }, 5);
    const next = { source: sourceRecord('a', 2), items: [], removed: [] };
    const refused = await store.commitPoll(sourceId('a'), 1, next);
    clearInterval(ticker);
    expect(refused).toMatchObject({
      kind: 'unavailable',
      error: { message: expect.stringContaining('locked by another process') },
    });
    expect(ticks).toBeGreaterThan(5); // the rest of the process went on meanwhile
    expect((await store.readSource(sourceId('a'))).kind).toBe('hit'); // readers never wait for a writer

    holder.stdin?.end();
    await once(holder, 'exit');
    expect(await store.commitPoll(sourceId('a'), 1, next)).toEqual({ kind: 'committed' });
    await store.close();
  });

  test('a commit waits for a lock that is given up in time', async () => {
    const store = await openStore(`sqlite:${file}`, { callTimeoutMs: 30_000 });
    const holder = await startScript('hold-lock.ts');
    const commit = store.commitPoll(sourceId('a'), 0, onePoll);
    holder.stdin?.end();
    expect(await commit).toEqual({ kind: 'committed' });
    await store.close();
  });

  test('locked by another process at the start: a named error', async () => {
    await (await openStore(`sqlite:${file}`)).close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const error = await openingError();
    expect(error.code).toBe('store-unavailable');
    expect(error.message).toContain('locked by another process');
    database.close();
  });

  test('a table that was dropped is an outage, not an empty store', async () => {
    const store = await openStore(`sqlite:${file}`);
    await store.commitPoll(sourceId('a'), 0, onePoll);
    const other = new DatabaseSync(file);
    other.exec('DROP TABLE entry');
    other.close();
    expect((await store.readSource(sourceId('a'))).kind).toBe('unavailable');
    expect((await store.listSourceIds()).kind).toBe('unavailable');
    await store.close();
  });
});

test('20 kills in the middle of commits: each commit is whole, and none that was reported is lost', async () => {
  let reported = 0;
  for (let round = 0; round < 20; round += 1) {
    const child = await startScript('commit-forever.ts');
    child.stdout?.on('data', (chunk: Buffer) => {
      reported = Number(chunk.toString().trim().split('\n').at(-1));
    });
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
    child.kill('SIGKILL');
    await once(child, 'close');

    const store = await openStore(`sqlite:${file}`);
    const source = await store.readSource(sourceId('a'));
    if (source.kind !== 'hit') throw new Error(`round ${round}: ${JSON.stringify(source)}`);
    expect(source.value.revision).toBeGreaterThanOrEqual(reported);
    const items = await store.readItems(Array.from({ length: 20 }, (_, index) => itemHash(index)));
    if (items.kind !== 'hit') throw new Error(`round ${round}: ${items.kind}`);
    expect([...items.value.values()].map((item) => item.revision)).toEqual(
      Array.from({ length: 20 }, () => source.value.revision),
    );
    await store.close();
  }
  expect(reported).toBeGreaterThan(20);
  expect(statSync(file).size).toBeLessThan(10_000_000);
});

describe('room', () => {
  /** Another connection: what it counts is what the file has. */
  function counted(sql: string): number {
    const database = new DatabaseSync(file, { readOnly: true });
    const value = Object.values(database.prepare(sql).get() ?? {})[0];
    database.close();
    return Number(value);
  }
  const pages = () => counted('PRAGMA page_count');
  const rows = () => counted('SELECT count(*) FROM entry');

  test('what has expired goes with later writes, a hundred at a time', async () => {
    const adapter = new SqliteAdapter(file, { lockWaitMs: 1000 });
    const expires = Date.now() + 50;
    await adapter.setMany(Array.from({ length: 250 }, (_, n) => ({ key: `old${n}`, value: '1', expires })));
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, expires - Date.now() + 1)));
    const left: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      await adapter.set('live', String(n));
      left.push(rows() - 1);
    }
    await adapter.disconnect();
    expect(left).toEqual([150, 50, 0, 0]);
  });

  test('what a large source leaves free goes back to the disk, 64 pages with each write, down to a quarter', async () => {
    const adapter = new SqliteAdapter(file, { lockWaitMs: 1000 });
    const keys = Array.from({ length: 3000 }, (_, n) => `item:${n}`);
    await adapter.setMany(keys.map((key) => ({ key, value: 'x'.repeat(6000) })));
    const full = pages();
    await adapter.deleteMany(keys.slice(100));
    const sizes = [full, pages()];
    while (sizes.at(-1) !== sizes.at(-2)) {
      await adapter.set('poll', '1');
      sizes.push(pages());
    }
    await adapter.disconnect();
    const steps = sizes.slice(1).map((size, place) => (sizes[place] ?? 0) - size);
    // Now and then a page of SQLite's own goes with them.
    expect(Math.max(...steps)).toBeLessThanOrEqual(66);
    expect(sizes.length).toBeGreaterThan(20);
    expect(counted('PRAGMA freelist_count')).toBeLessThanOrEqual(1024);
    expect(sizes.at(-1)).toBeLessThan(full / 3);
    expect(rows()).toBe(101);
    expect(counted('PRAGMA integrity_check')).toBeNaN();
  });

  test('a little that is free stays for what comes next', async () => {
    const adapter = new SqliteAdapter(file, { lockWaitMs: 1000 });
    const keys = Array.from({ length: 300 }, (_, n) => `item:${n}`);
    await adapter.setMany(keys.map((key) => ({ key, value: 'x'.repeat(6000) })));
    const full = pages();
    await adapter.deleteMany(keys);
    await adapter.set('poll', '1');
    await adapter.disconnect();
    expect(pages()).toBe(full);
  });
});
