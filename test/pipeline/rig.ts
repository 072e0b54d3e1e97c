// The pipeline without a network: a real store, real documents on disk, a clock that the test sets, and a publisher whose
// answers the test writes.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FetchRequest } from '../../src/edge/fetch/fetch-request.ts';
import type { Fetcher } from '../../src/edge/fetch/fetcher.ts';
import { type ArchiveFiles, openArchiveFiles } from '../../src/edge/store/archive-files.ts';
import { openLastKnownGood } from '../../src/edge/store/last-known-good.ts';
import { openStore } from '../../src/edge/store/open-store.ts';
import type { Store } from '../../src/edge/store/store.ts';
import type { Config, MergedFeed, Source } from '../../src/model/config.ts';
import { DEFAULT_WORDING } from '../../src/model/default-wording.ts';
import { StoreError } from '../../src/model/errors.ts';
import type { FetchOutcome } from '../../src/model/fetch-outcome.ts';
import { feedId } from '../../src/model/ids.ts';
import { DEFAULT_SHOW } from '../../src/model/shown.ts';
import { createKnownRetractions } from '../../src/pipeline/known-retractions.ts';
import { type KnownSources, loadKnownSources } from '../../src/pipeline/known-sources.ts';
import type { PollDeps } from '../../src/pipeline/poll-deps.ts';
import type { PollReport } from '../../src/pipeline/poll-report.ts';
import { pollSource } from '../../src/pipeline/poll-source.ts';
import { createPublisher, type Publisher, type PublishReport } from '../../src/pipeline/publisher.ts';
import type { MoveWorld } from '../../src/pipeline/source-address.ts';
import { createUntrustedWork } from '../../src/pipeline/untrusted-work.ts';
import { buildSource } from '../core/build-item.ts';

const NO_MOVES: MoveWorld = { isOurs: () => false, isTaken: () => false };

export const START_MS = Date.parse('2026-11-20T12:00:00Z');

export function buildFeed(said: Partial<MergedFeed> = {}): MergedFeed {
  return {
    id: feedId('all'),
    title: 'All',
    description: undefined,
    language: 'en',
    sources: { kind: 'all' },
    limit: 100,
    maxAgeMs: undefined,
    duplicates: ['id', 'url'],
    filter: { include: [], exclude: [] },
    show: DEFAULT_SHOW,
    titleFormat: '{title}',
    imageUrl: undefined,
    author: undefined,
    attribution: DEFAULT_WORDING,
    ...said,
  };
}

export function buildConfig(
  sources: readonly Source[],
  feeds: readonly MergedFeed[] = [buildFeed()],
): Config {
  return {
    file: '/etc/tributary.yaml',
    server: { host: '127.0.0.1', port: 8080, publicUrl: 'https://feeds.example/' },
    dataDir: '/nowhere',
    store: 'memory:',
    network: {
      contact: undefined,
      timeoutMs: 20_000,
      bodyBytesMax: 10_000_000,
      concurrency: 4,
      perHost: { concurrency: 1, gapMs: 0 },
      allow: [],
    },
    sources,
    feeds,
  };
}

/** An answer with a document. */
export function fetched(
  text: string | Uint8Array,
  said: { etag?: string; url?: string; movedTo?: string; headers?: Readonly<Record<string, string>> } = {},
): FetchOutcome {
  return {
    kind: 'fetched',
    response: {
      finalUrl: said.url ?? 'https://a.example/feed',
      status: 200,
      headers: { 'content-type': 'application/rss+xml', ...said.headers },
      body: typeof text === 'string' ? Buffer.from(text) : text,
      validators: { etag: said.etag },
      movedTo: said.movedTo,
    },
  };
}

export interface PipelineRig extends AsyncDisposable {
  readonly store: Store;
  readonly requests: FetchRequest[];
  readonly reports: PublishReport[];
  readonly folder: string;
  known: KnownSources;
  nowMs: number;
  /** Nothing can be written for last-known-good. */
  diskFails: boolean;
  /** What the next requests of an address are answered with. */
  answer(url: string, outcome: FetchOutcome | (() => FetchOutcome)): void;
  poll(source: Source, deps?: Partial<PollDeps>): Promise<PollReport>;
  /** A new start over the same store and folder, with another configuration if need be; `store`: over another store. */
  restart(config: Config, store?: Store): Promise<Publisher>;
  /** Items of the feed `all`, without those that stand in the place of others. */
  json(publisher: Publisher): JsonItem[];
  /** Those that stand in the place of items that were taken out. */
  stubs(publisher: Publisher): JsonItem[];
}

export interface JsonItem {
  readonly id: string;
  readonly title: string;
  readonly _tributary?: { readonly retracted?: unknown; readonly categories?: unknown };
  readonly [name: string]: unknown;
}

/** Items of a published JSON Feed. */
export function itemsOf(publisher: Publisher, feed = 'all'): readonly JsonItem[] {
  const bytes = publisher.site().get(`feeds/${feed}.json`)?.body;
  return bytes === undefined ? [] : JSON.parse(Buffer.from(bytes).toString('utf8')).items;
}

export const isStub = (item: JsonItem) => item._tributary?.retracted !== undefined;

export async function pipelineRig(config: Config): Promise<PipelineRig> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tributary-'));
  const answers = new Map<string, FetchOutcome | (() => FetchOutcome)>();
  const requests: FetchRequest[] = [];
  const reports: PublishReport[] = [];
  const work = createUntrustedWork({ nowMs: () => rig.nowMs, inner: () => 'refused' });
  const fetcher: Pick<Fetcher, 'fetch' | 'close'> = {
    async fetch(request) {
      requests.push(request);
      const outcome = answers.get(request.url);
      if (outcome === undefined)
        return { kind: 'failed', error: { code: 'connect', message: 'nobody answers' } };
      return typeof outcome === 'function' ? outcome() : outcome;
    },
    close: async () => undefined,
  };
  const first = await openStore('memory:');
  let store = first;
  const rig: PipelineRig = {
    get store() {
      return store;
    },
    requests,
    reports,
    folder,
    known: await loadKnownSources(first, config.sources),
    nowMs: START_MS,
    diskFails: false,
    answer: (url, outcome) => void answers.set(url, outcome),
    poll: (source, deps = {}) =>
      pollSource(source, {
        store,
        known: rig.known,
        fetcher,
        network: config.network,
        work,
        now: () => rig.nowMs,
        signal: new AbortController().signal,
        moves: NO_MOVES,
        ...deps,
      }),
    async restart(next, other = store) {
      store = other;
      await store.writePolls(rig.known.takeUnwrittenPolls());
      const lastKnownGood = await openLastKnownGood(folder);
      const { documents, editions, retractions: kept } = await lastKnownGood.load();
      rig.known = await loadKnownSources(store, next.sources, editions, kept);
      return createPublisher({
        config: next,
        store,
        work,
        known: rig.known,
        retractions: createKnownRetractions(store, kept.operator, () => rig.nowMs),
        lastKnownGood: {
          load: () => lastKnownGood.load(),
          remove: (owner) => lastKnownGood.remove(owner),
          save: async (...saved) => {
            if (rig.diskFails) throw new StoreError('store-unavailable', 'the disk is full');
            await lastKnownGood.save(...saved);
          },
          saveRetractions: async (retractions) => {
            if (rig.diskFails) throw new StoreError('store-unavailable', 'the disk is full');
            await lastKnownGood.saveRetractions(retractions);
          },
        },
        archiveFiles: failingWith(openArchiveFiles(folder), () => rig.diskFails),
        documents,
        keptRetractions: kept,
        editions,
        now: () => rig.nowMs,
        report: (report) => void reports.push(report),
      });
    },
    json: (publisher) => itemsOf(publisher).filter((item) => !isStub(item)),
    stubs: (publisher) => itemsOf(publisher).filter(isStub),
    async [Symbol.asyncDispose]() {
      await first.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return rig;
}

function failingWith(files: ArchiveFiles, fails: () => boolean): ArchiveFiles {
  return {
    ...files,
    async save(...saved) {
      if (fails()) throw new StoreError('store-unavailable', 'the disk is full');
      await files.save(...saved);
    },
  };
}

export const sourceA = buildSource('a');
export const sourceB = buildSource('b');
