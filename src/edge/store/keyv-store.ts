// The store in domain verbs over any adapter: reads and plain writes go through Keyv, commits to the adapter.
// Keyv throws an adapter's errors only as long as nobody listens to its `error` event, so nobody does.
import { Keyv } from 'keyv';
import type { ArchiveContent, ArchiveHead, ArchiveWrites, PendingArchive } from '../../model/archive.ts';
import type { EditionRecord } from '../../model/edition-record.ts';
import { StoreError } from '../../model/errors.ts';
import type { FeedId, ItemHash, SourceId } from '../../model/ids.ts';
import type { AbsenceRecord, PollRecord } from '../../model/poll-record.ts';
import type { RetractionRecord, RetractionStamp } from '../../model/retraction-record.ts';
import type { ItemRecord, SourceRecord } from '../../model/source-record.ts';
import type { HubRecord, SubscriptionRecord } from '../../model/subscription-record.ts';
import type { AdapterCommit, AdapterEntry, StoreAdapter } from './adapter.ts';
import { answerOf, type RecordKind } from './answer.ts';
import { ARCHIVE, ARCHIVE_HEAD, PENDING_ARCHIVE } from './archive-checks.ts';
import { recordCodec } from './codec.ts';
import {
  ABSENCE_KEY,
  archiveHeadKey,
  archiveHeadPrefix,
  archiveKey,
  editionKey,
  hubKey,
  itemKey,
  POLL_PREFIX,
  pendingArchiveKey,
  pollKey,
  RETRACTION_PREFIX,
  RETRACTION_STAMP_KEY,
  retractionKey,
  SOURCE_PREFIX,
  SUBSCRIPTION_PREFIX,
  sourceKey,
  subscriptionKey,
} from './keys.ts';
import { alreadyOpen, asStoreError, type Opening } from './late-opening.ts';
import {
  ABSENCE,
  EDITION,
  HUB,
  ITEM,
  POLL,
  RETRACTION,
  RETRACTION_STAMP,
  SOURCE,
  SUBSCRIPTION,
} from './record-checks.ts';
import type {
  Answer,
  CommitResult,
  PollWrites,
  Store,
  StoreCounts,
  Unavailable,
  WriteResult,
} from './store.ts';
import type { CallKind, StoreWatch } from './store-watch.ts';
import { withinTime } from './time-limit.ts';

interface Opened {
  readonly adapter: StoreAdapter;
  readonly keyv: Keyv;
}

type Outcome<T> = { readonly kind: 'done'; readonly value: T } | Unavailable;

export class KeyvStore implements Store {
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

  readSource(id: SourceId): Promise<Answer<SourceRecord>> {
    return this.#readOne(sourceKey(id), SOURCE, id);
  }

  readSources(ids: readonly SourceId[]): Promise<ReadonlyMap<SourceId, Answer<SourceRecord>>> {
    return this.#readEach(ids, sourceKey, SOURCE);
  }

  listSourceIds(): Promise<Answer<readonly SourceId[]>> {
    return this.#list('list sources', SOURCE_PREFIX);
  }

  listPollIds(): Promise<Answer<readonly SourceId[]>> {
    return this.#list('list polls', POLL_PREFIX);
  }

  readPolls(ids: readonly SourceId[]): Promise<ReadonlyMap<SourceId, Answer<PollRecord>>> {
    return this.#readEach(ids, pollKey, POLL);
  }

  async writePolls(records: ReadonlyMap<SourceId, PollRecord>): Promise<WriteResult> {
    if (records.size === 0) return { kind: 'written' };
    const entries = Array.from(records, ([id, value]) => ({ key: pollKey(id), value }));
    return this.#write('write polls', ({ keyv }) => keyv.setMany(entries));
  }

  async readSubscriptions(): Promise<Answer<readonly SubscriptionRecord[]>> {
    const keys = await this.#call('list subscriptions', 'read', ({ adapter }) =>
      adapter.keysWithPrefix(SUBSCRIPTION_PREFIX),
    );
    if (keys.kind === 'unavailable') return keys;
    const values = await this.#getMany(keys.value);
    if (values.kind === 'unavailable') return values;
    const records = values.value.flatMap((value, index) => {
      const id = keys.value[index]?.slice(SUBSCRIPTION_PREFIX.length);
      const answer = this.#answer<SubscriptionRecord>(value, SUBSCRIPTION, id);
      return answer.kind === 'hit' ? [answer.value] : [];
    });
    return { kind: 'hit', value: records };
  }

  async writeSubscriptions(records: readonly SubscriptionRecord[]): Promise<WriteResult> {
    if (records.length === 0) return { kind: 'written' };
    const entries = records.map((value) => ({ key: subscriptionKey(value.sourceId), value }));
    return this.#write('write subscriptions', ({ keyv }) => keyv.setMany(entries));
  }

  async forgetSubscriptions(ids: readonly SourceId[]): Promise<WriteResult> {
    const result = await this.#call('forget subscriptions', 'write', ({ adapter }) =>
      adapter.deleteMany(ids.map(subscriptionKey)),
    );
    return result.kind === 'unavailable' ? result : { kind: 'written' };
  }

  readAbsence(): Promise<Answer<AbsenceRecord>> {
    return this.#readOne(ABSENCE_KEY, ABSENCE);
  }

  writeAbsence(record: AbsenceRecord): Promise<WriteResult> {
    return this.#write('write what is absent', ({ keyv }) => keyv.set(ABSENCE_KEY, record));
  }

  readHubs(hubUrls: readonly string[]): Promise<ReadonlyMap<string, Answer<HubRecord>>> {
    return this.#readEach(hubUrls, hubKey, HUB);
  }

  writeHub(record: HubRecord): Promise<WriteResult> {
    return this.#write('write a hub', ({ keyv }) => keyv.set(hubKey(record.hubUrl), record));
  }

  async readItems(hashes: readonly ItemHash[]): Promise<Answer<ReadonlyMap<ItemHash, ItemRecord>>> {
    const values = await this.#getMany(hashes.map(itemKey));
    if (values.kind === 'unavailable') return values;
    const items = new Map<ItemHash, ItemRecord>();
    for (const [index, hash] of hashes.entries()) {
      const answer = this.#answer<ItemRecord>(values.value[index], ITEM, hash);
      if (answer.kind === 'hit') items.set(hash, answer.value);
    }
    return { kind: 'hit', value: items };
  }

  async commitPoll(sourceId: SourceId, expectedRevision: number, writes: PollWrites): Promise<CommitResult> {
    requireNext('source', writes.source.revision, expectedRevision);
    return this.#commit('commit a poll', async () => ({
      guardKey: sourceKey(sourceId),
      expectedRevision,
      sets: await Promise.all([
        this.#entry(sourceKey(sourceId), writes.source),
        ...writes.items.map((item) => this.#entry(itemKey(item.hash), item)),
        ...(writes.poll === undefined ? [] : [this.#entry(pollKey(sourceId), writes.poll)]),
      ]),
      deletes: writes.removed.map(itemKey),
      durable: false, // the next edition's commit makes it so, and nothing of it is published before
    }));
  }

  forgetSource(
    sourceId: SourceId,
    expectedRevision: number,
    items: readonly ItemHash[],
  ): Promise<CommitResult> {
    return this.#commit('forget a source', async () => ({
      guardKey: sourceKey(sourceId),
      expectedRevision,
      sets: [],
      deletes: [sourceKey(sourceId), pollKey(sourceId), ...items.map(itemKey)],
      durable: false,
    }));
  }

  readEdition(feedId: FeedId): Promise<Answer<EditionRecord>> {
    return this.#readOne(editionKey(feedId), EDITION, feedId);
  }

  async commitEdition(
    feedId: FeedId,
    expectedRevision: number,
    edition: EditionRecord,
    archives?: ArchiveWrites,
  ): Promise<CommitResult> {
    requireNext('edition', edition.revision, expectedRevision);
    return this.#commit('commit an edition', async () => ({
      guardKey: editionKey(feedId),
      expectedRevision,
      sets: await Promise.all([
        this.#entry(editionKey(feedId), edition),
        ...(archives === undefined ? [] : this.#archiveEntries(feedId, archives)),
      ]),
      deletes: [],
      durable: true,
    }));
  }

  #archiveEntries(feedId: FeedId, { sealed, pending }: ArchiveWrites): Promise<AdapterEntry>[] {
    return [
      this.#entry(pendingArchiveKey(feedId), pending),
      ...sealed.flatMap(({ head, content }) => [
        this.#entry(archiveHeadKey(feedId, head.number), head),
        this.#entry(archiveKey(feedId, content.number), content),
      ]),
    ];
  }

  readArchiveHeads(feedId: FeedId): Promise<Answer<readonly ArchiveHead[]>> {
    return this.#readAll('list archives', archiveHeadPrefix(feedId), ARCHIVE_HEAD, feedId);
  }

  readArchive(feedId: FeedId, number: number): Promise<Answer<ArchiveContent>> {
    return this.#readOne(archiveKey(feedId, number), ARCHIVE, feedId);
  }

  readPendingArchive(feedId: FeedId): Promise<Answer<PendingArchive>> {
    return this.#readOne(pendingArchiveKey(feedId), PENDING_ARCHIVE, feedId);
  }

  readRetractions(): Promise<Answer<readonly RetractionRecord[]>> {
    return this.#readAll('list retractions', RETRACTION_PREFIX, RETRACTION);
  }

  readRetractionStamp(): Promise<Answer<RetractionStamp>> {
    return this.#readOne(RETRACTION_STAMP_KEY, RETRACTION_STAMP);
  }

  async commitRetractions(
    expectedRevision: number,
    stamp: RetractionStamp,
    records: readonly RetractionRecord[],
  ): Promise<CommitResult> {
    requireNext('retraction stamp', stamp.revision, expectedRevision);
    return this.#commit('commit retractions', async () => ({
      guardKey: RETRACTION_STAMP_KEY,
      expectedRevision,
      sets: await Promise.all([
        this.#entry(RETRACTION_STAMP_KEY, stamp),
        ...records.map((record) => this.#entry(retractionKey(record.publishedId, record.feedId), record)),
      ]),
      deletes: [],
      durable: true,
    }));
  }

  counts(): StoreCounts {
    return { unreadable: this.#unreadable, unavailable: this.#unavailable };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await withinTime('close', this.#callTimeoutMs, this.#opening.close());
  }

  async #list(what: string, prefix: string): Promise<Answer<readonly SourceId[]>> {
    const keys = await this.#call(what, 'read', ({ adapter }) => adapter.keysWithPrefix(prefix));
    if (keys.kind === 'unavailable') return keys;
    return { kind: 'hit', value: keys.value.map((key) => key.slice(prefix.length) as SourceId) };
  }

  async #readOne<T>(key: string, kind: RecordKind, name?: string): Promise<Answer<T>> {
    const value = await this.#call('read', 'read', ({ keyv }) => keyv.get<unknown>(key));
    return value.kind === 'unavailable' ? value : this.#answer<T>(value.value, kind, name);
  }

  /** One that is unreadable makes the answer so. */
  async #readAll<T>(
    what: string,
    prefix: string,
    kind: RecordKind,
    name?: string,
  ): Promise<Answer<readonly T[]>> {
    const keys = await this.#call(what, 'read', ({ adapter }) => adapter.keysWithPrefix(prefix));
    if (keys.kind === 'unavailable') return keys;
    const values = await this.#getMany(keys.value);
    if (values.kind === 'unavailable') return values;
    const records: T[] = [];
    for (const [index, key] of keys.value.entries()) {
      const answer = this.#answer<T>(values.value[index], kind, name);
      if (answer.kind === 'hit') records.push(answer.value);
      if (answer.kind === 'unreadable') return { kind: 'unreadable', reason: `${key}: ${answer.reason}` };
    }
    return { kind: 'hit', value: records };
  }

  async #readEach<Id extends string, T>(
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

  async #getMany(keys: readonly string[]): Promise<Outcome<readonly unknown[]>> {
    return this.#call('read', 'read', async ({ keyv }) =>
      keys.length === 0 ? [] : keyv.getMany<unknown>([...keys]),
    );
  }

  #answer<T>(value: unknown, kind: RecordKind, name?: string): Answer<T> {
    const answer = answerOf<T>(value, kind, name);
    if (answer.kind === 'unreadable') this.#unreadable += 1;
    return answer;
  }

  async #entry(key: string, value: unknown): Promise<AdapterEntry> {
    return { key, value: await recordCodec.stringify({ value }) };
  }

  async #commit(what: string, build: () => Promise<AdapterCommit>): Promise<CommitResult> {
    const result = await this.#call(what, 'write', async ({ adapter }) => adapter.commit(await build()));
    return result.kind === 'unavailable' ? result : result.value;
  }

  /** Keyv reports a write that the adapter refused as `false`. */
  async #write(what: string, work: (opened: Opened) => Promise<boolean | boolean[]>): Promise<WriteResult> {
    const result = await this.#call(what, 'write', async (opened) => {
      const written = await work(opened);
      const all = Array.isArray(written) ? written.every(Boolean) : written;
      if (!all) throw new StoreError('store-unavailable', `the store refused to ${what}`);
    });
    return result.kind === 'unavailable' ? result : { kind: 'written' };
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

/** A mistake of the caller, not of the store. */
function requireNext(what: string, revision: number, expectedRevision: number): void {
  if (revision !== expectedRevision + 1) {
    throw new TypeError(`a ${what} of revision ${revision} cannot follow revision ${expectedRevision}`);
  }
}
