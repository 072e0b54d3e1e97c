// A checked feed of the configuration as the MergedFeed that the program works with.
import type { AttributionWording, FeedEntry, FeedTemplate, SourceSelection } from '../../model/config.ts';
import { defaultWordingFor } from '../../model/default-wording.ts';
import { feedId, sourceId } from '../../model/ids.ts';
import { buildAccess } from './access.ts';
import { buildCategoryMap } from './category-map.ts';
import type { ConfigNode } from './config-node.ts';
import { DEFAULT_TEMPLATE_ID } from './feed-placeholders.ts';
import type { FeedInput } from './feed-schema.ts';
import { onOneLine } from './fields.ts';
import { durationMs } from './quantities.ts';
import { buildFilter } from './rule-schema.ts';
import { buildShow } from './show-schema.ts';
import { buildWording } from './wording-schema.ts';

export interface FeedContext {
  /** The site's, as far as it says any. */
  readonly wording: Partial<AttributionWording>;
  readonly lineAt: (offset: number) => number;
}

export function buildFeedEntry(
  input: FeedInput,
  node: ConfigNode | undefined,
  context: FeedContext,
): FeedEntry {
  const feed = buildFeed(input, node, context);
  const { forEach } = input;
  return forEach === undefined
    ? { kind: 'feed', feed: { ...feed, id: feedId(feed.id) } }
    : { kind: 'template', template: { forEach, feed } };
}

function buildFeed(
  input: FeedInput,
  node: ConfigNode | undefined,
  context: FeedContext,
): FeedTemplate['feed'] {
  const { author } = input;
  return {
    id: input.id?.trim() ?? DEFAULT_TEMPLATE_ID,
    title: onOneLine(input.title ?? '{name}'),
    description: input.description === undefined ? undefined : onOneLine(input.description),
    language: input.language?.trim(),
    sources: selectionOf(input.sources),
    limit: input.limit ?? 100,
    maxAgeMs: input.maxAge === undefined ? undefined : durationMs(input.maxAge),
    perSource: input.perSource,
    duplicates: [...new Set(input.deduplicate?.by ?? (['id', 'url'] as const))],
    categoryMap: buildCategoryMap(input.categoryMap),
    similarWithinMs:
      input.deduplicate?.window === undefined ? undefined : durationMs(input.deduplicate.window),
    filter: buildFilter(
      { rules: input.include ?? [], node: node?.children.get('include') },
      { rules: input.exclude ?? [], node: node?.children.get('exclude') },
      context.lineAt,
    ),
    show: buildShow(input.show, node?.children.get('show'), context.lineAt),
    titleFormat: onOneLine(input.titleFormat ?? '{title}'),
    imageUrl: webAddress(input.image),
    noindex: input.access !== undefined || (input.noindex ?? false),
    access: buildAccess(input.access),
    hubs: hubsOf(input.hubs),
    archive: input.archive ?? false,
    author: author === undefined ? undefined : { name: onOneLine(author.name), uri: webAddress(author.url) },
    attribution: wordingOf(
      { ...context.wording, ...buildWording(input.attribution) },
      input.language?.trim(),
    ),
  };
}

/** A template that the configuration gives is in the language of the feed, whether or not there are words of ours in it. */
function wordingOf(said: Partial<AttributionWording>, language: string | undefined): AttributionWording {
  const wording = { ...defaultWordingFor(language), ...said };
  return said.template !== undefined && language !== undefined
    ? { ...wording, dateLocale: language }
    : wording;
}

function webAddress(text: string | undefined): string | undefined {
  return text === undefined ? undefined : new URL(text.trim()).href;
}

function hubsOf(addresses: FeedInput['hubs']): readonly string[] | undefined {
  if (addresses === undefined || addresses.length === 0) return undefined;
  return [...new Set(addresses.map((address) => new URL(address.trim()).href))];
}

function selectionOf(input: FeedInput['sources']): SourceSelection {
  if (input === undefined || input === 'all') return { kind: 'all' };
  if ('categories' in input)
    return { kind: 'categories', categories: [...new Set(input.categories.map(onOneLine))] };
  return { kind: 'ids', ids: [...new Set(input.map((id) => sourceId(id.trim())))] };
}
