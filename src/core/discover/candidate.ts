// An address where a feed may be, and why we think so.

/** From the surest on: the address itself, said by the page's server, by the page, known of the site, linked in the page's text, tried everywhere. */
export const FOUND_BY = ['given', 'header', 'link', 'site', 'anchor', 'path'] as const;
export type FoundBy = (typeof FOUND_BY)[number];

export interface FeedCandidate {
  readonly url: string;
  readonly by: FoundBy;
  /** Of a link; for `site` the name of the site. */
  readonly title?: string | undefined;
  readonly type?: string | undefined;
  /** What is said under the items rather than the items. */
  readonly isComments: boolean;
}
