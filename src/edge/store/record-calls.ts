// Calls on an adapter, each within its time limit; what fails, and what cannot be read, becomes an answer here and nowhere else.
// Reads and plain writes go through Keyv, commits to the adapter. Keyv throws an adapter's errors only as long as nobody listens to
// its `error` event, so nobody does.
import { Keyv } from 'keyv';
import { StoreError } from '../../model/errors.ts';
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { AdapterCommit, AdapterEntry, StoreAdapter } from './adapter.ts';
import { answerOf, type RecordKind, versionOf } from './answer.ts';
import { recordCodec } from './codec.ts';
import { alreadyOpen, asStoreError, type Opening } from './late-opening.ts';
import type { Answer, CommitResult, StoreCounts, Unavailable, WriteResult } from './store.ts';
import type { CallKind, StoreWatch } from './store-watch.ts';
import { withinTime } from './time-limit.ts';

interface Opened {
  readonly adapter: StoreAdapter;
  readonly keyv: Keyv;
}

type Outcome<T> = { readonly kind: 'done'; readonly value: T } | Unavailable;

export interface KeyedRecord {
  readonly key: string;
  readonly value: unknown;
}

/** What a commit sets and deletes, before it is written as text. */
export interface RecordCommit extends Omit<AdapterCommit, 'sets'> {
  readonly sets: readonly KeyedRecord[];
}

export class RecordCalls {
  readonly #opening: Opening;
  readonly #callTimeoutMs: number;
  readonly #watch: StoreWatch | undefined;
  #opened: Opened | undefined;
  #unreadable = 0;
  #unavailable = 0;
  #closed = false;

  /** `callTimeoutMs`: how long one call may take. */
  constructor(store: StoreAdapter | Opening, callTimeoutMs: number, watch?: StoreWatch) {
    this.#opening = 'adapter' in store ? store : alreadyOpen(store);
    this.#callTimeoutMs = callTimeoutMs;
    this.#watch = watch;
  }

  /** `name`: what the record must say of itself, where its kind has a field of it. */
  async readOne<T>(key: string, kind: RecordKind, name?: string): Promise<Answer<T>> {
    const value = await this.#call('read', 'read', ({ keyv }) => keyv.get<unknown>(key));
    return value.kind === 'unavailable' ? value : this.#answer<T>(value.value, kind, name);
  }

  async readEach<Id extends string, T>(
    ids: readonly Id[],
    keyOf: (id: Id) => string,
    kind: RecordKind,
  ): Promise<ReadonlyMap<Id, Answer<T>>> {
    const values = await this.#getMany(ids.map(keyOf));
    const answers = new Map<Id, Answer<T>>();
    for (const [index, id] of ids.entries()) {
      const answer = values.kind === 'unavailable' ? values : this.#answer<T>(values.value[index], kind, id);
      answers.set(id, answer);
    }
    return answers;
  }

  /** Those that can be read, by what they are asked for; the unreadable ones are counted. */
  async readReadable<Id extends string, T>(
    ids: readonly Id[],
    keyOf: (id: Id) => string,
    kind: RecordKind,
  ): Promise<Answer<ReadonlyMap<Id, T>>> {
    const values = await this.#getMany(ids.map(keyOf));
    if (values.kind === 'unavailable') return values;
    const records = new Map<Id, T>();
    for (const [index, id] of ids.entries()) {
      const answer = this.#answer<T>(values.value[index], kind, id);
      if (answer.kind === 'unavailable') return answer;
      if (answer.kind === 'hit') records.set(id, answer.value);
    }
    return { kind: 'hit', value: records };
  }

  /** Under every key that begins with `prefix`. One that is unreadable makes the answer so. */
  async readAll<T>(
    what: string,
    prefix: string,
    kind: RecordKind,
    name?: string,
  ): Promise<Answer<readonly T[]>> {
    const keys = await this.#keys(what, prefix);
    if (keys.kind === 'unavailable') return keys;
    const values = await this.#getMany(keys.value);
    if (values.kind === 'unavailable') return values;
    const records: T[] = [];
    for (const [index, key] of keys.value.entries()) {
      const answer = this.#answer<T>(values.value[index], kind, name);
      if (answer.kind === 'unavailable') return answer;
      if (answer.kind === 'hit') records.push(answer.value);
      if (answer.kind === 'unreadable') return { kind: 'unreadable', reason: `${key}: ${answer.reason}` };
    }
    return { kind: 'hit', value: records };
  }

  /** What follows `prefix` in the keys that begin with it. */
  async list<Id extends string>(what: string, prefix: string): Promise<Answer<readonly Id[]>> {
    const keys = await this.#keys(what, prefix);
    if (keys.kind === 'unavailable') return keys;
    return { kind: 'hit', value: keys.value.map((key) => key.slice(prefix.length) as Id) };
  }

  async write(what: string, records: readonly KeyedRecord[]): Promise<WriteResult> {
    if (records.length === 0) return { kind: 'written' };
    const result = await this.#call(what, 'write', async ({ keyv }) => {
      // Keyv reports a write that the adapter refused as `false`.
      const written = await keyv.setMany([...records]);
      if (!written.every(Boolean)) throw new StoreError('store-unavailable', `the store refused to ${what}`);
    });
    return result.kind === 'unavailable' ? result : { kind: 'written' };
  }

  async delete(what: string, keys: readonly string[]): Promise<WriteResult> {
    const result = await this.#call(what, 'write', ({ adapter }) => adapter.deleteMany([...keys]));
    return result.kind === 'unavailable' ? result : { kind: 'written' };
  }

  async commit(what: string, commit: RecordCommit): Promise<CommitResult> {
    const result = await this.#call(what, 'write', async ({ adapter }) =>
      adapter.commit({ ...commit, sets: await Promise.all(commit.sets.map(entryOf)) }),
    );
    return result.kind === 'unavailable' ? result : result.value;
  }

  counts(): StoreCounts {
    return { unreadable: this.#unreadable, unavailable: this.#unavailable };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await withinTime('close', this.#callTimeoutMs, this.#opening.close());
  }

  #keys(what: string, prefix: string): Promise<Outcome<readonly string[]>> {
    return this.#call(what, 'read', ({ adapter }) => adapter.keysWithPrefix(prefix));
  }

  #getMany(keys: readonly string[]): Promise<Outcome<readonly unknown[]>> {
    return this.#call('read', 'read', async ({ keyv }) =>
      keys.length === 0 ? [] : keyv.getMany<unknown>([...keys]),
    );
  }

  #answer<T>(value: unknown, kind: RecordKind, name?: string): Answer<T> {
    const version = versionOf(value);
    if (version !== undefined && version > RECORD_VERSION) {
      this.#unavailable += 1;
      return { kind: 'unavailable', error: newerRecord(version) };
    }
    const answer = answerOf<T>(value, kind, name);
    if (answer.kind === 'unreadable') this.#unreadable += 1;
    return answer;
  }

  /** The one place where a store's failures become answers. */
  async #call<T>(what: string, kind: CallKind, work: (opened: Opened) => Promise<T>): Promise<Outcome<T>> {
    try {
      if (this.#closed) throw new StoreError('store-unavailable', 'the store is closed');
      const value = await withinTime(what, this.#callTimeoutMs, this.#open().then(work));
      this.#watch?.succeeded(kind);
      return { kind: 'done', value };
    } catch (cause) {
      const error = asStoreError(what, cause);
      this.#unavailable += 1;
      if (!this.#closed) this.#watch?.failed(kind, error);
      return { kind: 'unavailable', error };
    }
  }

  async #open(): Promise<Opened> {
    if (this.#opened === undefined) {
      const adapter = await this.#opening.adapter();
      this.#opened ??= { adapter, keyv: openKeyv(adapter) };
    }
    return this.#opened;
  }
}

/** Keyv over one of our adapters, with the codec that commits use too. */
export function openKeyv(adapter: StoreAdapter): Keyv {
  return new Keyv({ store: adapter, serialization: recordCodec });
}

async function entryOf({ key, value }: KeyedRecord): Promise<AdapterEntry> {
  return { key, value: await recordCodec.stringify({ value }) };
}

/** As good as not there yet: never forgotten, never written over. A later version of ours can read it. */
function newerRecord(version: number): StoreError {
  return new StoreError(
    'store-version',
    `a record in the store was written by a newer version (record version ${version}; this one knows ${RECORD_VERSION}); start that version again, or give this one a store of its own (\`tributary store check\` names the record)`,
  );
}
