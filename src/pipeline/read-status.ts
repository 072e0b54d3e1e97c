// The status from the store alone. Reads only.
import type { Answer, Store } from '../edge/store/store.ts';
import type { Config } from '../model/config.ts';
import type { SiteStatus } from '../model/status.ts';
import { siteStatus } from './site-status.ts';

/** Throws StoreError where the store does not answer: what it does not say must not seem unknown. */
export async function readStatus(store: Store, config: Config, nowMs: number): Promise<SiteStatus> {
  const ids = config.sources.map((source) => source.id);
  const [records, polls] = [await store.readSources(ids), await store.readPolls(ids)];
  return siteStatus({
    sources: config.sources,
    recordOf: ({ id }) => found(records.get(id)),
    pollOf: ({ id }) => found(polls.get(id)),
    configAlarm: undefined,
    nowMs,
  });
}

function found<T>(answer: Answer<T> | undefined): T | undefined {
  if (answer?.kind === 'unavailable') throw answer.error;
  return answer?.kind === 'hit' ? answer.value : undefined;
}
