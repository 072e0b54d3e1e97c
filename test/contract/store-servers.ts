// The servers that tests of stores talk to, and whether they are there. In CI they must be.
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { readStoreAddress, type ServerStoreAddress } from '../../src/model/store-address.ts';

export const REDIS_URL = process.env['TRIBUTARY_TEST_REDIS'] ?? 'redis://127.0.0.1:6379';
export const POSTGRES_URL =
  process.env['TRIBUTARY_TEST_POSTGRES'] ?? 'postgres://postgres:postgres@127.0.0.1:5432/postgres';

/** Why its tests are skipped; undefined where they are to run. */
export async function whyWithout(url: string, variable: string): Promise<string | undefined> {
  if (process.env['CI'] === 'true') return undefined;
  const { host, port } = serverOf(url);
  return (await answers(host, port)) ? undefined : `nothing at ${host}:${port} ($${variable})`;
}

export function serverOf(url: string): ServerStoreAddress {
  const address = readStoreAddress(url);
  if (address === undefined || address.kind === 'problem') throw new Error(`no address of a server: ${url}`);
  return address;
}

/** The same store by way of another port of this machine. */
export function through(url: string, port: number): string {
  const other = new URL(url);
  other.host = `127.0.0.1:${port}`;
  return other.href;
}

/** A name that no other test uses at the same time. */
export function ownName(): string {
  return `tributary_test_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
}

export function withParameter(url: string, name: string, value: string): string {
  const other = new URL(url);
  other.searchParams.set(name, value);
  return other.href;
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
