// A schema of its own for each test of the store in PostgreSQL, dropped afterwards.
import { Client } from 'pg';
import { PostgresAdapter } from '../../src/edge/store/postgres.ts';
import type { StorePlace } from './store-rig.ts';
import { CALL_TIMEOUT_MS } from './store-rig.ts';
import { ownName, POSTGRES_URL, serverOf, withParameter } from './store-servers.ts';

export interface PostgresPlace extends StorePlace {
  readonly url: string;
  readonly schema: string;
}

export async function createPostgresPlace(): Promise<PostgresPlace> {
  const schema = ownName();
  const url = withParameter(POSTGRES_URL, 'schema', schema);
  return {
    url,
    schema,
    open: async () => openPostgresAdapter(url),
    remove: async () => {
      await withPlainClient((client) => client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`));
    },
  };
}

export function openPostgresAdapter(url: string, limitMs = CALL_TIMEOUT_MS): PostgresAdapter {
  const address = serverOf(url);
  if (address.kind !== 'postgres') throw new Error('no address of a PostgreSQL');
  return new PostgresAdapter(address, { limitMs });
}

/** A client of its own, so that what our adapter does is not judged by itself. */
export async function withPlainClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: POSTGRES_URL.split('?')[0] });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
