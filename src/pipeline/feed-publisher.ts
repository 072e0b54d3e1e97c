// One merged feed: whether it is due, what stands in it, its documents. See publisher.ts for the order of things.
import { createHash } from 'node:crypto';
import { selectSources } from '../core/merge/select-sources.ts';
import { SANITIZER_VERSION } from '../core/sanitize/sanitize.ts';
import type { ArchiveFiles } from '../edge/store/archive-files.ts';
import type { LastKnownGood } from '../edge/store/last-known-good.ts';
import type { Store } from '../edge/store/store.ts';
import type { Config, MergedFeed, Source } from '../model/config.ts';
import type { Edition, Rendition, Site } from '../model/edition.ts';
import type { EditionRecord } from '../model/edition-record.ts';
import { StoreError } from '../model/errors.ts';
import { msFromTimestamp, type Timestamp, timestampOfClock } from '../model/timestamp.ts';
import { VERSION } from '../model/version.ts';
import type { ArchiveCache } from './archive/archive-cache.ts';
import type { ArchivePlan } from './archive/feed-archives.ts';
import { createFeedArchiving } from './archive/feed-archiving.ts';
import { withoutLines } from './config-changes.ts';
import type { KnownRetractions } from './known-retractions.ts';
import type { KnownSources } from './known-sources.ts';
import { createEditionMaker, type EditionMaker, type MadeEdition } from './make-edition.ts';
import { nextEditionRecord } from './next-edition-record.ts';
import { createItemPreparer, type ItemPreparer, type ItemReader } from './prepare-items.ts';
import { documentPaths, droppedWords, type RenderedEdition } from './render-edition.ts';
import { nameAlike } from './retract-story.ts';
import type { UntrustedWork } from './untrusted-work.ts';

export interface FeedPublisherOptions {
  readonly store: Store;
  readonly known: KnownSources;
  readonly retractions: KnownRetractions;
  readonly lastKnownGood: LastKnownGood;
  /** Editions whose documents were on disk at the start. */
  readonly editions: readonly EditionRecord[];
  readonly now: () => number;
  readonly read: ItemReader;
  readonly work: UntrustedWork;
  readonly site: () => Site;
  readonly files: ArchiveFiles;
  readonly cache: ArchiveCache;
  /** Once it is aborted, `publish` rejects at the next pause of its merge. */
  readonly signal: AbortSignal;
}

export type FeedPublishResult = {
  readonly items: number;
  readonly dropped: readonly string[];
} & (
  | { readonly kind: 'published'; readonly renditions: readonly Rendition[] }
  | { readonly kind: 'unchanged' | 'waiting' }
);

export interface FeedPublisher {
  readonly feed: MergedFeed;
  /** The configuration is another now: what is in place stays, and is made anew where it would be another. */
  follow(feed: MergedFeed, config: Config): void;
  isDue(): boolean;
  /** All of its documents stand. */
  hasDocuments(): boolean;
  /** Throws where the store or the disk fails, or where no whole document can be made: the last good ones then stay. */
  publish(): Promise<FeedPublishResult>;
  /** A document of one of its archives; undefined for no such path. Rejects where it cannot be read. */
  archived(path: string): Promise<Rendition | undefined>;
  archivedPaths(): readonly string[];
  /** As it stands now, for the pages that show all feeds; undefined while nothing is known of its sources. */
  edition(): Promise<Edition | undefined>;
}

/** What follows from the configuration alone; `before`: the maker that goes on where it can, with all that it has merged. */
function planOf(
  feed: MergedFeed,
  config: Config,
  { known, read, signal }: FeedPublisherOptions,
  preparer: ItemPreparer,
  before?: EditionMaker,
) {
  const sources = selectSources(feed, config.sources);
  return {
    feed,
    config,
    sources,
    recipe: recipeOf(feed, sources, config),
    maker: before?.follow(feed, config)
      ? before
      : createEditionMaker(feed, { config, known, read, preparer, signal }),
  };
}

export function createFeedPublisher(
  configured: MergedFeed,
  config: Config,
  options: FeedPublisherOptions,
): FeedPublisher {
  const { store, known, retractions, now } = options;
  const { id } = configured;
  const preparer = createItemPreparer(options.read, options.work);
  let plan = planOf(configured, config, options, preparer);
  let onDisk = options.editions.find((edition) => edition.feedId === id);
  let inPlace: EditionRecord | undefined;
  /** The store's, which the next commit expects to find; undefined until it was read. */
  let revision: number | undefined;
  let current: Edition | undefined;
  /** The edition that was found to have all that is known of its sources, and `known.changes()` then. */
  let compared: EditionRecord | undefined;
  let comparedAt: number | undefined;
  const archiving = createFeedArchiving({ ...options, feedId: id });

  function isDue(): boolean {
    if (revision === undefined || inPlace === undefined) return true;
    if (inPlace.recipe !== plan.recipe || !hasDocuments()) return true;
    if (inPlace.retractions !== retractions.of(id).digest) return true;
    if (inPlace.nextChangeAt !== undefined && msFromTimestamp(inPlace.nextChangeAt) <= now()) return true;
    return archiving.isDue(plan) || hasNews(inPlace);
  }

  /** Each source is looked at where something of any has changed, and not again before that. */
  function hasNews(edition: EditionRecord): boolean {
    if (comparedAt === known.changes() && compared === edition) return false;
    if (!sameRevisions(edition.sourceRevisions, revisionsNow())) return true;
    comparedAt = known.changes();
    compared = edition;
    return false;
  }

  function hasDocuments(): boolean {
    return documentPaths(plan.feed).every((path) => options.site().has(path));
  }

  function revisionsNow(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      plan.sources.flatMap((source) => {
        const state = known.of(source.id);
        return state.kind === 'known' ? [[source.id, state.record.contentRevision]] : [];
      }),
    );
  }

  /** The store's edition, the one on disk where the store has none: the ids that were published before stay. */
  async function loadEdition(): Promise<void> {
    const answer = await store.readEdition(id);
    if (answer.kind === 'unavailable') throw answer.error;
    const stored = answer.kind === 'hit' ? answer.value : undefined;
    // Documents of another revision are behind what the store has: they are made again.
    inPlace =
      stored !== undefined && stored.revision === onDisk?.revision && stored.changedAt === onDisk.changedAt
        ? stored
        : withoutDocuments(stored ?? onDisk);
    revision = stored?.revision ?? 0;
  }

  /**
   * Nothing is published over a source that the store did not answer for; nor, over documents that stand, before each source
   * has been read or tried once: an emptied store must not empty a feed.
   */
  function mustWait(): boolean {
    const { sources, feed, config } = plan;
    const awaits = feed.sources.kind === 'ids' ? undefined : config.awaitsLists;
    if (sources.length === 0) return awaits !== undefined;
    if (awaits === 'untried' && hasDocuments()) return true;
    const states = sources.map((source) => known.of(source.id));
    if (states.some((state) => state.kind === 'unknown')) return true;
    const isRead = states.map((state) => state.kind === 'known' && state.record.feed !== undefined);
    if (!isRead.includes(true)) return true;
    return (
      hasDocuments() &&
      sources.some((source, place) => !isRead[place] && known.pollOf(source.id) === undefined)
    );
  }

  /** Throws StoreError where the store still does not answer for a source: the publisher then rests before it asks again. */
  async function readUnknown(): Promise<void> {
    const isUnknown = (source: Source) => known.of(source.id).kind === 'unknown';
    const unknown = plan.sources.filter(isUnknown);
    if (unknown.length === 0) return;
    await known.reload(unknown);
    if (unknown.some(isUnknown)) throw new StoreError('store-unavailable', 'the store does not answer');
  }

  function makeEdition(at: Timestamp): Promise<MadeEdition> {
    return plan.maker.make(inPlace, retractions.of(id), at, archiving.lookFor(plan, at));
  }

  async function publish(): Promise<FeedPublishResult> {
    if (revision === undefined) await loadEdition();
    if (!isDue()) return { kind: 'unchanged', items: inPlace?.items.length ?? 0, dropped: [] };
    await readUnknown();
    if (mustWait()) return { kind: 'waiting', items: 0, dropped: [] };
    const at = timestampOfClock(now());
    const revisions = revisionsNow();
    const { feed, sources, recipe } = plan;
    const { digest } = retractions.of(id);
    const problems = await archiving.load(plan);
    const made = await makeEdition(at);
    const { merged, retracted } = made;
    await nameAlike(store, at, made.unnamed);
    const { rendered, archivePlan } = await archiving.render(plan, made, options.site(), at);
    const next = nextEditionRecord({
      feedId: id,
      revision: (revision ?? 0) + 1,
      changedAt: at,
      sourceRevisions: revisions,
      recipe,
      retractions: digest,
      merged,
      retracted,
      rendered: rendered.edition,
      previous: inPlace,
      sources,
      known,
      limit: feed.limit,
    });
    inPlace = await keep(next, rendered, archivePlan);
    current = rendered.edition;
    const items = rendered.edition.items.length;
    const changed = rendered.renditions.some((rendition) => options.site().get(rendition.path) !== rendition);
    const result = { items, dropped: [...problems, ...rendered.dropped.map(droppedWords)] };
    return changed
      ? { kind: 'published', renditions: rendered.renditions, ...result }
      : { kind: 'unchanged', ...result };
  }

  /** Gives what is kept. */
  async function keep(
    next: EditionRecord,
    rendered: RenderedEdition,
    archivePlan: ArchivePlan | undefined,
  ): Promise<EditionRecord> {
    const writes = archiving.writes(archivePlan, next.revision);
    const result = await store.commitEdition(id, next.revision - 1, next, writes);
    if (result.kind === 'unavailable') throw result.error;
    // The store went back: what stands here is later than what it has.
    if (result.kind === 'stale' && result.revision < next.revision - 1)
      return keep({ ...next, revision: result.revision + 1 }, rendered, archivePlan);
    if (result.kind === 'stale') {
      await loadEdition();
      // An unreadable edition keeps its number: the next commit goes over it.
      revision = Math.max(revision ?? 0, result.revision);
      const isBehind = result.revision < next.revision - 1;
      const what = isBehind
        ? `the store has lost what it knew of ${id}`
        : `another process published ${id} meanwhile`;
      throw new StoreError('stale-edition', `${what}; this edition is made anew`);
    }
    revision = next.revision;
    await archiving.keep(archivePlan, writes);
    await options.lastKnownGood.save(id, rendered.renditions, next);
    onDisk = next;
    archiving.settle(plan);
    return next;
  }

  return {
    get feed() {
      return plan.feed;
    },
    follow(nextFeed, nextConfig) {
      plan = planOf(nextFeed, nextConfig, options, preparer, plan.maker);
      compared = undefined;
    },
    isDue,
    hasDocuments,
    publish,
    archived: archiving.read,
    archivedPaths: () => (plan.feed.archive ? archiving.paths() : []),
    async edition() {
      if (revision === undefined) await loadEdition();
      if (current === undefined && !mustWait())
        current = (await makeEdition(timestampOfClock(now()))).edition;
      return current;
    },
  };
}

/** Due, whatever its sources say. */
function withoutDocuments(edition: EditionRecord | undefined): EditionRecord | undefined {
  return edition === undefined ? undefined : { ...edition, recipe: '' };
}

function sameRevisions(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/** What goes into a document beside the items: a change of any of it makes it anew. */
function recipeOf(feed: MergedFeed, sources: readonly Source[], config: Config): string {
  const publishedOf = (source: Source) => ({
    ...source,
    feedUrl: undefined,
    headers: undefined,
    schedule: undefined,
    itemsMax: undefined,
    join: undefined,
  });
  // Who may read it is no part of what it says, and no digest of a secret is kept.
  const published = { ...feed, access: undefined };
  const parts = [VERSION, SANITIZER_VERSION, config.server.publicUrl, published, sources.map(publishedOf)];
  return createHash('sha256').update(withoutLines(parts)).digest('base64url').slice(0, 27);
}
