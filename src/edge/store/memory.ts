// The store in memory: `memory:`. It forgets everything when the process ends; for trials, tests and single runs.
// Values are kept as the texts that a durable store would keep, so that nobody can change a record by holding on to it.
import { keyvStorageCapability } from 'keyv';
import {
  type AdapterCommit,
  type AdapterCommitResult,
  type AdapterEntry,
  isExpired,
  type StoreAdapter,
} from './adapter.ts';
import { contentsByKeys, type StoreContents, type StoredEntry } from './contents.ts';

interface MemoryEntry {
  readonly value: string;
  readonly expires: number | undefined;
  readonly revision: number;
}

export class MemoryAdapter implements StoreAdapter {
  readonly #entries = new Map<string, MemoryEntry>();

  get capabilities() {
    return keyvStorageCapability(this);
  }

  async get<Value>(key: string) {
    return this.#live(key)?.value as Value | undefined;
  }

  async getMany<Value>(keys: string[]) {
    return keys.map((key) => this.#live(key)?.value as Value | undefined);
  }

  async has(key: string) {
    return this.#live(key) !== undefined;
  }

  async hasMany(keys: string[]) {
    return keys.map((key) => this.#live(key) !== undefined);
  }

  async set(key: string, value: unknown, expires?: number) {
    this.#put({ key, value: value as string, expires }, this.#revisionOf(key));
    return true;
  }

  async setMany(entries: { key: string; value: unknown; expires?: number | undefined }[]) {
    for (const entry of entries) await this.set(entry.key, entry.value, entry.expires);
    return entries.map(() => true);
  }

  async delete(key: string) {
    return this.#entries.delete(key);
  }

  async deleteMany(keys: string[]) {
    return keys.map((key) => this.#entries.delete(key));
  }

  async clear() {
    this.#entries.clear();
  }

  async *iterator<Value>(): AsyncGenerator<Array<string | Awaited<Value> | undefined>, void> {
    for (const key of [...this.#entries.keys()]) {
      const entry = this.#live(key);
      if (entry !== undefined) yield [key, entry.value];
    }
  }

  async keysWithPrefix(prefix: string) {
    return [...this.#entries.keys()].filter((key) => key.startsWith(prefix) && this.#live(key) !== undefined);
  }

  /** No `await` inside: nothing can come between the comparison and the last write. */
  async commit(commit: AdapterCommit): Promise<AdapterCommitResult> {
    const revision = this.#revisionOf(commit.guardKey);
    if (revision !== commit.expectedRevision) return { kind: 'stale', revision };
    for (const entry of commit.sets) {
      this.#put(entry, entry.key === commit.guardKey ? revision + 1 : this.#revisionOf(entry.key));
    }
    for (const key of commit.deletes) this.#entries.delete(key);
    return { kind: 'committed' };
  }

  async contents(): Promise<StoreContents> {
    const live = () => [...this.#entries.keys()].filter((key) => this.#live(key) !== undefined);
    return contentsByKeys(live(), 0, {
      charsOf: async (keys) => keys.map((key) => this.#live(key)?.value.length ?? 0),
      entriesOf: async (keys) =>
        keys.map((key) => {
          const entry = this.#live(key);
          return entry && { key, value: entry.value, revision: entry.revision };
        }),
      revisions: async () =>
        new Map(
          live()
            .map((key) => [key, this.#revisionOf(key)] as const)
            .filter(([, revision]) => revision > 0),
        ),
    });
  }

  async restore(entries: readonly StoredEntry[]) {
    for (const entry of entries) this.#put(entry, entry.revision);
  }

  async disconnect() {}

  #put(entry: AdapterEntry, revision: number) {
    this.#entries.set(entry.key, { value: entry.value, expires: entry.expires, revision });
  }

  #revisionOf(key: string): number {
    return this.#live(key)?.revision ?? 0;
  }

  #live(key: string): MemoryEntry | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || !isExpired(entry.expires, Date.now())) return entry;
    this.#entries.delete(key);
    return undefined;
  }
}
