// What is to be told: what is wrong now against what was told before. Pure.
import type { Alert, AlertEvent, AlertLedger, OpenTrouble, Trouble, TroubleKind } from '../../model/alert.ts';
import { msFromTimestamp, timestampOfClock } from '../../model/timestamp.ts';

/** Of what no trouble is found: it is well, nothing is known of it now, or it is no longer ours to look at. */
export type Wellness = 'well' | 'unknown' | 'left';

export interface Sighting {
  readonly troubles: readonly Trouble[];
  readonly wellnessOf: (key: string) => Wellness;
}

export interface AlertTimes {
  /** Milliseconds since 1970. */
  readonly nowMs: number;
  /** For how long a source must fail before it is told. */
  readonly afterMs: number;
}

/** More wait only where nobody has listened for long: of them the oldest go. */
const WAITING_MAX = 1000;

const ENDINGS: Readonly<Partial<Record<TroubleKind, AlertEvent>>> = {
  'source-failing': 'source-recovered',
  'source-gone': 'source-recovered',
  'store-lost': 'store-back',
  'feed-failing': 'feed-published',
};

/** The same ledger where nothing changed. `dropped`: alerts that nobody will hear of. */
export function decideAlerts(
  before: AlertLedger,
  { troubles, wellnessOf }: Sighting,
  times: AlertTimes,
): { readonly ledger: AlertLedger; readonly dropped: number } {
  const now = timestampOfClock(times.nowMs);
  const known = new Map(before.open.map((each) => [each.key, each]));
  const alerts: Alert[] = [];
  const open: OpenTrouble[] = [];
  for (const trouble of troubles) {
    const next = followed(trouble, known.get(trouble.key), times);
    known.delete(trouble.key);
    open.push(next.trouble);
    if (next.isNews) alerts.push(alertOf(next.trouble, next.trouble.kind, now));
  }
  for (const old of known.values()) {
    const wellness = wellnessOf(old.key);
    if (wellness === 'unknown') open.push(old);
    const ending = ENDINGS[old.kind];
    if (wellness === 'well' && old.isTold && ending !== undefined) alerts.push(alertOf(old, ending, now));
  }
  const waiting = [...before.waiting, ...alerts];
  const ledger = { open, waiting: waiting.slice(-WAITING_MAX) };
  const isSame = alerts.length === 0 && JSON.stringify(open) === JSON.stringify(before.open);
  return { ledger: isSame ? before : ledger, dropped: waiting.length - ledger.waiting.length };
}

function followed(
  trouble: Trouble,
  before: OpenTrouble | undefined,
  { nowMs, afterMs }: AlertTimes,
): { readonly trouble: OpenTrouble; readonly isNews: boolean } {
  // Whoever was told that it is gone need not hear that it fails in another way.
  const isAsTold =
    before?.isTold === true &&
    before.movedTo === trouble.movedTo &&
    (before.kind === trouble.kind || before.kind === 'source-gone');
  if (isAsTold) return { trouble: before, isNews: false };
  // A clock that was set back takes the beginning with it.
  const sinceMs = Math.min(before === undefined ? nowMs : msFromTimestamp(before.since), nowMs);
  const isNews = nowMs - sinceMs >= (trouble.kind === 'source-failing' ? afterMs : 0);
  return { trouble: { ...trouble, since: timestampOfClock(sinceMs), isTold: isNews }, isNews };
}

function alertOf(
  { kind: _kind, isTold: _isTold, ...rest }: OpenTrouble,
  event: AlertEvent,
  at: Alert['at'],
): Alert {
  return { ...rest, event, at };
}
