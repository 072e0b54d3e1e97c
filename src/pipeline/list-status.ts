// How the reading of lists goes, for the status. Pure; nothing secret gets in.
import type { ListRecord } from '../edge/store/list-files.ts';
import type { Config, Source } from '../model/config.ts';
import type { SourceId } from '../model/ids.ts';
import type { PollRecord } from '../model/poll-record.ts';
import type { Health, ListStatus } from '../model/status.ts';
import { wholeOf } from './known-lists.ts';

/** `recordOf`: undefined where a list was never tried. In the order of the configuration. */
export function listStatuses(
  { lists = [] }: Config,
  recordOf: (id: SourceId) => ListRecord | undefined,
): readonly ListStatus[] {
  return lists.map(({ source }) => {
    const record = recordOf(source.id);
    const poll = record?.poll;
    return {
      id: source.id,
      name: nameOf(source),
      health: healthOf(source, poll, record?.lost !== undefined),
      lastPoll: poll?.polledAt,
      nextPoll: source.enabled ? poll?.nextPollAt : undefined,
      outcome: poll?.outcome,
      reason: poll?.reason,
      failures: poll?.failures ?? 0,
      why: poll?.why,
      feeds: wholeOf(record)?.sources.length ?? 0,
      lost: record?.lost,
    };
  });
}

/** Of a file its name alone: where it lies is nobody else's business. */
function nameOf({ id, address, feedUrlIsSecret }: Source): string {
  if (feedUrlIsSecret) return id;
  return address.startsWith('file:')
    ? address.slice(address.lastIndexOf('/') + 1).replace(/^file:/, '')
    : address;
}

function healthOf({ enabled }: Source, poll: PollRecord | undefined, hasShrunk: boolean): Health {
  if (!enabled) return 'off';
  if (poll === undefined) return 'waiting';
  if (poll.reason !== undefined) return poll.reason === 'gone' ? 'gone' : 'failing';
  return hasShrunk ? 'attention' : 'ok';
}
