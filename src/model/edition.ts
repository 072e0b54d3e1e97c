// What goes out: a merged feed's items, selected, credited, made safe, in order. Writers only write what stands here.
import type { NotePosition } from './config.ts';
import type { ExtensionElement } from './extension.ts';
import type { FeedId, PublishedId, SourceId } from './ids.ts';
import type { Category, Enclosure, Link, Person } from './item.ts';
import type { RslTerms, TdmReservation } from './rights.ts';
import type { ShownDecision } from './shown.ts';
import type { Timestamp } from './timestamp.ts';

/** Provenance as data: whose work an item is and which way it came. */
export interface Attribution {
  /** The polled source. */
  readonly sourceId: SourceId;
  /** What notes and pages call the polled source: the configured name, else its own title. */
  readonly sourceName: string;
  /** What the formats' source elements carry: the received source where the item names one, else the polled one. */
  readonly source: AttributedSource;
  /** True where `source` is a claim that the polled source passed on: it is then always shown with the polled one. */
  readonly sourceIsReceived: boolean;
  /** The hops that it came by, the polled source included where `source` is received. */
  readonly via: readonly NamedLink[];
  /** The same story at other sources. */
  readonly also: readonly AlsoPublished[];
  /** Never empty: the source's title where no author is known. */
  readonly authors: readonly Person[];
  readonly contributors: readonly Person[];
  /** Title of the polled source. */
  readonly publisher: string;
  readonly rights: string | undefined;
  /** Licence URLs. */
  readonly licenses: readonly string[];
  /** What else is declared about its use. */
  readonly terms?: DeclaredTerms | undefined;
}

/** Terms of an item beside copyright and licence; absent where nobody declares any. */
export interface DeclaredTerms {
  readonly accessRights?: string | undefined;
  readonly termsUrl?: string | undefined;
  readonly rsl?: readonly RslTerms[] | undefined;
  readonly tdm?: TdmReservation | undefined;
  /** `deny`: it asks to be in no public directory or search. */
  readonly access?: 'allow' | 'deny' | undefined;
  readonly indexing?: 'yes' | 'no' | undefined;
}

export interface AttributedSource {
  readonly title: string;
  /** Absolute IRI. */
  readonly id: string;
  readonly feedUrl: string | undefined;
  readonly siteUrl: string | undefined;
  readonly iconUrl: string | undefined;
  readonly updatedAt: Timestamp;
  readonly authors: readonly Person[];
  readonly contributors: readonly Person[];
  readonly categories: readonly Category[];
  readonly rights: string | undefined;
  readonly licenses: readonly string[];
}

export interface NamedLink {
  readonly title: string;
  readonly url: string;
}

export interface AlsoPublished extends NamedLink {
  /** Names of its authors there; empty where unknown. */
  readonly authors: readonly string[];
}

export interface Note {
  readonly position: NotePosition;
  readonly html: string;
  readonly text: string;
}

export interface EditionItem {
  readonly id: PublishedId;
  /** The id as the publisher gave it. */
  readonly guid: string | undefined;
  /** The published id is the publisher's permalink, said to be so by the publisher. */
  readonly idIsPermalink: boolean;
  readonly permalink: string | undefined;
  /** Plain text. */
  readonly title: string;
  /** Safe HTML with absolute URLs, without the note. */
  readonly contentHtml: string | undefined;
  /** Plain text. */
  readonly summary: string | undefined;
  readonly publishedAt: Timestamp;
  readonly updatedAt: Timestamp;
  readonly categories: readonly Category[];
  /** What its publisher calls them, where a `categoryMap` changed any. */
  readonly givenCategories?: readonly string[] | undefined;
  readonly enclosures: readonly Enclosure[];
  readonly links: readonly Link[];
  readonly language: string | undefined;
  readonly commentsUrl: string | undefined;
  readonly imageUrl: string | undefined;
  readonly attribution: Attribution;
  readonly note: Note;
  /** What the item's publisher said in other vocabularies, to be carried on where it is harmless. */
  readonly extensions?: readonly ExtensionElement[] | undefined;
  /** Its publisher asks search engines to stay away: `access:restriction`, `indexing:index`. */
  readonly noindex?: boolean | undefined;
  /** How much of it is shown, and why. */
  readonly shown?: ShownDecision | undefined;
}

/** A merged feed as published: description, links, items. */
export interface Edition {
  readonly feedId: FeedId;
  readonly title: string;
  readonly description: string | undefined;
  readonly language: string | undefined;
  /** Of the days on its pages, an IANA name; UTC where absent. */
  readonly timezone?: string | undefined;
  readonly imageUrl: string | undefined;
  readonly author: Person | undefined;
  /** Base of all our own links; ends with '/'. */
  readonly publicUrl: string;
  /** The latest of its items' dates, so that the same items give the same bytes; a fixed date where there are none. */
  readonly updatedAt: Timestamp;
  /** `Tributary VERSION`. */
  readonly generator: string;
  /** WebSub hubs that are told of every change. */
  readonly hubs?: readonly string[] | undefined;
  /** Search engines are asked to stay away. */
  readonly noindex?: boolean | undefined;
  /** Not everybody may read it. */
  readonly isPrivate?: boolean | undefined;
  readonly items: readonly EditionItem[];
  /** What was taken out of it; the latest first. */
  readonly retractions?: readonly Retraction[] | undefined;
  /** Where the document stands among those that have the feed's whole history; absent where no archives are kept. */
  readonly history?: History | undefined;
}

/** A place in an archived feed (RFC 5005, section 4). Archives are called by their names, as in `2026-11` or `2026-11-2`. */
export type History =
  | {
      readonly kind: 'subscription';
      /** The archive sealed last. */
      readonly older?: string | undefined;
      /** Everything that was ever published stands in it (section 2). */
      readonly isComplete: boolean;
    }
  | {
      readonly kind: 'archive';
      readonly name: string;
      readonly older?: string | undefined;
      /** Of pages alone: the other documents never learn of it. */
      readonly newer?: string | undefined;
    };

/** That an item was taken out, as documents tell it. Nothing of what the item said. */
export interface Retraction {
  readonly id: PublishedId;
  readonly takenOutBy: 'publisher' | 'operator';
  /** RFC 6721, section 3: `when`. */
  readonly when: Timestamp;
  /** By our clock. */
  readonly learntAt: Timestamp;
  /** Name of whoever took it out, where it is known. */
  readonly by: string | undefined;
  readonly reason: string | undefined;
  /** The date that the item was published under. */
  readonly publishedAt: Timestamp;
  readonly sourceTitle: string;
  /** Absolute IRI. */
  readonly sourceUrl: string;
  /** Formats without tombstones have an item in its place, as long as it is news. */
  readonly hasStub: boolean;
}

export type OutputFormat = 'rss' | 'atom' | 'json' | 'html';

/** One published document: immutable bytes and what HTTP says of them. */
export interface Rendition {
  /** Relative to the public URL, as in `feeds/city.rss`; also its file's name in a static site. */
  readonly path: string;
  readonly mediaType: string;
  readonly body: Uint8Array;
  readonly gzip: Uint8Array;
  /** Strong, quoted (RFC 9110, section 8.8.3); one for each encoding. */
  readonly etag: string;
  readonly gzipEtag: string;
  /** Absent where it is not worth its making, as in sealed archives, and in documents that were kept before there was any. */
  readonly brotli?: Uint8Array | undefined;
  readonly brotliEtag?: string | undefined;
  readonly changedAt: Timestamp;
}

/** Everything that is published now, by path: what HTTP answers from and what a static site is written from. */
export type Site = ReadonlyMap<string, Rendition>;
