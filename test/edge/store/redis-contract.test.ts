import { describe } from 'vitest';
import { createRedisPlace } from '../../contract/redis-place.ts';
import { describeStoreContract } from '../../contract/store-contract.ts';
import { REDIS_URL, whyWithout } from '../../contract/store-servers.ts';

const missing = await whyWithout(REDIS_URL, 'TRIBUTARY_TEST_REDIS');

describe.skipIf(missing)(missing ?? 'on a server', () => {
  describeStoreContract({ name: 'redis:', shared: true, create: createRedisPlace });
});
