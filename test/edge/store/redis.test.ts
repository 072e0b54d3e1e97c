// What is Redis' own about the store on it: what is refused, what is shared with others, what must never show.
import { describe, expect, test } from 'vitest';
import { openStore } from '../../../src/edge/store/open-store.ts';
import { StoreError } from '../../../src/model/errors.ts';
import { createRedisPlace, openRedisAdapter, plainClient } from '../../contract/redis-place.ts';
import { REDIS_URL, whyWithout } from '../../contract/store-servers.ts';
import { startRedis, startSentinel } from '../../rig/private-servers.ts';

const missing = await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS');

async function openingError(url: string): Promise<StoreError> {
  const opened = await openStore(url).catch((error: unknown) => error);
  if (!(opened instanceof StoreError)) throw new Error('it was opened');
  return opened;
}

describe.skipIf(missing)(missing ?? 'on a server', () => {
  test('a layout of a newer version is refused, and left as it is', async () => {
    const place = await createRedisPlace();
    const client = plainClient();
    await client.set(`${place.prefix}version`, '2');
    expect((await openingError(place.url)).code).toBe('store-version');
    expect(await client.keys(`${place.prefix}*`)).toEqual([`${place.prefix}version`]);
    client.disconnect();
    await place.remove();
  });

  test('a key of another program among ours stops a commit before its first write', async () => {
    const place = await createRedisPlace();
    const adapter = await place.open();
    const client = plainClient();
    await client.set(`${place.prefix}entry:item:b`, 'not ours');
    const commit = {
      guardKey: 'source:a',
      expectedRevision: 0,
      sets: ['source:a', 'item:a', 'item:b'].map((key) => ({ key, value: '{}' })),
      deletes: [],
      durable: true,
    };
    await expect(adapter.commit(commit)).rejects.toThrow(/another program/);
    expect(await adapter.hasMany(['source:a', 'item:a'])).toEqual([false, false]);
    client.disconnect();
    await adapter.disconnect();
    await place.remove();
  });

  test('scripts that the server has forgotten are told to it again', async () => {
    const place = await createRedisPlace();
    const adapter = await place.open();
    await adapter.set('source:a', '1');
    const client = plainClient();
    await client.script('FLUSH');
    await adapter.set('source:a', '2');
    expect(await adapter.get('source:a')).toBe('2');
    client.disconnect();
    await adapter.disconnect();
    await place.remove();
  });

  test('neither user nor password are in an error, nor in what hangs on it', async () => {
    const place = await createRedisPlace();
    const url = Object.assign(new URL(place.url), { username: 'planted-user', password: 'planted-word' });
    const error = await openingError(url.href);
    expect(error.message).toContain('refused the user or the password');
    expect(`${error.stack}${JSON.stringify(error)}${String(error.cause)}`).not.toContain('planted');
    await openRedisAdapter(place.url).disconnect();
    await place.remove();
  });

  test('a cluster is refused for what it is', async () => {
    await using server = await startRedis(['--cluster-enabled', 'yes']);
    const error = await openingError(`redis://127.0.0.1:${server.port}`);
    expect(error).toMatchObject({ code: 'store-unsupported', message: expect.stringContaining('Cluster') });
  });

  test.each([0, 1])(
    'a Sentinel is refused for what it is, whichever database is asked for: %i',
    async (database) => {
      await using server = await startSentinel();
      const error = await openingError(`redis://127.0.0.1:${server.port}/${database}`);
      expect(error).toMatchObject({
        code: 'store-unsupported',
        message: expect.stringContaining('Sentinel'),
      });
    },
  );
});
