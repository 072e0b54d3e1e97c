// What whoever runs the service is told by `alerts:`, and what of it is remembered (docs/OPERATING.md, Alerts).
import type { Timestamp } from './timestamp.ts';

export const TROUBLE_KINDS = [
  'source-failing',
  'source-gone',
  'source-moved',
  'store-lost',
  'feed-failing',
] as const;
export type TroubleKind = (typeof TROUBLE_KINDS)[number];

export const ALERT_EVENTS = [...TROUBLE_KINDS, 'source-recovered', 'store-back', 'feed-published'] as const;
export type AlertEvent = (typeof ALERT_EVENTS)[number];

/** Something that is wrong at this moment. */
export interface Trouble {
  /** What it befalls, as in `source:harbour`: of one there is one trouble. */
  readonly key: string;
  readonly kind: TroubleKind;
  /** Which source or feed it is; absent where it is the store. */
  readonly id?: string | undefined;
  /** What a source is called. */
  readonly name?: string | undefined;
  /** A documented code. */
  readonly reason?: string | undefined;
  readonly movedTo?: string | undefined;
}

/** A change that is told once. */
export interface Alert extends Omit<Trouble, 'kind'> {
  readonly event: AlertEvent;
  /** When it was found. */
  readonly at: Timestamp;
  /** When the trouble began. */
  readonly since: Timestamp;
}

export interface OpenTrouble extends Trouble {
  readonly since: Timestamp;
  readonly isTold: boolean;
}

/** What outlives a restart: troubles that last, and what is not delivered yet, the oldest first. */
export interface AlertLedger {
  readonly open: readonly OpenTrouble[];
  readonly waiting: readonly Alert[];
}
