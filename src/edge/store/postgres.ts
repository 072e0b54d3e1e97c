// The store in PostgreSQL: `postgres://`. Tables and commit: postgres-schema.ts. Every write is one statement, so that nothing of
// two calls on the one connection can mix, and poolers between us and the server need to know nothing of us.
import type { PostgresAddress } from '../../model/store-address.ts';
import {
  type AdapterCommit,
  type AdapterCommitResult,
  type AdapterEntry,
  afterAll,
  type StoreAdapter,
} from './adapter.ts';
import { OVERSIZED, VALUE_BYTES_MAX } from './codec.ts';
import { contentsByKeys, type StoreContents, type StoredEntry } from './contents.ts';
import { KeptConnection } from './kept-connection.ts';
import { ManyAtOnce } from './many-at-once.ts';
import { PostgresConnection } from './postgres-connection.ts';
import { postgresAt } from './postgres-error.ts';
import { tablesOf } from './postgres-schema.ts';

const KEYS_AT_ONCE = 500;

export interface PostgresOptions {
  /** For one use of the connection. */
  readonly limitMs: number;
  /** Nothing is written, no tables are made: where there are none, that is an error. */
  readonly readOnly?: boolean;
}

export class PostgresAdapter extends ManyAtOnce implements StoreAdapter {
  readonly #connection: KeptConnection<PostgresConnection>;
  readonly #readOnly: boolean;
  readonly #sql: ReturnType<typeof statementsFor>;

  constructor(address: PostgresAddress, { limitMs, readOnly = false }: PostgresOptions) {
    super();
    this.#readOnly = readOnly;
    this.#sql = statementsFor(address.schema);
    this.#connection = new KeptConnection({
      server: postgresAt(address),
      create: () => new PostgresConnection(address, readOnly),
      limitMs,
    });
  }

  /** Throws StoreError where the server is not there, or not ours to use. */
  async connect(): Promise<void> {
    await this.#connection.use('connect', async (connection) => {
      if (!this.#readOnly) await connection.query(this.#sql.sweep, [Date.now()]);
    });
  }

  async hasMany(keys: string[]) {
    const rows = await this.#connection.use('read', (connection) =>
      connection.query(this.#sql.has, [keys, Date.now()]),
    );
    const live = new Set(rows.map((row) => row['key']));
    return keys.map((key) => live.has(key));
  }

  async setMany(entries: { key: string; value: unknown; expires?: number | undefined }[]) {
    await this.#connection.use('write', (connection) =>
      connection.query(this.#sql.put, columnsOf(entries as AdapterEntry[])),
    );
    return entries.map(() => true);
  }

  async deleteMany(keys: string[]) {
    const rows = await this.#connection.use('delete', (connection) =>
      connection.query(this.#sql.remove, [keys]),
    );
    const deleted = new Set(rows.map((row) => row['key']));
    return keys.map((key) => deleted.has(key));
  }

  async clear() {
    await this.#connection.use('clear', (connection) => connection.query(this.#sql.removeAll));
  }

  /** In the order of the keys; what is written meanwhile may or may not appear. */
  async *iterator<Value>(): AsyncGenerator<Array<string | Awaited<Value> | undefined>, void> {
    let after = '';
    for (;;) {
      const rows = await this.#connection.use('list', (connection) =>
        connection.query(this.#sql.page, [after, Date.now(), KEYS_AT_ONCE]),
      );
      for (const row of rows) {
        after = String(row['key']);
        yield [after, String(row['value'])];
      }
      if (rows.length < KEYS_AT_ONCE) return;
    }
  }

  async keysWithPrefix(prefix: string) {
    const rows = await this.#connection.use('list', (connection) =>
      connection.query(this.#sql.prefixed, [prefix, afterAll(prefix), Date.now()]),
    );
    return rows.map((row) => String(row['key']));
  }

  async commit(commit: AdapterCommit): Promise<AdapterCommitResult> {
    const { guardKey, expectedRevision, sets, deletes, durable } = commit;
    const values = [guardKey, expectedRevision, Date.now(), durable, ...columnsOf(sets), deletes];
    const [row] = await this.#connection.use('commit', (connection) =>
      connection.query(this.#sql.commit, values),
    );
    const stands = Number(row?.['stands']);
    return stands === -1 ? { kind: 'committed' } : { kind: 'stale', revision: stands };
  }

  async contents(): Promise<StoreContents> {
    const now = Date.now();
    const [rows, [counted]] = await this.#connection.use('list', async (connection) => [
      await connection.query(this.#sql.keys, [now]),
      await connection.query(this.#sql.expired, [now]),
    ]);
    const ask = (sql: string, keys: readonly string[]) =>
      this.#connection.use('read', (connection) => connection.query(sql, [keys]));
    return contentsByKeys(
      rows.map((row) => String(row['key'])),
      Number(counted?.['n']),
      {
        charsOf: async (keys) => {
          const chars = new Map((await ask(this.#sql.chars, keys)).map((row) => [row['key'], row['chars']]));
          return keys.map((key) => Number(chars.get(key) ?? 0));
        },
        entriesOf: async (keys) => {
          const found = new Map((await ask(this.#sql.whole, keys)).map((row) => [row['key'], row]));
          return keys.map((key) => {
            const row = found.get(key);
            return row && { key, value: String(row['value']), revision: Number(row['revision']) };
          });
        },
        revisions: async () => {
          const guards = await this.#connection.use('list', (connection) =>
            connection.query(this.#sql.guards),
          );
          return new Map(guards.map((row) => [String(row['key']), Number(row['revision'])]));
        },
      },
    );
  }

  async restore(entries: readonly StoredEntry[]) {
    await this.#connection.use('write', (connection) =>
      connection.query(this.#sql.restore, [
        entries.map(({ key }) => key),
        entries.map(({ value }) => value),
        entries.map(({ revision }) => revision),
      ]),
    );
  }

  async disconnect() {
    this.#connection.close();
  }

  protected async values(keys: readonly string[]): Promise<(string | undefined)[]> {
    return this.#connection.use('read', async (connection) => {
      const values: (string | undefined)[] = [];
      for (let start = 0; start < keys.length; start += KEYS_AT_ONCE) {
        const some = keys.slice(start, start + KEYS_AT_ONCE);
        const rows = await connection.query(this.#sql.get, [some, Date.now()]);
        const byKey = new Map(rows.map((row) => [row['key'], row['value']]));
        values.push(...some.map((key) => byKey.get(key) as string | undefined));
      }
      return values;
    });
  }
}

function statementsFor(schema: string) {
  const { entry, commit } = tablesOf(schema);
  const live = (parameter: string) => `(expires IS NULL OR expires > ${parameter})`;
  return {
    get: `SELECT key, CASE WHEN octet_length(value) <= ${VALUE_BYTES_MAX} THEN value ELSE '${OVERSIZED}' END AS value FROM ${entry} WHERE key = ANY($1) AND ${live('$2')}`,
    has: `SELECT key FROM ${entry} WHERE key = ANY($1) AND ${live('$2')}`,
    page: `SELECT key, value FROM ${entry} WHERE key > $1 AND ${live('$2')} ORDER BY key LIMIT $3`,
    prefixed: `SELECT key FROM ${entry} WHERE key >= $1 AND key < $2 AND ${live('$3')}`,
    // In one order, so that two who write the same keys never wait for each other.
    put: `INSERT INTO ${entry} (key, value, expires)
          SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[]) AS t(key, value, expires) ORDER BY 1
          ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
    remove: `DELETE FROM ${entry} WHERE key = ANY($1) RETURNING key`,
    keys: `SELECT key FROM ${entry} WHERE ${live('$1')}`,
    expired: `SELECT count(*) AS n FROM ${entry} WHERE expires <= $1`,
    chars: `SELECT key, octet_length(value) AS chars FROM ${entry} WHERE key = ANY($1)`,
    whole: `SELECT key, value, revision FROM ${entry} WHERE key = ANY($1)`,
    guards: `SELECT key, revision FROM ${entry} WHERE revision > 0`,
    restore: `INSERT INTO ${entry} (key, value, revision) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
              ON CONFLICT (key) DO UPDATE SET value = excluded.value, revision = excluded.revision, expires = NULL`,
    removeAll: `DELETE FROM ${entry}`,
    sweep: `DELETE FROM ${entry} WHERE expires <= $1`,
    commit: `SELECT ${commit}($1, $2, $3, $4, $5, $6, $7, $8) AS stands`,
  } as const;
}

/** One array for each column; of two values for one key the later. */
function columnsOf(entries: readonly AdapterEntry[]): readonly unknown[] {
  const last = [...new Map(entries.map((entry) => [entry.key, entry])).values()];
  return [
    last.map(({ key }) => key),
    last.map(({ value }) => value),
    last.map(({ expires }) => expires ?? null),
  ];
}
