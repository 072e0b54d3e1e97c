// `sslmode` to a server of its own: what each mode checks, and that a wrong certificate is a clear error.
import { describe, expect, test } from 'vitest';
import { openStore } from '../../../src/edge/store/open-store.ts';
import { sourceId } from '../../contract/store-records.ts';
import { POSTGRES_PROGRAMS, startPostgres } from '../../rig/private-servers.ts';
import { trustTheAuthority } from '../../rig/trust.ts';

const missing = POSTGRES_PROGRAMS === undefined ? 'no initdb of PostgreSQL here' : undefined;

describe.skipIf(missing)(missing ?? 'on a server', () => {
  trustTheAuthority();

  const MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
  const NOT_BY_NAME = ['disable', 'require', 'verify-ca'];
  test.each([
    { certificate: 'localhost', accepting: { localhost: MODES, '127.0.0.1': NOT_BY_NAME } },
    { certificate: 'other-host', accepting: { localhost: NOT_BY_NAME } },
    { certificate: 'self-signed', accepting: { localhost: ['disable', 'require'] } },
  ])('with the certificate $certificate: $accepting', async ({ certificate, accepting }) => {
    await using server = await startPostgres(certificate);
    for (const [host, modes] of Object.entries(accepting)) {
      for (const mode of MODES) {
        const url = `postgres://postgres:planted@${host}:${server.port}/postgres?sslmode=${mode}`;
        const opened = await openStore(url).catch((cause: unknown) => cause);
        if (modes.includes(mode)) {
          const store = opened as Awaited<ReturnType<typeof openStore>>;
          expect(await store.readSource(sourceId('a'))).toEqual({ kind: 'miss' });
          await store.close();
        } else {
          expect(opened).toMatchObject({ code: 'store-unavailable', trouble: 'untrusted' });
          expect(String(opened)).toMatch(/the certificate of postgresql at .*NODE_EXTRA_CA_CERTS/);
          expect(String(opened)).not.toContain('planted');
        }
      }
    }
  });

  test('a server without TLS is refused where it is asked for', async () => {
    await using server = await startPostgres(undefined);
    const url = `postgres://postgres@localhost:${server.port}/postgres?sslmode=verify-full`;
    await expect(openStore(url)).rejects.toThrow(/does not support SSL/);
  });
});
