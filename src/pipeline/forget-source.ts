// Takes a source that left the configuration out of the store: its record, polls, items and subscriptions, a part at a time.
import type { CommitResult, Store } from '../edge/store/store.ts';
import type { ItemHash, SourceId } from '../model/ids.ts';
import type { SourceRecord } from '../model/source-record.ts';
import type { KnownSources } from './known-sources.ts';
import type { RunningConfig } from './running-config.ts';

/** `later`: the store does not answer, or another writer was at it. */
export type ForgetStep = 'done' | 'more' | 'later';

export interface ForgetSourceDeps {
  readonly running: Pick<RunningConfig, 'now'>;
  readonly known: Pick<KnownSources, 'of'>;
  readonly store: Store;
}

/** Items that one commit takes out. */
const ITEMS_MAX = 500;

export async function forgetSource(id: SourceId, deps: ForgetSourceDeps): Promise<ForgetStep> {
  const { store } = deps;
  const answer = await store.readSource(id);
  if (answer.kind === 'unavailable') return 'later';
  const record = answer.kind === 'hit' ? answer.value : undefined;
  if (record !== undefined && record.items.length > ITEMS_MAX) return forgetItems(record, deps);
  const hashes = record === undefined ? [] : ofItsOwn(record, record.items, deps);
  const result = await forgetRecord(id, record?.revision ?? 0, hashes, store);
  if (result.kind !== 'committed') return 'later';
  await store.forgetSubscriptions([id]);
  return 'done';
}

/** The oldest first: what a source that comes back in between still has are its latest. */
async function forgetItems(record: SourceRecord, deps: ForgetSourceDeps): Promise<ForgetStep> {
  const source = {
    ...record,
    revision: record.revision + 1,
    items: record.items.slice(0, -ITEMS_MAX),
  };
  const removed = ofItsOwn(record, record.items.slice(-ITEMS_MAX), deps);
  const writes = { source, items: [], removed };
  const result = await deps.store.commitPoll(record.sourceId, record.revision, writes);
  return result.kind === 'committed' ? 'more' : 'later';
}

/** What cannot be read has a revision all the same. */
async function forgetRecord(
  id: SourceId,
  revision: number,
  hashes: readonly ItemHash[],
  store: Store,
): Promise<CommitResult> {
  const result = await store.forgetSource(id, revision, hashes);
  return result.kind === 'stale' && revision === 0 ? store.forgetSource(id, result.revision, []) : result;
}

/** A source that took over another's items, under another id, has them still. */
function ofItsOwn(
  { firstAddress }: SourceRecord,
  items: SourceRecord['items'],
  { running, known }: ForgetSourceDeps,
): readonly ItemHash[] {
  const heirs = running.now().sources.flatMap(({ id }) => {
    const state = known.of(id);
    return state.kind === 'known' && state.record.firstAddress === firstAddress ? [state.record] : [];
  });
  const inUse = new Set(heirs.flatMap((record) => record.items.map(({ hash }) => hash)));
  return items.map(({ hash }) => hash).filter((hash) => !inUse.has(hash));
}
