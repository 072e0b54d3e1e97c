// What the store knows of every source, for those who only read.
import { withPresentPages } from '../core/identify/present-pages.ts';
import type { Copy } from '../core/merge/order.ts';
import type { Answer, Store } from '../edge/store/store.ts';
import type { Config, Source } from '../model/config.ts';
import type { SourceId } from '../model/ids.ts';
import type { PollRecord } from '../model/poll-record.ts';
import type { SourceRecord } from '../model/source-record.ts';
import type { SourceState } from './explanation.ts';
import type { KnownSources } from './known-sources.ts';

export interface ReadKnown extends Pick<KnownSources, 'of' | 'askAgain'> {
  /** Every copy that is known, each once. */
  readonly copies: readonly Copy[];
  /** Those of the configuration, then those that left it. */
  readonly allSources: readonly Source[];
  /** Of the configured sources. */
  readonly sources: readonly SourceState[];
  /** Sources that the store knows and the configuration does not; none where they were not asked for. */
  readonly leftIds: readonly SourceId[];
}

/** `all`: those that left the configuration, too. Throws StoreError where the store does not answer. */
export async function readKnown(
  store: Store,
  config: Config,
  which: 'configured' | 'all',
): Promise<ReadKnown> {
  const ids = config.sources.map(({ id }) => id);
  const leftIds = which === 'all' ? await idsThatLeft(store, new Set(ids)) : [];
  const answers = await store.readSources([...ids, ...leftIds]);
  const polls = await store.readPolls(ids);
  const records = new Map(
    [...answers].flatMap(([id, answer]) => {
      const record = found(answer);
      return record === undefined ? [] : [[id, withPresentPages(record)] as const];
    }),
  );
  const allSources = [...config.sources, ...leftIds.flatMap((id) => formerSource(records.get(id), config))];
  return {
    of(id) {
      const record = records.get(id);
      return record === undefined ? { kind: 'new', revision: 0 } : { kind: 'known', record };
    },
    askAgain: () => undefined,
    copies: eachOnce(allSources.flatMap((source, place) => copiesOf(source, place, records.get(source.id)))),
    allSources,
    sources: config.sources.map((source) =>
      stateOf(source, answers.get(source.id), records.get(source.id), found(polls.get(source.id))),
    ),
    leftIds,
  };
}

/** A source under another id has the same items; those of the configuration count. */
function eachOnce(copies: readonly Copy[]): readonly Copy[] {
  const found = new Map<string, Copy>();
  for (const copy of copies) if (!found.has(copy.entry.hash)) found.set(copy.entry.hash, copy);
  return [...found.values()];
}

async function idsThatLeft(store: Store, configured: ReadonlySet<SourceId>): Promise<readonly SourceId[]> {
  const ids = found(await store.listSourceIds()) ?? [];
  return ids.filter((id) => !configured.has(id));
}

/** As it would be configured to do nothing. */
function formerSource(record: SourceRecord | undefined, { sources }: Config): readonly Source[] {
  const [any] = sources;
  if (record === undefined || any === undefined) return [];
  const { sourceId: id, address } = record;
  return [{ ...any, id, address, feedUrl: address, name: undefined, publicUrl: undefined, enabled: false }];
}

function copiesOf(source: Source, place: number, record: SourceRecord | undefined): readonly Copy[] {
  if (record === undefined) return [];
  const { firstAddress, firstReadAt: sourceReadAt, items } = record;
  return items.map((entry) => ({ source, place, firstAddress, sourceReadAt, entry }));
}

function stateOf(
  source: Source,
  answer: Answer<SourceRecord> | undefined,
  record: SourceRecord | undefined,
  poll: PollRecord | undefined,
): SourceState {
  const isRead = record?.feed !== undefined;
  const state = answer?.kind === 'unreadable' ? 'unreadable' : isRead ? 'read' : 'not-read';
  return {
    id: source.id,
    state: source.enabled ? state : 'disabled',
    items: record?.items.length ?? 0,
    itemsMax: source.itemsMax,
    lastPoll: poll?.polledAt,
    reason: poll?.reason,
  };
}

function found<T>(answer: Answer<T> | undefined): T | undefined {
  if (answer?.kind === 'unavailable') throw answer.error;
  return answer?.kind === 'hit' ? answer.value : undefined;
}
