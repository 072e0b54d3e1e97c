// Writes how polling went, many records at once.
import type { Store } from '../edge/store/store.ts';
import type { SourceId } from '../model/ids.ts';
import type { PollRecord } from '../model/poll-record.ts';
import type { KnownSources } from './known-sources.ts';

/** What the store did not take is written with the next polls. */
export function createPollSaver(store: Store, known: KnownSources): () => Promise<void> {
  let unsaved: ReadonlyMap<SourceId, PollRecord> = new Map();
  return async () => {
    const fresh = known.takeUnwrittenPolls();
    if (fresh.size === 0) return;
    const polls = new Map([...unsaved, ...fresh]);
    const result = await store.writePolls(polls);
    unsaved = result.kind === 'unavailable' ? polls : new Map();
  };
}
