// When each source is first polled after a start: what was due later stays due then, the rest is spread out.
import { createHash } from 'node:crypto';
import type { Source } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import type { PollRecord } from '../../model/records.ts';
import { msFromTimestamp } from '../../model/timestamp.ts';
import { WAIT_MAX_MS } from './next-poll.ts';

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
      const dueMs = Math.min(dueAt(source, polls.get(source.id)), nowMs + longestWaitMs(source));
      const offsetMs = source.feedUrl.startsWith('file:') ? 0 : placeOf(source.id) * spreadMs;
      return [source.id, dueMs > nowMs ? dueMs : nowMs + offsetMs];
    }),
  );
}

/** A shorter `every` than at the last poll counts at once. */
function dueAt(source: Source, poll: PollRecord | undefined): number {
  if (poll === undefined) return 0;
  const rememberedMs = msFromTimestamp(poll.nextPollAt);
  if (source.schedule.kind !== 'every' || poll.failures > 0) return rememberedMs;
  return Math.min(rememberedMs, msFromTimestamp(poll.polledAt) + source.schedule.everyMs);
}

/** No poll is put off for longer: a time beyond it was set by a clock that was wrong then. */
function longestWaitMs({ schedule }: Source): number {
  return Math.max(WAIT_MAX_MS, schedule.kind === 'every' ? schedule.everyMs : 0);
}

/** From 0 up to 1, by the id alone. */
function placeOf(id: SourceId): number {
  return createHash('sha256').update(id).digest().readUInt32BE() / 2 ** 32;
}
