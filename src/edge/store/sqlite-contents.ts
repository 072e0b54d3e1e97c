// What lies in the SQLite file of a store, read without changing it: one transaction sees one instant, whatever a service writes
// meanwhile. SQLite itself may leave an empty -wal and -shm beside the file, as every reader of it does.
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { absentStore } from './absent-store.ts';
import type { StoreContents, StoredEntry } from './contents.ts';
import { requireOurs } from './sqlite-database.ts';
import { sqliteStoreError } from './sqlite-error.ts';

/** Findings of SQLite's own check that are told. */
const FINDINGS_MAX = 20;

/** Throws StoreError: also where there is no such file, and where what lies there is not ours. */
export function openSqliteContents(file: string, lockWaitMs: number): StoreContents {
  if (!existsSync(file)) throw absentStore(`in the file ${file}`);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: lockWaitMs });
    requireOurs(database, file);
    const table = database.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name = 'entry'").get();
    if (table?.['n'] !== 1) throw absentStore(`in the file ${file}`);
    const opened = database;
    return sqliteContents(opened, file, () => opened.close());
  } catch (error) {
    database?.close();
    throw sqliteStoreError(error, file);
  }
}

/** In a transaction of `database` that lasts until they are closed; then `end` is called. */
export function sqliteContents(database: DatabaseSync, file: string, end: () => void): StoreContents {
  database.exec('BEGIN');
  const now = Date.now();
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw sqliteStoreError(error, file);
    }
  };
  const count = (where: string) =>
    Number(database.prepare(`SELECT count(*) AS n FROM entry WHERE ${where}`).get(now)?.['n']);
  const rows = database.prepare(
    'SELECT key, value, revision FROM entry WHERE expires IS NULL OR expires > ? ORDER BY key',
  );
  const guards = database.prepare('SELECT key, revision FROM entry WHERE revision > 0');
  return {
    total: count('expires IS NULL OR expires > ?'),
    expired: count('expires <= ?'),
    damage: () =>
      attempt(() =>
        database
          .prepare(`PRAGMA integrity_check(${FINDINGS_MAX})`)
          .all()
          .map((row) => String(row['integrity_check']))
          .filter((finding) => finding !== 'ok'),
      ),
    async *entries(): AsyncGenerator<StoredEntry> {
      const found = attempt(() => rows.iterate(now));
      for (;;) {
        const next = attempt(() => found.next());
        if (next.done) return;
        const { key, value, revision } = next.value;
        yield { key: String(key), value: String(value), revision: Number(revision) };
      }
    },
    revisions: async () =>
      attempt(() => new Map(guards.all().map((row) => [String(row['key']), Number(row['revision'])]))),
    async close() {
      if (!database.isOpen || !database.isTransaction) return;
      database.exec('COMMIT');
      end();
    },
  };
}
