// A list of feeds that others, or other programs, keep: OPML, as it was read.

export interface SourceList {
  readonly title: string | undefined;
  /** In the order of the list, each address once. */
  readonly sources: readonly ListedSource[];
  /** Addresses of lists that belong in this one, as given. */
  readonly includes: readonly string[];
  /** Entries that were left out: beyond the bound, or without an address that can be read. */
  readonly dropped: number;
}

export interface ListedSource {
  /** As given, white space aside; `feed:` addresses as the http ones that they stand for. */
  readonly address: string;
  readonly title: string | undefined;
  readonly siteUrl: string | undefined;
  /** Of the groups that it stands in, outermost first, then its own. */
  readonly categories: readonly string[];
}

export const EMPTY_LIST: SourceList = { title: undefined, sources: [], includes: [], dropped: 0 };
