// What our pages say beside what publishers say, in each language. A file for each; a word that is missing is a type error.

/** By what a number asks for in a language (CLDR): `{n}` is the number. */
export type Counted = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

export interface PageWords {
  /** The link to the front page. */
  readonly allFeeds: string;
  /** The title of the front page; `{host}` is the site's. */
  readonly feedsOf: string;
  readonly credits: string;
  readonly status: string;
  /** The link over the navigation, for those who cannot see the page. */
  readonly skip: string;
  readonly feedList: string;
  readonly sourceList: string;

  readonly subscribe: string;
  /** The label of the field with the feed's address. */
  readonly address: string;
  readonly copy: string;
  readonly copied: string;
  /** Before the names of readers. */
  readonly openIn: string;
  /** The feed reader that is installed, whichever it is. */
  readonly readerApp: string;
  readonly readOnline: string;

  readonly latestItems: string;
  readonly older: string;
  readonly newer: string;
  readonly archives: string;
  /** `{name}`: as in `2026-11`. */
  readonly archive: string;
  readonly nothingYet: string;
  readonly nothingArchived: string;
  readonly allWithdrawn: string;
  readonly items: Counted;
  /** `{from}` and `{to}` are days. */
  readonly days: string;

  /** The name of the two choices that follow. */
  readonly filter: string;
  readonly source: string;
  readonly allSources: string;
  readonly category: string;
  readonly allCategories: string;
  readonly noneMatch: string;

  /** `{date}`: a day. */
  readonly updated: string;
  readonly categories: string;
  readonly files: string;
  readonly comments: string;

  readonly withdrawn: {
    readonly heading: string;
    readonly byPublisher: string;
    readonly bySite: string;
    readonly source: string;
    readonly reason: string;
  };
}
