// Opens the store that an address names. A further kind of store is one file and one line in ADAPTERS.
import { isAbsolute } from 'node:path';
import { StoreError } from '../../model/errors.ts';
import type { StoreAdapter } from './adapter.ts';
import { KeyvStore } from './keyv-store.ts';
import { MemoryAdapter } from './memory.ts';
import { SqliteAdapter } from './sqlite.ts';
import type { Store } from './store.ts';

const CALL_TIMEOUT_MS = 2_000;

export interface StoreOptions {
  /** How long one call may take; 2,000 unless said otherwise. */
  readonly callTimeoutMs?: number | undefined;
}

type OpenAdapter = (rest: string, callTimeoutMs: number) => Promise<StoreAdapter>;

/** By the scheme of the address. */
const ADAPTERS: ReadonlyMap<string, OpenAdapter> = new Map([
  ['sqlite', openSqlite],
  ['memory', openMemory],
]);

/**
 * `sqlite:/absolute/path` or `memory:`. Throws StoreError: `store-unavailable`, `store-unreadable` (damaged),
 * `store-version` (written by a newer version or by another program).
 */
export async function openStore(address: string, options: StoreOptions = {}): Promise<Store> {
  const callTimeoutMs = options.callTimeoutMs ?? CALL_TIMEOUT_MS;
  const colon = address.indexOf(':');
  const open = ADAPTERS.get(address.slice(0, Math.max(colon, 0)));
  if (open === undefined) {
    // The address itself may hold a password.
    const known = [...ADAPTERS.keys()].map((scheme) => `${scheme}:`).join(' or ');
    throw new StoreError('store-unavailable', `\`store\` begins with none of the known kinds: ${known}`);
  }
  return new KeyvStore(await open(address.slice(colon + 1), callTimeoutMs), callTimeoutMs);
}

async function openSqlite(file: string, callTimeoutMs: number): Promise<StoreAdapter> {
  if (!isAbsolute(file)) {
    throw new StoreError('store-unavailable', `\`store\`: sqlite:${file} is not an absolute path`);
  }
  // Less than the call's own limit, so that a call that is reported as failed is not carried out afterwards.
  return new SqliteAdapter(file, { lockWaitMs: Math.floor(callTimeoutMs * 0.75) });
}

async function openMemory(): Promise<StoreAdapter> {
  return new MemoryAdapter();
}
