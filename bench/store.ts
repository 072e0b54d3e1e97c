// The store layer per poll, as ratios in one run: node bench/store.ts [POLLS] [FOLDER]
// FOLDER (default the system's temporary one) decides what an fsync costs: name one on the disk that is meant.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { MemoryAdapter } from '../src/edge/store/memory.ts';
import { openStore } from '../src/edge/store/open-store.ts';
import { openKeyv } from '../src/edge/store/record-calls.ts';
import { SqliteAdapter } from '../src/edge/store/sqlite.ts';
import { createPostgresPlace } from '../test/contract/postgres-place.ts';
import { createRedisPlace } from '../test/contract/redis-place.ts';
import {
  editionRecord,
  feedId,
  itemRecord,
  pollRecord,
  sourceId,
  sourceRecord,
} from '../test/contract/store-records.ts';
import { POSTGRES_URL, REDIS_URL, whyWithout } from '../test/contract/store-servers.ts';

const POLLS = Number(process.argv[2] ?? 200);
const FOLDER = mkdtempSync(path.join(process.argv[3] ?? tmpdir(), 'tributary-bench-'));
const ITEMS = 30;

const html = `<p>${'The ferry leaves at noon from the north quay. '.repeat(40)}</p>`;
const itemsOf = (poll: number) =>
  Array.from({ length: ITEMS }, (_, index) => itemRecord(poll * ITEMS + index, { content: { html } }));
const sourceOf = (poll: number) => sourceRecord(`s${poll}`, 1, ITEMS);

let files = 0;
function nextFile(): string {
  files += 1;
  return path.join(FOLDER, `${files}.db`);
}

async function perPoll(work: (poll: number) => unknown): Promise<number> {
  for (let poll = 0; poll < 10; poll += 1) await work(-1 - poll); // warm
  const start = performance.now();
  for (let poll = 0; poll < POLLS; poll += 1) await work(poll);
  return (performance.now() - start) / POLLS;
}

function print(title: string, rows: Record<string, number>): void {
  const first = Object.values(rows)[0] ?? 1;
  console.log(`\n${title}`);
  for (const [name, ms] of Object.entries(rows)) {
    console.log(
      `  ${name.padEnd(44)} ${ms.toFixed(3).padStart(9)} ms  ${(ms / first).toFixed(2).padStart(7)} x`,
    );
  }
}

async function writing(): Promise<void> {
  const store = await openStore(`sqlite:${nextFile()}`);
  const commit = await perPoll((poll) =>
    store.commitPoll(sourceId(`s${poll}`), 0, {
      source: sourceOf(poll),
      items: itemsOf(poll),
      removed: [],
      poll: pollRecord(0),
    }),
  );
  const memory = await openStore('memory:');
  const inMemory = await perPoll((poll) =>
    memory.commitPoll(sourceId(`s${poll}`), 0, { source: sourceOf(poll), items: itemsOf(poll), removed: [] }),
  );
  const adapters = [0, 1].map(() => new SqliteAdapter(nextFile(), { lockWaitMs: 1000 }));
  const [many, each] = adapters.map(openKeyv);
  const entriesOf = (poll: number) => [
    { key: `source:s${poll}`, value: sourceOf(poll) },
    ...itemsOf(poll).map((item) => ({ key: `item:${item.hash}`, value: item })),
  ];
  const setMany = await perPoll((poll) => many?.setMany<unknown>(entriesOf(poll)));
  const setEach = await perPoll(async (poll) => {
    for (const { key, value } of entriesOf(poll)) await each?.set<unknown>(key, value);
  });
  print(`One poll with ${ITEMS} new items of ${html.length} characters`, {
    'commitPoll (one transaction, no fsync)': commit,
    'Keyv setMany (one transaction, one fsync)': setMany,
    'Keyv set for each (an fsync each)': setEach,
    'commitPoll in memory': inMemory,
  });
  await store.close();
  for (const adapter of adapters) await adapter.disconnect();
}

function sqlitePlace(file: string) {
  const open = async () => new SqliteAdapter(file, { lockWaitMs: 1000 });
  return { url: `sqlite:${file}`, open, remove: async () => {} };
}

/** Each kind of store that is there: TRIBUTARY_TEST_REDIS and TRIBUTARY_TEST_POSTGRES, or the local ones. */
async function kinds(): Promise<void> {
  const places = [
    ['sqlite', sqlitePlace(nextFile())],
    ['memory', { url: 'memory:', open: async () => new MemoryAdapter(), remove: async () => {} }],
    ...((await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS'))
      ? []
      : [['redis', await createRedisPlace()] as const]),
    ...((await whyWithout(POSTGRES_URL, 'TRIBUTARY_TEST_POSTGRES'))
      ? []
      : [['postgres', await createPostgresPlace()] as const]),
  ] as const;
  const commits: Record<string, number> = {};
  const durable: Record<string, number> = {};
  const reads: Record<string, number> = {};
  for (const [name, { url, open, remove }] of places) {
    const store = await openStore(url);
    commits[`${name}: commitPoll`] = await perPoll((poll) =>
      store.commitPoll(sourceId(`s${poll}`), 0, {
        source: sourceOf(poll),
        items: itemsOf(poll),
        removed: [],
      }),
    );
    const adapter = await open();
    const keyv = openKeyv(adapter);
    commits[`${name}: set for each`] = await perPoll(async (poll) => {
      for (const item of itemsOf(poll)) await keyv.set<unknown>(`item:each-${item.hash}`, item);
    });
    await adapter.disconnect();
    durable[`${name}: commitEdition`] = await perPoll((poll) =>
      store.commitEdition(feedId(`f${poll}`), 0, editionRecord(`f${poll}`, 1)),
    );
    reads[`${name}: readItems`] = await perPoll((poll) =>
      store.readItems(itemsOf(poll).map(({ hash }) => hash)),
    );
    await store.close();
    await remove();
  }
  print(`Kinds of store: one poll with ${ITEMS} new items`, commits);
  print('Kinds of store: one edition, waiting for the disk where the server does', durable);
  print(`Kinds of store: ${ITEMS} items read`, reads);
}

async function polls(): Promise<void> {
  const store = await openStore(`sqlite:${nextFile()}`);
  const records = new Map(
    Array.from({ length: 1_000 }, (_, index) => [sourceId(`s${index}`), pollRecord(0)]),
  );
  const ids = [...records.keys()];
  const each = async () => {
    for (const id of ids) await store.writePolls(new Map([[id, pollRecord(0)]]));
  };
  const time = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  print('1,000 poll records', {
    'writePolls at once': await time(() => store.writePolls(records)),
    'writePolls one by one': await time(each),
    'readPolls at once': await time(() => store.readPolls(ids)),
  });
  await store.close();
}

/** What the layout and `synchronous` cost, on plain statements. */
function layouts(): void {
  const rows: Record<string, number> = {};
  const reads: Record<string, number> = {};
  let check = '';
  for (const layout of ['STRICT', 'STRICT, WITHOUT ROWID']) {
    for (const synchronous of ['NORMAL', 'FULL']) {
      const file = nextFile();
      const database = new DatabaseSync(file);
      database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}`);
      database.exec(`CREATE TABLE entry (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) ${layout}`);
      const put = database.prepare('INSERT OR REPLACE INTO entry VALUES (?, ?)');
      const get = database.prepare('SELECT value FROM entry WHERE key = ?');
      const keys: string[] = [];
      const polls = Array.from({ length: POLLS }, (_, poll) => itemsOf(poll));
      let start = performance.now();
      for (const items of polls) {
        database.exec('BEGIN IMMEDIATE');
        for (const item of items) put.run(item.hash, JSON.stringify(item));
        database.exec('COMMIT');
        keys.push(...items.map((item) => item.hash));
      }
      rows[`${synchronous}, ${layout}`] = (performance.now() - start) / POLLS;
      start = performance.now();
      for (const key of keys) get.get(key);
      if (synchronous === 'FULL') reads[layout] = (performance.now() - start) / POLLS;
      database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      start = performance.now();
      database.prepare('PRAGMA quick_check(1)').get();
      const ms = performance.now() - start;
      check = `quick_check at a start: ${((ms / statSync(file).size) * 1e8).toFixed(0)} ms for each 100 MB (cached)`;
      database.close();
    }
  }
  print(`Plain statements: write ${ITEMS} items`, rows);
  print(`Plain statements: read ${ITEMS} items`, reads);
  console.log(`\n${check}`);
}

try {
  await writing();
  await kinds();
  await polls();
  layouts();
} finally {
  rmSync(FOLDER, { recursive: true, force: true });
}
