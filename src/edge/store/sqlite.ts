// The store in one file: `sqlite:/absolute/path`, on node:sqlite. Opening and durability: sqlite-database.ts.
// Calls run on the main thread and are short; what may be long (many keys) yields to other work in between.
import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import { setTimeout as sleep, setImmediate as yieldToOthers } from 'node:timers/promises';
import {
  type AdapterCommit,
  type AdapterCommitResult,
  type AdapterEntry,
  afterAll,
  isExpired,
  type StoreAdapter,
} from './adapter.ts';
import { OVERSIZED, VALUE_BYTES_MAX } from './codec.ts';
import type { StoredEntry } from './contents.ts';
import { ManyAtOnce } from './many-at-once.ts';
import { SqliteConnection, type SqliteOptions } from './sqlite-connection.ts';
import { openSqliteContents, sqliteContents } from './sqlite-contents.ts';
import { isLockError, sqliteStoreError } from './sqlite-error.ts';

const KEYS_AT_ONCE = 300;
/** What one write takes out of the expired, and gives back of the free pages: a millisecond. */
const EXPIRED_AT_ONCE = 100;
const PAGES_AT_ONCE = 64;
/** So much of the file, and so many pages, stay free for what comes next. */
const FREE_SHARE = 1 / 4;
const FREE_PAGES = 1024;
const LOCK_RETRY_MS = 10;

interface Row {
  readonly key: string;
  readonly value: string;
  readonly expires: number | null;
}

export class SqliteAdapter extends ManyAtOnce implements StoreAdapter {
  readonly #file: string;
  readonly #lockWaitMs: number;
  readonly #alone: boolean;
  readonly #connection: SqliteConnection<keyof typeof STATEMENTS>;

  /** Throws StoreError. */
  constructor(file: string, options: SqliteOptions) {
    super();
    this.#file = file;
    this.#lockWaitMs = options.lockWaitMs;
    this.#alone = options.alone ?? false;
    this.#connection = new SqliteConnection(file, options, STATEMENTS);
  }

  get #database() {
    return this.#connection.database;
  }

  get #statements() {
    return this.#connection.statements;
  }

  async hasMany(keys: string[]) {
    return (await this.values(keys)).map((value) => value !== undefined);
  }

  async setMany(entries: { key: string; value: unknown; expires?: number | undefined }[]) {
    await this.#transaction(true, () => {
      for (const entry of entries) this.#put(entry as AdapterEntry);
    });
    return entries.map(() => true);
  }

  async deleteMany(keys: string[]) {
    return this.#transaction(true, () => keys.map((key) => this.#statements.remove.run(key).changes === 1));
  }

  async clear() {
    await this.#transaction(true, () => this.#statements.removeAll.run());
  }

  /** In the order of the keys; what is written meanwhile may or may not appear. */
  async *iterator<Value>(): AsyncGenerator<Array<string | Awaited<Value> | undefined>, void> {
    let after = '';
    for (;;) {
      const rows = await this.#attempt(() => this.#statements.page.all(after, KEYS_AT_ONCE).map(rowOf));
      for (const row of rows) {
        if (!isExpired(row.expires, Date.now())) yield [row.key, row.value];
        after = row.key;
      }
      if (rows.length < KEYS_AT_ONCE) return;
      await yieldToOthers();
    }
  }

  async keysWithPrefix(prefix: string) {
    const rows = await this.#attempt(() =>
      this.#statements.prefixed.all(prefix, afterAll(prefix), Date.now()),
    );
    return rows.map((row) => String(row['key']));
  }

  async commit(commit: AdapterCommit): Promise<AdapterCommitResult> {
    return this.#transaction<AdapterCommitResult>(commit.durable, () => {
      const revision = this.#revisionOf(commit.guardKey);
      if (revision !== commit.expectedRevision) return { kind: 'stale', revision };
      for (const entry of commit.sets) this.#put(entry);
      for (const key of commit.deletes) this.#statements.remove.run(key);
      this.#statements.setRevision.run(revision + 1, commit.guardKey);
      return { kind: 'committed' };
    });
  }

  async contents() {
    // Who has the file alone has it alone on this connection.
    return this.#alone
      ? sqliteContents(this.#database, this.#file, () => undefined)
      : openSqliteContents(this.#file, this.#lockWaitMs);
  }

  async restore(entries: readonly StoredEntry[]) {
    await this.#transaction(true, () => {
      for (const entry of entries) {
        this.#put({ key: entry.key, value: entry.value });
        this.#statements.setRevision.run(entry.revision, entry.key);
      }
    });
  }

  async disconnect() {
    this.#connection.close();
  }

  protected async values(keys: readonly string[]): Promise<(string | undefined)[]> {
    const values: (string | undefined)[] = [];
    for (let start = 0; start < keys.length; start += KEYS_AT_ONCE) {
      if (start > 0) await yieldToOthers();
      const chunk = keys.slice(start, start + KEYS_AT_ONCE);
      const found = await this.#attempt(() => this.#statements.getMany.all(JSON.stringify(chunk)).map(rowOf));
      const byKey = new Map(found.map((row) => [row.key, row]));
      const now = Date.now();
      for (const key of chunk) {
        const row = byKey.get(key);
        values.push(row === undefined || isExpired(row.expires, now) ? undefined : row.value);
      }
    }
    return values;
  }

  #put(entry: AdapterEntry): void {
    this.#statements.put.run(entry.key, entry.value, entry.expires ?? null);
  }

  #revisionOf(key: string): number {
    const row = this.#statements.revision.get(key);
    if (row === undefined || isExpired(row['expires'] as number | null, Date.now())) return 0;
    return Number(row['revision']);
  }

  /**
   * Within a write: takes out some of what is expired, and gives pages at the end of the file back where many are free, as when large
   * sources were forgotten. A part with each write, so that none waits for it.
   */
  #tidy(): void {
    const { sweep, freePages, allPages, giveBack } = this.#statements;
    sweep.run(Date.now(), EXPIRED_AT_ONCE);
    const free = numberOf(freePages);
    if (free > FREE_PAGES && free > numberOf(allPages) * FREE_SHARE) giveBack.all();
  }

  /** `work` does not wait for anything: a second transaction of this process would find itself inside. */
  async #transaction<T>(durable: boolean, work: () => T): Promise<T> {
    return this.#attempt(() => {
      this.#database.exec(`PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}`);
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#tidy();
        this.#database.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** Tries again while another process holds the file: only this call waits, not the whole process. */
  async #attempt<T>(work: () => T): Promise<T> {
    const deadline = performance.now() + this.#lockWaitMs;
    for (;;) {
      try {
        this.#connection.renew();
        return work();
      } catch (error) {
        this.#connection.failed(error);
        if (!isLockError(error) || performance.now() >= deadline) throw sqliteStoreError(error, this.#file);
        await sleep(LOCK_RETRY_MS);
      }
    }
  }
}

const STATEMENTS = {
  getMany: `SELECT key, iif(octet_length(value) <= ${VALUE_BYTES_MAX}, value, '${OVERSIZED}') AS value, expires
            FROM entry WHERE key IN (SELECT value FROM json_each(?))`,
  page: 'SELECT key, value, expires FROM entry WHERE key > ? ORDER BY key LIMIT ?',
  prefixed: 'SELECT key FROM entry WHERE key >= ? AND key < ? AND (expires IS NULL OR expires > ?)',
  revision: 'SELECT revision, expires FROM entry WHERE key = ?',
  setRevision: 'UPDATE entry SET revision = ? WHERE key = ?',
  put: `INSERT INTO entry (key, value, expires) VALUES (?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
  remove: 'DELETE FROM entry WHERE key = ?',
  removeAll: 'DELETE FROM entry',
  sweep: 'DELETE FROM entry WHERE rowid IN (SELECT rowid FROM entry WHERE expires <= ? LIMIT ?)',
  freePages: 'PRAGMA freelist_count',
  allPages: 'PRAGMA page_count',
  giveBack: `PRAGMA incremental_vacuum(${PAGES_AT_ONCE})`,
} as const;

function numberOf(statement: StatementSync): number {
  return Number(Object.values(statement.get() ?? {})[0]);
}

function rowOf(row: Record<string, SQLOutputValue>): Row {
  return row as unknown as Row;
}
