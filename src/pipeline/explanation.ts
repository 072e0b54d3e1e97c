// Why each item that a feed's sources are known to have is in the feed or is not: as data. Every copy of every item has one verdict.
import type { Verdict } from '../core/filter/filter.ts';
import type { Join } from '../core/merge/group.ts';
import type { LeadershipRule } from '../core/merge/leadership.ts';
import type { WindowVerdict } from '../core/merge/window.ts';
import type { FeedId, ItemHash, PublishedId, SourceId } from '../model/ids.ts';
import type { KnownBy } from '../model/item-index.ts';
import type { ShownDecision } from '../model/shown.ts';
import type { Timestamp } from '../model/timestamp.ts';
import type { Withdrawal } from '../model/withdrawal.ts';

/** A feed as it would be published now. */
export interface Explanation {
  readonly feedId: FeedId;
  readonly at: Timestamp;
  /** When what is published now was last changed; absent where nothing was published yet. */
  readonly publishedAt?: Timestamp | undefined;
  readonly sources: readonly SourceState[];
  /** Those in the feed first, in its order; then the others, newest first. */
  readonly items: readonly ItemExplanation[];
}

export interface SourceState {
  readonly id: SourceId;
  /** `unreadable`: what the store has of it is damaged, and is read anew with its next poll. */
  readonly state: 'read' | 'not-read' | 'disabled' | 'unreadable';
  readonly items: number;
  /** No more of its newest are kept. */
  readonly itemsMax: number;
  readonly lastPoll?: Timestamp | undefined;
  /** What the last poll came to, where it failed. */
  readonly reason?: string | undefined;
}

export interface ItemExplanation {
  readonly sourceId?: SourceId | undefined;
  /** Under which it is, was, or would be published. */
  readonly publishedId?: PublishedId | undefined;
  readonly hash: ItemHash;
  /** Undefined where it has none, or its text is not known. */
  readonly title?: string | undefined;
  readonly url?: string | undefined;
  readonly dates?: ItemDates | undefined;
  /** How it was last known again when it came under another name. */
  readonly knownBy?: KnownBy | undefined;
  /** It stands in what is published now. */
  readonly stands: boolean;
  /** Name of the archive that it stands in, as in the archive's address. */
  readonly archive?: string | undefined;
  readonly verdict: ItemVerdict;
}

export interface ItemDates {
  /** What it is or would be dated. */
  readonly shown: Timestamp;
  readonly firstSeenAt: Timestamp;
  /** The publisher's claim, where another date is shown. */
  readonly claimed?: Timestamp | undefined;
  /** `later`: than we first saw it. `re-dated`: together with most of its source. */
  readonly why: 'claimed' | 'none' | 'later' | 're-dated' | 'story';
}

/** Another copy of a story. */
export interface OtherCopy {
  readonly sourceId: SourceId;
  readonly hash: ItemHash;
  readonly joined: Join | undefined;
}

export type ItemVerdict =
  | InVerdict
  /** Another copy of its story leads; `lead` tells what becomes of that one. */
  | {
      readonly kind: 'duplicate';
      readonly of: PublishedId;
      readonly ofSource: SourceId;
      readonly joined: Join | undefined;
      readonly lead: ItemVerdict['kind'];
    }
  | Exclude<WindowVerdict, { readonly kind: 'shown' }>
  | { readonly kind: 'filtered'; readonly verdict: Verdict; readonly by: 'source' | 'feed' }
  /** `join`: it was there before its source was first read. `new-site`: it came with a whole new site at the source's address. */
  | { readonly kind: 'held-back'; readonly why: 'join' | 'new-site'; readonly join: number | undefined }
  | ({ readonly kind: 'withdrawn' } & Pick<Withdrawal, 'when' | 'learntAt' | 'by' | 'reason'>)
  | {
      readonly kind: 'retracted';
      readonly when: Timestamp;
      readonly reason: string | undefined;
      readonly from: 'this feed' | 'every feed';
      /** It came later, and says nearly the same as what was retracted. */
      readonly isAlike?: true | undefined;
    }
  /** The store cannot give it; it comes again when its source next says it. */
  | { readonly kind: 'text-lost' }
  | { readonly kind: 'output-gate'; readonly problem: string }
  | { readonly kind: 'document-bound'; readonly bytesMax: number }
  | { readonly kind: 'source-disabled' }
  | { readonly kind: 'not-of-feed' }
  | { readonly kind: 'source-left' }
  /** It stood in the feed; its source was not read again since the store was emptied. */
  | { readonly kind: 'awaited' }
  /** It stood in the feed once; nothing else is known of it. */
  | { readonly kind: 'forgotten' };

export interface InVerdict {
  readonly kind: 'in';
  /** From 1. */
  readonly place: number;
  /** When any copy of it was first seen. */
  readonly since: Timestamp;
  /** What put its copy before the next one; absent where it is the only one. */
  readonly ledBy: LeadershipRule | undefined;
  readonly also: readonly OtherCopy[];
  readonly shown: ShownDecision | undefined;
  /** Newer ones of another source would stand there, were it not for its source's fair share. */
  readonly isKept: boolean;
}
