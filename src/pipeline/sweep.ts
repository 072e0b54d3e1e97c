// Takes what left the configuration 30 days ago out of the store and the data folder: records, polls, items, subscriptions, lists.
// Little at a time, and nothing at all while it is doubtful what is configured or what is stored.
import type { Log } from '../edge/ops/log.ts';
import { listListFiles, removeListFile } from '../edge/store/list-files.ts';
import type { CommitResult, Store } from '../edge/store/store.ts';
import { type ItemHash, isListId, type SourceId } from '../model/ids.ts';
import type { SourceRecord } from '../model/source-record.ts';
import { longAbsent, nextAbsence } from './absence.ts';
import type { KnownLists } from './known-lists.ts';
import type { KnownSources } from './known-sources.ts';
import type { RunningConfig } from './running-config.ts';

export interface SweepOptions {
  readonly running: Pick<RunningConfig, 'now' | 'state'>;
  readonly lists: Pick<KnownLists, 'states'>;
  readonly known: Pick<KnownSources, 'of'>;
  readonly store: Store;
  readonly dataDir: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

export interface Sweep {
  /** Looks once an hour; takes out a few of what is due. Not while the configuration is being changed. Never rejects for a store that fails. */
  turn(): Promise<void>;
}

const LOOK_EVERY_MS = 60 * 60 * 1000;
const STEPS_MAX = 4;
/** Items that one commit takes out. */
const ITEMS_MAX = 500;

type Step = 'done' | 'more' | 'later';

export function createSweep(options: SweepOptions): Sweep {
  const { running, lists, known, store, dataDir, now, log } = options;
  let lookedMs: number | undefined;
  let due: readonly SourceId[] = [];

  /** Where a list was never read, or the file has mistakes, what is missing may only be missing for now. */
  function isDoubtful(): boolean {
    const { sources, lists: configured = [] } = running.now();
    const states = lists.states();
    return (
      sources.length === 0 ||
      running.state().problem !== undefined ||
      configured.some(({ source }) => states.get(source.id)?.list === undefined)
    );
  }

  function isConfigured(): (id: SourceId) => boolean {
    const { sources, lists: configured = [] } = running.now();
    const ids = new Set([...sources, ...configured.map(({ source }) => source)].map(({ id }) => id));
    return (id) => ids.has(id);
  }

  async function look(): Promise<void> {
    const [sources, polls] = [await store.listSourceIds(), await store.listPollIds()];
    const before = await store.readAbsence();
    if (sources.kind !== 'hit' || polls.kind !== 'hit' || before.kind === 'unavailable') return;
    const stored = new Set([...sources.value, ...polls.value, ...(await listListFiles(dataDir))]);
    const isPresent = isConfigured();
    const absent = [...stored].filter((id) => !isPresent(id));
    if (absent.length === 0 && before.kind === 'miss') return;
    const next = nextAbsence(before.kind === 'hit' ? before.value : undefined, absent, now());
    if ((await store.writeAbsence(next)).kind === 'written') due = longAbsent(next);
  }

  async function takeOut(id: SourceId): Promise<Step> {
    if (isListId(id)) {
      await removeListFile(dataDir, id);
      log.info('list-forgotten', { list: id });
      return 'done';
    }
    const answer = await store.readSource(id);
    if (answer.kind === 'unavailable') return 'later';
    const record = answer.kind === 'hit' ? answer.value : undefined;
    if (record !== undefined && record.items.length > ITEMS_MAX) return takeOutItems(record);
    const hashes = record === undefined ? [] : ofItsOwn(record, record.items);
    const result = await forget(id, record?.revision ?? 0, hashes);
    if (result.kind !== 'committed') return 'later';
    await store.forgetSubscriptions([id]);
    log.info('source-forgotten', { source: id });
    return 'done';
  }

  /** The oldest first: what a source that comes back in between still has are its latest. */
  async function takeOutItems(record: SourceRecord): Promise<Step> {
    const source = {
      ...record,
      revision: record.revision + 1,
      items: record.items.slice(0, -ITEMS_MAX),
    };
    const removed = ofItsOwn(record, record.items.slice(-ITEMS_MAX));
    const result = await store.commitPoll(record.sourceId, record.revision, { source, items: [], removed });
    return result.kind === 'committed' ? 'more' : 'later';
  }

  /** What cannot be read has a revision all the same. */
  async function forget(id: SourceId, revision: number, hashes: readonly ItemHash[]): Promise<CommitResult> {
    const result = await store.forgetSource(id, revision, hashes);
    return result.kind === 'stale' && revision === 0 ? store.forgetSource(id, result.revision, []) : result;
  }

  /** A source that took over another's items, under another id, has them still. */
  function ofItsOwn({ firstAddress }: SourceRecord, items: SourceRecord['items']): readonly ItemHash[] {
    const heirs = running.now().sources.flatMap(({ id }) => {
      const state = known.of(id);
      return state.kind === 'known' && state.record.firstAddress === firstAddress ? [state.record] : [];
    });
    const inUse = new Set(heirs.flatMap((record) => record.items.map(({ hash }) => hash)));
    return items.map(({ hash }) => hash).filter((hash) => !inUse.has(hash));
  }

  return {
    async turn() {
      const passedMs = now() - (lookedMs ?? Number.NEGATIVE_INFINITY);
      const isTime = passedMs >= LOOK_EVERY_MS || passedMs < 0;
      if ((due.length === 0 && !isTime) || isDoubtful()) return;
      if (isTime) {
        lookedMs = now();
        await look();
      }
      const isPresent = isConfigured();
      due = due.filter((id) => !isPresent(id));
      for (let step = 0; step < STEPS_MAX; step += 1) {
        const [id] = due;
        if (id === undefined) return;
        const came = await takeOut(id);
        // What could not be taken out is due again after the next look.
        if (came !== 'more') due = due.slice(1);
      }
    },
  };
}
