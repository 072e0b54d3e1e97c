// A feed document between parsing and normalizing: which value is what is settled, what a value means is not. Dates,
// URLs and people stand here as written; every value knows the base and the language that it was written under.
import type { Category, FeedCloud, FeedFormat, ReadingNote } from './item.ts';

/** An `xml:base` in force, and the one around it that it may be relative to (XML Base, section 4.2). */
export interface BaseScope {
  readonly href: string;
  readonly outer: BaseScope | undefined;
}

/**
 * How a text is to be read: `text` is plain; `lines` is plain with line breaks that count; `html` is HTML;
 * `unknown` is either, as in RSS, whose elements do not say.
 */
export type RawTextKind = 'text' | 'lines' | 'html' | 'unknown';

export interface RawText {
  readonly value: string;
  readonly kind: RawTextKind;
  readonly base?: BaseScope | undefined;
  readonly language?: string | undefined;
  /** It was longer than the bound and cut there, perhaps within a tag. */
  readonly clipped?: boolean | undefined;
}

export interface RawUrl {
  readonly href: string;
  readonly base?: BaseScope | undefined;
}

export interface RawLink extends RawUrl {
  readonly rel?: string | undefined;
  readonly type?: string | undefined;
  readonly title?: string | undefined;
  readonly hreflang?: string | undefined;
  /** Of an enclosure, in bytes, as written. */
  readonly length?: string | undefined;
  /** Of an enclosure: seconds or clock time, as written. */
  readonly duration?: string | undefined;
}

/** Either `text` to be taken apart, as in `mail@example.org (Name)`, or parts that the format keeps apart. */
export interface RawPerson {
  readonly text?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly uri?: RawUrl | undefined;
  /** The name is a name, or an address where there is none: nothing in it is to be taken apart. */
  readonly isPlain?: true | undefined;
}

export interface RawRights {
  readonly text?: RawText | undefined;
  readonly licenses: readonly RawUrl[];
  /** Licences that are given by name or slug: `CC BY 4.0`, `cc-by-4.0`. */
  readonly licenseNames?: readonly string[] | undefined;
  readonly accessRights?: string | undefined;
  readonly terms?: readonly RawUrl[] | undefined;
  readonly rsl?: readonly RawRsl[] | undefined;
  /** As written: what it means is settled when normalizing. */
  readonly tdm?: { readonly reservation: string; readonly policy?: RawUrl | undefined } | undefined;
  readonly access?: string | undefined;
  readonly indexing?: string | undefined;
  readonly robots?: string | undefined;
}

export interface RawRsl {
  readonly url?: RawUrl | undefined;
  readonly server?: RawUrl | undefined;
  readonly document?: RawUrl | undefined;
  readonly copyright?: string | undefined;
  readonly terms?: RawUrl | undefined;
  readonly licenses: readonly RawRslLicense[];
}

export interface RawRslLicense {
  readonly permits: readonly RawRslUse[];
  readonly prohibits: readonly RawRslUse[];
  readonly payment?:
    | {
        readonly type?: string | undefined;
        readonly url?: RawUrl | undefined;
        readonly amount?: string | undefined;
      }
    | undefined;
}

export interface RawRslUse {
  readonly type?: string | undefined;
  readonly values: readonly string[];
}

/** An element of another vocabulary: its names are settled, what its URLs are is not. */
export interface RawExtension {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly children: readonly RawExtension[];
  readonly base?: BaseScope | undefined;
}

/** What a feed, and a source that an item names, say of themselves. Of several candidates the best is first. */
export interface RawDescription {
  readonly id?: string | undefined;
  readonly title?: RawText | undefined;
  readonly subtitle?: RawText | undefined;
  readonly selfUrls: readonly RawUrl[];
  readonly siteUrls: readonly RawUrl[];
  readonly icons: readonly RawUrl[];
  readonly updated: readonly string[];
  readonly authors: readonly RawPerson[];
  readonly contributors: readonly RawPerson[];
  readonly categories: readonly Category[];
  readonly rights: RawRights;
  readonly language?: string | undefined;
  readonly generator?: RawGenerator | undefined;
  readonly links: readonly RawLink[];
}

export interface RawGenerator {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly uri?: RawUrl | undefined;
}

export interface RawImage {
  readonly url: RawUrl;
  readonly title?: RawText | undefined;
  readonly description?: RawText | undefined;
  readonly link?: RawUrl | undefined;
  readonly width?: string | undefined;
  readonly height?: string | undefined;
}

export interface RawTextInput {
  readonly title?: RawText | undefined;
  readonly description?: RawText | undefined;
  readonly name?: string | undefined;
  readonly link?: RawUrl | undefined;
}

/** What a feed says of its own publishing, as written. Of several candidates the best is first. */
export interface RawPublishing {
  readonly published: readonly string[];
  readonly images: readonly RawImage[];
  readonly logos: readonly RawUrl[];
  readonly publishers: readonly RawPerson[];
  readonly docs?: RawUrl | undefined;
  readonly ttl?: string | undefined;
  readonly skipHours: readonly string[];
  readonly skipDays: readonly string[];
  readonly rating?: string | undefined;
  /** Attributes of `cloud`, by name. */
  readonly cloud?: Readonly<Record<keyof FeedCloud, string | undefined>> | undefined;
  readonly textInput?: RawTextInput | undefined;
  readonly errorReportsTo?: string | undefined;
  readonly expired?: boolean | undefined;
}

/** Of several candidates the best is first; whoever normalizes takes the first that can be read. */
export interface RawItem {
  readonly guid?: string | undefined;
  readonly guidIsPermalink: boolean;
  readonly permalinks: readonly RawUrl[];
  readonly title?: RawText | undefined;
  readonly bodies: readonly RawText[];
  readonly authors: readonly RawPerson[];
  readonly contributors: readonly RawPerson[];
  readonly published: readonly string[];
  readonly updated: readonly string[];
  /** `dc:date`, which does not say of what it is the date. */
  readonly dated?: readonly string[] | undefined;
  readonly created?: readonly string[] | undefined;
  readonly expires?: readonly string[] | undefined;
  readonly publishers?: readonly RawPerson[] | undefined;
  readonly categories: readonly Category[];
  readonly enclosures: readonly RawLink[];
  /** Seconds or clock time of the first enclosure, as written. */
  readonly duration?: string | undefined;
  readonly rights: RawRights;
  readonly source?: RawDescription | undefined;
  readonly links: readonly RawLink[];
  readonly language?: string | undefined;
  readonly comments?: RawUrl | undefined;
  readonly images: readonly RawUrl[];
  readonly declaredNote?: string | undefined;
  /** In document order. */
  readonly extensions?: readonly RawExtension[] | undefined;
  /** It stands in the place of an item that was taken back, and is no item. */
  readonly retracted?: Omit<RawTombstone, 'ref'> | undefined;
}

/** `at:deleted-entry` (RFC 6721): an entry that its publisher has taken back. */
export interface RawTombstone {
  /** The id of the entry, as written. */
  readonly ref: string;
  readonly when?: string | undefined;
  readonly by?: RawPerson | undefined;
  readonly comment?: RawText | undefined;
}

export interface RawFeed extends RawDescription {
  readonly format: FeedFormat;
  /** The feed's own, in document order. */
  readonly extensions?: readonly RawExtension[] | undefined;
  readonly tombstones?: readonly RawTombstone[] | undefined;
  /** In document order. */
  readonly items: readonly RawItem[];
  readonly publishing: RawPublishing;
  readonly notes: readonly ReadingNote[];
}
