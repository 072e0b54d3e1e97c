// What PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html) and the way to it answer in place of data,
// as errors for people. Only code and text of the driver's error are taken, without user and password.
import { messageOf, StoreError } from '../../model/errors.ts';
import type { PostgresAddress } from '../../model/store-address.ts';
import type { StoreTrouble } from '../../model/store-trouble.ts';
import { otherServerError } from './server-error.ts';

/** The server's own; those of the way to it are words as ECONNREFUSED. */
const SQLSTATE = /^[0-9A-Z]{5}$/;

const HINTS: Readonly<Record<string, readonly [StoreTrouble, string]>> = {
  '28P01': ['refused', 'refused the user or the password; see `store`'],
  '28000': ['refused', 'refused the user or the password; see `store`'],
  '3D000': ['refused', 'has no such database; make it, or name another in `store`'],
  '42501': [
    'refused',
    'does not let this user do what a store needs; make it a schema of its own (CREATE SCHEMA … AUTHORIZATION …), and name that in `store` (?schema=…)',
  ],
  '25006': [
    'read-only',
    'is a replica that cannot be written; name the primary in `store`, or wait until one takes over',
  ],
  '53100': ['full', 'has no space left on its disk; free some, and polling goes on by itself'],
  '53300': ['refused', 'has too many connections; raise max_connections, or close others'],
  '57P03': ['starting', 'is still starting, or is being stopped; polling goes on when it is there'],
  '57P01': ['starting', 'was stopped; polling goes on when it is there again'],
};

/** After these the connection leads nowhere: to a server that writes no more, or to tables that are gone. */
const USELESS = new Set(['25006', '3F000', '42P01', '42883', '57P01', '57P02', '57P03']);

export function postgresStoreError(error: unknown, address: PostgresAddress): StoreError {
  const server = postgresAt(address);
  const code = codeOf(error) ?? '';
  const [trouble, hint] = HINTS[code] ?? [];
  if (hint !== undefined) return new StoreError('store-unavailable', `${server} ${hint}`, { trouble });
  return otherServerError(server, messageOf(error), address, SQLSTATE.test(code));
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
