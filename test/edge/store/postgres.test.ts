// What is PostgreSQL's own about the store in it: tables that many make at once, that are another's, that vanish.
import { describe, expect, test } from 'vitest';
import { openStore } from '../../../src/edge/store/open-store.ts';
import { StoreError } from '../../../src/model/errors.ts';
import { createPostgresPlace, withPlainClient } from '../../contract/postgres-place.ts';
import { sourceId, sourceRecord } from '../../contract/store-records.ts';
import { POSTGRES_URL, whyWithout } from '../../contract/store-servers.ts';

const missing = await whyWithout(POSTGRES_URL, 'TRIBUTARY_TEST_POSTGRES');
const ID = sourceId('a');
const POLL = { source: sourceRecord('a', 1), items: [], removed: [] };

describe.skipIf(missing)(missing ?? 'on a server', () => {
  test('of many that start at once on an empty database every one can write', async () => {
    const place = await createPostgresPlace();
    const stores = await Promise.all(
      Array.from({ length: 8 }, () => openStore(place.url, { callTimeoutMs: 20_000 })),
    );
    const results = await Promise.all(stores.map((store) => store.commitPoll(ID, 0, POLL)));
    expect(results.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'stale')).toHaveLength(7);
    for (const store of stores) await store.close();
    await place.remove();
  });

  test('tables of a newer version are refused', async () => {
    const place = await createPostgresPlace();
    await (await openStore(place.url)).close();
    await withPlainClient((client) =>
      client.query(`UPDATE ${place.schema}.tributary_version SET version = 2`),
    );
    await expect(openStore(place.url)).rejects.toMatchObject({ code: 'store-version' });
    await place.remove();
  });

  test('tables that vanish are made again, and what was in them is a miss', async () => {
    const place = await createPostgresPlace();
    const store = await openStore(place.url);
    expect((await store.commitPoll(ID, 0, POLL)).kind).toBe('committed');
    await place.remove();
    expect((await store.readSource(ID)).kind).toBe('unavailable');
    expect(await store.readSource(ID)).toEqual({ kind: 'miss' });
    await store.close();
    await place.remove();
  });

  test('neither user nor password are in an error', async () => {
    const url = Object.assign(new URL(POSTGRES_URL), { username: 'planted-user', password: 'planted-word' });
    const error = await openStore(url.href).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(StoreError);
    const { stack, cause } = error as StoreError;
    expect(`${stack}${JSON.stringify(error)}${String(cause)}`).not.toContain('planted');
  });
});
