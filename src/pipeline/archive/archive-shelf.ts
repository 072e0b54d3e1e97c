// The archives of one feed: their heads in memory, by number and by what their items are known by; their texts on disk and in
// the store, each of which is given back what it lacks.
import { archiveKey } from '../../core/archive/archive-keys.ts';
import { archivePath } from '../../core/render/document-urls.ts';
import { OUTPUT_FORMATS } from '../../core/render/output-formats.ts';
import type { ArchiveFiles } from '../../edge/store/archive-files.ts';
import type { Store } from '../../edge/store/store.ts';
import type {
  ArchiveContent,
  ArchivedItem,
  ArchiveHead,
  ArchiveWrites,
  PendingArchive,
  SealedArchive,
} from '../../model/archive.ts';
import type { Rendition } from '../../model/edition.ts';
import { StoreError } from '../../model/errors.ts';
import type { FeedId } from '../../model/ids.ts';
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { ArchiveCache } from './archive-cache.ts';

export interface ArchiveShelfOptions {
  readonly feedId: FeedId;
  readonly store: Store;
  readonly files: ArchiveFiles;
  readonly cache: ArchiveCache;
}

export class ArchiveShelf {
  readonly #options: ArchiveShelfOptions;
  readonly #heads = new Map<number, ArchiveHead>();
  /** The archive that an item with the key stands in. */
  readonly #byKey = new Map<string, number>();
  readonly #byPath = new Map<string, number>();
  /** Those that the store lacks. */
  readonly #lacking = new Set<number>();
  #pending: readonly ArchivedItem[] = [];
  /** What the disk has of those. */
  #onDisk: string | undefined;
  #isLoaded = false;
  #fromDisk: Promise<void> | undefined;

  constructor(options: ArchiveShelfOptions) {
    this.#options = options;
  }

  /** In the order in which they were sealed. */
  get heads(): readonly ArchiveHead[] {
    return [...this.#heads.values()];
  }

  get newest(): ArchiveHead | undefined {
    return this.heads.at(-1);
  }

  /** What was published and stands in none of them. */
  get pending(): readonly ArchivedItem[] {
    return this.#pending;
  }

  /** Archives that the store is to be given back. */
  get lacking(): readonly number[] {
    return [...this.#lacking];
  }

  /** The number of the archive in which something known by `text` (an id, a hash, an address) stands. */
  find(text: string): number | undefined {
    return this.#byKey.get(archiveKey(text));
  }

  holds({ item, hashes }: ArchivedItem): boolean {
    return [item.id, ...hashes.slice(0, 1)].some((text) => this.find(text) !== undefined);
  }

  head(number: number): ArchiveHead | undefined {
    return this.#heads.get(number);
  }

  /**
   * What store and disk have: of two states of an archive the later. What the disk lacks is written to it. Throws StoreError where
   * either does not answer. Gives, for people, what is damaged.
   */
  async load(): Promise<readonly string[]> {
    const { feedId, store, files } = this.#options;
    const heads = await store.readArchiveHeads(feedId);
    if (heads.kind === 'unavailable') throw heads.error;
    const pending = await store.readPendingArchive(feedId);
    if (pending.kind === 'unavailable') throw pending.error;
    const onDisk = await files.load(feedId);
    const stored = new Map(heads.kind === 'hit' ? heads.value.map((head) => [head.number, head]) : []);
    const written = new Map(onDisk.heads.map((head) => [head.number, head]));
    const problems = [...onDisk.problems];
    const restored: SealedArchive[] = [];
    const lacking: number[] = [];
    const known: ArchiveHead[] = [];
    for (const number of [...new Set([...stored.keys(), ...written.keys()])].sort((a, b) => a - b)) {
      const [inStore, inFile] = [stored.get(number), written.get(number)];
      if (inStore !== undefined && (inFile === undefined || inStore.revision > inFile.revision)) {
        const content = await store.readArchive(feedId, number);
        if (content.kind === 'unavailable') throw content.error;
        if (content.kind === 'hit') restored.push({ head: inStore, content: content.value });
        else problems.push(`archive ${inStore.name}: the store has no text of it`);
        known.push(inStore);
      } else if (inFile !== undefined) {
        known.push(inFile);
        if (inStore === undefined || inStore.revision < inFile.revision) lacking.push(number);
      }
    }
    this.#replace(known, lacking);
    this.#isLoaded = true;
    this.#onDisk = undefined;
    const waiting = mergePending(pending.kind === 'hit' ? pending.value : undefined, onDisk.pending);
    this.#pending = waiting.filter((archived) => !this.holds(archived));
    if (restored.length > 0) await files.save(feedId, { sealed: restored, pending: this.#pendingRecord(0) });
    return problems;
  }

  /** Before the store has answered, what is on disk is there to be read. */
  #loadedFromDisk(): Promise<void> {
    this.#fromDisk ??= this.#loadFromDisk().catch((error: unknown) => {
      this.#fromDisk = undefined;
      throw error;
    });
    return this.#fromDisk;
  }

  async #loadFromDisk(): Promise<void> {
    const { heads } = await this.#options.files.load(this.#options.feedId);
    if (!this.#isLoaded)
      this.#replace(
        heads.toSorted((a, b) => a.number - b.number),
        [],
      );
  }

  /** The text of an archive; from the store where the disk has lost it. Throws StoreError. */
  async content(number: number): Promise<ArchiveContent> {
    const head = this.#heads.get(number);
    if (head === undefined) throw new StoreError('store-unreadable', `there is no archive ${number}`);
    const { feedId, store, files } = this.#options;
    try {
      return await files.read(head);
    } catch (error) {
      // Another revision may have come meanwhile.
      const now = this.#heads.get(number);
      if (now !== undefined && now.revision !== head.revision) return files.read(now);
      const answer = await store.readArchive(feedId, number);
      if (answer.kind === 'hit' && answer.value.revision === head.revision) return answer.value;
      throw error;
    }
  }

  /** Once the store has it: to the disk, then in memory. */
  async keep(writes: ArchiveWrites): Promise<void> {
    const waiting = JSON.stringify(writes.pending.items);
    if (writes.sealed.length > 0 || waiting !== this.#onDisk)
      await this.#options.files.save(this.#options.feedId, writes);
    this.#onDisk = waiting;
    for (const { head } of writes.sealed) {
      this.#take(head);
      this.#lacking.delete(head.number);
    }
    this.#pending = writes.pending.items;
  }

  /** Undefined where no archive has a document of that path. Rejects where its text cannot be read. */
  async read(path: string): Promise<Rendition | undefined> {
    if (!this.#isLoaded) await this.#loadedFromDisk();
    const number = this.#byPath.get(path);
    if (number === undefined) return undefined;
    const head = this.#heads.get(number);
    // A feed that was forgotten and came back has others of the same numbers.
    const name = `${this.#options.feedId} ${number} ${head?.name} ${head?.revision}`;
    const documents = await this.#options.cache.get(name, () => this.content(number));
    return documents.get(path);
  }

  /** Every path of theirs. */
  paths(): readonly string[] {
    return [...this.#byPath.keys()];
  }

  #take(head: ArchiveHead): void {
    this.#heads.set(head.number, head);
    for (const key of head.keys) this.#byKey.set(key, head.number);
    for (const { extension } of OUTPUT_FORMATS)
      this.#byPath.set(archivePath(head.feedId, head.name, extension), head.number);
  }

  #replace(heads: readonly ArchiveHead[], lacking: readonly number[]): void {
    for (const known of [this.#heads, this.#byKey, this.#byPath, this.#lacking]) known.clear();
    for (const head of heads) this.#take(head);
    for (const number of lacking) this.#lacking.add(number);
  }

  #pendingRecord(revision: number): PendingArchive {
    return {
      version: RECORD_VERSION,
      feedId: this.#options.feedId,
      revision,
      items: this.#pending,
    };
  }
}

/** Both, since one may be behind: what is archived or out by now is told apart later. Of one item the later state. */
function mergePending(
  stored: PendingArchive | undefined,
  onDisk: PendingArchive | undefined,
): readonly ArchivedItem[] {
  const lists = [stored, onDisk]
    .filter((each) => each !== undefined)
    .sort((a, b) => a.revision - b.revision)
    .map(({ items }) => items);
  const byId = new Map(lists.flat().map((archived) => [archived.item.id, archived] as const));
  return [...byId.values()];
}
