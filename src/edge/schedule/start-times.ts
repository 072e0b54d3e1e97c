// When each source is first polled after a start: what was due later stays due then, the rest is spread out.
import type { Source } from '../../model/config.ts';
import { assertNever } from '../../model/errors.ts';
import type { SourceId } from '../../model/ids.ts';
import type { PollRecord } from '../../model/poll-record.ts';
import { msFromTimestamp } from '../../model/timestamp.ts';
import { nextCronMatch } from './cron.ts';
import { placeOf } from './place.ts';

const SPREAD_PER_SOURCE_MS = 20;
const SPREAD_MAX_MS = 60_000;

/**
 * Milliseconds since 1970 for each source. A source that is due at once waits for its place in a spread of 20 ms a source,
 * 60 s at most; the place comes from its id, so that every start has the same. Files wait for nothing.
 */
export function startTimes(
  sources: readonly Source[],
  polls: ReadonlyMap<SourceId, PollRecord>,
  nowMs: number,
): ReadonlyMap<SourceId, number> {
  const spreadMs = Math.min(sources.length * SPREAD_PER_SOURCE_MS, SPREAD_MAX_MS);
  return new Map(
    sources.map((source) => {
      const dueMs = dueAt(source, polls.get(source.id), nowMs);
      const offsetMs = source.feedUrl.startsWith('file:') ? 0 : placeOf(source.id) * spreadMs;
      return [source.id, dueMs > nowMs ? dueMs : nowMs + offsetMs];
    }),
  );
}

function dueAt(source: Source, poll: PollRecord | undefined, nowMs: number): number {
  if (poll === undefined) return 0;
  const dueMs = dueAfter(source, poll);
  // Polled in the future: the clock was wrong then or is now. What it waited for, it waits for from now on.
  const aheadMs = Math.max(0, msFromTimestamp(poll.polledAt) - nowMs);
  if (aheadMs > 0 && source.schedule.kind === 'cron')
    return nextCronMatch(source.schedule, Math.max(nowMs, dueMs - aheadMs - 1));
  return dueMs - aheadMs;
}

/** A shorter interval than at the last poll counts at once, but for what the publisher asked for. */
function dueAfter({ schedule }: Source, poll: PollRecord): number {
  const rememberedMs = msFromTimestamp(poll.nextPollAt);
  if (poll.failures > 0) return rememberedMs;
  const askedMs = poll.askedUntil === undefined ? 0 : msFromTimestamp(poll.askedUntil);
  const polledMs = msFromTimestamp(poll.polledAt);
  switch (schedule.kind) {
    case 'every':
      return Math.min(rememberedMs, Math.max(polledMs + schedule.everyMs, askedMs));
    case 'adaptive':
      return Math.min(rememberedMs, Math.max(polledMs + schedule.maxMs, askedMs));
    case 'cron':
      return Math.min(rememberedMs, nextCronMatch(schedule, Math.max(polledMs, askedMs - 1)));
    default:
      return assertNever(schedule);
  }
}
