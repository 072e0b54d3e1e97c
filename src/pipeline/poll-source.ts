// One poll of one source: the attempt, what is remembered of it, the report. A stage's error becomes the poll's outcome, and
// costs nobody else anything.
import { nextCronMatch } from '../edge/schedule/cron.ts';
import type { Source } from '../model/config.ts';
import { later, msFromTimestamp, type Timestamp, timestampOfClock } from '../model/timestamp.ts';
import { nextPollRecord } from './next-poll-record.ts';
import { attemptPoll, isDueLater } from './poll-attempt.ts';
import type { PollDeps } from './poll-deps.ts';
import { isDouble, noticesAfter } from './poll-notices.ts';
import { refusalOf, rememberedRefusal } from './poll-refusal.ts';
import { type PollReport, pollReport } from './poll-report.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const TOLERANCE_MS = 5 * 60 * 1000;

/** Polls a source once and remembers what came of it. Never rejects. */
export async function pollSource(source: Source, deps: PollDeps): Promise<PollReport> {
  const startedMs = deps.now();
  const result = await attemptPoll(source, deps);
  const nowMs = deps.now();
  const before = deps.known.pollOf(source.id);
  const state = deps.known.of(source.id);
  const known = state.kind === 'known' ? state.record : undefined;
  if (result.unasked && before !== undefined && isDueLater(before, nowMs)) {
    const nextPollAtMs = msFromTimestamp(before.nextPollAt);
    return pollReport(result, known, { ms: nowMs - startedMs, nextPollAtMs, refusal: undefined });
  }
  const isPushed = deps.isPushedAfter?.(source.id, result.new ?? 0) ?? false;
  const next = nextPollRecord({ source, before, known, result, isPushed, startedMs, nowMs });
  const refusal = refusalOf(result, next.failures, nowMs);
  const now = timestampOfClock(nowMs);
  const notices = noticesAfter(source, before, result, deps.moves, now);
  const record = {
    ...next,
    ...notices,
    nextPollAt: isDouble(notices) ? later(next.nextPollAt, aDayLater(source, nowMs)) : next.nextPollAt,
    refusal: rememberedRefusal(refusal),
  };
  // A poll that our own stop cut short says nothing of its source.
  if (result.reason !== 'aborted') deps.known.rememberPoll(source.id, record);
  const nextPollAtMs = msFromTimestamp(record.nextPollAt);
  return pollReport(result, known, { ms: nowMs - startedMs, nextPollAtMs, refusal });
}

/** Under a schedule the first of its times that is about a day away, or more. */
function aDayLater({ schedule }: Source, nowMs: number): Timestamp {
  const atMs = nowMs + DAY_MS;
  return timestampOfClock(schedule.kind === 'cron' ? nextCronMatch(schedule, atMs - TOLERANCE_MS) : atMs);
}
