// A key prefix of its own for each test of the store on Redis, removed with everything below it.
import { Redis } from 'ioredis';
import { RedisAdapter } from '../../src/edge/store/redis.ts';
import type { StorePlace } from './store-rig.ts';
import { CALL_TIMEOUT_MS } from './store-rig.ts';
import { ownName, REDIS_URL, serverOf, withParameter } from './store-servers.ts';

export interface RedisPlace extends StorePlace {
  readonly url: string;
  readonly prefix: string;
}

export async function createRedisPlace(): Promise<RedisPlace> {
  const prefix = `${ownName()}:`;
  const url = withParameter(REDIS_URL, 'prefix', prefix);
  return {
    url,
    prefix,
    open: async () => openRedisAdapter(url),
    remove: () => removeKeys(prefix),
  };
}

export function openRedisAdapter(url: string, limitMs = CALL_TIMEOUT_MS): RedisAdapter {
  const address = serverOf(url);
  if (address.kind !== 'redis') throw new Error('no address of a Redis');
  return new RedisAdapter(address, { limitMs });
}

/** A client of its own, so that what our adapter does is not judged by itself. */
export function plainClient(): Redis {
  const { prefix: _, ...rest } = Object.fromEntries(new URL(REDIS_URL).searchParams);
  return new Redis(REDIS_URL.split('?')[0] ?? REDIS_URL, rest);
}

async function removeKeys(prefix: string): Promise<void> {
  const client = plainClient();
  const keys = await client.keys(`${prefix}*`);
  for (let start = 0; start < keys.length; start += 1000)
    await client.unlink(keys.slice(start, start + 1000));
  client.disconnect();
}
