// Fills a store with what another one held. A mark lies in it from before the first change to after the last: while it is there, the
// store opens for nobody but another import.

import { StoreError } from '../../model/errors.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import type { StoreAdapter } from './adapter.ts';
import { Batches, inBatches, type StoredEntry } from './contents.ts';
import { IMPORT_KEY } from './keys.ts';
import type { StreamEnd } from './store-stream.ts';

/** Entries that stand there now, what an unfinished import left aside: that is of no worth to anybody. */
export async function entriesInTheWay(adapter: StoreAdapter): Promise<number> {
  if (await adapter.has(IMPORT_KEY)) return 0;
  const contents = await adapter.contents();
  await contents.close();
  return contents.total;
}

export interface ImportOptions {
  readonly startedAt: Timestamp;
  /** What reading the stream through has shown. */
  readonly expected: StreamEnd;
  /** After each batch. */
  readonly step?: (records: number) => void;
}

/** Everything that the store held goes. `entries`: a stream that was read through before, read again. Throws StoreError. */
export async function importEntries(
  adapter: StoreAdapter,
  entries: AsyncGenerator<StoredEntry, StreamEnd>,
  { startedAt, expected, step }: ImportOptions,
): Promise<void> {
  const mark = JSON.stringify({ value: { startedAt } });
  await adapter.restore([{ key: IMPORT_KEY, value: mark, revision: 0 }]);
  await removeOthers(adapter);
  const end = await restoreAll(adapter, entries, step);
  if (end.sha256 !== expected.sha256)
    throw new StoreError('stream-refused', 'the file was changed meanwhile; start once more');
  await adapter.delete(IMPORT_KEY);
}

async function removeOthers(adapter: StoreAdapter): Promise<void> {
  const keys: string[] = [];
  const contents = await adapter.contents();
  for await (const { key } of contents.entries()) if (key !== IMPORT_KEY) keys.push(key);
  await contents.close();
  for (const some of inBatches(keys, () => 0)) await adapter.deleteMany([...some]);
}

async function restoreAll(
  adapter: StoreAdapter,
  entries: AsyncGenerator<StoredEntry, StreamEnd>,
  step: ImportOptions['step'],
): Promise<StreamEnd> {
  const batches = new Batches<StoredEntry>(({ value }) => value.length);
  const restore = async (some: readonly StoredEntry[]) => {
    await adapter.restore(some);
    step?.(some.length);
  };
  for (;;) {
    const next = await entries.next();
    if (next.done) {
      await restore(batches.rest());
      return next.value;
    }
    const full = batches.add(next.value);
    if (full !== undefined) await restore(full);
  }
}
