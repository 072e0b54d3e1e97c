import { describe } from 'vitest';
import { createPostgresPlace } from '../../contract/postgres-place.ts';
import { describeStoreContract } from '../../contract/store-contract.ts';
import { POSTGRES_URL, whyWithout } from '../../contract/store-servers.ts';

const missing = await whyWithout(POSTGRES_URL, 'TRIBUTARY_TEST_POSTGRES');

describe.skipIf(missing)(missing ?? 'on a server', () => {
  describeStoreContract({ name: 'postgres:', shared: true, create: createPostgresPlace });
});
