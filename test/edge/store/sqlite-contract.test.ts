import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SqliteAdapter } from '../../../src/edge/store/sqlite.ts';
import { describeStoreContract } from '../../contract/store-contract.ts';

describeStoreContract({
  name: 'sqlite:',
  shared: true,
  create: async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tributary-store-'));
    return {
      open: async () => new SqliteAdapter(path.join(folder, 'nested', 'store.db'), { lockWaitMs: 10_000 }),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  },
});
