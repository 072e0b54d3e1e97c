// The data of `/credits` from what is known now.
import { creditsOf } from '../core/attribute/credits-of.ts';
import { tdmOfAddress } from '../core/attribute/tdm-of-address.ts';
import { selectSources } from '../core/merge/select-sources.ts';
import type { Config } from '../model/config.ts';
import type { Credits } from '../model/credits.ts';
import type { Edition } from '../model/edition.ts';
import type { KnownSources } from './known-sources.ts';
import { withoutSecrets } from './publishable-item.ts';

/** Of the sources that are polled and the feeds that are published. */
export function siteCredits(config: Config, known: KnownSources, editions: readonly Edition[]): Credits {
  const items = new Map(editions.map((edition) => [edition.feedId, edition.items]));
  return creditsOf({
    contact: config.network.contact,
    sources: config.sources
      .filter((source) => source.enabled)
      .map((source) => {
        const state = known.of(source.id);
        const record = state.kind === 'known' ? state.record : undefined;
        const tdm = withoutSecrets(record?.tdm, source);
        return {
          source,
          feed: withoutSecrets(record?.feed, source),
          tdmOfAddress: (url: string) => tdmOfAddress(tdm, url),
        };
      }),
    feeds: config.feeds.map((feed) => ({
      feed,
      sourceIds: new Set(selectSources(feed, config.sources).map((source) => source.id)),
      items: items.get(feed.id) ?? [],
    })),
  });
}
