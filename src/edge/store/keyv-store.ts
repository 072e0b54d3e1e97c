// The store in domain verbs over any adapter: under which keys its records lie, and what is written together.
import type { ArchiveContent, ArchiveHead, ArchiveWrites, PendingArchive } from '../../model/archive.ts';
import type { EditionRecord } from '../../model/edition-record.ts';
import type { FeedId, ItemHash, SourceId } from '../../model/ids.ts';
import type { AbsenceRecord, PollRecord } from '../../model/poll-record.ts';
import type { RetractionRecord, RetractionStamp } from '../../model/retraction-record.ts';
import type { ItemRecord, SourceRecord } from '../../model/source-record.ts';
import type { HubRecord, SubscriptionRecord } from '../../model/subscription-record.ts';
import type { StoreAdapter } from './adapter.ts';
import { ARCHIVE, ARCHIVE_HEAD, PENDING_ARCHIVE } from './archive-checks.ts';
import { EDITION, RETRACTION, RETRACTION_STAMP } from './edition-checks.ts';
import { forgetArchives, forgetFeed, listArchives, listFeedIds } from './forget-calls.ts';
import {
  ABSENCE_KEY,
  archiveHeadKey,
  archiveHeadPrefix,
  archiveKey,
  editionKey,
  HUB_PREFIX,
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
import type { Opening } from './late-opening.ts';
import { ABSENCE, HUB, POLL, SUBSCRIPTION } from './poll-checks.ts';
import { type KeyedRecord, RecordCalls } from './record-calls.ts';
import { ITEM, SOURCE } from './source-checks.ts';
import type { Answer, CommitResult, PollWrites, Store, StoreCounts, WriteResult } from './store.ts';
import type { StoreWatch } from './store-watch.ts';

export class KeyvStore implements Store {
  readonly #calls: RecordCalls;

  /** `callTimeoutMs`: how long one call may take. */
  constructor(store: StoreAdapter | Opening, callTimeoutMs: number, watch?: StoreWatch) {
    this.#calls = new RecordCalls(store, callTimeoutMs, watch);
  }

  readSource(id: SourceId): Promise<Answer<SourceRecord>> {
    return this.#calls.readOne(sourceKey(id), SOURCE, id);
  }

  readSources(ids: readonly SourceId[]): Promise<ReadonlyMap<SourceId, Answer<SourceRecord>>> {
    return this.#calls.readEach(ids, sourceKey, SOURCE);
  }

  listSourceIds(): Promise<Answer<readonly SourceId[]>> {
    return this.#calls.list('list sources', SOURCE_PREFIX);
  }

  listPollIds(): Promise<Answer<readonly SourceId[]>> {
    return this.#calls.list('list polls', POLL_PREFIX);
  }

  readPolls(ids: readonly SourceId[]): Promise<ReadonlyMap<SourceId, Answer<PollRecord>>> {
    return this.#calls.readEach(ids, pollKey, POLL);
  }

  writePolls(records: ReadonlyMap<SourceId, PollRecord>): Promise<WriteResult> {
    return this.#calls.write(
      'write polls',
      Array.from(records, ([id, value]) => ({ key: pollKey(id), value })),
    );
  }

  async readSubscriptions(): Promise<Answer<readonly SubscriptionRecord[]>> {
    const ids = await this.#calls.list<SourceId>('list subscriptions', SUBSCRIPTION_PREFIX);
    if (ids.kind !== 'hit') return ids;
    const records = await this.#calls.readReadable<SourceId, SubscriptionRecord>(
      ids.value,
      subscriptionKey,
      SUBSCRIPTION,
    );
    return records.kind === 'hit' ? { kind: 'hit', value: [...records.value.values()] } : records;
  }

  writeSubscriptions(records: readonly SubscriptionRecord[]): Promise<WriteResult> {
    return this.#calls.write(
      'write subscriptions',
      records.map((value) => ({ key: subscriptionKey(value.sourceId), value })),
    );
  }

  forgetSubscriptions(ids: readonly SourceId[]): Promise<WriteResult> {
    return this.#calls.delete('forget subscriptions', ids.map(subscriptionKey));
  }

  listFeedIds(): Promise<Answer<readonly FeedId[]>> {
    return listFeedIds(this.#calls);
  }

  listArchives(feedId: FeedId): Promise<Answer<readonly number[]>> {
    return listArchives(this.#calls, feedId);
  }

  forgetArchives(feedId: FeedId, numbers: readonly number[]): Promise<WriteResult> {
    return forgetArchives(this.#calls, feedId, numbers);
  }

  forgetFeed(feedId: FeedId, expectedRevision: number): Promise<CommitResult> {
    return forgetFeed(this.#calls, feedId, expectedRevision);
  }

  readAbsence(): Promise<Answer<AbsenceRecord>> {
    return this.#calls.readOne(ABSENCE_KEY, ABSENCE);
  }

  writeAbsence(record: AbsenceRecord): Promise<WriteResult> {
    return this.#calls.write('write what is absent', [{ key: ABSENCE_KEY, value: record }]);
  }

  readHubs(hubUrls: readonly string[]): Promise<ReadonlyMap<string, Answer<HubRecord>>> {
    return this.#calls.readEach(hubUrls, hubKey, HUB);
  }

  writeHub(record: HubRecord): Promise<WriteResult> {
    return this.#calls.write('write a hub', [{ key: hubKey(record.hubUrl), value: record }]);
  }

  listHubs(): Promise<Answer<readonly string[]>> {
    return this.#calls.list('list hubs', HUB_PREFIX);
  }

  forgetHubs(digests: readonly string[]): Promise<WriteResult> {
    return this.#calls.delete(
      'forget hubs',
      digests.map((digest) => `${HUB_PREFIX}${digest}`),
    );
  }

  readItems(hashes: readonly ItemHash[]): Promise<Answer<ReadonlyMap<ItemHash, ItemRecord>>> {
    return this.#calls.readReadable(hashes, itemKey, ITEM);
  }

  async commitPoll(sourceId: SourceId, expectedRevision: number, writes: PollWrites): Promise<CommitResult> {
    requireNext('source', writes.source.revision, expectedRevision);
    return this.#calls.commit('commit a poll', {
      guardKey: sourceKey(sourceId),
      expectedRevision,
      sets: [
        { key: sourceKey(sourceId), value: writes.source },
        ...writes.items.map((item) => ({ key: itemKey(item.hash), value: item })),
        ...(writes.poll === undefined ? [] : [{ key: pollKey(sourceId), value: writes.poll }]),
      ],
      deletes: writes.removed.map(itemKey),
      durable: false, // the next edition's commit makes it so, and nothing of it is published before
    });
  }

  forgetSource(
    sourceId: SourceId,
    expectedRevision: number,
    items: readonly ItemHash[],
  ): Promise<CommitResult> {
    return this.#calls.commit('forget a source', {
      guardKey: sourceKey(sourceId),
      expectedRevision,
      sets: [],
      deletes: [sourceKey(sourceId), pollKey(sourceId), ...items.map(itemKey)],
      durable: false,
    });
  }

  readEdition(feedId: FeedId): Promise<Answer<EditionRecord>> {
    return this.#calls.readOne(editionKey(feedId), EDITION, feedId);
  }

  async commitEdition(
    feedId: FeedId,
    expectedRevision: number,
    edition: EditionRecord,
    archives?: ArchiveWrites,
  ): Promise<CommitResult> {
    requireNext('edition', edition.revision, expectedRevision);
    return this.#calls.commit('commit an edition', {
      guardKey: editionKey(feedId),
      expectedRevision,
      sets: [
        { key: editionKey(feedId), value: edition },
        ...(archives === undefined ? [] : archiveRecords(feedId, archives)),
      ],
      deletes: [],
      durable: true,
    });
  }

  readArchiveHeads(feedId: FeedId): Promise<Answer<readonly ArchiveHead[]>> {
    return this.#calls.readAll('list archives', archiveHeadPrefix(feedId), ARCHIVE_HEAD, feedId);
  }

  readArchive(feedId: FeedId, number: number): Promise<Answer<ArchiveContent>> {
    return this.#calls.readOne(archiveKey(feedId, number), ARCHIVE, feedId);
  }

  readPendingArchive(feedId: FeedId): Promise<Answer<PendingArchive>> {
    return this.#calls.readOne(pendingArchiveKey(feedId), PENDING_ARCHIVE, feedId);
  }

  readRetractions(): Promise<Answer<readonly RetractionRecord[]>> {
    return this.#calls.readAll('list retractions', RETRACTION_PREFIX, RETRACTION);
  }

  readRetractionStamp(): Promise<Answer<RetractionStamp>> {
    return this.#calls.readOne(RETRACTION_STAMP_KEY, RETRACTION_STAMP);
  }

  async commitRetractions(
    expectedRevision: number,
    stamp: RetractionStamp,
    records: readonly RetractionRecord[],
  ): Promise<CommitResult> {
    requireNext('retraction stamp', stamp.revision, expectedRevision);
    return this.#calls.commit('commit retractions', {
      guardKey: RETRACTION_STAMP_KEY,
      expectedRevision,
      sets: [
        { key: RETRACTION_STAMP_KEY, value: stamp },
        ...records.map((value) => ({ key: retractionKey(value.publishedId, value.feedId), value })),
      ],
      deletes: [],
      durable: true,
    });
  }

  counts(): StoreCounts {
    return this.#calls.counts();
  }

  close(): Promise<void> {
    return this.#calls.close();
  }
}

function archiveRecords(feedId: FeedId, { sealed, pending }: ArchiveWrites): readonly KeyedRecord[] {
  return [
    { key: pendingArchiveKey(feedId), value: pending },
    ...sealed.flatMap(({ head, content }) => [
      { key: archiveHeadKey(feedId, head.number), value: head },
      { key: archiveKey(feedId, content.number), value: content },
    ]),
  ];
}

/** A mistake of the caller, not of the store. */
function requireNext(what: string, revision: number, expectedRevision: number): void {
  if (revision !== expectedRevision + 1) {
    throw new TypeError(`a ${what} of revision ${revision} cannot follow revision ${expectedRevision}`);
  }
}
