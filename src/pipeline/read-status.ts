// The status from the store, and of lists from the data folder. Reads only.
import type { Pause } from '../edge/schedule/pauses.ts';
import { pausesOf } from '../edge/schedule/refusal.ts';
import { readListFile } from '../edge/store/list-files.ts';
import type { Answer, Store } from '../edge/store/store.ts';
import type { Config, Source } from '../model/config.ts';
import type { PollRecord } from '../model/poll-record.ts';
import type { SiteStatus } from '../model/status.ts';
import { listStatuses } from './list-status.ts';
import { createMoveWorld } from './move-world.ts';
import { restingHosts } from './resting-hosts.ts';
import { siteStatus } from './site-status.ts';
import { addressesToAsk } from './source-address.ts';

/** Throws StoreError where the store does not answer: what it does not say must not seem unknown. */
export async function readStatus(store: Store, config: Config, nowMs: number): Promise<SiteStatus> {
  const ids = config.sources.map((source) => source.id);
  const [records, answers] = [await store.readSources(ids), await store.readPolls(ids)];
  const subscriptions = new Map(
    found(await store.readSubscriptions())?.map(({ sourceId, wanted }) => [sourceId, wanted]),
  );
  const listRecords = new Map(
    await Promise.all(
      (config.lists ?? []).map(
        async ({ source }) => [source.id, await readListFile(config.dataDir, source.id)] as const,
      ),
    ),
  );
  const pollOf = ({ id }: Source) => found(answers.get(id));
  return siteStatus({
    sources: config.sources,
    recordOf: ({ id }) => found(records.get(id)),
    pollOf,
    subscriptionOf: ({ id }) => subscriptions.get(id),
    configAlarm: undefined,
    storeAlarm: undefined,
    hosts: restingHosts(pausesNow(config, pollOf, nowMs), config.sources),
    lists: listStatuses(config, (id) => listRecords.get(id)),
    refusedFeeds: config.refusedFeeds ?? [],
    nowMs,
  });
}

/** As a start would find them. */
function pausesNow(
  config: Config,
  pollOf: (source: Source) => PollRecord | undefined,
  nowMs: number,
): readonly Pause[] {
  const sources = config.sources.filter((source) => source.enabled);
  const polls = new Map(
    sources.flatMap((source) => {
      const poll = pollOf(source);
      return poll === undefined ? [] : [[source.id, poll] as const];
    }),
  );
  const moves = createMoveWorld(() => config);
  const addressOf = (source: Source) => addressesToAsk(source, polls.get(source.id), moves, nowMs)[0].feedUrl;
  return pausesOf(sources, polls, nowMs, addressOf).list(nowMs);
}

function found<T>(answer: Answer<T> | undefined): T | undefined {
  if (answer?.kind === 'unavailable') throw answer.error;
  return answer?.kind === 'hit' ? answer.value : undefined;
}
