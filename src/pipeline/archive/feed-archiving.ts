// What a feed's publisher does for its archives, beside the edition: see feed-publisher.ts for the order of things.
import { retractionsOf } from '../../core/filter/retractions.ts';
import type { Cluster } from '../../core/merge/merged.ts';
import type { ArchivedOut, ArchiveWrites, SealedArchive } from '../../model/archive.ts';
import type { Config, MergedFeed, Source } from '../../model/config.ts';
import type { Rendition, Site } from '../../model/edition.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import type { FeedStories } from '../feed-stories.ts';
import type { KnownRetractions } from '../known-retractions.ts';
import type { KnownSources } from '../known-sources.ts';
import type { MadeEdition } from '../make-edition.ts';
import { type RenderedEdition, renderEdition } from '../render-edition.ts';
import { createBuried, knownByOf, outFacts } from './archive-input.ts';
import { ArchiveShelf, type ArchiveShelfOptions } from './archive-shelf.ts';
import { type ArchiveFacts, type ArchivePlan, FeedArchives } from './feed-archives.ts';
import { renderWithArchives } from './render-with-archives.ts';

/** So many stories are archived that no document has had room for, as when a feed begins or many come at once. */
const BEYOND_MAX = 1000;

export interface FeedArchivingOptions extends ArchiveShelfOptions {
  readonly known: Pick<KnownSources, 'of' | 'tombstones'>;
  readonly retractions: KnownRetractions;
}

/** What follows from the configuration. */
export interface FeedPlan {
  readonly feed: MergedFeed;
  readonly config: Config;
  readonly sources: readonly Source[];
  readonly maker: { readonly stories: FeedStories };
}

/** What of the sealed archives an edition must know of. */
export interface LookedAt {
  readonly changed: readonly SealedArchive[];
  readonly out: readonly ArchivedOut[];
  /** Next to what the document shows: they stand in no archive, and may never be shown. */
  readonly beyond: readonly Cluster[];
}

/** Asked when the stories are in step with the sources. */
export type ArchiveLook = (shown: readonly Cluster[]) => Promise<LookedAt>;

export interface RenderedWithPlan {
  readonly rendered: RenderedEdition;
  readonly archivePlan: ArchivePlan | undefined;
}

export interface FeedArchiving {
  isDue(plan: FeedPlan): boolean;
  /** Before a publish, where it is not done. Gives, for people, what is damaged. Throws StoreError. */
  load(plan: FeedPlan): Promise<readonly string[]>;
  /** Undefined where the feed keeps no archives, or they are not loaded. */
  lookFor(plan: FeedPlan, at: Timestamp): ArchiveLook | undefined;
  render(plan: FeedPlan, made: MadeEdition, site: Site, at: Timestamp): Promise<RenderedWithPlan>;
  /** From the commit on until `keep` is done, who publishes next reads again what stands. Gives what is committed with the edition. */
  writes(archivePlan: ArchivePlan | undefined, revision: number): ArchiveWrites | undefined;
  keep(archivePlan: ArchivePlan | undefined, writes: ArchiveWrites | undefined): Promise<void>;
  /** All that was to be kept is. */
  settle(plan: FeedPlan): void;
  read(path: string): Promise<Rendition | undefined>;
  paths(): readonly string[];
}

export function createFeedArchiving(options: FeedArchivingOptions): FeedArchiving {
  const { feedId, known, retractions } = options;
  const shelf = new ArchiveShelf(options);
  const archives = new FeedArchives(shelf);
  const buried = createBuried(known);
  /** They are as store and disk have them. */
  let isLoaded = false;
  /** What publishers had taken back when it was last published. */
  let buriedAt: unknown;

  function factsOf({ feed, config, sources, maker: { stories } }: FeedPlan, now: Timestamp): ArchiveFacts {
    const { matches, digest } = retractions.of(feedId);
    const graves = buried(sources);
    return {
      feed,
      config,
      sources,
      stories,
      retractions: digest === undefined ? [] : retractionsOf(retractions.records(), feedId),
      retractionsDigest: digest,
      out: outFacts(stories, matches, graves),
      buried: graves.keys(),
      now,
    };
  }

  function beyond({ feed, maker }: FeedPlan, shown: readonly Cluster[], at: Timestamp): readonly Cluster[] {
    const ids = new Set(shown.map(({ publishedId }) => publishedId));
    const { clusters } = maker.stories.merger.window({ ...feed, limit: feed.limit + BEYOND_MAX }, at);
    return clusters.filter((cluster) => !ids.has(cluster.publishedId) && !archives.holds(cluster));
  }

  return {
    isDue(plan) {
      if (!plan.feed.archive) return false;
      return (
        !isLoaded || buriedAt !== known.tombstones() || archives.isDue(plan.feed, plan.sources, plan.config)
      );
    },
    async load(plan) {
      if (!plan.feed.archive || isLoaded) return [];
      const problems = await archives.load();
      isLoaded = true;
      return problems;
    },
    lookFor(plan, at) {
      if (!plan.feed.archive || !isLoaded) return undefined;
      return async (shown) => ({
        ...(await archives.changes(factsOf(plan, at))),
        beyond: beyond(plan, shown, at),
      });
    },
    async render(plan, made, site, at) {
      const { merged, retracted, edition, archives: seen } = made;
      if (seen === undefined)
        return { rendered: await renderEdition(edition, site, at), archivePlan: undefined };
      const { stories } = plan.maker;
      const input = {
        ...factsOf(plan, at),
        beyond: seen.beyond,
        knownBy: knownByOf(merged.clusters),
        hasAlwaysFitted: retracted.former.every((hash) => stories.out.has(hash)),
      };
      const { rendered, plan: archivePlan } = await renderWithArchives(
        edition,
        archives,
        seen.look.changed,
        input,
        site,
        at,
      );
      buriedAt = known.tombstones();
      return { rendered, archivePlan };
    },
    writes(archivePlan, revision) {
      isLoaded = false;
      return archivePlan && { ...archivePlan.writes, pending: { ...archivePlan.writes.pending, revision } };
    },
    async keep(archivePlan, writes) {
      if (archivePlan !== undefined && writes !== undefined) await archives.keep({ ...archivePlan, writes });
    },
    settle({ feed }) {
      isLoaded = feed.archive === true;
    },
    read: (path) => shelf.read(path),
    paths: () => shelf.paths(),
  };
}
