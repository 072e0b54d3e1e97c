// The store on a Redis or Valkey server: `redis://`, `rediss://`. Layout and commit: redis-script.ts.
import type { RedisAddress } from '../../model/store-address.ts';
import {
  type AdapterCommit,
  type AdapterCommitResult,
  type AdapterEntry,
  afterAll,
  type StoreAdapter,
} from './adapter.ts';
import { OVERSIZED, VALUE_BYTES_MAX } from './codec.ts';
import type { StoreContents, StoredEntry } from './contents.ts';
import { KeptConnection } from './kept-connection.ts';
import { ManyAtOnce } from './many-at-once.ts';
import { RedisConnection, type Script } from './redis-connection.ts';
import { type ReadCommand, redisContents } from './redis-contents.ts';
import { redisAt } from './redis-error.ts';
import { READ_SCRIPT, UNINDEXED_PREFIX, VALUES_SCRIPT, WRITE_SCRIPT } from './redis-script.ts';

const KEYS_AT_ONCE = 500;
/** For SCAN, which reads over what others keep in the same database too. */
const KEYS_SCANNED = 1000;

export interface RedisOptions {
  /** For one use of the connection. */
  readonly limitMs: number;
  /** Nothing is written, not even what marks a new store: where there is none, that is an error. */
  readonly readOnly?: boolean;
}

export class RedisAdapter extends ManyAtOnce implements StoreAdapter {
  readonly #connection: KeptConnection<RedisConnection>;
  readonly #index: string;
  readonly #entries: string;

  constructor(address: RedisAddress, { limitMs, readOnly = false }: RedisOptions) {
    super();
    this.#connection = new KeptConnection({
      server: redisAt(address),
      create: () => new RedisConnection(address, limitMs, readOnly),
      limitMs,
    });
    this.#index = `${address.prefix}index`;
    this.#entries = `${address.prefix}entry:`;
  }

  /** Throws StoreError where the server is not there, or not ours to use. */
  async connect(): Promise<void> {
    await this.#connection.use('connect', async () => undefined);
  }

  async hasMany(keys: string[]) {
    const live = await this.#live(keys);
    return keys.map((key) => live.has(key));
  }

  async setMany(entries: { key: string; value: unknown; expires?: number | undefined }[]) {
    await this.#connection.use('write', async (connection) => {
      for (const some of chunksOf(entries as AdapterEntry[])) await this.#write(connection, some, []);
    });
    return entries.map(() => true);
  }

  async deleteMany(keys: string[]) {
    return this.#connection.use('delete', async (connection) => {
      const deleted: boolean[] = [];
      for (const some of chunksOf(keys)) {
        const [, ...were] = await this.#write(connection, [], some);
        deleted.push(...were.map((was) => was === 1));
      }
      return deleted;
    });
  }

  async clear() {
    for await (const keys of this.#scan()) await this.deleteMany(keys);
  }

  /** In any order; what is written meanwhile may or may not appear. */
  async *iterator<Value>(): AsyncGenerator<Array<string | Awaited<Value> | undefined>, void> {
    for await (const keys of this.#scan()) {
      const values = await this.values(keys);
      for (const [index, key] of keys.entries()) {
        const value = values[index];
        if (value !== undefined) yield [key, value];
      }
    }
  }

  async keysWithPrefix(prefix: string) {
    if (prefix.startsWith(UNINDEXED_PREFIX)) return this.#scannedWithPrefix(prefix);
    const indexed = await this.#indexed(`[${prefix}`, `(${afterAll(prefix)}`);
    const live = await this.#live(indexed);
    return indexed.filter((key) => live.has(key));
  }

  async commit({ guardKey, expectedRevision, sets, deletes }: AdapterCommit): Promise<AdapterCommitResult> {
    const [stands = -1] = await this.#connection.use('commit', (connection) =>
      this.#write(connection, sets, deletes, { guardKey, expectedRevision }),
    );
    return stands === -1 ? { kind: 'committed' } : { kind: 'stale', revision: stands };
  }

  async contents(): Promise<StoreContents> {
    const keys: string[] = [];
    for await (const some of this.#scan()) keys.push(...some);
    return redisContents(
      keys,
      (command, some, field) => this.#ask(command, some, field),
      () => this.#indexed('-', '+'),
    );
  }

  async restore(entries: readonly StoredEntry[]) {
    await this.setMany(entries.map(({ key, value }) => ({ key, value })));
    await this.#connection.use('write', (connection) =>
      Promise.all(
        entries
          .filter(({ revision }) => revision > 0)
          .map(({ key, revision }) => connection.call('HSET', [this.#entry(key), 'r', revision])),
      ),
    );
  }

  async disconnect() {
    this.#connection.close();
  }

  async #write(
    connection: RedisConnection,
    sets: readonly AdapterEntry[],
    deletes: readonly string[],
    guard?: Pick<AdapterCommit, 'guardKey' | 'expectedRevision'>,
  ): Promise<readonly number[]> {
    const keys = [
      this.#index,
      guard === undefined ? this.#index : this.#entry(guard.guardKey),
      ...sets.map(({ key }) => this.#entry(key)),
      ...deletes.map((key) => this.#entry(key)),
    ];
    const args = [
      guard?.expectedRevision ?? '',
      sets.length,
      this.#entries.length,
      ...sets.flatMap(({ value, expires }) => [value, expires ?? '']),
    ];
    return (await connection.run(WRITE_SCRIPT, keys, args)) as number[];
  }

  async #indexed(from: string, to: string): Promise<readonly string[]> {
    return this.#connection.use('list', async (connection) => {
      return (await connection.call('ZRANGEBYLEX', [this.#index, from, to])) as string[];
    });
  }

  protected async values(keys: readonly string[]): Promise<(string | undefined)[]> {
    const found = await this.#read(VALUES_SCRIPT, keys, [VALUE_BYTES_MAX, OVERSIZED]);
    return found.map((value) => (value as string | null) ?? undefined);
  }

  async #live(keys: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.#ask('HEXISTS', keys);
    return new Set(keys.filter((_, index) => found[index] === 1));
  }

  #ask(command: ReadCommand, keys: readonly string[], field = 'v'): Promise<readonly unknown[]> {
    return this.#read(READ_SCRIPT, keys, [command, field]);
  }

  async #read(
    script: Script,
    keys: readonly string[],
    args: readonly (string | number)[],
  ): Promise<readonly unknown[]> {
    return this.#connection.use('read', async (connection) => {
      const answers: unknown[] = [];
      for (const some of chunksOf(keys)) {
        const physical = some.map((key) => this.#entry(key));
        answers.push(...((await connection.run(script, physical, args)) as unknown[]));
      }
      return answers;
    });
  }

  /** Every key once, some at a time. */
  async *#scan(): AsyncGenerator<string[], void> {
    const seen = new Set<string>();
    let cursor = '0';
    do {
      const [next, found] = await this.#connection.use('list', async (connection) => {
        const answer = await connection.call('SCAN', [
          cursor,
          'MATCH',
          `${this.#entries}*`,
          'COUNT',
          KEYS_SCANNED,
        ]);
        return answer as [string, string[]];
      });
      const fresh = found.map((key) => key.slice(this.#entries.length)).filter((key) => !seen.has(key));
      for (const key of fresh) seen.add(key);
      yield [...new Set(fresh)];
      cursor = next;
    } while (cursor !== '0');
  }

  async #scannedWithPrefix(prefix: string): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const some of this.#scan()) keys.push(...some.filter((key) => key.startsWith(prefix)));
    return keys;
  }

  #entry(key: string): string {
    return `${this.#entries}${key}`;
  }
}

function chunksOf<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / KEYS_AT_ONCE) }, (_, index) =>
    all.slice(index * KEYS_AT_ONCE, (index + 1) * KEYS_AT_ONCE),
  );
}
