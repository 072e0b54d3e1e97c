// A connection to one PostgreSQL server, and the tables behind it: made where there are none, refused where they are not ours.
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { Client } from 'pg';
import { StoreError } from '../../model/errors.ts';
import type { PostgresAddress } from '../../model/store-address.ts';
import { absentStore } from './absent-store.ts';
import type { StoreConnection } from './kept-connection.ts';
import { leavesUseless, postgresAt, postgresStoreError } from './postgres-error.ts';
import { creationOf, SCHEMA_VERSION, tablesOf } from './postgres-schema.ts';

export type Row = Readonly<Record<string, unknown>>;

export class PostgresConnection implements StoreConnection {
  readonly #address: PostgresAddress;
  readonly #readOnly: boolean;
  readonly #client: Client;
  #isUsable = true;
  /** One query after the other: the protocol knows no other way, and pg's own queue is going away. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(address: PostgresAddress, readOnly: boolean) {
    this.#address = address;
    this.#readOnly = readOnly;
    this.#client = new Client({
      host: address.host,
      port: address.port,
      user: address.username,
      password: address.password,
      database: address.database,
      ssl: tlsOf(address),
      application_name: 'tributary',
      keepAlive: true,
    });
    const end = () => {
      this.#isUsable = false;
    };
    // Each failure is also the answer of the queries that it hits.
    this.#client.on('error', end);
    this.#client.on('end', end);
  }

  get isUsable(): boolean {
    return this.#isUsable;
  }

  async open(): Promise<void> {
    try {
      await this.#client.connect();
    } catch (error) {
      throw postgresStoreError(error, this.#address);
    }
    await this.#requireOurs();
  }

  destroy(): void {
    this.#isUsable = false;
    // `end` would first wait for what is under way.
    (
      this.#client as unknown as { readonly connection: { readonly stream: Socket } }
    ).connection.stream.destroy();
  }

  /** Throws StoreError. */
  query(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const answer = this.#last.then(() => this.#ask(text, values));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #ask(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      // Several statements at once go without values only.
      const { rows } = await this.#client.query<Row>(text, values.length === 0 ? undefined : [...values]);
      return rows;
    } catch (error) {
      if (leavesUseless(error)) this.#isUsable = false;
      throw postgresStoreError(error, this.#address);
    }
  }

  async #requireOurs(): Promise<void> {
    const { schema } = this.#address;
    const { version } = tablesOf(schema);
    const [found] = await this.query('SELECT to_regclass($1) IS NOT NULL AS there', [version]);
    if (found?.['there'] !== true) {
      if (this.#readOnly) throw absentStore(`in the schema ${schema} of ${postgresAt(this.#address)}`);
      await this.query(creationOf(schema));
    }
    const [row] = await this.query(`SELECT max(version) AS version FROM ${version}`);
    if (row?.['version'] === SCHEMA_VERSION) return;
    throw new StoreError(
      'store-version',
      `the schema ${schema} of ${postgresAt(this.#address)} was written by a newer version, or by another program (version ${row?.['version']}; this one knows ${SCHEMA_VERSION}); start that version, or name another schema in \`store\` (?schema=…)`,
    );
  }
}

function tlsOf({ tls, host }: PostgresAddress): false | ConnectionOptions {
  switch (tls) {
    case 'disable':
      return false;
    case 'require':
      return { rejectUnauthorized: false };
    case 'verify-ca':
      return { host, checkServerIdentity: () => undefined };
    case 'verify-full':
      return { host };
  }
}
