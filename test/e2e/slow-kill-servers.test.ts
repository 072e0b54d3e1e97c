// The same as slow-kill.test.ts, with the store on a server.
import { describe, expect, it } from 'vitest';
import { createPostgresPlace } from '../contract/postgres-place.ts';
import { createRedisPlace } from '../contract/redis-place.ts';
import { POSTGRES_URL, REDIS_URL, whyWithout } from '../contract/store-servers.ts';
import { killLoop } from '../rig/kill/kill-loop.ts';
import { groupsOf } from '../rig/kill/phases.ts';

describe.each([
  ['redis', createRedisPlace, 12, await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS')],
  ['postgres', createPostgresPlace, 6, await whyWithout(POSTGRES_URL, 'TRIBUTARY_TEST_POSTGRES')],
] as const)('a store in %s', (_, createPlace, kills, missing) => {
  it.skipIf(missing)(
    `loses no item and doubles none over ${kills} kills${missing ? `: ${missing}` : ''}`,
    { timeout: 600_000 },
    async () => {
      const place = await createPlace();
      try {
        const { moments } = await killLoop({ kills, seed: 20261127, store: place.url });
        const { starting, committing, filing, between } = groupsOf(moments);
        expect(starting + committing + filing, JSON.stringify([...moments])).toBeGreaterThan(0);
        expect(between).toBeLessThan(kills);
      } finally {
        await place.remove();
      }
    },
  );
});
