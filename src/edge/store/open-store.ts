// Opens the store that an address names. A further kind of store is one file and one line in ADAPTERS.
import { isAbsolute } from 'node:path';
import { StoreError } from '../../model/errors.ts';
import { readStoreAddress } from '../../model/store-address.ts';
import type { StoreAdapter } from './adapter.ts';
import { requireImported } from './import-mark.ts';
import { KeyvStore } from './keyv-store.ts';
import { firstAttempt, openLate } from './late-opening.ts';
import { MemoryAdapter } from './memory.ts';
import { SqliteAdapter } from './sqlite.ts';
import type { Store } from './store.ts';
import type { StoreWatch } from './store-watch.ts';

const CALL_TIMEOUT_MS = 2_000;

export interface StoreOptions {
  /** How long one call may take; 2,000 unless said otherwise. */
  readonly callTimeoutMs?: number | undefined;
}

/** How whoever looks through or moves a whole store has it: without writing anything, or nobody else beside, where the kind can say so. */
export interface Access {
  readonly readOnly?: boolean;
  readonly alone?: boolean;
}

type OpenAdapter = (address: string, callTimeoutMs: number, access: Access) => Promise<StoreAdapter>;

/** By the scheme of the address. The drivers of servers are loaded where one is named. */
const ADAPTERS: ReadonlyMap<string, OpenAdapter> = new Map([
  ['sqlite', openSqlite],
  ['memory', openMemory],
  ['redis', openRedis],
  ['rediss', openRedis],
  ['postgres', openPostgres],
  ['postgresql', openPostgres],
]);

/** Less than the call's own limit, so that a call that is reported as failed is not carried out afterwards. */
const SHARE_OF_LIMIT = 0.75;

/**
 * `sqlite:/absolute/path`, `redis://…`, `rediss://…`, `postgres://…` or `memory:`. Throws StoreError: `store-unavailable`,
 * `store-unreadable` (damaged), `store-version` (written by a newer version or by another program), `store-unsupported`.
 */
export async function openStore(address: string, options: StoreOptions = {}): Promise<Store> {
  const { opening, callTimeoutMs } = openingOf(address, options);
  await opening.adapter();
  return new KeyvStore(opening, callTimeoutMs);
}

/** A store that is opened by its first call, or by `open`. */
export interface PreparedStore {
  readonly store: Store;
  /**
   * Throws as openStore does. With a watch a store that is not there, or is damaged, is no error: every call answers `unavailable`
   * until one finds it.
   */
  open(): Promise<void>;
}

/** Throws where the address names no kind of store. */
export function prepareStore(address: string, watch?: StoreWatch, options: StoreOptions = {}): PreparedStore {
  const { opening, callTimeoutMs } = openingOf(address, options);
  return {
    store: new KeyvStore(opening, callTimeoutMs, watch),
    open: async () => void (await (watch === undefined ? opening.adapter() : firstAttempt(opening))),
  };
}

function openingOf(address: string, options: StoreOptions) {
  const callTimeoutMs = options.callTimeoutMs ?? CALL_TIMEOUT_MS;
  const open = async () => {
    const adapter = await openAdapter(address, callTimeoutMs);
    return checked(adapter, () => requireImported(adapter));
  };
  return { opening: openLate(open), callTimeoutMs };
}

/** Throws StoreError, as `openStore` does. */
export async function openAdapter(
  address: string,
  callTimeoutMs: number,
  access: Access = {},
): Promise<StoreAdapter> {
  const colon = address.indexOf(':');
  const open = ADAPTERS.get(address.slice(0, Math.max(colon, 0)));
  if (open === undefined) {
    // The address itself may hold a password.
    const known = [...ADAPTERS.keys()].map((scheme) => `${scheme}:`).join(' or ');
    throw new StoreError('store-unsupported', `\`store\` begins with none of the known kinds: ${known}`);
  }
  return open(address, callTimeoutMs, access);
}

async function openSqlite(address: string, callTimeoutMs: number, { alone }: Access): Promise<StoreAdapter> {
  const lockWaitMs = Math.floor(callTimeoutMs * SHARE_OF_LIMIT);
  return new SqliteAdapter(sqliteFile(address), { lockWaitMs, ...(alone ? { alone } : {}) });
}

/** Throws StoreError where it is no absolute path. */
export function sqliteFile(address: string): string {
  const file = address.slice('sqlite:'.length);
  if (!isAbsolute(file)) {
    throw new StoreError('store-unsupported', `\`store\`: sqlite:${file} is not an absolute path`);
  }
  return file;
}

async function openMemory(): Promise<StoreAdapter> {
  return new MemoryAdapter();
}

async function openRedis(
  text: string,
  callTimeoutMs: number,
  { readOnly = false }: Access,
): Promise<StoreAdapter> {
  const address = readStoreAddress(text);
  if (address?.kind !== 'redis') throw badAddress(address);
  const { RedisAdapter } = await import('./redis.ts');
  const adapter = new RedisAdapter(address, {
    limitMs: Math.floor(callTimeoutMs * SHARE_OF_LIMIT),
    readOnly,
  });
  return checked(adapter, () => adapter.connect());
}

async function openPostgres(
  text: string,
  callTimeoutMs: number,
  { readOnly = false }: Access,
): Promise<StoreAdapter> {
  const address = readStoreAddress(text);
  if (address?.kind !== 'postgres') throw badAddress(address);
  const { PostgresAdapter } = await import('./postgres.ts');
  const adapter = new PostgresAdapter(address, {
    limitMs: Math.floor(callTimeoutMs * SHARE_OF_LIMIT),
    readOnly,
  });
  return checked(adapter, () => adapter.connect());
}

/** Closed again where the check fails. */
async function checked(adapter: StoreAdapter, check: () => Promise<void>): Promise<StoreAdapter> {
  try {
    await check();
    return adapter;
  } catch (error) {
    await adapter.disconnect();
    throw error;
  }
}

function badAddress(found: ReturnType<typeof readStoreAddress>): StoreError {
  const complaint = found?.kind === 'problem' ? found.complaint : 'is no address of a store';
  return new StoreError('store-unsupported', `\`store\` ${complaint}`);
}
