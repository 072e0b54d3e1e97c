// The operator takes a story out, or lets it back in: what becomes of the records. Pure, but for the commit, which is tried
// again where somebody else came first.
import {
  createRetractionMatcher,
  isActive,
  nameOfRetraction,
  withAlike,
} from '../core/filter/retractions.ts';
import { retractionUnderPresentRules } from '../core/identify/present-pages.ts';
import type { Copy } from '../core/merge/order.ts';
import type { Store } from '../edge/store/store.ts';
import { StoreError } from '../model/errors.ts';
import type { FeedId } from '../model/ids.ts';
import { RECORD_VERSION } from '../model/record-version.ts';
import type { RetractionRecord } from '../model/retraction-record.ts';
import { isFrontPage } from '../model/telling-names.ts';
import type { Timestamp } from '../model/timestamp.ts';
import type { OutByText } from './alike-to-retracted.ts';
import type { Story } from './stories.ts';

export interface RetractionWish {
  readonly feedId: FeedId | undefined;
  readonly reason: string | undefined;
  readonly now: Timestamp;
}

/**
 * The record of a story that is taken out; undefined where it is out already. `all`: every copy that is known, by which a
 * page that several items share is told.
 */
export function retractionOf(
  story: Story,
  all: readonly Copy[],
  records: readonly RetractionRecord[],
  { feedId, reason, now }: RetractionWish,
): RetractionRecord | undefined {
  const active = activeOf(story, records);
  const standing = active.find((record) => record.feedId === feedId);
  if (standing !== undefined) {
    if (reason === undefined || reason === standing.reason) return undefined;
    return { ...standing, revision: standing.revision + 1, reason };
  }
  if (active.some((record) => record.feedId === undefined)) return undefined;
  const [lead] = story.copies;
  const { publishedId, guidUri } = lead.entry;
  const before = records.find(
    (record) => nameOfRetraction(record) === nameOfRetraction({ publishedId, feedId }),
  );
  return {
    version: RECORD_VERSION,
    publishedId,
    feedId,
    revision: (before?.revision ?? 0) + 1,
    retractedAt: now,
    reason,
    guidUri,
    canonicalUrl: tellingPage(story, all),
    members: story.copies.map(({ source, entry: { hash, firstSeenAt } }) => ({
      sourceId: source.id,
      hash,
      firstSeenAt,
    })),
  };
}

/** Those by which a story is out, in every feed or in one. */
export function activeOf(story: Story, records: readonly RetractionRecord[]): readonly RetractionRecord[] {
  return records.filter((record) => {
    const matches = createRetractionMatcher([retractionUnderPresentRules(record)]);
    return isActive(record) && story.copies.some(({ entry }) => matches(entry) !== undefined);
  });
}

export function undone(record: RetractionRecord, now: Timestamp): RetractionRecord {
  return { ...record, revision: record.revision + 1, undoneAt: now };
}

/** Of the leading copy. No page by which its source has further items, nor the front page of a site: other stories stand there too. */
function tellingPage({ copies: [lead] }: Story, all: readonly Copy[]): string | undefined {
  const page = lead.entry.canonicalUrl;
  if (page === undefined || isFrontPage(page)) return undefined;
  const isShared = all.some(
    ({ source, entry }) =>
      source.id === lead.source.id && entry.hash !== lead.entry.hash && entry.canonicalUrl === page,
  );
  return isShared ? undefined : page;
}

/**
 * Copies that came later and are out by their texts are named by the retraction too: they stay out when nothing is known any more
 * that they could be compared with. Throws StoreError.
 */
export async function nameAlike(store: Store, now: Timestamp, copies: readonly OutByText[]): Promise<void> {
  const byName = Map.groupBy(copies, ({ operator }) => nameOfRetraction(operator));
  const named = (record: RetractionRecord) =>
    withAlike(
      record,
      (byName.get(nameOfRetraction(record)) ?? []).map(({ source, entry: { hash, firstSeenAt } }) => ({
        sourceId: source.id,
        hash,
        firstSeenAt,
      })),
    );
  if (copies.every(({ operator }) => named(operator) === operator)) return;
  await changeRetractions(store, now, (records) =>
    records.filter(isActive).flatMap((record) => {
      const next = named(record);
      return next === record ? [] : [next];
    }),
  );
}

const ATTEMPTS_MAX = 5;

/** Throws StoreError. `decide` is asked again over what stands where another process was faster; nothing is written for none. */
export async function changeRetractions(
  store: Store,
  now: Timestamp,
  decide: (records: readonly RetractionRecord[]) => readonly RetractionRecord[],
): Promise<readonly RetractionRecord[]> {
  let lost = 0;
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const stamp = await store.readRetractionStamp();
    if (stamp.kind === 'unavailable') throw stamp.error;
    const answer = await store.readRetractions();
    if (answer.kind === 'unavailable') throw answer.error;
    // What cannot be read may be what is written anew here: that heals it.
    const changed = decide(answer.kind === 'hit' ? answer.value : []);
    if (changed.length === 0) return [];
    const revision = stamp.kind === 'hit' ? stamp.value.revision : lost;
    const next = { version: RECORD_VERSION, revision: revision + 1, changedAt: now } as const;
    const result = await store.commitRetractions(revision, next, changed);
    if (result.kind === 'committed') return changed;
    if (result.kind === 'unavailable') throw result.error;
    lost = result.revision;
  }
  throw new StoreError('store-unavailable', 'other processes kept changing what is retracted; try again');
}
