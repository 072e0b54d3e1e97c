// The archives of one feed, from publish to publish: what is sealed, what of the sealed ones changes, and what the subscription
// document says of them. Everything is committed with the edition that it belongs to: see feed-publisher.ts.
import { nextPending, type Pending } from '../../core/archive/pending.ts';
import { archiveName, archivesToSeal } from '../../core/archive/seal.ts';
import { isStillOut, type OutFacts, outOf } from '../../core/archive/taken-out.ts';
import type { Cluster } from '../../core/merge/merged.ts';
import { DOCUMENT_BYTES_MAX } from '../../core/render/document-bound.ts';
import type {
  ArchivedItem,
  ArchivedOut,
  ArchiveHead,
  ArchiveWrites,
  SealedArchive,
} from '../../model/archive.ts';
import type { Config, MergedFeed, Source } from '../../model/config.ts';
import type { Edition, EditionItem, History } from '../../model/edition.ts';
import type { ItemHash } from '../../model/ids.ts';
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { RetractionRecord } from '../../model/retraction-record.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import type { FeedStories } from '../feed-stories.ts';
import type { Dropped } from '../render-edition.ts';
import type { ArchiveShelf } from './archive-shelf.ts';
import { termsOf, tightened } from './tighten-archive.ts';
import { type ArchiveToWrite, withNewer, writeArchive } from './write-archive.ts';

/** So many archives are looked at again in one publish: a changed rule of rights may concern them all. */
const AT_ONCE = 20;

/** What sealed archives are held against. */
export interface ArchiveFacts {
  readonly feed: MergedFeed;
  readonly config: Config;
  /** Those of the feed. */
  readonly sources: readonly Source[];
  readonly stories: Pick<FeedStories, 'out' | 'knows' | 'merger'>;
  /** The operator's, in force in the feed; another digest for others. */
  readonly retractions: readonly RetractionRecord[];
  readonly retractionsDigest: string | undefined;
  readonly out: OutFacts;
  /** Copies of which a tombstone is remembered, though their source has forgotten them. */
  readonly buried: Iterable<ItemHash>;
  readonly now: Timestamp;
}

export interface ArchiveInput extends ArchiveFacts {
  /** Stories that no document has room for, and that stand in no archive. */
  readonly beyond: readonly ArchivedItem[];
  /** What its items are known by beside their ids. */
  readonly knownBy: (item: EditionItem) => Omit<ArchivedItem, 'item'>;
  /** Nothing stood in it that is no longer there, but for what was taken out. */
  readonly hasAlwaysFitted: boolean;
}

export interface ArchiveChanges {
  readonly changed: readonly SealedArchive[];
  readonly out: readonly ArchivedOut[];
}

export interface ArchivePlan {
  readonly writes: ArchiveWrites;
  /** What the subscription document says. */
  readonly history: History;
  /** All of them once it is kept, in the order in which they were sealed. */
  readonly heads: readonly ArchiveHead[];
  /** Items that no document can hold. */
  readonly dropped: readonly Dropped[];
}

export class FeedArchives {
  readonly #shelf: ArchiveShelf;
  /** Who was looked for in the archives, as long as retractions are the same; of an edition that was not kept nobody was. */
  readonly #settled = new Set<string>();
  readonly #looking = new Set<string>();
  #terms: { readonly of: readonly unknown[]; readonly digest: string } | undefined;
  #retractionsDigest: string | undefined | null = null;
  #history: History | undefined;

  constructor(shelf: ArchiveShelf) {
    this.#shelf = shelf;
  }

  /** As store and disk have them. Throws StoreError where either does not answer. Gives, for people, what is damaged. */
  load(): Promise<readonly string[]> {
    this.#settled.clear();
    this.#looking.clear();
    this.#retractionsDigest = null;
    return this.#shelf.load();
  }

  /** Once the store has it: on disk, then in what is served. */
  async keep({ writes, history }: ArchivePlan): Promise<void> {
    await this.#shelf.keep(writes);
    for (const text of this.#looking) this.#settled.add(text);
    this.#looking.clear();
    this.#history = history;
  }

  /** Of the edition that stands, as far as it is known. */
  get history(): History {
    return this.#history ?? { kind: 'subscription', older: this.#shelf.newest?.name, isComplete: false };
  }

  /** The cluster's story stands in an archive. */
  holds({ publishedId, lead }: Cluster): boolean {
    return [publishedId, lead.entry.hash].some((text) => this.#shelf.find(text) !== undefined);
  }

  /** Some are still to be looked at again, or to be given back to the store. */
  isDue(feed: MergedFeed, sources: readonly Source[], config: Config): boolean {
    if (this.#shelf.lacking.length > 0) return true;
    const terms = this.#termsOf(feed, sources, config);
    return this.#shelf.heads.some(({ rights }) => rights !== terms);
  }

  /** Asked every second. */
  #termsOf(...of: Parameters<typeof termsOf>): string {
    if (this.#terms === undefined || of.some((each, place) => each !== this.#terms?.of[place]))
      this.#terms = { of, digest: termsOf(...of) };
    return this.#terms.digest;
  }

  /** What changes in those that are sealed, and what is out of any of them then. */
  async changes(input: ArchiveFacts): Promise<ArchiveChanges> {
    const terms = this.#termsOf(input.feed, input.sources, input.config);
    const changed: SealedArchive[] = [];
    for (const number of this.#toLookAt(input, terms)) {
      const head = this.#shelf.head(number);
      const found = head && (await this.#lookAt(head, input, terms));
      if (found !== undefined) changed.push(found);
    }
    const now = new Map(changed.map(({ head }) => [head.number, head]));
    const out = this.#shelf.heads.flatMap((head) => (now.get(head.number) ?? head).out);
    return { changed, out };
  }

  /**
   * What is sealed with an edition whose document shows `rendered`. An archive is made of what would stand nowhere else.
   * `changed`: what `changes` gave.
   */
  async plan(
    rendered: Edition,
    changed: readonly SealedArchive[],
    input: ArchiveInput,
  ): Promise<ArchivePlan> {
    const pending = this.#pendingOf(rendered, input);
    const { sealed, dropped } = await this.#seal(rendered, pending, input);
    const writes = await this.#withNeighbour(changed, sealed, input.now);
    const known = new Map(
      [...this.#shelf.heads, ...writes.map(({ head }) => head)].map((head) => [head.number, head]),
    );
    const heads = [...known.values()];
    const sealedIds = new Set(sealed.flatMap(({ content }) => content.items.map(({ item }) => item.id)));
    const isComplete = heads.length === 0 && input.hasAlwaysFitted && pending.departed.length === 0;
    return {
      writes: {
        sealed: writes,
        pending: {
          version: RECORD_VERSION,
          feedId: input.feed.id,
          revision: 0,
          items: pending.standing.filter(({ item }) => !sealedIds.has(item.id)),
        },
      },
      history: { kind: 'subscription', older: heads.at(-1)?.name, isComplete },
      heads,
      dropped,
    };
  }

  #pendingOf(rendered: Edition, { knownBy, stories, beyond }: ArchiveInput): Pending {
    return nextPending({
      before: this.#shelf.pending,
      shown: rendered.items.map((item) => ({ item, ...knownBy(item) })),
      beyond,
      isArchived: (archived) => this.#shelf.holds(archived),
      isArchivedId: (id) => this.#shelf.find(id) !== undefined,
      stateOf: (hash) => ({
        isKnown: stories.knows(hash),
        isOut: stories.out.has(hash),
        storyId: stories.merger.idOf(hash),
      }),
    });
  }

  /** Whatever an archive's documents have no room for goes into one of its own. */
  async #seal(rendered: Edition, pending: Pending, input: ArchiveInput) {
    const waiting = [...archivesToSeal({ ...pending, limit: input.feed.limit })];
    const sealed: SealedArchive[] = [];
    const dropped: Dropped[] = [];
    for (let items = waiting.shift(); items !== undefined; items = waiting.shift()) {
      const before = [...this.#shelf.heads, ...sealed.map(({ head }) => head)];
      const written = await writeArchive(newArchive(rendered, items, before, input), input.now);
      dropped.push(...written.dropped);
      const { leftOver } = written;
      if (leftOver.length === items.length) {
        // One that no document can hold stood in none before: the others go on without it.
        const half = Math.ceil(items.length / 2);
        if (items.length === 1) dropped.push(tooLarge(items));
        else waiting.unshift(items.slice(half), items.slice(0, half));
        continue;
      }
      sealed.push({ head: written.head, content: written.content });
      if (leftOver.length > 0) waiting.unshift(leftOver);
    }
    return { sealed, dropped };
  }

  /** The page of the archive before the first new one links to it. */
  async #withNeighbour(
    changed: readonly SealedArchive[],
    sealed: readonly SealedArchive[],
    now: Timestamp,
  ): Promise<readonly SealedArchive[]> {
    const [first] = sealed;
    const last = this.#shelf.newest;
    const chained = await Promise.all(
      sealed.map((each, place) => {
        const next = sealed[place + 1];
        return next === undefined ? each : withNewer(each, next.head.name, now);
      }),
    );
    if (first === undefined || last === undefined) return [...changed, ...chained];
    const inHand = changed.find(({ head }) => head.number === last.number);
    const content = inHand?.content ?? (await this.#shelf.content(last.number));
    const neighbour = await withNewer({ head: inHand?.head ?? last, content }, first.head.name, now);
    return [...changed.filter((each) => each !== inHand), neighbour, ...chained];
  }

  #toLookAt(input: ArchiveFacts, terms: string): ReadonlySet<number> {
    const numbers = new Set(this.#suspects(input));
    const further = [
      ...this.#shelf.lacking,
      ...this.#shelf.heads.filter(({ rights }) => rights !== terms).map(({ number }) => number),
    ];
    for (const number of further.slice(-AT_ONCE)) numbers.add(number);
    return numbers;
  }

  /** Archives in which something was taken out since, or came back. */
  *#suspects({
    stories,
    retractions,
    retractionsDigest,
    buried,
    out: facts,
  }: ArchiveFacts): Generator<number> {
    if (retractionsDigest !== this.#retractionsDigest) this.#settled.clear();
    this.#retractionsDigest = retractionsDigest;
    const named = retractions.flatMap((record) => [
      ...record.members.map(({ hash }) => hash),
      ...[record.publishedId, record.guidUri, record.canonicalUrl].filter((text) => text !== undefined),
    ]);
    for (const text of [...stories.out.keys(), ...named, ...buried]) {
      const number = this.#shelf.find(text);
      if (number === undefined || this.#settled.has(text)) continue;
      this.#looking.add(text);
      yield number;
    }
    for (const { number, out } of this.#shelf.heads)
      if (out.some((each) => !isStillOut(each, facts))) {
        this.#settled.clear();
        yield number;
      }
  }

  /** The next revision of it, its bytes the same where nothing of it is out or to be shown less; undefined for none. */
  async #lookAt(head: ArchiveHead, input: ArchiveFacts, terms: string): Promise<SealedArchive | undefined> {
    const content = await this.#shelf.content(head.number);
    const byId = new Map(head.out.map((out) => [out.id, out] as const));
    const out = content.items.flatMap((item) => outOf(item, byId.get(item.item.id), input.out) ?? []);
    const sources = new Map(input.sources.map((source) => [source.id, source]));
    const items = content.items.map((archived) =>
      tightened(archived, input.feed, sources.get(archived.item.attribution.sourceId)),
    );
    const feed = {
      ...content.feed,
      publicUrl: input.config.server.publicUrl,
      noindex: input.feed.noindex || undefined,
    };
    const isSame =
      sameOut(out, head.out) &&
      items.every((item, place) => item === content.items[place]) &&
      feed.publicUrl === content.feed.publicUrl &&
      (feed.noindex ?? false) === (content.feed.noindex ?? false);
    const isSettled = head.rights === terms && !this.#shelf.lacking.includes(head.number);
    if (isSame && isSettled) return undefined;
    const revision = head.revision + 1;
    if (isSame) return { head: { ...head, revision, rights: terms }, content: { ...content, revision } };
    const written = await writeArchive(
      { ...head, revision, rights: terms, feed, items, out, documents: content.documents },
      input.now,
    );
    return { head: written.head, content: written.content };
  }
}

function tooLarge(items: readonly ArchivedItem[]): Dropped {
  return {
    kind: 'document-bound',
    ids: items.map(({ item }) => item.id),
    bytesMax: DOCUMENT_BYTES_MAX,
  };
}

function newArchive(
  rendered: Edition,
  items: readonly ArchivedItem[],
  before: readonly ArchiveHead[],
  { feed, sources, config, now }: ArchiveInput,
): ArchiveToWrite {
  const last = before.at(-1);
  const name = archiveName(now, before);
  const { items: _items, retractions: _retractions, hubs: _hubs, ...described } = rendered;
  return {
    feedId: feed.id,
    number: (last?.number ?? 0) + 1,
    name,
    revision: 1,
    sealedAt: now,
    out: [],
    rights: termsOf(feed, sources, config),
    feed: { ...described, history: { kind: 'archive', name, older: last?.name } },
    items,
    documents: [],
  };
}

function sameOut(a: readonly ArchivedOut[], b: readonly ArchivedOut[]): boolean {
  const namesOf = (list: readonly ArchivedOut[]) =>
    JSON.stringify(list.map(({ id, takenOutBy, when, reason, by }) => [id, takenOutBy, when, reason, by]));
  return namesOf(a) === namesOf(b);
}
