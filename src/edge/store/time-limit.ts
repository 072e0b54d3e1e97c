// Our own limit on each call of a store: a client that waits for a dead server may wait for ever.
import { StoreError } from '../../model/errors.ts';

/** `work`, or a StoreError after `limitMs`; what it does after that is no longer heard of. */
export async function withinTime<T>(what: string, limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const message = `the store did not answer within ${limitMs} ms (${what})`;
      reject(new StoreError('store-unavailable', message, { trouble: 'silent' }));
    }, limitMs);
    timer.unref();
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
