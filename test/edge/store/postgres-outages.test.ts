import { describe } from 'vitest';
import { createPostgresPlace, openPostgresAdapter } from '../../contract/postgres-place.ts';
import { describeOutages } from '../../contract/store-outages.ts';
import { POSTGRES_URL, whyWithout } from '../../contract/store-servers.ts';

const missing = await whyWithout(POSTGRES_URL, 'TRIBUTARY_TEST_POSTGRES');

describe.skipIf(missing)(missing ?? 'on a server', () => {
  describeOutages({ name: 'postgres:', create: createPostgresPlace, open: openPostgresAdapter });
});
