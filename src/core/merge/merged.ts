// What merging comes to.
import type { PublishedId } from '../../model/ids.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import type { Group } from './group.ts';

/** One item of the edition with all copies of it. */
export interface Cluster extends Group {
  readonly publishedId: PublishedId;
}

export interface Merged {
  /** In published order. */
  readonly clusters: readonly Cluster[];
  /** When the first of them grows too old; undefined where none does. */
  readonly nextChangeAt: Timestamp | undefined;
}

/** How much one settling worked out anew. */
export interface MergeWork {
  /** Copies whose story was looked for. */
  readonly copies: number;
  /** Stories that were asked for their id. */
  readonly ids: number;
}
