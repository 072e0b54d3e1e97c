// What a source sends, normalized: the one shape that every input format becomes. All URLs are absolute, all dates
// are ours (Timestamp), all plain text is text. HTML is as the publisher sent it, not yet safe to publish.
import type { ExtensionElement } from './extension.ts';
import type { Rights } from './rights.ts';
import type { Timestamp } from './timestamp.ts';

export type { Rights } from './rights.ts';

export interface Person {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** An absolute http or https URL. */
  readonly uri?: string | undefined;
}

export interface Category {
  readonly term: string;
  /** RSS `domain`, Atom `scheme`. */
  readonly scheme?: string | undefined;
  readonly label?: string | undefined;
}

export interface Link {
  /** Link relation as given, lower case; `alternate` where none is given (RFC 4287, section 4.2.7.2). */
  readonly rel: string;
  /** An absolute http or https URL. */
  readonly url: string;
  readonly type?: string | undefined;
  readonly title?: string | undefined;
  readonly hreflang?: string | undefined;
}

export interface Enclosure {
  /** An absolute http or https URL. */
  readonly url: string;
  readonly type?: string | undefined;
  /** Bytes, as the publisher states them. */
  readonly length?: number | undefined;
  readonly title?: string | undefined;
  readonly durationSeconds?: number | undefined;
}

export interface Html {
  /** HTML as the publisher sent it, with absolute URLs. Not safe: core/sanitize makes it so. */
  readonly html: string;
  /** RFC 5646 language tag, where it differs from the item's or is said here alone. */
  readonly language?: string | undefined;
}

/** A source that an item itself names: `atom:source` (RFC 4287, section 4.2.11) or RSS `source`. A claim of whoever sent it. */
export interface ReceivedSource {
  readonly title?: string | undefined;
  readonly id?: string | undefined;
  readonly feedUrl?: string | undefined;
  readonly siteUrl?: string | undefined;
  readonly subtitle?: string | undefined;
  readonly language?: string | undefined;
  readonly generator?: string | undefined;
  readonly iconUrl?: string | undefined;
  readonly updatedAt?: Timestamp | undefined;
  readonly authors: readonly Person[];
  readonly contributors: readonly Person[];
  readonly categories: readonly Category[];
  readonly rights: Rights;
}

export interface Item {
  /** The id character by character as given: RSS `guid`, Atom `id`, RSS 1.0 `rdf:about`, JSON Feed `id`. */
  readonly guid?: string | undefined;
  /** RSS: the guid is said to be the permalink (`isPermaLink` is `true` or, as RSS 2.0 has it, absent). False elsewhere. */
  readonly guidIsPermalink: boolean;
  /** The page of the item at its publisher: an absolute http or https URL. */
  readonly permalink?: string | undefined;
  /** Plain text: markup removed, entities decoded, white space folded; empty where none is given. */
  readonly title: string;
  readonly content?: Html | undefined;
  readonly summary?: Html | undefined;
  /** The item's own authors as given, never those of its feed. */
  readonly authors: readonly Person[];
  readonly contributors: readonly Person[];
  /** The publisher's claims. Absent where none is given or none can be read. */
  readonly publishedAt?: Timestamp | undefined;
  readonly updatedAt?: Timestamp | undefined;
  /** `dcterms:created`, Atom 0.3 `created`: often before it was published, which it stands for where no other date does. */
  readonly createdAt?: Timestamp | undefined;
  /** RSS 0.93 `expirationDate`, end of `dcterms:valid`: what it says is not true for longer. */
  readonly expiresAt?: Timestamp | undefined;
  /** `dc:publisher`. */
  readonly publishers?: readonly Person[] | undefined;
  readonly categories: readonly Category[];
  readonly enclosures: readonly Enclosure[];
  /** The item's own rights, never those of its feed. */
  readonly rights: Rights;
  readonly source?: ReceivedSource | undefined;
  /** Links other than the permalink, enclosures and licences: `via`, `related`, `replies`, further alternates. */
  readonly links: readonly Link[];
  /** RFC 5646 language tag. */
  readonly language?: string | undefined;
  /** RSS `comments`. */
  readonly commentsUrl?: string | undefined;
  readonly imageUrl?: string | undefined;
  /** A note that another Tributary attached and declared beside the item, so that exactly it can be taken off again. */
  readonly declaredNote?: string | undefined;
  /** Elements of other vocabularies than RSS and Atom, in document order; absent where there are none. */
  readonly extensions?: readonly ExtensionElement[] | undefined;
}

/** What a feed document says about itself. */
export interface FeedDescription {
  readonly id?: string | undefined;
  /** Plain text. */
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  /** The feed's own address as it states it (`rel="self"`, JSON Feed `feed_url`). */
  readonly selfUrl?: string | undefined;
  readonly siteUrl?: string | undefined;
  /** Where it was found, for a source whose configured address is a page that names it. Not from the document. */
  readonly foundUrl?: string | undefined;
  /** The smallest picture that it has: Atom `icon`, JSON Feed `icon` or `favicon`, else `logo` or `image`. */
  readonly iconUrl?: string | undefined;
  /** RSS `lastBuildDate`, Atom `updated`, `dc:date`; else RSS `pubDate`. */
  readonly updatedAt?: Timestamp | undefined;
  readonly authors: readonly Person[];
  readonly contributors: readonly Person[];
  readonly categories: readonly Category[];
  readonly rights: Rights;
  readonly language?: string | undefined;
  /** The name of the program that made it; where that is all it gives, its address. */
  readonly generator?: string | undefined;
  readonly generatorVersion?: string | undefined;
  readonly generatorUrl?: string | undefined;
  /** Other links of the feed: `hub`, `next`, `prev-archive`, `license` … */
  readonly links: readonly Link[];
  /** The feed's own elements of other vocabularies than RSS and Atom, in document order; absent where there are none. */
  readonly extensions?: readonly ExtensionElement[] | undefined;
}

/** `at:deleted-entry` (RFC 6721, section 3): an item that its publisher says it has taken back. A claim about its own items only. */
export interface Tombstone {
  /** The id of the item, character by character as given; at most 2,048 characters. */
  readonly ref: string;
  /** When it was taken back. Absent where none is given or none can be read. */
  readonly when?: Timestamp | undefined;
  readonly by?: Person | undefined;
  /** Plain text, at most 1,024 characters. */
  readonly comment?: string | undefined;
}

/** RSS `image`, Atom `logo`, `itunes:image`: a picture that stands for the feed, and what was said with it. */
export interface FeedImage {
  /** An absolute http or https URL. */
  readonly url: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  /** The page that the picture links. */
  readonly link?: string | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** RSS `cloud`: where to ask to be told of changes (rssCloud). */
export interface FeedCloud {
  readonly domain: string;
  readonly port?: number | undefined;
  readonly path?: string | undefined;
  readonly registerProcedure?: string | undefined;
  readonly protocol?: string | undefined;
}

/** RSS `textInput`: a form of one field. */
export interface FeedTextInput {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly name?: string | undefined;
  readonly link?: string | undefined;
}

/** What a feed says of its own publishing, beside what it says of its subject. */
export interface FeedPublishing {
  /** RSS `pubDate`, `dcterms:issued`. */
  readonly publishedAt?: Timestamp | undefined;
  /** The picture that stands for the feed, with what was said with it. */
  readonly image?: FeedImage | undefined;
  /** Atom `logo`: twice as wide as high. */
  readonly logoUrl?: string | undefined;
  /** RSS `webMaster`, `dc:publisher`, `itunes:owner`. */
  readonly publishers?: readonly Person[] | undefined;
  /** RSS `docs`: where the format is described. */
  readonly docsUrl?: string | undefined;
  /** RSS `ttl`, in minutes: how long it may be kept before it is asked for again. */
  readonly ttlMinutes?: number | undefined;
  /** RSS `skipHours`: hours of the day in UTC, 0 to 23. */
  readonly skipHours?: readonly number[] | undefined;
  /** RSS `skipDays`: `Monday` to `Sunday`. */
  readonly skipDays?: readonly string[] | undefined;
  /** RSS `rating` (PICS). */
  readonly rating?: string | undefined;
  readonly cloud?: FeedCloud | undefined;
  readonly textInput?: FeedTextInput | undefined;
  /** `admin:errorReportsTo`. */
  readonly errorReportsTo?: string | undefined;
  /** JSON Feed `expired`: there will be no more items. */
  readonly expired?: true | undefined;
}

export type FeedFormat =
  | 'rss-0.90'
  | 'rss-0.91'
  | 'rss-0.92'
  | 'rss-0.93'
  | 'rss-0.94'
  | 'rss-1.0'
  | 'rss-1.1'
  | 'rss-2.0'
  | 'atom-0.3'
  | 'atom-1.0'
  | 'cdf'
  | 'json-feed-1.0'
  | 'json-feed-1.1';

/** Something that reading mended or left out, for status and log; never part of what is published. */
export interface ReadingNote {
  /**
   * `repaired`: not well-formed; `charset-guess`: the declared encoding was wrong or absent; `truncated-items`,
   * `truncated-text`, `truncated-extensions`: more than the bound; `guid-churn`: most ids, dates, or all names are others than
   * in the document before.
   */
  readonly code:
    | 'repaired'
    | 'charset-guess'
    | 'truncated-items'
    | 'truncated-text'
    | 'truncated-extensions'
    | 'bad-item'
    | 'bad-date'
    | 'bad-url'
    | 'guid-churn';
  readonly detail?: string | undefined;
}

/** A feed document as read: itself, its items in document order, and what had to be mended. */
export interface SourceFeed extends FeedDescription, FeedPublishing {
  readonly format: FeedFormat;
  readonly items: readonly Item[];
  /** In document order, at most 1,000 (limits.ts); absent where there are none. */
  readonly tombstones?: readonly Tombstone[] | undefined;
  readonly notes: readonly ReadingNote[];
}
