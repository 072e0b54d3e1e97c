// What archives are decided over, from what a publish knows.
import type { OutFacts, ToldWithdrawal } from '../../core/archive/taken-out.ts';
import { secretsRemoverFor } from '../../core/attribute/publishable-url.ts';
import type { RetractionMatcher } from '../../core/filter/retractions.ts';
import { itemHash } from '../../core/identify/item-key.ts';
import type { Cluster } from '../../core/merge/merged.ts';
import type { ArchivedItem } from '../../model/archive.ts';
import type { Source } from '../../model/config.ts';
import type { EditionItem } from '../../model/edition.ts';
import type { ItemHash } from '../../model/ids.ts';
import type { RememberedTombstone, SourceTombstones, Withdrawal } from '../../model/withdrawal.ts';
import type { FeedStories } from '../feed-stories.ts';
import type { KnownSources } from '../known-sources.ts';

/** Tombstones of copies by hash: the source need not know the item any more. */
export type Buried = ReadonlyMap<
  ItemHash,
  { readonly withdrawal: RememberedTombstone; readonly source: Source }
>;

/** Those of these sources; worked out anew when a source has remembered another, or the sources are others. */
export function createBuried(
  known: Pick<KnownSources, 'tombstones' | 'of'>,
): (sources: readonly Source[]) => Buried {
  let last: { readonly of: unknown; readonly sources: unknown; readonly buried: Buried } | undefined;
  return (sources) => {
    const tombstones = known.tombstones();
    if (last?.of !== tombstones || last.sources !== sources)
      last = { of: tombstones, sources, buried: buriedOf(tombstones, sources, known) };
    return last.buried;
  };
}

function buriedOf(
  tombstones: readonly SourceTombstones[],
  sources: readonly Source[],
  known: Pick<KnownSources, 'of'>,
): Buried {
  const buried = new Map<ItemHash, { withdrawal: RememberedTombstone; source: Source }>();
  const byId = new Map(tombstones.map((each) => [each.sourceId, each.tombstones] as const));
  for (const source of sources) {
    const state = known.of(source.id);
    if (state.kind !== 'known') continue;
    for (const withdrawal of byId.get(source.id) ?? []) {
      if (withdrawal.isSpent) continue;
      for (const key of withdrawal.keys)
        buried.set(itemHash(state.record.firstAddress, key), { withdrawal, source });
    }
  }
  return buried;
}

export function outFacts(
  stories: Pick<FeedStories, 'out' | 'merger' | 'knows'>,
  matches: RetractionMatcher,
  buried: Buried,
): OutFacts {
  return {
    retractionOf: matches,
    isLive: (hash) => stories.merger.copyOf(hash) !== undefined,
    withdrawalOf(hash, updatedAt) {
      const copy = stories.out.get(hash);
      if (copy?.entry.withdrawn !== undefined) return told(copy.entry.withdrawn, copy.source);
      if (stories.knows(hash)) return undefined;
      const grave = buried.get(hash);
      // RFC 6721, section 3: what was updated since stands.
      return grave === undefined || updatedAt > grave.withdrawal.when
        ? undefined
        : told(grave.withdrawal, grave.source);
    },
  };
}

function told({ when, learntAt, by, reason }: Withdrawal, source: Source): ToldWithdrawal {
  const hide = secretsRemoverFor(source);
  return { when, learntAt, by: by && hide(by), reason: reason && hide(reason) };
}

/** By what the items of these stories are known beside their ids. */
export function knownByOf(clusters: readonly Cluster[]): (item: EditionItem) => Omit<ArchivedItem, 'item'> {
  const byId = new Map(clusters.map((cluster) => [cluster.publishedId, cluster] as const));
  return ({ id }) => {
    const cluster = byId.get(id);
    if (cluster === undefined) return { hashes: [] };
    const { lead, others } = cluster;
    return {
      hashes: [lead, ...others].map(({ entry }) => entry.hash),
      guidUri: lead.entry.guidUri,
      canonicalUrl: lead.entry.canonicalUrl,
    };
  };
}
