// What Redis and the way to it answer in place of data, as errors for people. Only the text of the driver's error is taken: the
// error itself holds the command with its arguments, passwords among them.
import { StoreError } from '../../model/errors.ts';
import type { RedisAddress } from '../../model/store-address.ts';
import type { StoreTrouble } from '../../model/store-trouble.ts';
import { otherServerError } from './server-error.ts';

/** No time mends it. */
const CLUSTER = /^(?:MOVED|CROSSSLOT|CLUSTERDOWN|ASK)(?: |$)/;

/** Errors of the server begin with a word in capitals, those of the way to it do not. */
const REPLY = /^[A-Z]+(?: |$)/;

const HINTS: readonly (readonly [RegExp, StoreTrouble, string])[] = [
  [
    /^(?:WRONGPASS|NOAUTH|ERR AUTH|ERR invalid password)/,
    'refused',
    'refused the user or the password; see `store`',
  ],
  [
    /^NOPERM/,
    'refused',
    'does not let this user do what a store needs; allow it the keys below the prefix, and the commands that docs/OPERATING.md lists',
  ],
  [
    /^READONLY/,
    'read-only',
    'is a replica that cannot be written; name the primary in `store`, or wait until one takes over',
  ],
  [/^OOM/, 'full', 'is full (maxmemory); give it more, and polling goes on by itself'],
  [
    /^MISCONF/,
    'full',
    'refuses to write since it cannot save to its disk; free space there, and polling goes on by itself',
  ],
  [/^LOADING/, 'starting', 'is still reading its data; polling goes on when it is done'],
  [
    /^WRONGTYPE/,
    'failing',
    'has something of another program among our keys; name a prefix of its own in `store` (?prefix=…)',
  ],
];

/** It knows where a server is, and keeps nothing. */
export function sentinelRefused(address: RedisAddress): StoreError {
  return new StoreError(
    'store-unsupported',
    `${redisAt(address)} is a Redis Sentinel, which keeps no data; name the server itself in \`store\`, by a name that leads to the primary after a failover too`,
  );
}

export function redisStoreError(message: string, address: RedisAddress): StoreError {
  const server = redisAt(address);
  if (CLUSTER.test(message)) {
    return new StoreError(
      'store-unsupported',
      `${server} is a Redis Cluster, where a poll cannot be written whole or not at all; name a single server (with its replicas) in \`store\``,
    );
  }
  const [, trouble, hint] = HINTS.find(([pattern]) => pattern.test(message)) ?? [];
  if (hint !== undefined) return new StoreError('store-unavailable', `${server} ${hint}`, { trouble });
  return otherServerError(server, message, address, REPLY.test(message));
}

/** For people: without user and password. */
export function redisAt({ host, port }: RedisAddress): string {
  return `redis at ${host.includes(':') ? `[${host}]` : host}:${port}`;
}
