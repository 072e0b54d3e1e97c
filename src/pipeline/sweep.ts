// Takes what left the configuration 30 days ago out of the store and the data folder: sources, lists, feeds, hubs.
// Little at a time, and nothing at all while it is doubtful what is configured or what is stored.
import type { Log } from '../edge/ops/log.ts';
import { listFeedFolders } from '../edge/store/feed-folders.ts';
import { hubDigest } from '../edge/store/keys.ts';
import { listListFiles, removeListFile } from '../edge/store/list-files.ts';
import type { Store } from '../edge/store/store.ts';
import { type FeedId, isListId, type SourceId } from '../model/ids.ts';
import { longAbsent, nextAbsence } from './absence.ts';
import { forgetFeed } from './forget-feed.ts';
import { type ForgetStep, forgetSource } from './forget-source.ts';
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
/** In the names of what is absent; ids of sources and lists stand there as they are. */
const FEED = 'feed:';
const HUB = 'hub:';

export function createSweep(options: SweepOptions): Sweep {
  const { running, lists, store, dataDir, now, log } = options;
  let lookedMs: number | undefined;
  let due: readonly string[] = [];

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

  function isConfigured(): (name: string) => boolean {
    const { sources, feeds, lists: configured = [] } = running.now();
    const names = new Set<string>([
      ...[...sources, ...configured.map(({ source }) => source)].map(({ id }) => id),
      ...feeds.map(({ id }) => `${FEED}${id}`),
      ...feeds.flatMap(({ hubs = [] }) => hubs.map((hub) => `${HUB}${hubDigest(hub)}`)),
    ]);
    return (name) => names.has(name);
  }

  /** Undefined where the store does not answer. */
  async function listStored(): Promise<ReadonlySet<string> | undefined> {
    const sources = await store.listSourceIds();
    const polls = await store.listPollIds();
    const feeds = await store.listFeedIds();
    const hubs = await store.listHubs();
    if (sources.kind !== 'hit' || polls.kind !== 'hit' || feeds.kind !== 'hit' || hubs.kind !== 'hit')
      return undefined;
    return new Set<string>([
      ...sources.value,
      ...polls.value,
      ...(await listListFiles(dataDir)),
      ...[...feeds.value, ...(await listFeedFolders(dataDir))].map((id) => `${FEED}${id}`),
      ...hubs.value.map((digest) => `${HUB}${digest}`),
    ]);
  }

  async function look(): Promise<void> {
    const stored = await listStored();
    const before = await store.readAbsence();
    if (stored === undefined || before.kind === 'unavailable') return;
    const isPresent = isConfigured();
    const absent = [...stored].filter((name) => !isPresent(name));
    if (absent.length === 0 && before.kind === 'miss') return;
    const next = nextAbsence(before.kind === 'hit' ? before.value : undefined, absent, now());
    if ((await store.writeAbsence(next)).kind === 'written') due = longAbsent(next);
  }

  async function takeOut(name: string): Promise<ForgetStep> {
    if (name.startsWith(HUB)) {
      const { kind } = await store.forgetHubs([name.slice(HUB.length)]);
      return kind === 'written' ? 'done' : 'later';
    }
    if (name.startsWith(FEED)) {
      const id = name.slice(FEED.length) as FeedId;
      const came = await forgetFeed(id, store, dataDir);
      if (came === 'done') log.info('feed-forgotten', { feed: id });
      return came;
    }
    const id = name as SourceId;
    if (isListId(id)) {
      await removeListFile(dataDir, id);
      log.info('list-forgotten', { list: id });
      return 'done';
    }
    const came = await forgetSource(id, options);
    if (came === 'done') log.info('source-forgotten', { source: id });
    return came;
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
      due = due.filter((name) => !isPresent(name));
      for (let step = 0; step < STEPS_MAX; step += 1) {
        const [name, ...rest] = due;
        if (name === undefined) return;
        // Where the disk fails this throws: the others are not kept waiting by it.
        due = rest;
        // What could not be taken out is due again after the next look.
        if ((await takeOut(name)) === 'more') due = [name, ...rest];
      }
    },
  };
}
