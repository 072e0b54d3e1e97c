// `rediss://` to a server of its own: the certificate is checked, and a wrong one is a clear error.
import { describe, expect, test } from 'vitest';
import { openStore } from '../../../src/edge/store/open-store.ts';
import { sourceId } from '../../contract/store-records.ts';
import { REDIS_URL, whyWithout } from '../../contract/store-servers.ts';
import { startRedis, withTls } from '../../rig/private-servers.ts';
import { trustTheAuthority } from '../../rig/trust.ts';

const missing = await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS');

describe.skipIf(missing)(missing ?? 'on a server', () => {
  trustTheAuthority();

  test('works with a certificate for its name', async () => {
    await using server = await startRedis(withTls('localhost'));
    const store = await openStore(`rediss://localhost:${server.port}`);
    expect(await store.readSource(sourceId('a'))).toEqual({ kind: 'miss' });
    await store.close();
  });

  test.each([
    ['for another name', 'other-host', 'localhost', 'altnames'],
    ['for a name, asked for by its address', 'localhost', '127.0.0.1', 'altnames'],
    ['that nobody vouches for', 'self-signed', 'localhost', 'self-signed'],
    ['that has run out', 'expired', 'localhost', 'expired'],
  ])('refuses a certificate %s', async (_, certificate, host, words) => {
    await using server = await startRedis(withTls(certificate));
    const error = await openStore(`rediss://:planted@${host}:${server.port}`).catch(
      (cause: unknown) => cause,
    );
    expect(error).toMatchObject({ code: 'store-unavailable', trouble: 'untrusted' });
    expect(String(error)).toMatch(new RegExp(`the certificate of redis at .*${words}.*NODE_EXTRA_CA_CERTS`));
    expect(String(error)).not.toContain('planted');
  });
});
