// Places for stores that a whole service works on while something happens to them behind its back.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StoreAdapter } from '../../src/edge/store/adapter.ts';
import { SqliteAdapter } from '../../src/edge/store/sqlite.ts';
import { createPostgresPlace, withPlainClient } from './postgres-place.ts';
import { createRedisPlace, plainClient } from './redis-place.ts';
import { CALL_TIMEOUT_MS } from './store-rig.ts';
import { POSTGRES_URL, REDIS_URL, whyWithout } from './store-servers.ts';

export interface WorldPlace {
  readonly url: string;
  /** A handle beside the service's. */
  open(): Promise<StoreAdapter>;
  /** Takes everything away, the tables too. */
  empty(): Promise<void>;
  /** Keeps everything as it is now. Gives what puts that in the place of what there is then. */
  dump(): Promise<() => Promise<void>>;
  remove(): Promise<void>;
}

export interface WorldPlaceKind {
  readonly name: 'redis' | 'postgres' | 'sqlite';
  /** Why its tests are skipped. */
  readonly missing: string | undefined;
  create(): Promise<WorldPlace>;
}

export const SERVERS: readonly WorldPlaceKind[] = [
  {
    name: 'redis',
    missing: await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS'),
    create: createRedisWorldPlace,
  },
  {
    name: 'postgres',
    missing: await whyWithout(POSTGRES_URL, 'TRIBUTARY_TEST_POSTGRES'),
    create: createPostgresWorldPlace,
  },
];
export const WORLD_PLACES: readonly WorldPlaceKind[] = [
  ...SERVERS,
  { name: 'sqlite', missing: undefined, create: createSqliteWorldPlace },
];

async function createRedisWorldPlace(): Promise<WorldPlace> {
  const place = await createRedisPlace();
  return {
    ...place,
    empty: place.remove,
    async dump() {
      const client = plainClient();
      const keys = await client.keys(`${place.prefix}*`);
      const dumps = await Promise.all(keys.map((key) => client.dumpBuffer(key)));
      client.disconnect();
      return async () => {
        const writer = plainClient();
        const commands = keys.map((key, at) => ['restore', key, 0, dumps[at] as Buffer] as const);
        const there = await writer.keys(`${place.prefix}*`);
        await writer.multi([['unlink', ...there], ...commands.map((one) => [...one])]).exec();
        writer.disconnect();
      };
    },
  };
}

async function createPostgresWorldPlace(): Promise<WorldPlace> {
  const place = await createPostgresPlace();
  const entry = `${place.schema}.tributary_entry`;
  return {
    ...place,
    empty: place.remove,
    async dump() {
      await withPlainClient((client) =>
        client.query(`CREATE TABLE ${place.schema}.kept AS SELECT * FROM ${entry}`),
      );
      return async () => {
        await withPlainClient((client) =>
          client.query(
            `BEGIN; DELETE FROM ${entry}; INSERT INTO ${entry} SELECT * FROM ${place.schema}.kept; COMMIT`,
          ),
        );
      };
    },
  };
}

async function createSqliteWorldPlace(): Promise<WorldPlace> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tributary-'));
  const file = path.join(folder, 'store.db');
  const kept = path.join(folder, 'kept.db');
  return {
    url: `sqlite:${file}`,
    open: async () => new SqliteAdapter(file, { lockWaitMs: CALL_TIMEOUT_MS }),
    async empty() {
      for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    },
    async dump() {
      const database = new DatabaseSync(file);
      database.exec(`VACUUM INTO '${kept}'`);
      database.close();
      return async () => {
        const writer = new DatabaseSync(file, { timeout: CALL_TIMEOUT_MS });
        writer.exec(
          `ATTACH '${kept}' AS kept; BEGIN; DELETE FROM entry; INSERT INTO entry SELECT * FROM kept.entry; COMMIT`,
        );
        writer.close();
      };
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
