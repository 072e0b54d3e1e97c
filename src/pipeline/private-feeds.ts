// What may be told of feeds to everybody: nothing of private ones, and of what only they draw from no more than its health. Pure.
import { selectSources } from '../core/merge/select-sources.ts';
import type { Config, MergedFeed, Source } from '../model/config.ts';
import type { Site } from '../model/edition.ts';

export function isPublic({ access }: Pick<MergedFeed, 'access'>): boolean {
  return access === undefined;
}

/** The configuration as lists and pages may know it: without private feeds, and without sources that only those choose. */
export function publicConfig(config: Config): Config {
  const feeds = config.feeds.filter(isPublic);
  if (feeds.length === config.feeds.length) return config;
  const chosenBy = (some: readonly MergedFeed[]) =>
    new Set(some.flatMap((feed) => selectSources(feed, config.sources)));
  const ofPrivate = chosenBy(config.feeds.filter((feed) => !isPublic(feed)));
  const ofPublic = chosenBy(feeds);
  const isTold = (source: Source) => !ofPrivate.has(source) || ofPublic.has(source);
  return { ...config, feeds, sources: config.sources.filter(isTold) };
}

/**
 * Pages and lists from before that name a feed which is private now are served no more, be it that new ones cannot be made for want of
 * the store. They link to what they name.
 */
export function withoutTellers(site: Site, feeds: readonly MergedFeed[]): Site {
  const links = feeds.filter((feed) => !isPublic(feed)).map(({ id }) => `feeds/${id}.`);
  if (links.length === 0) return site;
  return new Map(
    [...site].filter(([path, { body }]) => {
      if (path.startsWith('feeds/')) return true;
      const text = Buffer.from(body).toString('utf8');
      return !links.some((link) => text.includes(link));
    }),
  );
}

/** The documents of a private feed, by its path relative to the public URL. */
export function isOfPrivateFeed(path: string, feeds: readonly MergedFeed[]): boolean {
  const [, id] = /^feeds\/([^/.]+)[/.]/.exec(path) ?? [];
  return feeds.some((feed) => feed.id === id && !isPublic(feed));
}
