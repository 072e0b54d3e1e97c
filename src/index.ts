// The library's face: readFeed and the types of what it gives.
export type { ParseLimits } from './core/parse/limits.ts';
export { ReadError, TributaryError } from './model/errors.ts';
export type { ExtensionElement } from './model/extension.ts';
export { type Acast, type AcastNetwork, type AcastSignature, acastOf } from './model/extensions/acast.ts';
export { type Access, accessOf } from './model/extensions/access.ts';
export { type Admin, adminOf } from './model/extensions/admin.ts';
export { type Aggregation, aggregationOf } from './model/extensions/aggregation.ts';
export { type Arxiv, arxivOf } from './model/extensions/arxiv.ts';
export { type AtomPublishing, atomPublishingOf } from './model/extensions/atom-publishing.ts';
export { type BlogChannel, blogChannelOf } from './model/extensions/blog-channel.ts';
export { type Chapter, chaptersOf } from './model/extensions/chapters.ts';
export { type CreativeCommons, creativeCommonsOf } from './model/extensions/creative-commons.ts';
export {
  type DublinCore,
  type DublinCoreTerms,
  dublinCoreOf,
  dublinCoreTermsOf,
} from './model/extensions/dublin-core.ts';
export { eventOf, type FeedEvent } from './model/extensions/event.ts';
export { type Feedburner, feedburnerOf } from './model/extensions/feedburner.ts';
export { type Feedpress, feedpressOf } from './model/extensions/feedpress.ts';
export { type Geo, type GeoPoint, type GeoPosition, type GeoShape, geoOf } from './model/extensions/geo.ts';
export { type GooglePlay, googlePlayOf } from './model/extensions/google-play.ts';
export { type FeedHistory, historyOf } from './model/extensions/history.ts';
export { type Indexing, indexingOf } from './model/extensions/indexing.ts';
export { type Itunes, type ItunesCategory, type ItunesOwner, itunesOf } from './model/extensions/itunes.ts';
export { type Media, type MediaContent, type MediaGroup, mediaOf } from './model/extensions/media.ts';
export type {
  MediaCategory,
  MediaCredit,
  MediaLicense,
  MediaLocation,
  MediaMetadata,
  MediaPlayer,
  MediaPrice,
  MediaRating,
  MediaRestriction,
  MediaSubtitle,
  MediaText,
  MediaThumbnail,
  MediaTimedText,
} from './model/extensions/media-metadata.ts';
export type {
  MediaCommunity,
  MediaEmbed,
  MediaScene,
  MediaStarRating,
} from './model/extensions/media-parts.ts';
export { type OpenSearch, type OpenSearchQuery, openSearchOf } from './model/extensions/open-search.ts';
export { type Pingback, pingbackOf } from './model/extensions/pingback.ts';
export {
  type Podcast,
  type PodcastChat,
  type PodcastLocation,
  type PodcastSoundbite,
  type PodcastTrailer,
  type PodcastUpdateFrequency,
  podcastOf,
} from './model/extensions/podcast.ts';
export type { PodcastLiveEnclosure, PodcastLiveItem } from './model/extensions/podcast-live-item.ts';
export type {
  PodcastAlternateEnclosure,
  PodcastImage,
  PodcastTranscript,
} from './model/extensions/podcast-media.ts';
export type { PodcastPerson, PodcastSocialInteract } from './model/extensions/podcast-people.ts';
export type {
  PodcastRemoteItem,
  PodcastValue,
  PodcastValueRecipient,
  PodcastValueTimeSplit,
} from './model/extensions/podcast-value.ts';
export { type Prism, prismOf } from './model/extensions/prism.ts';
export {
  type Rawvoice,
  type RawvoiceMetamark,
  type RawvoiceVideo,
  rawvoiceOf,
} from './model/extensions/rawvoice.ts';
export { rslOf } from './model/extensions/rsl.ts';
export { type Slash, slashOf } from './model/extensions/slash.ts';
export { type SourceArchive, type SourceModule, sourceModuleOf } from './model/extensions/source-module.ts';
export { type Spotify, spotifyOf } from './model/extensions/spotify.ts';
export { type Syndication, type SyndicationPeriod, syndicationOf } from './model/extensions/syndication.ts';
export { type InReplyTo, type Replies, type Thread, threadOf } from './model/extensions/thread.ts';
export { type Trackback, trackbackOf } from './model/extensions/trackback.ts';
export { type ExtensionViews, viewsOf } from './model/extensions/views.ts';
export { type Wfw, wfwOf } from './model/extensions/wfw.ts';
export { type Youtube, youtubeOf } from './model/extensions/youtube.ts';
export type {
  Category,
  Enclosure,
  FeedCloud,
  FeedDescription,
  FeedFormat,
  FeedImage,
  FeedPublishing,
  FeedTextInput,
  Html,
  Item,
  Link,
  Person,
  ReadingNote,
  ReceivedSource,
  Rights,
  SourceFeed,
  Tombstone,
} from './model/item.ts';
export type { RslLicense, RslPayment, RslTerms, RslUse, TdmReservation } from './model/rights.ts';
export type { Timestamp } from './model/timestamp.ts';
export { type ReadFeed, type ReadFeedOptions, type ReadItem, readFeed } from './pipeline/read-feed.ts';
