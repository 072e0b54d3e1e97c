// The store layer per poll, as ratios in one run: node bench/store.ts [POLLS] [FOLDER]
// FOLDER (default the system's temporary one) decides what an fsync costs: name one on the disk that is meant.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openKeyv } from '../src/edge/store/keyv-store.ts';
import { openStore } from '../src/edge/store/open-store.ts';
import { SqliteAdapter } from '../src/edge/store/sqlite.ts';
import { itemRecord, pollRecord, sourceId, sourceRecord } from '../test/contract/store-records.ts';

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
  await polls();
  layouts();
} finally {
  rmSync(FOLDER, { recursive: true, force: true });
}
