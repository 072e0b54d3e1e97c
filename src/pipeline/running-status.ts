// How polling goes in a service that runs: what its parts know, put together.
import type { StoreWatch } from '../edge/store/store-watch.ts';
import type { SiteStatus } from '../model/status.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import type { KnownLists } from './known-lists.ts';
import type { KnownSources } from './known-sources.ts';
import { listStatuses } from './list-status.ts';
import type { Polling } from './polling.ts';
import { restingHosts } from './resting-hosts.ts';
import type { RunningConfig } from './running-config.ts';
import { siteStatus } from './site-status.ts';

export interface StatusParts {
  readonly running: RunningConfig;
  readonly watch: StoreWatch;
  readonly known: KnownSources;
  readonly lists: KnownLists;
  readonly polling: Polling;
}

/** `nowMs`: milliseconds since 1970. */
export function runningStatus(
  { running, watch, known, lists, polling }: StatusParts,
  nowMs: number,
): SiteStatus {
  const { scheduler, pushing } = polling;
  const { problem } = running.state();
  const outage = watch.outage();
  const { sources } = running.now();
  return siteStatus({
    sources,
    recordOf: ({ id }) => {
      const state = known.of(id);
      return state.kind === 'known' ? state.record : undefined;
    },
    pollOf: ({ id }) => known.pollOf(id),
    subscriptionOf: ({ id }) => pushing.subscriptionOf(id),
    configAlarm: problem && { since: problem.since, places: problem.places },
    storeAlarm: outage && {
      staleSince: timestampOfClock(outage.sinceMs),
      trouble: outage.error.trouble,
    },
    hosts: restingHosts(scheduler.status().pauses, [...sources, ...running.lists()]),
    lists: listStatuses(running.now(), lists.recordOf),
    refusedFeeds: running.state().refusedFeeds,
    nowMs,
  });
}
