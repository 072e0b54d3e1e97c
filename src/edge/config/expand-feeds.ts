// Templates of feeds to feeds: one for each source, or for each category of sources. Pure: asked again whenever sources change.
import type { Config, FeedEntry, FeedTemplate, MergedFeed, Source } from '../../model/config.ts';
import { assertNever } from '../../model/errors.ts';
import { feedId, isConfigId } from '../../model/ids.ts';
import { isSelectedBy } from '../../model/selected-by.ts';
import { fillPlaceholders } from './feed-placeholders.ts';
import { distinctSlug } from './slug.ts';

/** A feed that cannot be, and why: its id is taken, or is none. */
export interface RefusedFeed {
  /** The place of its entry in the configuration's list. */
  readonly place: number;
  readonly message: string;
}

export interface ExpandedFeeds {
  /** In the order of the entries; within one in the order of the sources. */
  readonly feeds: readonly MergedFeed[];
  readonly refused: readonly RefusedFeed[];
}

/** What one feed of a template is about. */
interface Subject {
  /** A source's id, a category's slug. */
  readonly id: string;
  readonly name: string;
  readonly sources: readonly Source[];
}

/** Feeds that are named in the file keep their ids; of two that templates make, the first. Disabled sources are gone through by none. */
export function expandFeeds(entries: readonly FeedEntry[], sources: readonly Source[]): ExpandedFeeds {
  const feeds: MergedFeed[] = [];
  const refused: RefusedFeed[] = [];
  const taken = new Map<string, FeedTemplate['feed']>(
    entries.flatMap((entry) => (entry.kind === 'feed' ? [[folded(entry.feed.id), entry.feed]] : [])),
  );
  for (const [place, entry] of entries.entries()) {
    if (entry.kind === 'feed') {
      feeds.push(entry.feed);
      continue;
    }
    for (const subject of subjectsOf(entry.template, sources)) {
      const feed = feedOf(entry.template, subject);
      const message = complaintAbout(feed, subject, taken);
      if (message === undefined) {
        taken.set(folded(feed.id), feed);
        feeds.push({ ...feed, id: feedId(feed.id) });
      } else refused.push({ place, message });
    }
  }
  return { feeds, refused };
}

/** What somebody should know of templates that make no feed, a line each; nothing where sources of lists may still come. */
export function emptyTemplateNotes({
  feedEntries = [],
  lists,
  sources,
}: Pick<Config, 'feedEntries' | 'lists' | 'sources'>): readonly string[] {
  if (lists !== undefined) return [];
  return feedEntries.flatMap((entry, place) => {
    if (entry.kind === 'feed' || subjectsOf(entry.template, sources).length > 0) return [];
    const { forEach } = entry.template;
    const why = forEach === 'source' ? 'no enabled source' : 'no enabled source with such a category';
    return [`feeds[${place}]: "forEach: ${forEach}" makes no feed, since it chooses ${why}`];
  });
}

/** Ids become names of files, which some systems compare without regard to case. */
function folded(id: string): string {
  return id.toLowerCase();
}

function feedOf({ forEach, feed }: FeedTemplate, { id, name, sources }: Subject): FeedTemplate['feed'] {
  const inTexts = { id, name, [forEach]: name };
  return {
    ...feed,
    id: fillPlaceholders(feed.id, { id, [forEach]: id }),
    title: fillPlaceholders(feed.title, inTexts),
    description: feed.description && fillPlaceholders(feed.description, inTexts),
    sources: { kind: 'ids', ids: sources.map((source) => source.id) },
  };
}

function complaintAbout(
  { id, access }: FeedTemplate['feed'],
  { name }: Subject,
  taken: ReadonlyMap<string, FeedTemplate['feed']>,
): string | undefined {
  if (!isConfigId(id))
    return `makes the id "${id}" for "${name}", which is none; ids are 1 to 64 letters (a to z), digits and inner "-"`;
  const other = taken.get(folded(id));
  if (other === undefined) return undefined;
  // What a template could not make is told on /status, where nobody hears of private feeds.
  return access !== undefined || other.access !== undefined
    ? 'makes an id that another feed has; give one of them another name or id'
    : `makes the id "${id}" for "${name}", which the feed "${other.title}" has; give one of them another name or id`;
}

function subjectsOf({ forEach, feed }: FeedTemplate, sources: readonly Source[]): readonly Subject[] {
  const enabled = sources.filter((source) => source.enabled);
  const chosen = enabled.filter((source) => isSelectedBy(feed.sources, source));
  switch (forEach) {
    case 'source':
      return chosen.map((source) => ({ id: source.id, name: nameOf(source), sources: [source] }));
    case 'category':
      return feed.sources.kind === 'categories'
        ? categoriesOf(enabled, feed.sources.categories)
        : categoriesOf(chosen);
    default:
      return assertNever(forEach);
  }
}

/** Categories that differ in case alone are one. `only`: those that a template names. */
function categoriesOf(sources: readonly Source[], only?: readonly string[]): readonly Subject[] {
  const named = only?.map((category) => category.toLowerCase());
  const byName = new Map<string, { readonly name: string; readonly sources: Source[] }>();
  for (const source of sources) {
    const own = new Map(source.categories.map((category) => [category.toLowerCase(), category]));
    for (const [lower, category] of own) {
      if (named?.includes(lower) === false) continue;
      const known = byName.get(lower);
      if (known === undefined) byName.set(lower, { name: category, sources: [source] });
      else known.sources.push(source);
    }
  }
  return [...byName.values()].map((one) => ({ ...one, id: distinctSlug(one.name) }));
}

/** What the configuration calls it, else the host of its address where that may be shown. */
function nameOf({ id, name, publicUrl, feedUrl, feedUrlIsSecret }: Source): string {
  const shown = publicUrl ?? (feedUrlIsSecret ? '' : feedUrl);
  return name ?? (URL.parse(shown)?.hostname || id);
}
