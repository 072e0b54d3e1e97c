// What is published at the moment of asking: all that the web server knows of the rest of the program.
import type { FeedAccess, Redirect } from '../../model/config.ts';
import type { Rendition, Site } from '../../model/edition.ts';
import type { FeedId } from '../../model/ids.ts';

export interface Readiness {
  readonly ready: boolean;
  /** Feeds that there is no document for yet. */
  readonly missing: readonly FeedId[];
}

export interface ServedFeed {
  readonly id: FeedId;
  /** Search engines are asked to stay away. */
  readonly noindex?: boolean | undefined;
  /** The WebSub hubs that are told of its changes. */
  readonly hubs?: readonly string[] | undefined;
  /** Absent: everybody may read it. */
  readonly access?: FeedAccess | undefined;
}

export interface LiveText {
  readonly mediaType: string;
  readonly text: string;
}

/** Each list is another object where it says something else, and only there. */
export interface Published {
  readonly site: () => Site;
  /** Feeds of the configuration, published or not yet. */
  readonly feeds: () => readonly ServedFeed[];
  readonly redirects?: () => readonly Redirect[];
  readonly readiness: () => Readiness;
  /**
   * What is published but not in memory, by path relative to the public URL: sealed archives. Undefined where there can be none of that
   * path; resolves to undefined where there is none.
   */
  readonly archived?: (path: string) => Promise<Rendition | undefined> | undefined;
  /** What is made at the moment of asking, by path relative to the public URL. */
  readonly live?: (path: string) => LiveText | undefined;
  /** The same of what takes a moment to make: the metrics. */
  readonly liveLater?: (path: string) => Promise<LiveText> | undefined;
}

/** The feed that a document belongs to, by its path relative to the public URL; undefined for one that belongs to none. */
export function feedIdOf(path: string): string | undefined {
  return /^feeds\/([^/.]+)(?=[/.]|$)/.exec(path)?.[1];
}

export function feedOf(path: string, feeds: readonly ServedFeed[]): ServedFeed | undefined {
  const id = feedIdOf(path);
  return id === undefined ? undefined : feeds.find((feed) => feed.id === id);
}
