// Which sources a merged feed draws from.
import type { MergedFeed, Source } from '../../model/config.ts';
import { assertNever } from '../../model/errors.ts';

/** The enabled sources that the feed selects, in the configuration's order. */
export function selectSources(feed: MergedFeed, sources: readonly Source[]): readonly Source[] {
  return sources.filter((source) => source.enabled && selects(feed, source));
}

function selects({ sources: selection }: MergedFeed, source: Source): boolean {
  switch (selection.kind) {
    case 'all':
      return true;
    case 'ids':
      return selection.ids.includes(source.id);
    case 'categories':
      return source.categories.some((category) => selection.categories.includes(category));
    default:
      return assertNever(selection);
  }
}
