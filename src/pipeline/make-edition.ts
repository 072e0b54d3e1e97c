// What a feed comes to, from what is known of its sources: the one way to an edition, of whoever publishes it and of whoever
// explains it. Writes nothing.
import type { Cluster, Merged } from '../core/merge/merged.ts';
import type { ArchivedItem } from '../model/archive.ts';
import type { Config, MergedFeed } from '../model/config.ts';
import type { Edition } from '../model/edition.ts';
import type { EditionRecord } from '../model/edition-record.ts';
import type { ItemHash } from '../model/ids.ts';
import { earlierOf, type Timestamp } from '../model/timestamp.ts';
import type { OutByText } from './alike-to-retracted.ts';
import { knownByOf } from './archive/archive-input.ts';
import type { ArchiveLook, LookedAt } from './archive/feed-archiving.ts';
import { type AssembleInput, assembleEdition, entriesOf } from './assemble-edition.ts';
import { saysTheSame } from './config-changes.ts';
import { createFeedStories, type FeedStories, type RetractionsInForce } from './feed-stories.ts';
import type { KnownSources } from './known-sources.ts';
import type { ItemPreparer, ItemReader, PreparedItem } from './prepare-items.ts';
import { type Retracted, retractedItems, retractionOf } from './retracted-items.ts';

export interface EditionMakerOptions {
  readonly config: Config;
  readonly known: Pick<KnownSources, 'of' | 'askAgain'>;
  readonly read: ItemReader;
  readonly preparer: ItemPreparer;
  /** Once it is aborted, what is being made is not: `make` rejects at its next pause. */
  readonly signal?: AbortSignal;
}

export interface MadeEdition {
  readonly merged: Merged;
  readonly retracted: Retracted;
  /** Out by their texts: no retraction names them yet. */
  readonly unnamed: readonly OutByText[];
  /** Of the copies that stand in it, those whose texts could be read. */
  readonly prepared: ReadonlyMap<ItemHash, PreparedItem>;
  readonly edition: Edition;
  readonly archives?: { readonly look: LookedAt; readonly beyond: readonly ArchivedItem[] } | undefined;
}

export interface EditionMaker {
  readonly stories: FeedStories;
  /** The configuration is another now. False where another maker must take its place: the feed is defined otherwise. */
  follow(feed: MergedFeed, config: Config): boolean;
  /** `previous`: the edition whose ids stay. Throws StoreError where the store does not answer. */
  make(
    previous: EditionRecord | undefined,
    inForce: RetractionsInForce,
    at: Timestamp,
    look?: ArchiveLook,
  ): Promise<MadeEdition>;
}

export function createEditionMaker(feed: MergedFeed, options: EditionMakerOptions): EditionMaker {
  const { known, read, preparer, signal } = options;
  let { config } = options;
  const stories = createFeedStories(feed, config.sources, known, read, signal);
  /** The edition whose ids the merger keeps. */
  let remembered: EditionRecord | undefined;

  function remember(edition: EditionRecord | undefined): void {
    if (edition === remembered) return;
    stories.merger.remember(edition);
    remembered = edition;
  }

  return {
    stories,
    follow(nextFeed, nextConfig) {
      if (!saysTheSame(feed, nextFeed) || !stories.follow(nextConfig.sources)) return false;
      config = nextConfig;
      return true;
    },
    async make(previous, inForce, at, look) {
      remember(previous);
      await stories.update(inForce, at);
      const ofWindow = stories.merger.window(feed, at);
      const merged = {
        ...ofWindow,
        nextChangeAt: earlierOf(ofWindow.nextChangeAt, stories.judge.nextChangeAt()),
      };
      const { matches } = inForce;
      const looked = await look?.(merged.clusters);
      const archivedOut = looked?.out;
      const retracted = retractedItems({
        stories,
        merged,
        previous,
        known,
        matches,
        archivedOut,
        now: at,
      });
      const entries = entriesOf([...merged.clusters, ...(looked?.beyond ?? [])]);
      const prepared = await preparer.prepare(entries);
      known.askAgain(new Set(entries.map((entry) => entry.hash).filter((hash) => !prepared.has(hash))));
      const shared = { feed, prepared, known, config };
      const edition = assembleEdition({
        ...shared,
        clusters: merged.clusters,
        retractions: retracted.items.map((item) => retractionOf(item, at)),
      });
      const archives = looked && { look: looked, beyond: beyondOf(looked.beyond, shared) };
      return { merged, retracted, unnamed: stories.unnamed(), prepared, edition, archives };
    },
  };
}

function beyondOf(
  clusters: readonly Cluster[],
  shared: Omit<AssembleInput, 'clusters' | 'retractions'>,
): readonly ArchivedItem[] {
  if (clusters.length === 0) return [];
  const knownBy = knownByOf(clusters);
  const { items } = assembleEdition({ ...shared, clusters, retractions: [] });
  return items.map((item) => ({ item, ...knownBy(item) }));
}
