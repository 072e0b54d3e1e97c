// Preloaded into the program (`--import`): tells on descriptor 3 what begins (upper case) and what is over (lower case), so that
// whoever kills it can aim, and knows afterwards what was under way. What was written to a pipe outlives its writer.
import { writeSync } from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Server } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import type { AdapterCommit } from '../../../src/edge/store/adapter.ts';
import { PHASES, type Phase } from './phases.ts';

const MARKS_FD = 3;

type Method = (this: unknown, ...said: never[]) => unknown;
type Owner = Record<string, Method>;

/** `W3`: it dies by its own hand at that mark, for the third time that it is told. */
const DIES_AT = process.env['TRIBUTARY_TEST_DIES_AT'] ?? '';
let awaited = Number(DIES_AT.slice(1));

function tell(letter: string): void {
  writeSync(MARKS_FD, letter);
  if (letter !== DIES_AT[0]) return;
  awaited -= 1;
  if (awaited === 0) process.kill(process.pid, 'SIGKILL');
}

const begins = (phase: Phase) => tell(PHASES[phase]);
const ends = (phase: Phase) => tell(PHASES[phase].toLowerCase());

/** Puts marks around a method that gives a promise. */
function marked(owner: object, name: string, phaseOf: (...said: never[]) => Phase | undefined): void {
  const methods = owner as Owner;
  const method = methods[name];
  if (method === undefined) throw new Error(`nothing is called ${name}`);
  methods[name] = async function (this: unknown, ...said: never[]) {
    const phase = phaseOf(...said);
    if (phase === undefined) return method.apply(this, said);
    begins(phase);
    try {
      return await method.apply(this, said);
    } finally {
      ends(phase);
    }
  };
}

/** The store is open when it is first asked. */
function markOpened(adapter: object): void {
  let isOpen = false;
  for (const name of ['get', 'getMany', 'keysWithPrefix']) {
    const methods = adapter as Owner;
    const method = methods[name];
    if (method === undefined) throw new Error(`nothing is called ${name}`);
    methods[name] = function (this: unknown, ...said: never[]) {
      if (!isOpen) ends('opening');
      isOpen = true;
      return method.apply(this, said);
    };
  }
}

function markStore(adapter: object): void {
  markOpened(adapter);
  marked(adapter, 'setMany', () => 'poll times');
  marked(adapter, 'commit', ({ guardKey }: AdapterCommit) => {
    if (guardKey.startsWith('source:')) return 'commit of a poll';
    return guardKey.startsWith('edition:') ? 'commit of an edition' : undefined;
  });
}

const store = process.env['TRIBUTARY_STORE'] ?? 'sqlite:';
if (store.startsWith('redis')) {
  const { RedisAdapter } = await import('../../../src/edge/store/redis.ts');
  marked(RedisAdapter.prototype, 'connect', () => void begins('opening'));
  markStore(RedisAdapter.prototype);
} else if (store.startsWith('postgres')) {
  const { PostgresAdapter } = await import('../../../src/edge/store/postgres.ts');
  marked(PostgresAdapter.prototype, 'connect', () => void begins('opening'));
  markStore(PostgresAdapter.prototype);
} else {
  const { prototype } = DatabaseSync;
  const { prepare } = prototype;
  prototype.prepare = function (...said) {
    begins('opening');
    prototype.prepare = prepare;
    return prepare.apply(this, said);
  };
  const { SqliteAdapter } = await import('../../../src/edge/store/sqlite.ts');
  markStore(SqliteAdapter.prototype);
}

const handle = await files.open(import.meta.filename);
const handles = Object.getPrototypeOf(handle) as object;
await handle.close();
marked(handles, 'writeFile', (bytes: Uint8Array) =>
  Buffer.from(bytes.subarray(0, 20)).includes('"sha256"') ? 'write of a manifest' : 'write of a file',
);
marked(handles, 'sync', () => 'fsync of a file');
marked(files, 'rename', () => 'rename');
marked(files, 'rm', () => 'sweep');
syncBuiltinESMExports();

const { listen } = Server.prototype as unknown as Owner;
(Server.prototype as unknown as Owner)['listen'] = function (this: unknown, ...said: never[]) {
  (this as Server).once('listening', () => begins('serving'));
  return listen?.apply(this, said);
};
