// The open file of a SQLite store. It is opened anew where that may help: when it was found damaged or could not be written, and
// when another file, or none, is in its place, as after an operator has moved a damaged one away.
import { statSync } from 'node:fs';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { StoreError } from '../../model/errors.ts';
import { openSqliteDatabase } from './sqlite-database.ts';
import { isOfConnection } from './sqlite-error.ts';

/** It is opened once in so long at most: a large file is read through then. */
const REST_MS = 5_000;

export interface SqliteOptions {
  /** How long a call waits while another process holds the file. */
  readonly lockWaitMs: number;
  /** Nobody else may have it open, and nobody may open it meanwhile. */
  readonly alone?: boolean;
}

interface Opened<Name extends string> {
  readonly database: DatabaseSync;
  readonly statements: Readonly<Record<Name, StatementSync>>;
  readonly fileId: string | undefined;
  readonly atMs: number;
}

export class SqliteConnection<Name extends string> {
  readonly #file: string;
  readonly #options: SqliteOptions;
  readonly #sql: Readonly<Record<Name, string>>;
  #opened: Opened<Name> | undefined;
  #failure: { readonly error: unknown; readonly atMs: number } | undefined;
  #isClosed = false;

  /** Throws StoreError. */
  constructor(file: string, options: SqliteOptions, sql: Readonly<Record<Name, string>>) {
    this.#file = file;
    this.#options = options;
    this.#sql = sql;
    this.#opened = this.#open();
  }

  get database(): DatabaseSync {
    return this.#current().database;
  }

  get statements(): Readonly<Record<Name, StatementSync>> {
    return this.#current().statements;
  }

  /** To be called before each use, not in the middle of one. Throws StoreError. */
  renew(): void {
    if (this.#isClosed) throw new StoreError('store-unavailable', `${this.#file} is closed`);
    if (this.#opened !== undefined && this.#opened.fileId !== idOf(this.#file)) this.#letGo();
    if (this.#opened !== undefined) return;
    if (this.#failure !== undefined && performance.now() < this.#failure.atMs + REST_MS)
      throw this.#failure.error;
    try {
      this.#opened = this.#open();
      this.#failure = undefined;
    } catch (error) {
      this.#failure = { error, atMs: performance.now() };
      throw error;
    }
  }

  /** What a use of it threw. */
  failed(error: unknown): void {
    if (this.#opened === undefined || !isOfConnection(error)) return;
    this.#failure = { error, atMs: this.#opened.atMs };
    this.#letGo();
  }

  close(): void {
    this.#isClosed = true;
    this.#letGo();
  }

  #open(): Opened<Name> {
    const database = openSqliteDatabase(this.#file, this.#options);
    const prepared = Object.entries<string>(this.#sql).map(([name, sql]) => [name, database.prepare(sql)]);
    return {
      database,
      statements: Object.fromEntries(prepared),
      fileId: idOf(this.#file),
      atMs: performance.now(),
    };
  }

  #letGo(): void {
    this.#opened?.database.close();
    this.#opened = undefined;
  }

  #current(): Opened<Name> {
    if (this.#opened === undefined) throw new StoreError('store-unavailable', `${this.#file} is not open`);
    return this.#opened;
  }
}

/** Of the file that stands there now. */
function idOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  return found && `${found.dev}:${found.ino}`;
}
