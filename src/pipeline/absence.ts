// How long what is stored has been out of the configuration, counted in time that we saw pass: a clock that jumps adds little. Pure.
import type { AbsenceRecord } from '../model/poll-record.ts';
import { RECORD_VERSION } from '../model/record-version.ts';
import { msFromTimestamp, timestampOfClock } from '../model/timestamp.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What left the configuration is kept so long. */
export const KEPT_MS = 30 * DAY_MS;
/** Between two looks no more than this counts: whoever runs us once a day loses nothing by it. */
const GAIN_MS_MAX = 2 * DAY_MS;
const ABSENT_MAX = 50_000;

/** `absent`: what is stored and not configured now. What is configured again starts anew when it leaves the next time. */
export function nextAbsence(
  before: AbsenceRecord | undefined,
  absent: readonly string[],
  nowMs: number,
): AbsenceRecord {
  const passedMs = before === undefined ? 0 : nowMs - msFromTimestamp(before.lookedAt);
  const gainedMs = Math.round(Math.min(Math.max(passedMs, 0), GAIN_MS_MAX));
  const known = new Map(Object.entries(before?.absentMs ?? {}));
  // Those that are known first: with very many none of them starts anew.
  const inOrder = absent.toSorted((a, b) => Number(known.has(b)) - Number(known.has(a)) || (a < b ? -1 : 1));
  return {
    version: RECORD_VERSION,
    lookedAt: timestampOfClock(nowMs),
    absentMs: Object.fromEntries(
      inOrder.slice(0, ABSENT_MAX).map((id) => {
        const ms = known.get(id);
        return [id, ms === undefined ? 0 : ms + gainedMs] as const;
      }),
    ),
  };
}

export function longAbsent({ absentMs }: AbsenceRecord): readonly string[] {
  return Object.entries(absentMs).flatMap(([id, ms]) => (ms >= KEPT_MS ? [id] : []));
}
