// Categories as a feed shows them: renamed, joined and left out as the configuration's `categoryMap`s say.
import type { CategoryMapping, MergedFeed, Source } from '../../model/config.ts';
import type { Category } from '../../model/item.ts';
import { foldText } from './fold-text.ts';

/**
 * The publisher's by the source's map, after those that the configuration adds; then all of them by the feed's. In that order,
 * each once, letters' case aside.
 */
export function shownCategories(
  given: readonly Category[],
  source: Pick<Source, 'categories' | 'categoryMap'>,
  feed: Pick<MergedFeed, 'categoryMap'>,
): readonly Category[] {
  const added = source.categories.map((term) => ({ term }));
  return eachOnce(mapped([...added, ...mapped(given, source.categoryMap)], feed.categoryMap));
}

/** A category that is renamed belongs to its publisher's scheme no more, nor has it its label. */
function mapped(
  categories: readonly Category[],
  map: readonly CategoryMapping[] | undefined,
): readonly Category[] {
  if (map === undefined || map.length === 0) return categories;
  const byName = new Map(map.map((mapping) => [foldText(mapping.from), mapping]));
  return categories.flatMap((category) => {
    const mapping =
      byName.get(foldText(category.term)) ??
      (category.label === undefined ? undefined : byName.get(foldText(category.label)));
    if (mapping === undefined) return [category];
    return mapping.to === undefined ? [] : [{ term: mapping.to }];
  });
}

function eachOnce(categories: readonly Category[]): readonly Category[] {
  const byTerm = new Map<string, Category>();
  for (const category of categories) {
    const name = category.term.toLowerCase();
    if (!byTerm.has(name)) byTerm.set(name, category);
  }
  return [...byTerm.values()];
}
