// A whole store, for whoever looks through it, copies it or fills it.
import { StoreError } from '../../model/errors.ts';
import type { StoreAdapter } from './adapter.ts';
import type { StoreContents } from './contents.ts';
import { openAdapter, sqliteFile } from './open-store.ts';
import { openSqliteContents } from './sqlite-contents.ts';

/** Generous: nobody waits for a page. */
const CALL_TIMEOUT_MS = 30_000;
const LOCK_WAIT_MS = 5_000;

/** Without changing anything. Throws StoreError: `store-absent` where there is none. */
export async function openContents(address: string): Promise<StoreContents> {
  requireKept(address);
  if (address.startsWith('sqlite:')) return openSqliteContents(sqliteFile(address), LOCK_WAIT_MS);
  const adapter = await openAdapter(address, CALL_TIMEOUT_MS, { readOnly: true });
  const contents = await adapter.contents();
  return { ...contents, close: () => adapter.disconnect() };
}

/** To be filled. Of a file nobody else may have it open. Throws StoreError. */
export async function openToFill(address: string): Promise<StoreAdapter> {
  requireKept(address);
  return openAdapter(address, CALL_TIMEOUT_MS, { alone: true });
}

function requireKept(address: string): void {
  if (address === 'memory:')
    throw new StoreError('store-unsupported', '`store`: memory: keeps nothing; name another one');
}
