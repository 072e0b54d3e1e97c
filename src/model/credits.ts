// What `/credits` says: whose feeds these are, under which rights, how much of them is shown and why.
import type { DeclaredTerms } from './edition.ts';
import type { FeedId, SourceId } from './ids.ts';
import type { Shown, ShownDecision } from './shown.ts';

export interface Credits {
  /** The operator's page or mailbox, as an address; undefined where the configuration names none. */
  readonly contactUrl: string | undefined;
  /** In the order of the configuration. */
  readonly sources: readonly SourceCredit[];
}

export interface SourceCredit {
  readonly sourceId: SourceId;
  readonly name: string;
  readonly siteUrl: string | undefined;
  /** Absent for files and secret addresses. */
  readonly feedUrl: string | undefined;
  /** As declared for the source as a whole; items may have their own. */
  readonly rights: string | undefined;
  readonly licenses: readonly { readonly name: string; readonly url: string }[];
  readonly terms: DeclaredTerms;
  readonly feeds: readonly FeedCredit[];
}

export interface FeedCredit {
  readonly feedId: FeedId;
  readonly title: string;
  /** For an item that declares nothing of its own. */
  readonly decision: ShownDecision;
  /** Items in the feed now that this source leads. */
  readonly items: number;
  /** Of these, how many are shown how; levels without items are left out. */
  readonly shown: readonly { readonly shown: Shown; readonly items: number }[];
}
