// What is known of every source, in memory: read from the store once, then kept in step with each commit.
import type { Answer, Store } from '../edge/store/store.ts';
import type { Source } from '../model/config.ts';
import type { SourceId } from '../model/ids.ts';
import type { PollRecord, SourceRecord } from '../model/records.ts';

/** `unknown`: the store did not answer. Nothing may be concluded from it, least of all that a source is new. */
export type KnownSource =
  | { readonly kind: 'known'; readonly record: SourceRecord }
  /** `revision`: what the store has in its place (an unreadable record keeps its number); 0 for nothing. */
  | { readonly kind: 'new'; readonly revision: number }
  | { readonly kind: 'unknown' };

export interface KnownSources {
  of(id: SourceId): KnownSource;
  pollOf(id: SourceId): PollRecord | undefined;
  polls(): ReadonlyMap<SourceId, PollRecord>;
  remember(record: SourceRecord): void;
  /** Another commit came first: reads again, or takes over an unreadable record's revision. */
  catchUp(source: Source, revision: number): Promise<void>;
  rememberPoll(id: SourceId, poll: PollRecord): void;
  /** Poll records since the last call: to be written together. */
  takeUnwrittenPolls(): ReadonlyMap<SourceId, PollRecord>;
  /** Reads again what the store did not answer for, or what another writer has changed. */
  reload(sources: readonly Source[]): Promise<void>;
}

export async function loadKnownSources(store: Store, sources: readonly Source[]): Promise<KnownSources> {
  const known = new Map<SourceId, KnownSource>();
  const polls = new Map<SourceId, PollRecord>();
  const unwritten = new Map<SourceId, PollRecord>();

  async function reload(wanted: readonly Source[]): Promise<void> {
    const answers = await store.readSources(wanted.map((source) => source.id));
    for (const source of wanted) known.set(source.id, knownFrom(answers.get(source.id)));
    const missing = wanted.filter((source) => known.get(source.id)?.kind === 'new');
    if (missing.length > 0) await adoptRenamed(missing);
  }

  /** A source whose id was changed in the configuration is known by its address: its items keep their ids and dates. */
  async function adoptRenamed(missing: readonly Source[]): Promise<void> {
    const listed = await store.listSourceIds();
    if (listed.kind !== 'hit') return;
    const configured = new Set(sources.map((source) => source.id));
    const orphans = listed.value.filter((id) => !configured.has(id));
    if (orphans.length === 0) return;
    for (const answer of (await store.readSources(orphans)).values()) {
      if (answer.kind !== 'hit') continue;
      const heir = missing.find((source) => source.address === answer.value.address);
      if (heir !== undefined) await adopt(heir, answer.value);
    }
  }

  async function adopt(heir: Source, orphan: SourceRecord): Promise<void> {
    if (known.get(heir.id)?.kind !== 'new') return;
    const source: SourceRecord = { ...orphan, sourceId: heir.id, revision: 1, contentRevision: 1 };
    const result = await store.commitPoll(heir.id, 0, { source, items: [], removed: [] });
    if (result.kind === 'committed') known.set(heir.id, { kind: 'known', record: source });
  }

  await reload(sources);
  const pollAnswers = await store.readPolls(sources.map((source) => source.id));
  for (const [id, answer] of pollAnswers) if (answer.kind === 'hit') polls.set(id, answer.value);

  return {
    of: (id) => known.get(id) ?? { kind: 'unknown' },
    pollOf: (id) => polls.get(id),
    polls: () => polls,
    remember: (record) => void known.set(record.sourceId, { kind: 'known', record }),
    async catchUp(source, revision) {
      await reload([source]);
      if (known.get(source.id)?.kind === 'new') known.set(source.id, { kind: 'new', revision });
    },
    rememberPoll(id, poll) {
      polls.set(id, poll);
      unwritten.set(id, poll);
    },
    takeUnwrittenPolls() {
      const taken = new Map(unwritten);
      unwritten.clear();
      return taken;
    },
    reload,
  };
}

/** An unreadable record is as good as none: what it held comes again from its source, under the same ids. */
function knownFrom(answer: Answer<SourceRecord> | undefined): KnownSource {
  switch (answer?.kind) {
    case 'hit':
      return { kind: 'known', record: answer.value };
    case 'miss':
    case 'unreadable':
      return { kind: 'new', revision: 0 };
    default:
      return { kind: 'unknown' };
  }
}
