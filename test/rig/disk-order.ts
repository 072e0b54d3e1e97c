// Preloaded into the program: what it asks the disk for, in order, a line each on descriptor 3. The disk's side of a commit is told
// by SQLite's `synchronous`: under FULL the commit returns after the log's fsync, under NORMAL it does not wait.
import { writeSync } from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const tell = (line: string) => void writeSync(3, `${line}\n`);

const { exec } = DatabaseSync.prototype;
let synchronous = '';
DatabaseSync.prototype.exec = function (sql) {
  exec.call(this, sql);
  synchronous = /synchronous = (\w+)/.exec(sql)?.[1] ?? synchronous;
  if (sql === 'COMMIT') tell(`commit ${synchronous}`);
};

const { SqliteAdapter } = await import('../../src/edge/store/sqlite.ts');
const { commit } = SqliteAdapter.prototype;
SqliteAdapter.prototype.commit = async function (said) {
  const result = await commit.call(this, said);
  tell(`stored ${said.guardKey}`);
  return result;
};

const { open, rename } = files;
files.open = async (file, ...said) => {
  const handle = await open(file, ...said);
  const { sync } = handle;
  handle.sync = async () => {
    await sync.call(handle);
    tell(`fsync ${file}`);
  };
  return handle;
};
files.rename = async (from, to) => {
  await rename(from, to);
  tell(`rename ${path.basename(String(to))} ${path.dirname(String(to))}`);
};
syncBuiltinESMExports();
