// What the log says of polls, lists and publishing; docs/OPERATING.md has the events.
import type { Log } from '../edge/ops/log.ts';
import type { StoreChange } from '../edge/store/store-watch.ts';
import type { Config, Source } from '../model/config.ts';
import type { ListPoll } from './known-lists.ts';
import type { PollReport } from './poll-report.ts';
import type { PublishReport } from './publisher.ts';

/** Once when the store is lost and once when it is back: what waits for it meanwhile is not told each time. */
export function logStore(log: Log, change: StoreChange): void {
  if (change.kind === 'lost') {
    const { code, trouble, message } = change.error;
    log.error('store-lost', {
      code,
      trouble,
      message: `${message}; what is published stays, and nothing is polled until it answers`,
    });
  } else {
    const { outageMs, failedCalls } = change;
    log.info('store-back', { seconds: Math.round(outageMs / 1000), failedCalls });
  }
}

export function logPoll(log: Log, source: Source, report: PollReport): void {
  const { outcome, reason, message, ms, items, notes } = report;
  const fields = {
    source: source.id,
    outcome,
    reason,
    ms: Math.round(ms),
    items,
    new: report.new,
    changed: report.changed || undefined,
    notes: notes.length === 0 ? undefined : [...new Set(notes.map((note) => note.code))],
    movedTo: source.feedUrlIsSecret ? undefined : report.movedTo,
    message,
  };
  if (reason === 'store-unavailable') log.debug('poll', fields);
  else if (outcome === 'failed' || outcome === 'gone' || outcome === 'rate-limited') log.warn('poll', fields);
  else log.info('poll', fields);
}

export function logList(log: Log, source: Source, { report, lost }: ListPoll): void {
  const { outcome, reason, message, ms, items } = report;
  const list = source.feedUrlIsSecret ? source.id : source.address;
  const fields = { list, outcome, reason, ms: Math.round(ms), feeds: items, message };
  if (lost !== undefined) log.warn('list-shrank', { list, ...lost });
  if (reason === undefined) log.info('list', fields);
  else log.warn('list', fields);
}

/** Each is told when it comes to be so. */
export function logRefusedFeeds(log: Log, before: Config | undefined, now: Config): void {
  for (const message of now.refusedFeeds ?? [])
    if (before?.refusedFeeds?.includes(message) !== true) log.warn('feed-refused', { message });
}

export function logPublishing(log: Log, report: PublishReport): void {
  const { feedId, outcome, items, dropped, message } = report;
  if (report.isStoreAway || report.isRepeated) log.debug('publish', { feed: feedId, outcome, message });
  else if (outcome === 'failed') log.error('publish', { feed: feedId, outcome, message });
  else if (dropped.length > 0) log.warn('publish', { feed: feedId, outcome, items, dropped });
  else if (outcome === 'published') log.info('publish', { feed: feedId, outcome, items });
}
