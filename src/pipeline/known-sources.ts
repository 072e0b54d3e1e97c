// What is known of every source, in memory: read from the store once, then kept in step with each commit.
import { withPresentPages } from '../core/identify/present-pages.ts';
import { type KeptRetractions, NO_RETRACTIONS } from '../edge/store/retraction-file.ts';
import type { Answer, Store } from '../edge/store/store.ts';
import type { Source } from '../model/config.ts';
import type { EditionRecord } from '../model/edition-record.ts';
import type { ItemHash, SourceId } from '../model/ids.ts';
import { LOST_TEXT } from '../model/item-index.ts';
import type { PollRecord } from '../model/poll-record.ts';
import type { SourceRecord } from '../model/source-record.ts';
import { later, type Timestamp } from '../model/timestamp.ts';
import type { RememberedTombstone, SourceTombstones } from '../model/withdrawal.ts';
import { firstReadBy, firstSeenBy } from './first-known.ts';
import { createTombstoneShelf } from './tombstone-shelf.ts';

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
  /** What a source that is read for the first time makes its ids from. */
  firstAddressOf(source: Source): string;
  /** By what was published before this start: when items were first seen whose entries may be lost. */
  readonly firstSeen: ReadonlyMap<ItemHash, Timestamp>;
  /** By the same: when sources were first read whose records may be lost. */
  readonly firstRead: ReadonlyMap<string, Timestamp>;
  /** What its publisher took back, remembered beside its record: an emptied store must not bring it again. */
  tombstonesOf(source: Source): readonly RememberedTombstone[];
  /** Of all sources, to be kept on disk; the same list as long as nothing of it changes. */
  tombstones(): readonly SourceTombstones[];
  remember(record: SourceRecord): void;
  /** Whether a commit was written is not known: the source must be read again before the next. */
  doubt(id: SourceId): void;
  /** What a commit may build on: `unknown` where the store must answer first. */
  inStore(id: SourceId): KnownSource;
  /** The texts of these items cannot be read: the next poll of their sources is to bring them anew, though nothing changed. */
  askAgain(texts: ReadonlySet<ItemHash>): void;
  /** Another commit came first, or the store went back: reads again, or takes over an unreadable record's revision. */
  catchUp(source: Source, revision: number): Promise<void>;
  /** The store has lost what was committed of it: what is known here stands, and the next poll writes all of it again. */
  isLost(id: SourceId): boolean;
  /** It did. */
  isWritten(id: SourceId): void;
  rememberPoll(id: SourceId, poll: PollRecord): void;
  /** Poll records since the last call: to be written together. */
  takeUnwrittenPolls(): ReadonlyMap<SourceId, PollRecord>;
  /** Reads again what the store did not answer for, or what another writer has changed. */
  reload(sources: readonly Source[]): Promise<void>;
  /** The configuration has other sources now: reads those that are new in it; what is known of those that left stays in the store alone. */
  follow(sources: readonly Source[]): Promise<void>;
}

const UNKNOWN: KnownSource = { kind: 'unknown' };

/** `editions` and `kept`: as they stand on disk. */
export async function loadKnownSources(
  store: Store,
  sources: readonly Source[],
  editions: readonly EditionRecord[] = [],
  kept: KeptRetractions = NO_RETRACTIONS,
): Promise<KnownSources> {
  const known = new Map<SourceId, KnownSource>();
  let configured: ReadonlySet<SourceId> = idsOf(sources);
  const graves = createTombstoneShelf(kept.publishers, sources);
  const polls = new Map<SourceId, PollRecord>();
  const unwritten = new Map<SourceId, PollRecord>();
  const doubted = new Set<SourceId>();
  const lost = new Set<SourceId>();
  /** How their polls went is not told by the store yet, and must not be written over. */
  const untold = new Set<SourceId>(configured);

  async function reload(asked: readonly Source[]): Promise<void> {
    // A poll may end after its source has left.
    const wanted = asked.filter((source) => configured.has(source.id));
    const answers = await store.readSources(wanted.map((source) => source.id));
    for (const { id } of wanted) {
      const before = known.get(id);
      const stored = knownFrom(answers.get(id));
      const isBehind = before?.kind === 'known' && revisionOf(stored) < before.record.revision;
      const state = isBehind ? atRevision(before.record, revisionOf(stored)) : stored;
      if (isBehind) lost.add(id);
      if (state.kind === 'unknown') doubted.add(id);
      else doubted.delete(id);
      // What was known stands for what is published, as long as nothing better is known.
      if (state.kind !== 'unknown' || !known.has(id)) known.set(id, state);
      if (state.kind === 'known') graves.put(state.record);
    }
    const missing = wanted.filter(({ id }) => answers.get(id)?.kind === 'miss' && !lost.has(id));
    if (missing.length > 0) await adoptRenamed(missing);
    await readPolls(wanted.map((source) => source.id).filter((id) => untold.has(id)));
  }

  async function readPolls(ids: readonly SourceId[]): Promise<void> {
    if (ids.length === 0) return;
    for (const [id, answer] of await store.readPolls(ids)) {
      if (answer.kind === 'unavailable') continue;
      untold.delete(id);
      if (answer.kind === 'hit') polls.set(id, answer.value);
    }
  }

  /** A source whose id was changed in the configuration is known by its address: its items keep their ids and dates. */
  async function adoptRenamed(missing: readonly Source[]): Promise<void> {
    const orphans = await readOrphans();
    for (const source of missing) {
      const heritage = orphans
        ?.filter((orphan) => orphan.address === source.address)
        .reduce<SourceRecord | undefined>(lastRead, undefined);
      if (orphans === undefined) known.set(source.id, { kind: 'unknown' });
      else if (heritage !== undefined) await adopt(source, heritage);
    }
  }

  /** Undefined where the store does not answer: whether a source is new cannot be told then. */
  async function readOrphans(): Promise<readonly SourceRecord[] | undefined> {
    const listed = await store.listSourceIds();
    if (listed.kind !== 'hit') return undefined;
    const answers = [...(await store.readSources(listed.value.filter((id) => !configured.has(id)))).values()];
    if (answers.some((answer) => answer.kind === 'unavailable')) return undefined;
    return answers.flatMap((answer) => (answer.kind === 'hit' ? [withPresentPages(answer.value)] : []));
  }

  async function adopt(heir: Source, orphan: SourceRecord): Promise<void> {
    const source: SourceRecord = { ...orphan, sourceId: heir.id, revision: 1, contentRevision: 1 };
    const result = await store.commitPoll(heir.id, 0, { source, items: [], removed: [] });
    known.set(heir.id, result.kind === 'committed' ? { kind: 'known', record: source } : { kind: 'unknown' });
    // Its items are the heir's now. What stays behind for want of an answer is never taken for the later of the two.
    if (result.kind === 'committed') await store.forgetSource(orphan.sourceId, orphan.revision, []);
  }

  await reload(sources);

  return {
    of: (id) => known.get(id) ?? UNKNOWN,
    pollOf: (id) => polls.get(id),
    polls: () => polls,
    firstAddressOf(source) {
      const isTaken = [...known.values()].some(
        (state) =>
          state.kind === 'known' &&
          state.record.sourceId !== source.id &&
          state.record.firstAddress === source.address &&
          state.record.address !== source.address,
      );
      return isTaken ? `${source.address}#${source.id}` : source.address;
    },
    firstSeen: firstSeenBy(editions, kept.operator),
    firstRead: firstReadBy(editions),
    tombstonesOf: graves.of,
    tombstones: graves.all,
    remember(record) {
      if (!configured.has(record.sourceId)) return;
      known.set(record.sourceId, { kind: 'known', record });
      graves.put(record);
    },
    doubt(id) {
      if (configured.has(id)) doubted.add(id);
    },
    inStore: (id) => (doubted.has(id) || untold.has(id) ? UNKNOWN : (known.get(id) ?? UNKNOWN)),
    askAgain(texts) {
      if (texts.size === 0) return;
      for (const [id, state] of known) {
        if (state.kind === 'known')
          known.set(id, { kind: 'known', record: withoutTexts(state.record, texts) });
      }
    },
    async catchUp(source, revision) {
      await reload([source]);
      const state = known.get(source.id);
      if (state?.kind === 'new') known.set(source.id, { kind: 'new', revision });
      if (state?.kind === 'known' && lost.has(source.id))
        known.set(source.id, atRevision(state.record, revision));
    },
    isLost: (id) => lost.has(id),
    isWritten: (id) => void lost.delete(id),
    rememberPoll(id, poll) {
      if (untold.has(id)) return;
      if (configured.has(id)) polls.set(id, poll);
      unwritten.set(id, poll);
    },
    takeUnwrittenPolls() {
      const taken = new Map(unwritten);
      unwritten.clear();
      return taken;
    },
    reload,
    async follow(next) {
      const added = next.filter((source) => !configured.has(source.id));
      configured = idsOf(next);
      for (const id of [...known.keys(), ...polls.keys(), ...doubted, ...lost]) {
        if (configured.has(id)) continue;
        known.delete(id);
        polls.delete(id);
        doubted.delete(id);
        lost.delete(id);
      }
      for (const id of untold) if (!configured.has(id)) untold.delete(id);
      for (const { id } of added) untold.add(id);
      graves.follow(next);
      await reload(added);
    },
  };
}

function idsOf(sources: readonly Source[]): ReadonlySet<SourceId> {
  return new Set(sources.map((source) => source.id));
}

/** An unreadable record is as good as none: what it held comes again from its source, under the same ids. */
function knownFrom(answer: Answer<SourceRecord> | undefined): KnownSource {
  switch (answer?.kind) {
    case 'hit':
      return { kind: 'known', record: withPresentPages(answer.value) };
    case 'miss':
    case 'unreadable':
      return { kind: 'new', revision: 0 };
    default:
      return { kind: 'unknown' };
  }
}

function withoutTexts(record: SourceRecord, texts: ReadonlySet<ItemHash>): SourceRecord {
  const isLost = (entry: SourceRecord['items'][number]) =>
    texts.has(entry.hash) && entry.fingerprint !== LOST_TEXT;
  if (!record.items.some(isLost)) return record;
  const items = record.items.map((entry) => (isLost(entry) ? { ...entry, fingerprint: LOST_TEXT } : entry));
  return readInFull({ ...record, items });
}

function readInFull(record: SourceRecord): SourceRecord {
  return { ...record, validators: {}, bodyHash: undefined, encodedHash: undefined };
}

function atRevision(record: SourceRecord, revision: number): KnownSource {
  return { kind: 'known', record: readInFull({ ...record, revision }) };
}

/** Infinite where the store did not answer. */
function revisionOf(state: KnownSource): number {
  if (state.kind === 'unknown') return Number.POSITIVE_INFINITY;
  return state.kind === 'known' ? state.record.revision : state.revision;
}

/** Of two records of one address, as two renamings leave them, the one that knows more recent things. */
function lastRead(a: SourceRecord | undefined, b: SourceRecord): SourceRecord {
  const changedAt = (record: SourceRecord) =>
    record.items.map((entry) => entry.changedAt).reduce(later, record.unconditionalAt ?? ('' as Timestamp));
  return a === undefined || changedAt(b) > changedAt(a) ? b : a;
}
