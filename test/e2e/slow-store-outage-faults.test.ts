// E5 on servers, and what else stops a store from taking what is written: full, a replica, told to write nothing, without rights,
// paused, locked. The last good documents stay, the log names it once, and polling goes on by itself.
import { DatabaseSync } from 'node:sqlite';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import type { StoreTrouble } from '../../src/model/store-trouble.ts';
import { withPlainClient } from '../contract/postgres-place.ts';
import { ownName, POSTGRES_URL, REDIS_URL, whyWithout } from '../contract/store-servers.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS, startOutageWorld } from '../rig/outage-world.ts';
import { startRedis } from '../rig/private-servers.ts';
import { temporaryFolder } from './tributary.ts';

interface Faulty extends AsyncDisposable {
  readonly url: string;
  begin(): Promise<unknown>;
  end(): Promise<unknown>;
}

interface Fault {
  readonly store: string;
  readonly name: string;
  readonly trouble: StoreTrouble;
  readonly missing: string | undefined;
  create(): Promise<Faulty>;
}

function inRedis(name: string, trouble: StoreTrouble, begin: string[][], end: string[][]): Fault {
  return {
    store: 'redis',
    name,
    trouble,
    missing: noRedis,
    async create() {
      const server = await startRedis();
      const admin = new Redis({ port: server.port });
      const all = (commands: string[][]) =>
        Promise.all(commands.map(([name = '', ...args]) => admin.call(name, args)));
      return {
        url: `redis://127.0.0.1:${server.port}`,
        begin: () => all(begin),
        end: () => all(end),
        async [Symbol.asyncDispose]() {
          admin.disconnect();
          await server[Symbol.asyncDispose]();
        },
      };
    },
  };
}

/** A database and an account of its own; NAME in the statements stands for both. */
function inPostgres(name: string, trouble: StoreTrouble, begin: string, end: string): Fault {
  return {
    store: 'postgres',
    name,
    trouble,
    missing: noPostgres,
    async create() {
      const own = ownName();
      await withPlainClient(async (client) => {
        await client.query(`CREATE ROLE ${own} LOGIN PASSWORD 'planted'`);
        await client.query(`CREATE DATABASE ${own} OWNER ${own}`);
      });
      const url = new URL(POSTGRES_URL);
      url.pathname = `/${own}`;
      const admin = new Client({ connectionString: url.href });
      await admin.connect();
      const say = (sql: string) => admin.query(sql.replaceAll('NAME', own));
      Object.assign(url, { username: own, password: 'planted' });
      return {
        url: url.href,
        begin: () => say(begin),
        end: () => say(end),
        async [Symbol.asyncDispose]() {
          await admin.end();
          await withPlainClient(async (client) => {
            await client.query(`DROP DATABASE ${own} WITH (FORCE)`);
            await client.query(`DROP ROLE ${own}`);
          });
        },
      };
    },
  };
}

const noRedis = await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS');
const noPostgres = await whyWithout(POSTGRES_URL, 'TRIBUTARY_TEST_POSTGRES');
const ENTRY = 'tributary.tributary_entry';
const NEW_SESSIONS = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'NAME'`;

const FAULTS: readonly Fault[] = [
  inRedis(
    'full',
    'full',
    [
      ['CONFIG', 'SET', 'maxmemory', '1'],
      ['CONFIG', 'SET', 'maxmemory-policy', 'noeviction'],
    ],
    [['CONFIG', 'SET', 'maxmemory', '0']],
  ),
  inRedis('a replica', 'read-only', [['REPLICAOF', '127.0.0.1', '1']], [['REPLICAOF', 'NO', 'ONE']]),
  inRedis('paused', 'silent', [['CLIENT', 'PAUSE', '3600000', 'WRITE']], [['CLIENT', 'UNPAUSE']]),
  inPostgres(
    // The server's own answer to a disk that is full, without filling one.
    'full',
    'full',
    `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'could not extend file "base/1/2": No space left on device' USING ERRCODE = '53100'; END $$;
     CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON ${ENTRY} EXECUTE FUNCTION full_disk()`,
    `DROP TRIGGER full_disk ON ${ENTRY}`,
  ),
  inPostgres(
    'read-only',
    'read-only',
    `ALTER DATABASE NAME SET default_transaction_read_only = on; ${NEW_SESSIONS}`,
    `SET default_transaction_read_only = off; ALTER DATABASE NAME RESET default_transaction_read_only; ${NEW_SESSIONS}`,
  ),
  inPostgres(
    'without rights',
    'refused',
    `REVOKE INSERT, UPDATE, DELETE ON ${ENTRY} FROM NAME`,
    `GRANT INSERT, UPDATE, DELETE ON ${ENTRY} TO NAME`,
  ),
  inPostgres('locked', 'silent', `BEGIN; LOCK TABLE ${ENTRY} IN ACCESS EXCLUSIVE MODE`, 'ROLLBACK'),
  {
    store: 'sqlite',
    name: 'locked',
    trouble: 'held',
    missing: undefined,
    async create() {
      const folder = await temporaryFolder();
      let other: DatabaseSync | undefined;
      return {
        url: `sqlite:${folder.file('store.db')}`,
        async begin() {
          other = new DatabaseSync(folder.file('store.db'));
          other.exec('BEGIN EXCLUSIVE');
        },
        async end() {
          other?.exec('ROLLBACK');
          other?.close();
        },
        [Symbol.asyncDispose]: folder[Symbol.asyncDispose],
      };
    },
  },
];

describe.concurrent.each(FAULTS)('a store in $store, $name', ({ store, trouble, missing, create }) => {
  it.skipIf(missing)(`stays ${trouble} for hours, and is back`, async () => {
    await using faulty = await create();
    const place = { url: faulty.url, open: never, empty: never, dump: never, remove: async () => undefined };
    await using world = await startOutageWorld({
      name: store as 'redis' | 'postgres' | 'sqlite',
      missing: undefined,
      create: async () => place,
    });
    world.publish('one', 'b', 'a');
    world.publish('two', 'd', 'c');
    await using service = await world.start();
    await service.turn(HOUR_MS);
    await service.turn(2 * HOUR_MS);
    const documents = service.documents();
    const items = service.items();
    expect(items).toHaveLength(4);

    await faulty.begin();
    world.publish('one', 'news', 'b', 'a');
    world.publish('two', 'more', 'd', 'c');
    const asked = world.asked('one') + world.asked('two');
    for (const hours of [1.5, 0.1, 1, 5, 10]) {
      await service.turn(hours * HOUR_MS);
      expect(service.documents()).toEqual(documents);
    }
    expect(JSON.parse(service.status('status.json')).store).toMatchObject({ reason: trouble });
    expect(service.log.filter(({ level }) => level !== 'info').map(({ event }) => event)).toEqual([
      'store-lost',
    ]);
    expect(world.asked('one') + world.asked('two') - asked).toBeLessThanOrEqual(2);

    await faulty.end();
    await world.isBack(service);
    await service.turn(MINUTE_MS);
    await service.turn(10 * SECOND_MS);
    expect(service.items()).toHaveLength(6);
    expect(service.items().slice(2)).toEqual(items);
    expect(service.events('store-back')).toHaveLength(1);
    expect(service.events('store-lost')).toHaveLength(1);
    expect(JSON.stringify(service.log)).not.toContain('planted');
  });
});

async function never(): Promise<never> {
  throw new Error('not asked for');
}
