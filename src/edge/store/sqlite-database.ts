// Opens the SQLite file of a store: folder, schema, version, integrity. What is kept in it: see sqlite.ts.
//
// WAL, so that readers and a second process never wait for a writer. `synchronous` is FULL: on return a write outlives a
// loss of power. Polls are committed under NORMAL, without an fsync: the log is one file written in order, so the fsync
// of the next edition's commit makes every poll before it durable too, and nothing is published before that commit.
// The table keeps its rowid: with values of 2 KB to 12 KB a WITHOUT ROWID table, which keeps them in the key's tree,
// took twice the time to write and to read (bench/store.ts).
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, StoreError } from '../../model/errors.ts';
import { damagedFile, sqliteStoreError } from './sqlite-error.ts';

/** Raised with every change of the tables; kept in `user_version`. */
const SCHEMA_VERSION = 1;
/** `Trib`, in the header of the file: https://www.sqlite.org/pragma.html#pragma_application_id */
const APPLICATION_ID = 0x54726962;
/** Larger files are not read through at each start: 256 MB take about a second from a slow disk. */
const CHECKED_BYTES_MAX = 256 * 1024 * 1024;
const WAL_BYTES_KEPT = 64 * 1024 * 1024;

/** Throws StoreError. Waits up to `lockWaitMs` where another process holds the file; `alone`: where it only has it open, too. */
export function openSqliteDatabase(
  file: string,
  { lockWaitMs, alone = false }: { readonly lockWaitMs: number; readonly alone?: boolean },
): DatabaseSync {
  makeFolder(file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: lockWaitMs, defensive: true });
    // Under WAL whoever has the file open holds a lock that this one does not share.
    if (alone) database.exec('PRAGMA locking_mode = EXCLUSIVE');
    requireOurs(database, file);
    // Of a file that is made now: pages can be given back (sqlite.ts).
    database.exec('PRAGMA auto_vacuum = INCREMENTAL');
    database.exec(`PRAGMA journal_mode = WAL`);
    database.exec(`PRAGMA synchronous = FULL`);
    database.exec(`PRAGMA journal_size_limit = ${WAL_BYTES_KEPT}`);
    createSchema(database);
    requireWhole(database, file);
    // From here on waiting is the adapter's: SQLite would stop the whole process while it waits.
    database.exec('PRAGMA busy_timeout = 0');
    return database;
  } catch (error) {
    database?.close();
    throw sqliteStoreError(error, file);
  }
}

function makeFolder(file: string): void {
  const folder = path.dirname(file);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new StoreError(
      'store-unavailable',
      `the folder ${folder} for the store cannot be made (${messageOf(error)}); make it, or name another in \`store\``,
      { cause: error },
    );
  }
}

/** Refuses what a newer version or another program wrote, before anything is changed in it. */
export function requireOurs(database: DatabaseSync, file: string): void {
  const version = pragma(database, 'user_version');
  const application = pragma(database, 'application_id');
  const tables = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'];
  if (tables === 0) return;
  if (application !== APPLICATION_ID) {
    throw new StoreError(
      'store-version',
      `${file} is a database of another program; name another file in \`store\``,
    );
  }
  if (version > SCHEMA_VERSION) {
    throw new StoreError(
      'store-version',
      `${file} was written by a newer version (schema ${version}; this one knows ${SCHEMA_VERSION}); start that version, or name another file in \`store\``,
    );
  }
}

function createSchema(database: DatabaseSync): void {
  if (pragma(database, 'user_version') === SCHEMA_VERSION) return;
  database.exec(`
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS entry (
      key TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL,
      revision INTEGER NOT NULL DEFAULT 0,
      expires INTEGER
    ) STRICT;
    CREATE INDEX IF NOT EXISTS entry_expires ON entry (expires) WHERE expires IS NOT NULL;
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${SCHEMA_VERSION};
    COMMIT;
  `);
}

function requireWhole(database: DatabaseSync, file: string): void {
  database.prepare('SELECT key, value, revision, expires FROM entry LIMIT 0').all();
  if (statSync(file).size > CHECKED_BYTES_MAX) return;
  const finding = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (finding !== 'ok') throw damagedFile(file, String(finding));
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}
