// What the operator took out, in memory: read at the start and whenever a commit of retractions shows in the store, and put
// back into a store that has lost it. Nothing is published before it is known.
import { createHash } from 'node:crypto';
import {
  createRetractionMatcher,
  mergeRetractions,
  nameOfRetraction,
  type RetractionMatcher,
  retractionsOf,
} from '../core/filter/retractions.ts';
import { retractionUnderPresentRules } from '../core/identify/present-pages.ts';
import type { Store } from '../edge/store/store.ts';
import { StoreError } from '../model/errors.ts';
import type { FeedId } from '../model/ids.ts';
import { RECORD_VERSION } from '../model/record-version.ts';
import type { RetractionRecord } from '../model/retraction-record.ts';
import { timestampOfClock } from '../model/timestamp.ts';

export interface FeedRetractions {
  readonly matches: RetractionMatcher;
  /** Undefined where there are none. */
  readonly digest: string | undefined;
}

export interface KnownRetractions {
  /**
   * Takes up what another process has written. Throws StoreError where the store has not answered yet since the start, or
   * where one of its retractions can be read neither there nor here.
   */
  refresh(): Promise<void>;
  /** All of them, those that were undone included; the same list as long as nothing changes. */
  records(): readonly RetractionRecord[];
  of(feedId: FeedId): FeedRetractions;
}

/** `kept`: as they stand on disk. */
export function createKnownRetractions(
  store: Store,
  kept: readonly RetractionRecord[],
  now: () => number,
): KnownRetractions {
  let records = kept;
  let isLoaded = false;
  /** What the store's stamp said when everything was as here. */
  let seen: string | undefined;
  let byFeed = new Map<FeedId, FeedRetractions>();

  function take(merged: readonly RetractionRecord[]): void {
    if (JSON.stringify(merged) === JSON.stringify(records)) return;
    records = merged;
    byFeed = new Map();
  }

  async function refresh(): Promise<void> {
    const stamp = await store.readRetractionStamp();
    if (stamp.kind === 'unavailable') return missed(stamp.error);
    const said = stamp.kind === 'hit' ? `${stamp.value.revision} ${stamp.value.changedAt}` : stamp.kind;
    if (said === seen) return;
    const answer = await store.readRetractions();
    if (answer.kind === 'unavailable') return missed(answer.error);
    const stored = answer.kind === 'hit' ? answer.value : [];
    take(mergeRetractions(records, stored));
    const lacking = records.filter((record) => !isIn(record, stored));
    if (lacking.length === 0 && answer.kind !== 'unreadable') seen = said;
    else await putBack(stamp.kind === 'hit' ? stamp.value.revision : 0, lacking);
    isLoaded = true;
  }

  /** What is known stands as long as the store is silent; before it has spoken, nothing is known. */
  function missed(error: StoreError): void {
    if (!isLoaded) throw error;
  }

  /** The store was emptied, or one of its records was damaged. Seen again, and compared, at the next look. */
  async function putBack(revision: number, lacking: readonly RetractionRecord[]): Promise<void> {
    const changedAt = timestampOfClock(now());
    const stamp = (expected: number) =>
      ({ version: RECORD_VERSION, revision: expected + 1, changedAt }) as const;
    let result = await store.commitRetractions(revision, stamp(revision), lacking);
    // A stamp that cannot be read keeps its number.
    if (result.kind === 'stale')
      result = await store.commitRetractions(result.revision, stamp(result.revision), lacking);
    if (result.kind === 'unavailable') throw result.error;
    const after = await store.readRetractions();
    if (after.kind === 'unreadable')
      throw new StoreError(
        'store-unreadable',
        `a retraction in the store cannot be read (${after.reason}): nothing is published, since an item might come back; ` +
          'take the item out again with `tributary retract`, or empty the store',
      );
  }

  return {
    refresh,
    records: () => records,
    of(feedId) {
      const known = byFeed.get(feedId);
      if (known !== undefined) return known;
      const own = retractionsOf(records, feedId);
      const made = {
        matches: createRetractionMatcher(own.map(retractionUnderPresentRules)),
        digest: digestOf(own),
      };
      byFeed.set(feedId, made);
      return made;
    },
  };
}

function isIn(record: RetractionRecord, stored: readonly RetractionRecord[]): boolean {
  return stored.some(
    (other) => other.revision === record.revision && nameOfRetraction(other) === nameOfRetraction(record),
  );
}

function digestOf(records: readonly RetractionRecord[]): string | undefined {
  if (records.length === 0) return undefined;
  return createHash('sha256').update(JSON.stringify(records)).digest('base64url').slice(0, 27);
}
