// Writes how polling went, many records at once.
import type { Store } from '../edge/store/store.ts';
import type { SourceId } from '../model/ids.ts';
import type { PollRecord } from '../model/poll-record.ts';
import type { KnownSources } from './known-sources.ts';

/** What the store did not take is written at the next call. */
export function createPollSaver(store: Store, known: KnownSources): () => Promise<void> {
  let unsaved: ReadonlyMap<SourceId, PollRecord> = new Map();
  return async () => {
    const polls = new Map([...unsaved, ...known.takeUnwrittenPolls()]);
    if (polls.size === 0) return;
    const result = await store.writePolls(polls);
    unsaved = result.kind === 'unavailable' ? polls : new Map();
  };
}
