// `sources.opml` and `feeds.opml`: what may be known of what we read and publish.
import { publicSource } from '../core/attribute/attribution-of.ts';
import {
  FEEDS_OPML_PATH,
  OPML_MEDIA_TYPE,
  type OpmlFeed,
  renderOpml,
  SOURCES_OPML_PATH,
} from '../core/render/opml.ts';
import type { Config, Source } from '../model/config.ts';
import type { SourceDescription } from '../model/source-record.ts';
import { withoutSecrets } from './publishable-item.ts';

type DescriptionOf = (source: Source) => SourceDescription | undefined;

export function siteOpml(config: Config, descriptionOf: DescriptionOf) {
  const { publicUrl } = config.server;
  const host = URL.parse(publicUrl)?.host ?? publicUrl;
  return [
    {
      path: SOURCES_OPML_PATH,
      mediaType: OPML_MEDIA_TYPE,
      text: renderOpml(`Sources of ${host}`, listedSources(config, descriptionOf)),
    },
    {
      path: FEEDS_OPML_PATH,
      mediaType: OPML_MEDIA_TYPE,
      text: renderOpml(`Feeds of ${host}`, listedFeeds(config)),
    },
  ];
}

/** Those that are polled at an address that may be known. */
export function listedSources(config: Config, descriptionOf: DescriptionOf): readonly OpmlFeed[] {
  return config.sources
    .filter((source) => source.enabled)
    .flatMap((source) => {
      const { title, feedUrl, siteUrl } = publicSource(source, withoutSecrets(descriptionOf(source), source));
      return feedUrl === undefined ? [] : [{ title, feedUrl, siteUrl, categories: source.categories }];
    });
}

/** Each once, in the format that every reader knows. Not those that ask to be found by nobody. */
function listedFeeds({ feeds, server }: Config): readonly OpmlFeed[] {
  return feeds
    .filter((feed) => feed.noindex !== true)
    .map(({ id, title, description }) => ({
      title,
      description,
      feedUrl: `${server.publicUrl}feeds/${id}.rss`,
      siteUrl: `${server.publicUrl}feeds/${id}.html`,
    }));
}
