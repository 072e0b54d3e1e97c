// What PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html) and the way to it answer in place of data,
// as errors for people. Only code and text of the driver's error are taken, without user and password.
import { messageOf, StoreError } from '../../model/errors.ts';
import type { PostgresAddress } from '../../model/store-address.ts';
import { withoutSecrets } from './server-error.ts';

const HINTS: Readonly<Record<string, string>> = {
  '28P01': 'refused the user or the password; see `store`',
  '28000': 'refused the user or the password; see `store`',
  '3D000': 'has no such database; make it, or name another in `store`',
  '42501':
    'does not let this user do what a store needs; make it a schema of its own (CREATE SCHEMA … AUTHORIZATION …), and name that in `store` (?schema=…)',
  '25006': 'is a replica that cannot be written; name the primary in `store`, or wait until one takes over',
  '53100': 'has no space left on its disk; free some, and polling goes on by itself',
  '53300': 'has too many connections; raise max_connections, or close others',
  '57P03': 'is still starting, or is being stopped; polling goes on when it is there',
  '57P01': 'was stopped; polling goes on when it is there again',
};

/** After these the connection leads nowhere: to a server that writes no more, or to tables that are gone. */
const USELESS = new Set(['25006', '3F000', '42P01', '42883', '57P01', '57P02', '57P03']);

export function postgresStoreError(error: unknown, address: PostgresAddress): StoreError {
  const server = postgresAt(address);
  const hint = HINTS[codeOf(error) ?? ''];
  if (hint !== undefined) return new StoreError('store-unavailable', `${server} ${hint}`);
  return new StoreError('store-unavailable', `${server}: ${withoutSecrets(messageOf(error), address)}`);
}

export function leavesUseless(error: unknown): boolean {
  return USELESS.has(codeOf(error) ?? '');
}

/** For people: without user and password. */
export function postgresAt({ host, port }: PostgresAddress): string {
  if (host.startsWith('/')) return `postgresql in ${host}`;
  return `postgresql at ${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
