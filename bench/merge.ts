// What CPU a poll with ten new items costs a feed, by how many items are known: taking up the change, stories, ids, window, record.
// Beside it, in the same run, the plain way over all copies at once. npm run bench -- merge [POLLS] [--largest ITEMS] [--limit RATIO]
// The ratio is that of the largest to the smallest number of items; --limit makes a greater one an error.

import type { Source } from '../src/model/config.ts';
import type { Edition } from '../src/model/edition.ts';
import type { EditionRecord } from '../src/model/edition-record.ts';
import type { ItemHash, ItemKey, PublishedId, SourceId } from '../src/model/ids.ts';
import type { ItemIndexEntry } from '../src/model/item-index.ts';
import { RECORD_VERSION } from '../src/model/record-version.ts';
import type { SourceRecord } from '../src/model/source-record.ts';
import { timestampOfClock } from '../src/model/timestamp.ts';
import { createFeedStories, type FeedStories } from '../src/pipeline/feed-stories.ts';
import type { KnownSources } from '../src/pipeline/known-sources.ts';
import { nextEditionRecord } from '../src/pipeline/next-edition-record.ts';
import { retractedItems } from '../src/pipeline/retracted-items.ts';
import { buildSource } from '../test/core/build-item.ts';
import { mergeCopies } from '../test/core/merge/full-merge.ts';
import { buildFeed } from '../test/pipeline/rig.ts';

const PER_SOURCE = 500;
const NEW = 10;
const SIZES = [1_000, 10_000, 100_000, 500_000];
const START_MS = Date.UTC(2026, 0, 1);
const FEED = buildFeed();
const NO_RETRACTIONS = { matches: () => undefined, digest: undefined };

/** One in five of a source's items is that of the source before it, by page or by id. */
function entryOf(source: number, n: number): ItemIndexEntry {
  const isShared = n % 5 === 0 && source > 0;
  const home = isShared ? source - 1 : source;
  const page = `//s${home}.example/${n}`;
  const guid = `tag:s${n % 2 === 0 ? home : source}.example,2026:${n}`;
  const at = timestampOfClock(START_MS + n * 60_000 + source);
  return {
    key: `${source} ${n}` as ItemKey,
    hash: `hash-of-item-number-${source}-${n}` as ItemHash,
    fingerprint: 'fingerprint' as ItemIndexEntry['fingerprint'],
    publishedId: guid as PublishedId,
    guidUri: guid,
    canonicalUrl: page,
    publishedAt: at,
    titleHash: 'title',
    firstSeenAt: at,
    changedAt: at,
    revision: 1,
  };
}

class World {
  readonly sources: readonly Source[];
  readonly records = new Map<SourceId, SourceRecord>();
  readonly stories: FeedStories;
  readonly known: KnownSources;
  previous: EditionRecord | undefined;
  #polls = 0;

  constructor(items: number) {
    this.sources = Array.from({ length: items / PER_SOURCE }, (_, n) => buildSource(`s${n}`));
    for (const [place, source] of this.sources.entries()) {
      const index = Array.from({ length: PER_SOURCE }, (_, n) => entryOf(place, PER_SOURCE - 1 - n));
      this.records.set(source.id, {
        version: RECORD_VERSION,
        sourceId: source.id,
        revision: 1,
        contentRevision: 1,
        firstAddress: source.address,
        firstReadAt: timestampOfClock(START_MS),
        address: source.address,
        validators: {},
        items: index,
      });
    }
    this.known = {
      of: (id: SourceId) => ({ kind: 'known', record: this.records.get(id) as SourceRecord }),
    } as unknown as KnownSources;
    this.stories = createFeedStories(FEED, this.sources, this.known, async () => new Map());
  }

  /** Another source each time: ten items come, the ten oldest go. */
  poll(): void {
    this.#polls += 1;
    const place = this.#polls % this.sources.length;
    const record = this.records.get((this.sources[place] as Source).id) as SourceRecord;
    const newest = Number(record.items[0]?.key.split(' ')[1]);
    const fresh = Array.from({ length: NEW }, (_, n) => entryOf(place, newest + NEW - n));
    const items = [...fresh, ...record.items.slice(0, PER_SOURCE - NEW)];
    this.records.set(record.sourceId, { ...record, items });
  }

  async publish(): Promise<number> {
    const now = timestampOfClock(START_MS + 86_400_000);
    this.stories.merger.remember(this.previous);
    const work = await this.stories.update(NO_RETRACTIONS, now);
    const merged = this.stories.merger.window(FEED, now);
    const { known, previous } = this;
    const retracted = retractedItems({
      stories: this.stories,
      merged,
      previous,
      known,
      ...NO_RETRACTIONS,
      now,
    });
    this.previous = nextEditionRecord({
      feedId: FEED.id,
      revision: 1,
      changedAt: now,
      sourceRevisions: {},
      recipe: '',
      merged,
      retracted,
      rendered: {
        items: merged.clusters.map(({ publishedId }) => ({ id: publishedId })),
      } as unknown as Edition,
      previous,
      sources: [],
      known,
      limit: FEED.limit,
    });
    return work.copies;
  }

  plain(): void {
    const copies = this.sources.flatMap((source, place) => {
      const { firstAddress, firstReadAt: sourceReadAt, items } = this.records.get(source.id) as SourceRecord;
      return items.map((entry) => ({ source, place, firstAddress, sourceReadAt, entry }));
    });
    const now = timestampOfClock(START_MS + 86_400_000);
    mergeCopies({ ...FEED, copies, previous: this.previous, now });
  }
}

/** Milliseconds of CPU: other work of the machine does not count. */
async function timed(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
}

async function measure(items: number, polls: number): Promise<number> {
  const world = new World(items);
  const start = await timed(() => world.publish());
  const times: number[] = [];
  let copies = 0;
  for (let n = 0; n < polls; n++) {
    world.poll();
    times.push(await timed(async () => (copies = Math.max(copies, await world.publish()))));
  }
  const plain = await timed(() => world.plain());
  const ms = median(times);
  console.log(
    `${items.toLocaleString('en').padStart(9)} items known: ${ms.toFixed(2).padStart(7)} ms a publish, at most ${copies} copies looked at;` +
      ` at the start ${start.toFixed(0).padStart(5)} ms; all at once ${plain.toFixed(0).padStart(5)} ms (${(plain / ms).toFixed(0)} x)`,
  );
  return ms;
}

function option(name: string): number | undefined {
  const at = process.argv.indexOf(name);
  return at === -1 ? undefined : Number(process.argv[at + 1]);
}

const polls = Number(process.argv[2]) || 40;
const sizes = SIZES.filter((size) => size <= (option('--largest') ?? Infinity));
await measure(1_000, polls); // warm
const times: number[] = [];
for (const size of sizes) times.push(await measure(size, polls));
const ratio = (times.at(-1) ?? 0) / (times[0] ?? 1);
console.log(
  `${sizes.at(-1)?.toLocaleString('en')} items against ${sizes[0]?.toLocaleString('en')}: ${ratio.toFixed(2)} x`,
);
const limit = option('--limit');
if (limit !== undefined && ratio > limit) {
  console.error(`over the limit of ${limit}`);
  process.exitCode = 1;
}
