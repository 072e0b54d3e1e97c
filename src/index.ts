// The library's face: readFeed and the types of what it gives.
export type { ParseLimits } from './core/parse/limits.ts';
export { ReadError, TributaryError } from './model/errors.ts';
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
export type { Timestamp } from './model/timestamp.ts';
export { type ReadFeedOptions, readFeed } from './pipeline/read-feed.ts';
