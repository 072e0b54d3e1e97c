// What is kept from change to change is what all copies at once give, and costs what changed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeedMerger } from '../../../src/core/merge/feed-merger.ts';
import type { Merged } from '../../../src/core/merge/merged.ts';
import { NearPairs } from '../../../src/core/merge/near-pairs.ts';
import type { Copy } from '../../../src/core/merge/order.ts';
import { idsToKeep, type PublishedBefore } from '../../../src/core/merge/published-ids.ts';
import { cutWindow } from '../../../src/core/merge/window.ts';
import type { DuplicateRule } from '../../../src/model/config.ts';
import type { EditionRecordItem } from '../../../src/model/edition-record.ts';
import type { PublishedId } from '../../../src/model/ids.ts';
import type { ItemIndexEntry } from '../../../src/model/item-index.ts';
import { mintedId } from '../../../src/model/minted-id.ts';
import { timestampOfClock } from '../../../src/model/timestamp.ts';
import { at, buildEntry, buildSource } from '../build-item.ts';
import { mergeCopies } from './full-merge.ts';

const NOW = at('2026-11-26T12:00:00Z');
const EVERYTHING = { limit: 10_000, maxAgeMs: undefined };
const WINDOW = { limit: 4, maxAgeMs: 5 * 86_400_000 };
const SOURCES = ['a', 'b', 'c', 'd', 'e'];
/** Two of one cycle, one that makes it reach to the next where it stands between them, one long after, one not known. */
const READS = ['11:00', '11:08', '11:16', '18:00'].map((time) => at(`2026-11-20T${time}:00Z`));
const firstAddress = (place: number) => `https://${SOURCES[place]}.example/feed`;
/** Own ids, and some that are minted from them. */
const IDS = ['urn:x:1', 'urn:x:2', 'urn:x:3'].flatMap((id) => [id, mintedId(firstAddress(0), id)]);

interface Drawn {
  readonly place: number;
  readonly marks: Pick<ItemIndexEntry, 'guidUri' | 'canonicalUrl' | 'titleHash'>;
  readonly publishedId: string;
  readonly publishedAt: ItemIndexEntry['publishedAt'];
  readonly seen: number;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  place: fc.nat({ max: SOURCES.length - 1 }),
  marks: fc.record({
    guidUri: fc.constantFrom(
      undefined,
      'https://a.example/1',
      'tag:b.example,2026:2',
      'tag:b.example,2026:2',
    ),
    canonicalUrl: fc.constantFrom(
      undefined,
      '//a.example/1',
      '//b.example/2',
      '//c.example/3',
      '//c.example/3',
      '//c.example/',
    ),
    titleHash: fc.constantFrom('a title', 'another title', 'unaLMx_YbOyA'),
  }),
  publishedId: fc.constantFrom(...IDS),
  publishedAt: fc.constantFrom(undefined, ...['19', '20', '24'].map((day) => at(`2026-11-${day}T10:00:00Z`))),
  seen: fc.nat({ max: READS.length }),
});

type Step =
  | { readonly kind: 'add'; readonly copy: Drawn }
  | { readonly kind: 'edit'; readonly pick: number; readonly copy: Drawn }
  | { readonly kind: 'remove'; readonly pick: number }
  | { readonly kind: 'near'; readonly pick: number; readonly to: number; readonly nearness: number }
  | { readonly kind: 'unlike'; readonly pick: number }
  | { readonly kind: 'source leaves'; readonly place: number }
  | { readonly kind: 'weight'; readonly place: number }
  | { readonly kind: 'publish' | 'settle' | 'forget' };

const pick = fc.nat({ max: 30 });
const place = fc.nat({ max: SOURCES.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('add' as const), copy: drawn }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), pick, copy: drawn }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('near' as const),
      pick,
      to: pick,
      nearness: fc.constantFrom(0.8, 0.9),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('unlike' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('source leaves', 'weight'), place }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('publish', 'publish', 'settle', 'forget') }) },
);

class World {
  readonly copies = new Map<string, Copy>();
  readonly #weights = SOURCES.map(() => 1);
  readonly #rules: readonly DuplicateRule[];
  merger: FeedMerger;
  readonly pairs = new NearPairs();
  previous: PublishedBefore | undefined;

  constructor(rules: readonly DuplicateRule[]) {
    this.#rules = rules;
    this.merger = new FeedMerger(rules);
  }

  do(step: Step): void {
    if (step.kind === 'add') this.#put(this.#copy(step.copy, buildEntry()));
    if (step.kind === 'edit') this.#edit(step.pick, step.copy);
    if (step.kind === 'near') this.#near(step.pick, step.to, step.nearness);
    if (step.kind === 'unlike') this.#unlike(this.#at(step.pick));
    if (step.kind === 'remove') this.#remove(this.#at(step.pick));
    if (step.kind === 'source leaves')
      for (const copy of [...this.copies.values()]) if (copy.place === step.place) this.#remove(copy);
    if (step.kind === 'weight') this.#reweigh(step.place);
    if (step.kind === 'settle') this.check();
    if (step.kind === 'publish') this.#publish();
    if (step.kind === 'forget') this.#forget();
  }

  /** Both ways, the window and everything beneath it. */
  check(): Merged {
    // Pauses change nothing.
    for (const _ of this.merger.settleInSteps(this.copies.size % 3 || Number.POSITIVE_INFINITY));
    const said = {
      copies: [...this.copies.values()],
      duplicates: this.#rules,
      previous: this.previous,
      pairs: this.pairs,
      now: NOW,
    };
    expect(this.merger.window(EVERYTHING, NOW)).toEqual(mergeCopies({ ...said, ...EVERYTHING }));
    const merged = this.merger.window(WINDOW, NOW);
    expect(merged).toEqual(mergeCopies({ ...said, ...WINDOW }));
    return merged;
  }

  #copy({ place, marks, publishedId, publishedAt, seen }: Drawn, base: ItemIndexEntry): Copy {
    const source = buildSource(SOURCES[place] ?? '', { weight: this.#weights[place] ?? 1 });
    const firstSeenAt = READS[seen] ?? at('2026-11-23T00:00:00Z');
    const entry = { ...base, ...marks, publishedId: publishedId as PublishedId, publishedAt, firstSeenAt };
    return { source, place, firstAddress: firstAddress(place), sourceReadAt: READS[place], entry };
  }

  #put(copy: Copy): void {
    this.copies.set(copy.entry.hash, copy);
    this.merger.put(copy);
  }

  #edit(pick: number, to: Drawn): void {
    const copy = this.#at(pick);
    if (copy === undefined) return;
    const { publishedId, firstSeenAt } = copy.entry;
    const next = this.#copy({ ...to, place: copy.place }, copy.entry);
    this.#put({ ...next, entry: { ...next.entry, publishedId, firstSeenAt } });
  }

  #near(pick: number, to: number, nearness: number): void {
    const [a, b] = [this.#at(pick), this.#at(to)];
    if (a === undefined || b === undefined || a.source.id === b.source.id) return;
    this.pairs.link(a.entry.hash, b.entry.hash, nearness);
    this.merger.link(a.entry.hash, b.entry.hash, nearness);
  }

  #unlike(copy: Copy | undefined): void {
    if (copy === undefined) return;
    this.pairs.unlink(copy.entry.hash);
    this.merger.unlink(copy.entry.hash);
  }

  #remove(copy: Copy | undefined): void {
    if (copy === undefined) return;
    this.pairs.unlink(copy.entry.hash);
    this.copies.delete(copy.entry.hash);
    this.merger.remove(copy.entry.hash);
  }

  #at(pick: number): Copy | undefined {
    const all = [...this.copies.values()];
    return all[pick % Math.max(1, all.length)];
  }

  /** As a changed configuration does it: all anew, over what was published. */
  #reweigh(place: number): void {
    this.#weights[place] = 3 - (this.#weights[place] ?? 1);
    this.merger = new FeedMerger(this.#rules);
    this.merger.remember(this.previous);
    for (const copy of [...this.copies.values()]) {
      const weight = this.#weights[copy.place] ?? 1;
      this.#put({ ...copy, source: { ...copy.source, weight } });
    }
    for (const { entry } of this.copies.values())
      for (const [hash, nearness] of this.pairs.of(entry.hash)) this.merger.link(entry.hash, hash, nearness);
  }

  /** What was published long ago, past all bounds. */
  #forget(): void {
    this.previous = undefined;
    this.merger.remember(this.previous);
  }

  #publish(): void {
    const { clusters } = this.check();
    const left = this.previous?.items.flatMap(({ members }) => members.map(({ hash }) => hash)) ?? [];
    const items = clusters.map(
      ({ publishedId, lead, others }): EditionRecordItem => ({
        publishedId,
        members: [lead, ...others].map(({ source, entry }) => ({
          sourceId: source.id,
          hash: entry.hash,
          revision: 1,
        })),
        firstSeenAt: lead.entry.firstSeenAt,
      }),
    );
    this.previous = {
      items: items.filter((_, index) => index !== 2),
      absent: items.filter((_, index) => index === 2),
      keptIds: idsToKeep(clusters, this.previous, WINDOW.limit),
      former: [...new Set([...left, ...(this.previous?.former ?? [])])].slice(0, 6),
    };
    this.merger.remember(this.previous);
  }
}

describe('a merger that is kept', () => {
  it.each([[['id', 'url']], [['id']], [['url']], [[]]] as const)(
    'gives what all copies at once give, by %j, whatever comes and goes',
    (rules) => {
      fc.assert(
        fc.property(fc.array(step, { minLength: 3, maxLength: 40 }), (steps) => {
          const world = new World(rules);
          for (const each of steps) world.do(each);
          world.check();
        }),
        { numRuns: 400 },
      );
    },
  );

  it('gives the lead to another where the id that a copy is at home under turns out to be a third one’s', () => {
    const merger = new FeedMerger(['url']);
    const page = '//c.example/3';
    const guidUri = 'tag:b.example,2026:2';
    const base = { sourceReadAt: READS[0], firstAddress: firstAddress(0) };
    const put = (id: string, place: number, entry: Partial<ItemIndexEntry>) =>
      merger.put({ ...base, place, source: buildSource(id), entry: buildEntry(entry) });
    const lead = () => {
      merger.settle();
      const story = merger.judged(EVERYTHING, NOW).find(({ group }) => group.others.length > 0);
      return story?.group.lead.source.id;
    };
    put('d', 3, { canonicalUrl: page, firstSeenAt: at('2026-11-19T00:00:00Z') });
    put('c', 2, { canonicalUrl: page, guidUri });
    expect(lead()).toBe('c');
    put('b', 1, { canonicalUrl: '//b.example/2', guidUri });
    expect(lead()).toBe('d');
  });
});

describe('what a change costs', () => {
  /** Stories of two sources each, every tenth of one source alone, a minute apart. */
  function known(stories: number): FeedMerger {
    const merger = new FeedMerger(['id', 'url']);
    const put = (id: string, place: number, n: number) =>
      merger.put({
        source: buildSource(id),
        place,
        firstAddress: firstAddress(place),
        sourceReadAt: READS[0],
        entry: buildEntry({
          canonicalUrl: `//${n % 3}.example/${n}`,
          guidUri: `tag:${id}.example,2026:${n}`,
          publishedId: `tag:${id}.example,2026:${n}` as PublishedId,
          publishedAt: timestampOfClock(Date.UTC(2026, 9, 1) + n * 60_000),
        }),
      });
    for (let n = 0; n < stories; n++) {
      put('a', 0, n);
      if (n % 10 !== 0) put('b', 1, n);
    }
    merger.settle();
    return merger;
  }

  it.each([100, 4000])('does not grow with what is known: %d stories', (stories) => {
    const merger = known(stories);
    const changed = [...merger.window({ limit: 5, maxAgeMs: undefined }, NOW).clusters].map(
      ({ lead }) => lead,
    );
    for (const copy of changed) merger.put({ ...copy, entry: { ...copy.entry, revision: 2 } });
    for (let n = 0; n < 10; n++)
      merger.put({ ...(changed[0] as Copy), entry: buildEntry({ canonicalUrl: `//new.example/${n}` }) });
    // Five stories of two copies each, and ten of one.
    expect(merger.settle()).toEqual({ copies: 20, ids: 15 });
    merger.remove((changed[1] as Copy).entry.hash);
    expect(merger.settle()).toEqual({ copies: 1, ids: 1 });
    expect(merger.settle()).toEqual({ copies: 0, ids: 0 });
  });

  it('reads no further down the feed than it reaches', () => {
    const { clusters } = known(50).window({ limit: 50, maxAgeMs: undefined }, NOW);
    let read = 0;
    function* counted() {
      for (const cluster of clusters) {
        read += 1;
        yield cluster;
      }
    }
    expect(cutWindow(counted(), { limit: 5, maxAgeMs: undefined }, NOW).shown).toHaveLength(5);
    expect(read).toBe(6);
  });
});

it('asks no story often, though a source has every id that would be minted for another', () => {
  const merger = new FeedMerger(['url']);
  const [victim, thief] = ['a', 'b'].map((id) => buildSource(id));
  const copy = (place: number, id: string, day: number): Copy => ({
    source: (place === 0 ? victim : thief) as Copy['source'],
    place,
    firstAddress: firstAddress(1),
    entry: buildEntry({
      publishedId: id as PublishedId,
      guidUri: id,
      firstSeenAt: at(`2026-11-${day}T12:00:00Z`),
    }),
  });
  const chain = ['urn:x:1'];
  for (let n = 0; n < 200; n++) chain.push(mintedId(firstAddress(1), chain.at(-1) ?? ''));
  for (const id of chain.slice(1)) merger.put(copy(1, id, 20));
  merger.settle();
  merger.put(copy(0, 'urn:x:1', 20));
  merger.put(copy(1, 'urn:x:1', 21));
  expect(merger.settle().ids).toBeLessThan(3 * chain.length);
  const ids = merger.window(EVERYTHING, NOW).clusters.map(({ publishedId }) => publishedId);
  expect(new Set(ids).size).toBe(202);
  expect(ids).toEqual(expect.arrayContaining(chain));
});
