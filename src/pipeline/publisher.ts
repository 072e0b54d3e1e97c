// Merge, sanitize, render, check, swap. Publishing follows from state: a feed is due when its sources have moved on from what
// its edition contains, so that a crash between a poll and its publishing loses nothing. The order is: the store durable, then
// last-known-good on disk, then the swap in memory; what is served never runs ahead of what is remembered.
import type { ArchiveFiles } from '../edge/store/archive-files.ts';
import { type LastKnownGood, SITE } from '../edge/store/last-known-good.ts';
import type { KeptRetractions } from '../edge/store/retraction-file.ts';
import type { Store } from '../edge/store/store.ts';
import type { Config } from '../model/config.ts';
import type { Edition, Rendition, Site } from '../model/edition.ts';
import type { EditionRecord } from '../model/edition-record.ts';
import { messageOf, StoreError, TributaryError } from '../model/errors.ts';
import type { FeedId } from '../model/ids.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import { createArchiveCache } from './archive/archive-cache.ts';
import { createFeedPublisher, type FeedPublisher } from './feed-publisher.ts';
import type { KnownRetractions } from './known-retractions.ts';
import type { KnownSources } from './known-sources.ts';
import { createItemReader } from './prepare-items.ts';
import { isPublic, publicConfig, withoutTellers } from './private-feeds.ts';
import { documentPaths, renderSitePages } from './render-edition.ts';
import { siteCredits } from './site-credits.ts';
import { siteOpml } from './site-opml.ts';
import type { UntrustedWork } from './untrusted-work.ts';

export interface PublisherOptions {
  readonly config: Config;
  readonly store: Store;
  readonly known: KnownSources;
  readonly retractions: KnownRetractions;
  readonly lastKnownGood: LastKnownGood;
  readonly archiveFiles: ArchiveFiles;
  readonly work: UntrustedWork;
  /** What was published before this start. */
  readonly documents: ReadonlyMap<string, Rendition>;
  readonly keptRetractions: KeptRetractions;
  readonly editions: readonly EditionRecord[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly report: (report: PublishReport) => void;
}

/** What publishing one feed came to; for the log. */
export interface PublishReport {
  readonly feedId: FeedId | undefined;
  readonly outcome: 'published' | 'unchanged' | 'waiting' | 'failed';
  readonly items: number;
  /** How long it took, milliseconds. */
  readonly ms: number;
  /** Items that are left out since their renditions would not read back, and what was wrong. */
  readonly dropped: readonly string[];
  /** For people, where it failed. */
  readonly message: string | undefined;
  /** It failed for want of the store, which tells that itself. */
  readonly isStoreAway?: boolean;
  /** It failed before, for the same reason, and was told. */
  readonly isRepeated?: boolean;
}

export interface Publisher {
  site(): Site;
  /**
   * A document of a sealed archive, read from disk when it is asked for; undefined where there can be none of that path. Resolves to
   * undefined where there is none, rejects where it cannot be read.
   */
  archived(path: string): Promise<Rendition | undefined> | undefined;
  archivedPaths(): readonly string[];
  /** Feeds that have no document yet. */
  missing(): readonly FeedId[];
  /**
   * The configuration is another now. Documents of feeds that are in it no more are served no more. Not to be called while
   * `publishDue` is at work.
   */
  follow(config: Config): void;
  /** Publishes what is due, one feed after the other. Not to be called again before it is done. Never rejects: a feed that fails keeps its last good documents. */
  publishDue(): Promise<void>;
  /** For good: begins nothing more, and a merge that is under way ends at its next pause, unpublished. What it was for is due at the next start. */
  stop(): void;
}

const ARCHIVE_PATH = /^feeds\/([^/]+)\/archive\/[^/]+$/;
const REST_MAX_MS = 60_000;
/** Asking it costs little, and it says itself when it is back. */
const STORE_REST_MAX_MS = 10_000;
/** What is attempted beside the feeds; no feed can be called so. */
const PAGES = '.pages';
const RETRACTIONS = '.retractions';
const LEAVING = '.leaving';
const NO_FEEDS: readonly string[] = [PAGES, RETRACTIONS, LEAVING];
interface Rest {
  readonly failures: number;
  readonly untilMs: number;
  readonly code: string;
}
type Attempted = FeedId | typeof PAGES | typeof RETRACTIONS | typeof LEAVING;

export function createPublisher(options: PublisherOptions): Publisher {
  const { known, retractions, report, now } = options;
  let { config } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  let site: Site = ofFeeds(options.documents, config.feeds);
  const feedOptions = {
    ...options,
    read: createItemReader(options.store),
    site: () => site,
    files: options.archiveFiles,
    cache: createArchiveCache(),
    signal,
  };
  let publishers = config.feeds.map((feed) => createFeedPublisher(feed, config, feedOptions));
  /** Feeds that the configuration has no more, and whose documents are still on disk. */
  const leaving = new Set<FeedId>();
  /** What failed rests, twice as long with each failure: a full disk is not asked every second. */
  const rests = new Map<Attempted, Rest>();
  let pagesDue = true;
  /** As they were at the start. */
  let onDisk = options.keptRetractions;

  function swap(renditions: readonly Rendition[]): void {
    site = new Map([...site, ...renditions.map((rendition) => [rendition.path, rendition] as const)]);
  }

  /** False where it failed, now or lately. */
  async function attempt(what: Attempted, work: () => Promise<void>): Promise<boolean> {
    const startedMs = now();
    if (signal.aborted || (rests.get(what)?.untilMs ?? 0) > startedMs) return false;
    try {
      await work();
      rests.delete(what);
      return true;
    } catch (error) {
      if (error === signal.reason) return false;
      const isStoreAway = error instanceof StoreError && error.code === 'store-unavailable';
      const failures = (rests.get(what)?.failures ?? 0) + 1;
      const restMs = Math.min(1000 * 2 ** failures, isStoreAway ? STORE_REST_MAX_MS : REST_MAX_MS);
      const code = error instanceof TributaryError ? error.code : messageOf(error);
      const isRepeated = rests.get(what)?.code === code;
      rests.set(what, { failures, untilMs: now() + restMs, code });
      const feedId = NO_FEEDS.includes(what) ? undefined : (what as FeedId);
      const ms = now() - startedMs;
      const said = { message: messageOf(error), isStoreAway, isRepeated };
      report({ feedId, outcome: 'failed', items: 0, ms, dropped: [], ...said });
      return false;
    }
  }

  /** What was taken out is known, and on disk, before anything is published. */
  async function refreshRetractions(): Promise<void> {
    await retractions.refresh();
    const kept = { operator: retractions.records(), publishers: known.tombstones() };
    if (kept.operator === onDisk.operator && kept.publishers === onDisk.publishers) return;
    await options.lastKnownGood.saveRetractions(kept);
    onDisk = kept;
  }

  async function publishFeed(publisher: FeedPublisher): Promise<void> {
    const startedMs = now();
    const result = await publisher.publish();
    if (result.kind === 'published') swap(result.renditions);
    // What a source says of its rights may have changed, though no document did.
    if (result.kind !== 'waiting') pagesDue = true;
    const { kind: outcome, items, dropped } = result;
    const ms = now() - startedMs;
    report({ feedId: publisher.feed.id, outcome, items, ms, dropped, message: undefined });
  }

  /** When a feed changed, and after each start. */
  async function publishPages(): Promise<void> {
    const editions: Edition[] = [];
    let incomplete = false;
    const shown = publishers.filter(({ feed }) => isPublic(feed));
    for (const publisher of shown) {
      const edition = await publisher.edition();
      if (edition !== undefined) editions.push(edition);
      else if (publisher.hasDocuments()) incomplete = true;
    }
    // One that never had documents is not waited for: its sources may never answer.
    if ((editions.length === 0 && shown.length > 0) || (incomplete && site.has('index.html'))) return;
    const told = publicConfig(config);
    const pages = await renderSitePages(
      editions,
      siteCredits(told, options.known, editions),
      config.server,
      site,
      timestampOfClock(now()),
      siteOpml(told, (source) => {
        const state = known.of(source.id);
        return state.kind === 'known' ? state.record.feed : undefined;
      }),
    );
    if (pages.some((page) => site.get(page.path) !== page)) {
      await options.lastKnownGood.save(SITE, pages);
      swap(pages);
    }
    pagesDue = incomplete;
  }

  function follow(next: Config): void {
    config = next;
    const before = new Map(publishers.map((publisher) => [publisher.feed.id, publisher]));
    publishers = config.feeds.map((feed) => {
      const publisher = before.get(feed.id);
      if (publisher === undefined) return createFeedPublisher(feed, config, feedOptions);
      publisher.follow(feed, config);
      before.delete(feed.id);
      return publisher;
    });
    for (const id of before.keys()) leaving.add(id);
    for (const { feed } of publishers) leaving.delete(feed.id);
    site = ofFeeds(site, config.feeds);
    pagesDue = true;
  }

  /** After the pages: none of them links there any more. */
  async function removeLeaving(): Promise<void> {
    for (const id of leaving) {
      await options.lastKnownGood.remove(id);
      leaving.delete(id);
      rests.delete(id);
    }
  }

  return {
    site: () => site,
    stop: () => stopping.abort(),
    archived(path) {
      const [, id] = ARCHIVE_PATH.exec(path) ?? [];
      return publishers.find(({ feed }) => feed.archive && feed.id === id)?.archived(path);
    },
    archivedPaths: () => publishers.flatMap((publisher) => publisher.archivedPaths()),
    follow,
    missing: () =>
      publishers.filter((publisher) => !publisher.hasDocuments()).map((publisher) => publisher.feed.id),
    async publishDue() {
      if (!(await attempt(RETRACTIONS, refreshRetractions))) return;
      for (const publisher of publishers) {
        if (publisher.isDue()) await attempt(publisher.feed.id, () => publishFeed(publisher));
      }
      if (pagesDue) await attempt(PAGES, publishPages);
      if (leaving.size > 0) await attempt(LEAVING, removeLeaving);
    },
  };
}

/** The documents of these feeds, and those that belong to no feed and tell of none that is private. */
function ofFeeds(documents: Site, feeds: Config['feeds']): Site {
  const paths = new Set(feeds.flatMap(documentPaths));
  const kept = [...documents].filter(([path]) => paths.has(path) || !path.startsWith('feeds/'));
  return withoutTellers(new Map(kept), feeds);
}
