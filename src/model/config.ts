// The configuration as the program sees it: read, checked, defaults filled in. edge/config makes it from YAML.
import type { FeedId, SourceId } from './ids.ts';
import type { Person } from './item.ts';
import type { ShownSetting, ShowTable } from './shown.ts';

export interface Config {
  /** Absolute path of the file it was read from. */
  readonly file: string;
  readonly server: ServerConfig;
  /** Absolute path of the folder for last-known-good documents. */
  readonly dataDir: string;
  /** `sqlite:/absolute/path` or `memory:`. */
  readonly store: string;
  readonly network: NetworkConfig;
  readonly alerts?: AlertsConfig | undefined;
  /** Addresses that the site had before. */
  readonly redirects?: readonly Redirect[] | undefined;
  readonly sources: readonly Source[];
  readonly feeds: readonly MergedFeed[];
  /** What `feeds` are made of; absent where there are no templates. */
  readonly feedEntries?: readonly FeedEntry[] | undefined;
  /** Lists whose feeds are sources too: pipeline/config-in-force.ts puts them among the others. */
  readonly lists?: readonly ConfiguredList[] | undefined;
  /** What feeds may draw from is not known whole: a list was never read, and perhaps not even tried. */
  readonly awaitsLists?: 'untried' | 'unread' | undefined;
  /** Feeds of templates that cannot be, with the feeds of lists as they are: why, for people. */
  readonly refusedFeeds?: readonly string[] | undefined;
}

/** A list of feeds (OPML) that is followed. */
export interface ConfiguredList {
  /** The list as what is polled, with what holds for each of its feeds. Its headers and secrets are the list's own. */
  readonly source: Source;
  /** How many configured sources stand before it. */
  readonly place: number;
}

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** Ends with '/'; all our own links are built on it, never on the Host header. */
  readonly publicUrl: string;
  /** The configuration gives none: nobody else can reach us there. */
  readonly publicUrlIsGuessed?: boolean | undefined;
  /** Absolute path of a CSS file for our pages. */
  readonly stylesheetFile?: string | undefined;
  /** What stands in it. */
  readonly stylesheet?: string | undefined;
  /** Where `/status` and `/metrics` are answered in place of `port`. */
  readonly admin?: AdminConfig | undefined;
}

export interface AdminConfig {
  readonly host: string;
  readonly port: number;
}

export interface Redirect {
  /** A path, with its leading '/'. */
  readonly from: string;
  /** Relative to the public URL, without a leading '/': `feeds/city.rss`. */
  readonly to: string;
}

/** Who is told when something goes wrong. */
export interface AlertsConfig {
  /** A secret: whoever knows it can speak there. */
  readonly url: string;
  /** Lower-case names; values are secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** For how long a source must fail before it is told. */
  readonly afterMs: number;
}

export interface NetworkConfig {
  readonly contact: string | undefined;
  /** For a whole poll, redirects and body included. */
  readonly timeoutMs: number;
  /** Decoded bytes of a body. */
  readonly bodyBytesMax: number;
  /** Polls at once. */
  readonly concurrency: number;
  readonly perHost: { readonly concurrency: number; readonly gapMs: number };
  /** CIDRs, addresses and host names that may be polled though private. */
  readonly allow: readonly string[];
  /** An http address, through which every server is reached. Its userinfo is a secret. */
  readonly proxy?: string | undefined;
}

export type Schedule =
  | { readonly kind: 'every'; readonly everyMs: number }
  /** In the source's own rhythm, between the two. */
  | { readonly kind: 'adaptive'; readonly minMs: number; readonly maxMs: number }
  | { readonly kind: 'cron'; readonly expression: string; readonly timezone: string | undefined };

export type NotePosition = 'before' | 'after' | 'both' | 'none';

/** How a note is worded and where it stands. */
export interface AttributionWording {
  readonly position: NotePosition;
  /** HTML with {placeholders} and [optional parts]. */
  readonly template: string;
  /** Plain text for {copyright}; empty for none. */
  readonly copyright: string;
  /** The time zone of dates, an IANA name. */
  readonly timezone: string;
  /** The language that dates are written in, a tag of RFC 5646. */
  readonly dateLocale: string;
  /** Words that no template places. */
  readonly phrases: NotePhrases;
}

export interface NotePhrases {
  /** Before the names of other sources that carry the same story. */
  readonly also: string;
  /** A received `{source}` and the `{hop}` that passed it on. */
  readonly via: string;
  /** Between names. */
  readonly comma: string;
}

/** `force`: said by the operator over whatever the publisher's feed says. */
export interface ConfiguredRights {
  readonly text: string;
  readonly force: boolean;
}

export type TextField = 'title' | 'author' | 'category' | 'link' | 'content';

/** What a rule asks of an item. A text in a field: in any of them where none is named. */
export type RuleTest =
  /** It has `text`, also within a word, letters' case aside. */
  | { readonly kind: 'words'; readonly field: TextField | undefined; readonly text: string }
  /** It matches a regular expression: `written` as the file has it, `pattern` the same in RE2's syntax. */
  | {
      readonly kind: 'pattern';
      readonly field: TextField | undefined;
      readonly pattern: string;
      readonly written: string;
    }
  /** Its language is within a language range (RFC 4647). */
  | { readonly kind: 'language'; readonly range: string }
  /** Its date lies further back than that, or not so far. */
  | { readonly kind: 'age'; readonly than: 'older' | 'younger'; readonly ms: number }
  /** It has an enclosure of a media type (`audio/mpeg`), or of a whole family of them (`audio`); lower case. */
  | { readonly kind: 'enclosure'; readonly mediaType: string };

export type FilterRule = RuleTest & {
  /** Line in the configuration file, for explanations. */
  readonly line: number;
};

export interface Filter {
  /** Where there are any, only items that match one of them are kept. */
  readonly include: readonly FilterRule[];
  readonly exclude: readonly FilterRule[];
}

/** What a category is called in our feeds; `to` undefined: it is left out. */
export interface CategoryMapping {
  readonly from: string;
  readonly to: string | undefined;
}

/** An upstream feed. */
export interface Source {
  readonly id: SourceId;
  /** What is polled: an http, https or file URL. May carry secrets: see `publicUrl`. */
  readonly feedUrl: string;
  /**
   * The address as identity: `feedUrl` for http and https, the path as written for a file, so that ids made from it
   * are the same on every machine.
   */
  readonly address: string;
  /** True where `feedUrl` has userinfo or a value from the environment: it must then never be published or logged. */
  readonly feedUrlIsSecret: boolean;
  /** Values that came from the environment for its `url` and `headers`: nothing that is published or logged may hold one. */
  readonly secrets?: readonly string[] | undefined;
  /** What is published as its address in place of `feedUrl`. */
  readonly publicUrl: string | undefined;
  /** What notes and pages call it; without it the source's own title. */
  readonly name: string | undefined;
  readonly schedule: Schedule;
  readonly categories: readonly string[];
  /** What its publisher's categories are called. */
  readonly categoryMap?: readonly CategoryMapping[] | undefined;
  /** The most that is shown of its items. */
  readonly content: ShownSetting;
  /** Characters of text (UTF-16 units) in an excerpt. */
  readonly excerptChars: number;
  readonly rights: ConfiguredRights | undefined;
  /** Licence URL. */
  readonly license: ConfiguredRights | undefined;
  /** At most so many of its newest items are kept. */
  readonly itemsMax: number;
  /** How many of its newest items it brings when it is first polled; undefined for all. */
  readonly join: number | undefined;
  readonly filter: Filter;
  /** Request headers, lower-case names. Values may be secret. Sent to the configured origin only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly weight: number;
  readonly enabled: boolean;
  readonly attribution: Partial<AttributionWording>;
}

export type SourceSelection =
  | { readonly kind: 'all' }
  | { readonly kind: 'ids'; readonly ids: readonly SourceId[] }
  | { readonly kind: 'categories'; readonly categories: readonly string[] };

export type DuplicateRule = 'id' | 'url' | 'similar';

/** The most of one source's stories in a feed: at once, and of one day (UTC). */
export interface PerSource {
  readonly limit?: number | undefined;
  readonly perDay?: number | undefined;
}

/** What opens a private feed: any of it does. All of it is secret. */
export interface FeedAccess {
  readonly tokens: readonly string[];
  readonly basic: readonly { readonly user: string; readonly password: string }[];
}

/** A configured output. */
export interface MergedFeed {
  readonly id: FeedId;
  readonly title: string;
  readonly description: string | undefined;
  /** RFC 5646 language tag. */
  readonly language: string | undefined;
  readonly sources: SourceSelection;
  readonly limit: number;
  readonly maxAgeMs: number | undefined;
  readonly perSource?: PerSource | undefined;
  readonly duplicates: readonly DuplicateRule[];
  /** What categories are called in it, after what its sources say. */
  readonly categoryMap?: readonly CategoryMapping[] | undefined;
  /** How far apart two items may be published to be one for their texts. Absent: 14 days. */
  readonly similarWithinMs?: number | undefined;
  readonly filter: Filter;
  /** The most that is shown of an item, by its declared rights. */
  readonly show: ShowTable;
  /** `{title}` and `{source}` are placeholders. */
  readonly titleFormat: string;
  readonly imageUrl: string | undefined;
  /** Search engines are asked to stay away from it. */
  readonly noindex?: boolean | undefined;
  /** WebSub hubs that are told of every change. */
  readonly hubs?: readonly string[] | undefined;
  /** Who may read it; everybody where it is absent. A private feed is told of nowhere. */
  readonly access?: FeedAccess | undefined;
  /** What leaves it stays to be read in archives (RFC 5005). */
  readonly archive?: boolean | undefined;
  readonly author: Person | undefined;
  /** Site-wide wording with the feed's own laid over it; a source's is laid over both. */
  readonly attribution: AttributionWording;
}

/** A feed for each source, or for each category of sources; its `sources` say which of them are gone through. */
export interface FeedTemplate {
  readonly forEach: 'source' | 'category';
  /** `id`, `title` and `description` with placeholders for which one it is. */
  readonly feed: Omit<MergedFeed, 'id'> & { readonly id: string };
}

/** A member of `feeds:` as the file has it. */
export type FeedEntry =
  | { readonly kind: 'feed'; readonly feed: MergedFeed }
  | { readonly kind: 'template'; readonly template: FeedTemplate };
