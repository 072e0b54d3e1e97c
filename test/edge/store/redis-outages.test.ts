import { describe } from 'vitest';
import { createRedisPlace, openRedisAdapter } from '../../contract/redis-place.ts';
import { describeOutages } from '../../contract/store-outages.ts';
import { REDIS_URL, whyWithout } from '../../contract/store-servers.ts';

const missing = await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS');

describe.skipIf(missing)(missing ?? 'on a server', () => {
  describeOutages({ name: 'redis:', create: createRedisPlace, open: openRedisAdapter });
});
