// Which sources a merged feed draws from.
import type { MergedFeed, Source } from '../../model/config.ts';
import { isSelectedBy } from '../../model/selected-by.ts';

/** The enabled sources that the feed selects, in the configuration's order. */
export function selectSources(feed: MergedFeed, sources: readonly Source[]): readonly Source[] {
  return sources.filter((source) => source.enabled && isSelectedBy(feed.sources, source));
}
