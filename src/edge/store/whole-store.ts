// A whole store, for whoever looks through it, copies it or fills it.
import { StoreError } from '../../model/errors.ts';
import type { StoreAdapter } from './adapter.ts';
import type { StoreContents } from './contents.ts';
import { openAdapter, sqliteFile } from './open-store.ts';
import { openSqliteContents } from './sqlite-contents.ts';

/** Generous: nobody waits for a page. */
const CALL_TIMEOUT_MS = 30_000;
/** For a file that somebody writes to at the moment; whoever has it open does not let go while an operator waits. */
const FILE_TIMEOUT_MS = 2_000;

/** Without changing anything. Throws StoreError: `store-absent` where there is none. */
export async function openContents(address: string): Promise<StoreContents> {
  requireKept(address);
  if (address.startsWith('sqlite:')) return openSqliteContents(sqliteFile(address), FILE_TIMEOUT_MS);
  const adapter = await openAdapter(address, CALL_TIMEOUT_MS, { readOnly: true });
  const contents = await adapter.contents();
  return { ...contents, close: () => adapter.disconnect() };
}

/** To be filled. Of a file nobody else may have it open. Throws StoreError. */
export async function openToFill(address: string): Promise<StoreAdapter> {
  requireKept(address);
  const isFile = address.startsWith('sqlite:');
  return openAdapter(address, isFile ? FILE_TIMEOUT_MS : CALL_TIMEOUT_MS, { alone: true });
}

function requireKept(address: string): void {
  if (address === 'memory:')
    throw new StoreError('store-unsupported', '`store`: memory: keeps nothing; name another one');
}
