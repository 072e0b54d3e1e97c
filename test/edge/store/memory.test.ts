import { MemoryAdapter } from '../../../src/edge/store/memory.ts';
import { describeStoreContract } from '../../contract/store-contract.ts';

describeStoreContract({
  name: 'memory:',
  shared: false,
  create: async () => ({
    open: async () => new MemoryAdapter(),
    remove: async () => {},
  }),
});
