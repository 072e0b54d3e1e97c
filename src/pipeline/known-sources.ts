// What is known of every source, in memory: read from the store after the start, then kept in step with each commit.
import { withPresentPages } from '../core/identify/present-pages.ts';
import { type KeptRetractions, NO_RETRACTIONS } from '../edge/store/retraction-file.ts';
import type { Store } from '../edge/store/store.ts';
import type { Source } from '../model/config.ts';
import type { EditionRecord } from '../model/edition-record.ts';
import type { ItemHash, SourceId } from '../model/ids.ts';
import type { PollRecord } from '../model/poll-record.ts';
import type { SourceRecord } from '../model/source-record.ts';
import type { Timestamp } from '../model/timestamp.ts';
import type { RememberedTombstone, SourceTombstones } from '../model/withdrawal.ts';
import { firstReadBy, firstSeenBy } from './first-known.ts';
import {
  atRevision,
  type KnownSource,
  knownFrom,
  lastRead,
  revisionOf,
  withoutTexts,
} from './known-record.ts';
import { createTombstoneShelf } from './tombstone-shelf.ts';
import { yieldToOthers } from './yield-to-others.ts';

export type { KnownSource } from './known-record.ts';

export interface KnownSources {
  of(id: SourceId): KnownSource;
  pollOf(id: SourceId): PollRecord | undefined;
  polls(): ReadonlyMap<SourceId, PollRecord>;
  /** Another number whenever `of` may say something else than before. */
  changes(): number;
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
  /**
   * Reads what the store was not asked for yet or did not answer for, or what another writer has changed: a part at a time, between
   * which requests are answered. Where it does not answer, or `signal` is aborted, the rest is left unknown.
   */
  reload(sources: readonly Source[], signal?: AbortSignal): Promise<void>;
  /** The configuration has other sources now: reads those that are new in it; what is known of those that left stays in the store alone. */
  follow(sources: readonly Source[]): Promise<void>;
}

const UNKNOWN: KnownSource = { kind: 'unknown' };
/** Records of 500 items each are read and checked in a tenth of a second. */
const READ_AT_ONCE = 100;

/** The same, with everything read. */
export async function loadKnownSources(
  ...[store, sources, editions, kept]: Parameters<typeof createKnownSources>
): Promise<KnownSources> {
  const known = createKnownSources(store, sources, editions, kept);
  await known.reload(sources);
  return known;
}

/** Nothing is asked of the store: everything is unknown until it is reloaded. `editions` and `kept`: as they stand on disk. */
export function createKnownSources(
  store: Store,
  sources: readonly Source[],
  editions: readonly EditionRecord[] = [],
  kept: KeptRetractions = NO_RETRACTIONS,
): KnownSources {
  const known = new Map<SourceId, KnownSource>();
  let configured: ReadonlySet<SourceId> = idsOf(sources);
  const graves = createTombstoneShelf(kept.publishers, sources);
  const polls = new Map<SourceId, PollRecord>();
  const unwritten = new Map<SourceId, PollRecord>();
  const doubted = new Map<SourceId, KnownSource>();
  const lost = new Set<SourceId>();
  /** How their polls went is not told by the store yet, and must not be written over. */
  const untold = new Set<SourceId>(configured);
  /** Sources that are known by a first address which is no longer theirs. */
  const movedFrom = new Map<string, SourceId>();
  let changes = 0;

  function put(id: SourceId, state: KnownSource): void {
    known.set(id, state);
    changes += 1;
    if (state.kind !== 'known') return;
    const { firstAddress, address } = state.record;
    if (firstAddress !== address) movedFrom.set(firstAddress, id);
  }

  async function reload(asked: readonly Source[], signal?: AbortSignal): Promise<void> {
    // A poll may end after its source has left.
    const wanted = asked.filter((source) => configured.has(source.id));
    const orphans = once(readOrphans);
    for (let start = 0; start < wanted.length; start += READ_AT_ONCE) {
      if (start > 0) await yieldToOthers();
      const part = wanted.slice(start, start + READ_AT_ONCE);
      if (!signal?.aborted && (await reloadPart(part, orphans))) continue;
      for (const { id } of wanted.slice(start)) doubted.set(id, UNKNOWN);
      return;
    }
  }

  /** False where the store does not answer. */
  async function reloadPart(wanted: readonly Source[], orphans: () => Promise<Orphans>): Promise<boolean> {
    const answers = await store.readSources(wanted.map((source) => source.id));
    for (const { id } of wanted) {
      const before = known.get(id);
      const stored = knownFrom(answers.get(id));
      const isBehind = before?.kind === 'known' && revisionOf(stored) < before.record.revision;
      const state = isBehind ? atRevision(before.record, revisionOf(stored)) : stored;
      if (isBehind) lost.add(id);
      if (state.kind === 'unknown') doubted.set(id, state);
      else doubted.delete(id);
      // What was known stands for what is published, as long as nothing better is known.
      if (state.kind !== 'unknown' || !known.has(id)) put(id, state);
      if (state.kind === 'known') graves.put(state.record);
    }
    const missing = wanted.filter(({ id }) => answers.get(id)?.kind === 'miss' && !lost.has(id));
    if (missing.length > 0) await adoptRenamed(missing, await orphans());
    await readPolls(wanted.map((source) => source.id).filter((id) => untold.has(id)));
    const isSilent = (state: KnownSource | undefined) =>
      state?.kind === 'unknown' && state.message === undefined;
    return !wanted.some(({ id }) => isSilent(doubted.get(id)) || untold.has(id));
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
  async function adoptRenamed(missing: readonly Source[], orphans: Orphans): Promise<void> {
    for (const source of missing) {
      const heritage = orphans?.get(source.address);
      if (orphans === undefined) put(source.id, UNKNOWN);
      else if (heritage !== undefined) await adopt(source, heritage);
    }
  }

  /** By address. Undefined where the store does not answer: whether a source is new cannot be told then. */
  async function readOrphans(): Promise<Orphans> {
    const listed = await store.listSourceIds();
    if (listed.kind !== 'hit') return undefined;
    const left = listed.value.filter((id) => !configured.has(id));
    const orphans = new Map<string, SourceRecord>();
    for (let start = 0; start < left.length; start += READ_AT_ONCE) {
      for (const answer of (await store.readSources(left.slice(start, start + READ_AT_ONCE))).values()) {
        if (answer.kind === 'unavailable') return undefined;
        if (answer.kind !== 'hit') continue;
        const record = withPresentPages(answer.value);
        orphans.set(record.address, lastRead(orphans.get(record.address), record));
      }
    }
    return orphans;
  }

  async function adopt(heir: Source, orphan: SourceRecord): Promise<void> {
    const source: SourceRecord = { ...orphan, sourceId: heir.id, revision: 1, contentRevision: 1 };
    const result = await store.commitPoll(heir.id, 0, { source, items: [], removed: [] });
    put(heir.id, result.kind === 'committed' ? { kind: 'known', record: source } : UNKNOWN);
    // Its items are the heir's now. What stays behind for want of an answer is never taken for the later of the two.
    if (result.kind === 'committed') await store.forgetSource(orphan.sourceId, orphan.revision, []);
  }

  return {
    of: (id) => known.get(id) ?? UNKNOWN,
    pollOf: (id) => polls.get(id),
    polls: () => polls,
    changes: () => changes,
    firstAddressOf(source) {
      const other = known.get(movedFrom.get(source.address) ?? source.id);
      const isTaken =
        other?.kind === 'known' &&
        other.record.sourceId !== source.id &&
        other.record.firstAddress === source.address &&
        other.record.address !== source.address;
      return isTaken ? `${source.address}#${source.id}` : source.address;
    },
    firstSeen: firstSeenBy(editions, kept.operator),
    firstRead: firstReadBy(editions),
    tombstonesOf: graves.of,
    tombstones: graves.all,
    remember(record) {
      if (!configured.has(record.sourceId)) return;
      put(record.sourceId, { kind: 'known', record });
      graves.put(record);
    },
    doubt(id) {
      if (configured.has(id)) doubted.set(id, UNKNOWN);
    },
    inStore: (id) => doubted.get(id) ?? (untold.has(id) ? UNKNOWN : (known.get(id) ?? UNKNOWN)),
    askAgain(texts) {
      if (texts.size === 0) return;
      for (const [id, state] of known) {
        if (state.kind === 'known') put(id, { kind: 'known', record: withoutTexts(state.record, texts) });
      }
    },
    async catchUp(source, revision) {
      await reload([source]);
      const state = known.get(source.id);
      if (state?.kind === 'new') put(source.id, { kind: 'new', revision });
      if (state?.kind === 'known' && lost.has(source.id)) put(source.id, atRevision(state.record, revision));
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
      changes += 1;
      for (const id of [...known.keys(), ...polls.keys(), ...doubted.keys(), ...lost]) {
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

/** The one record of each address that is no longer configured and knows most. */
type Orphans = ReadonlyMap<string, SourceRecord> | undefined;

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function idsOf(sources: readonly Source[]): ReadonlySet<SourceId> {
  return new Set(sources.map((source) => source.id));
}
