// A poll whose result nobody keeps: the same as any first poll of its source, over a store in memory that is thrown away.
import { openStore } from '../edge/store/open-store.ts';
import type { Store } from '../edge/store/store.ts';
import type { Source } from '../model/config.ts';
import type { PollRecord } from '../model/poll-record.ts';
import type { SourceRecord } from '../model/source-record.ts';
import { type KnownSources, loadKnownSources } from './known-sources.ts';
import type { PollDeps } from './poll-deps.ts';
import type { PollReport } from './poll-report.ts';
import { pollSource } from './poll-source.ts';

export interface DryPoll {
  readonly source: Source;
  readonly report: PollReport;
  /** What would be remembered of the poll. */
  readonly poll: PollRecord | undefined;
  /** What would be remembered of the source; undefined where nothing could be read. */
  readonly record: SourceRecord | undefined;
  readonly known: KnownSources;
  readonly store: Store;
}

export type DryPollDeps = Omit<PollDeps, 'store' | 'known' | 'isPushedAfter'>;

export async function dryPoll(source: Source, deps: DryPollDeps): Promise<DryPoll> {
  const store = await openStore('memory:');
  const known = await loadKnownSources(store, [source]);
  const report = await pollSource(source, { ...deps, store, known });
  const state = known.of(source.id);
  const record = state.kind === 'known' ? state.record : undefined;
  return { source, report, poll: known.pollOf(source.id), record, known, store };
}
