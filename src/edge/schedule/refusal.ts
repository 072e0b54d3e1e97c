// How long a host rests that asked us to come less often, and what of it holds after a restart. Pure.
import type { Source } from '../../model/config.ts';
import type { SourceId } from '../../model/ids.ts';
import type { PollRecord } from '../../model/poll-record.ts';
import { msFromTimestamp } from '../../model/timestamp.ts';
import { hostOf } from './host.ts';
import { Pauses } from './pauses.ts';
import { retryAfterMs } from './retry-after.ts';

/** Where the server does not say how long: so long, doubled with each refusal in a row. */
const FIRST_WAIT_MS = 15 * 60_000;
const WAIT_MAX_MS = 24 * 60 * 60_000;

/** Until when the host rests, milliseconds since 1970: a day at most. `failures`: of the source in a row, this one included. */
export function refusedUntilMs(retryAfter: string | undefined, failures: number, nowMs: number): number {
  const doublings = Math.min(Math.max(failures - 1, 0), 10);
  const askedMs = retryAfterMs(retryAfter, nowMs) ?? FIRST_WAIT_MS * 2 ** doublings;
  return nowMs + Math.min(askedMs, WAIT_MAX_MS);
}

/** The pauses that follow from how polling went before this start; `pauses`: where they are added. */
export function pausesOf(
  sources: readonly Source[],
  polls: ReadonlyMap<SourceId, PollRecord>,
  nowMs: number,
  addressOf: (source: Source) => string = ({ feedUrl }) => feedUrl,
  pauses = new Pauses(),
): Pauses {
  const ended = sources
    .flatMap((source) => {
      const [poll, host] = [polls.get(source.id), hostOf(addressOf(source))];
      return poll === undefined || host === undefined ? [] : [{ source, poll, host }];
    })
    .toSorted((a, b) => msFromTimestamp(a.poll.polledAt) - msFromTimestamp(b.poll.polledAt));
  for (const { source, poll, host } of ended) {
    const atMs = msFromTimestamp(poll.polledAt);
    // What a clock said that was ahead then is not believed.
    const isPast = atMs <= nowMs;
    if (poll.refusal !== undefined && isPast) {
      const { host: answering, status, until } = poll.refusal;
      const untilMs = msFromTimestamp(until);
      if (untilMs > nowMs)
        pauses.refuse({ sourceId: source.id, host: answering, status, atMs, untilMs }, host);
    }
    if (isWelcome(poll)) pauses.welcome(host, atMs);
  }
  return pauses;
}

/** The server answered with a document, or that it has not changed. */
export function isWelcome({ outcome }: Pick<PollRecord, 'outcome'>): boolean {
  return outcome === 'updated' || outcome === 'unchanged' || outcome === 'not-modified';
}
