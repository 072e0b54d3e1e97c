import { expect, test } from 'vitest';
import { KeptConnection } from '../../../src/edge/store/kept-connection.ts';
import { StoreError } from '../../../src/model/errors.ts';

test('a connection that cannot be opened is destroyed once, however many calls wait for it', async () => {
  let created = 0;
  let destroyed = 0;
  const kept = new KeptConnection({
    server: 'a server',
    limitMs: 20_000,
    create() {
      created += 1;
      return {
        isUsable: true,
        open: async () => Promise.reject(new StoreError('store-unavailable', 'away')),
        destroy() {
          destroyed += 1;
        },
      };
    },
  });
  const calls = Array.from({ length: 100 }, () => kept.use('read', async () => 'never'));
  const answers = await Promise.allSettled(calls);
  expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
  expect([created, destroyed]).toEqual([1, 1]);
});
