// Whatever happens, in whatever order: no item lost, none doubled, no published id or date changed.
import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameOfRetraction } from '../../src/core/filter/retractions.ts';
import type { Store } from '../../src/edge/store/store.ts';
import type { Config, Source } from '../../src/model/config.ts';
import { feedId } from '../../src/model/ids.ts';
import { timestampOfClock } from '../../src/model/timestamp.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { changeRetractions, retractionOf, undone } from '../../src/pipeline/retract-story.ts';
import { findStories, readStories } from '../../src/pipeline/stories.ts';
import { buildSource } from '../core/build-item.ts';
import { type FaultyStore, faultyStore } from './faulty-store.ts';
import { type Addition, type Edit, PublishersWorld } from './publishers-world.ts';
import { buildConfig, buildFeed, isStub, type JsonItem, type PipelineRig, pipelineRig } from './rig.ts';

const HISTORIES = 300;
const SEED = 20261123;
const FEEDS = [buildFeed(), buildFeed({ id: feedId('few'), limit: 3 })];
const HOUR_MS = 3_600_000;
/** Longer than a publisher rests after failures. */
const REST_MS = 120_000;

type Step =
  | ({ readonly kind: 'add' } & Addition)
  | { readonly kind: 'share'; readonly by: 'url' | 'id' }
  | { readonly kind: Edit; readonly at: number; readonly pick: number }
  | { readonly kind: 'damage' | 'withdraw'; readonly at: number; readonly pick: number }
  | { readonly kind: 'republish' | 'drop-graves'; readonly at: number }
  | { readonly kind: 'retract' | 'undo'; readonly pick: number; readonly few: boolean }
  | { readonly kind: 'poll' | 'poll-304' | 'poll-fails' | 'rename'; readonly at: number }
  | { readonly kind: (typeof HAPPENINGS)[number] }
  | ({ readonly kind: 'outage'; readonly at: number } & Outage);

interface Outage {
  readonly calls: readonly (keyof Store)[];
  readonly losesAnswers: boolean;
  readonly restarts: boolean;
}

const HAPPENINGS = [
  'publish',
  'restart',
  'lose-documents',
  'empty-store',
  'crash-before-disk',
  'wait',
  'settle',
] as const;

const at = fc.nat({ max: 1 });
const pick = fc.nat({ max: 9 });
const is = <T extends string>(...kinds: readonly T[]) => fc.constantFrom(...kinds);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: is('add'),
      at,
      dated: is('past', 'future', 'never'),
      guid: is('text', 'uri', 'none'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: is('share'), by: is('url', 'id') }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: is('edit', 'renew-guid', 'share-guid', 'redate', 'drop-oldest', 'reverse', 'damage'),
      at,
      pick,
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: is('poll', 'poll-304', 'poll-fails', 'rename'), at }) },
  { weight: 3, arbitrary: fc.record({ kind: is('withdraw'), at, pick }) },
  { weight: 2, arbitrary: fc.record({ kind: is('republish', 'drop-graves'), at }) },
  { weight: 4, arbitrary: fc.record({ kind: is('retract', 'undo'), pick, few: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ kind: is(...HAPPENINGS) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: is('outage'),
      at,
      calls: fc.subarray<keyof Store>([
        'readSources',
        'listSourceIds',
        'readItems',
        'readEdition',
        'readPolls',
        'commitPoll',
        'commitEdition',
        'forgetSource',
        'readRetractionStamp',
        'readRetractions',
        'commitRetractions',
      ]),
      losesAnswers: fc.boolean(),
      restarts: fc.boolean(),
    }),
  },
);

interface Shown {
  readonly id: string;
  readonly date: string;
}

class History {
  readonly #world = new PublishersWorld();
  /** By publisher, stories that were once in a document of it that was polled. */
  readonly #polled: readonly [Set<number>, Set<number>] = [new Set(), new Set()];
  /** The poll failed, but what failed may have been the store's answer alone. */
  readonly #perhapsPolled: readonly [Set<number>, Set<number>] = [new Set(), new Set()];
  /** What the operator took out, by record: the story, and whether of the feed `few` alone. */
  readonly #retracted = new Map<string, { readonly story: number; readonly few: boolean }>();
  /** By feed and story. */
  readonly #shown = new Map<string, Shown>();
  readonly #rig: PipelineRig;
  readonly #names: [string, string] = ['a', 'b'];
  #faulty: FaultyStore = faultyStore();
  #publisher: Publisher | undefined;
  /** The documents alone know what was published: they must not be lost as well. */
  #storeWasEmptied = false;

  constructor(rig: PipelineRig) {
    this.#rig = rig;
  }

  #source(place: number): Source {
    const feedUrl = `https://${place}.example/feed`;
    return buildSource(this.#names[place as 0 | 1], { feedUrl, address: feedUrl });
  }

  #config(): Config {
    return buildConfig([this.#source(0), this.#source(1)], FEEDS);
  }

  async start(): Promise<void> {
    this.#publisher = await this.#rig.restart(this.#config(), this.#faulty.store);
  }

  async #publish(): Promise<void> {
    await this.#publisher?.publishDue();
  }

  async #attemptPoll(place: number): Promise<string> {
    const source = this.#source(place);
    this.#rig.answer(source.feedUrl, this.#world.document(place));
    const { outcome, message } = await this.#rig.poll(source);
    const brought = outcome === 'failed' ? this.#perhapsPolled : this.#polled;
    for (const line of this.#world.lines(place)) brought[place as 0 | 1].add(line.story);
    return outcome === 'failed' ? `failed: ${message}` : 'done';
  }

  async #poll(place: number): Promise<void> {
    expect(await this.#attemptPoll(place)).toBe('done');
  }

  async happen(happening: Step): Promise<void> {
    const rig = this.#rig;
    switch (happening.kind) {
      case 'add':
        return this.#world.add(happening, rig.nowMs);
      case 'share':
        return this.#world.share(happening.by);
      case 'poll':
        return this.#poll(happening.at);
      case 'poll-304':
      case 'poll-fails': {
        const source = this.#source(happening.at);
        const fails = happening.kind === 'poll-fails';
        rig.answer(
          source.feedUrl,
          fails
            ? { kind: 'failed', error: { code: 'timeout', message: 'too slow' } }
            : { kind: 'notModified', validators: {}, movedTo: undefined },
        );
        await rig.poll(source);
        return;
      }
      case 'rename':
        this.#names[happening.at as 0 | 1] += 'x';
        return this.start();
      case 'withdraw':
        // What is not known under its present id is not taken back by it.
        await this.#poll(happening.at);
        return this.#withdraw(happening.at, happening.pick);
      case 'republish':
        rig.nowMs += 60_000;
        return this.#world.republish(happening.at, rig.nowMs);
      case 'drop-graves':
        await this.#poll(happening.at);
        await this.#publish();
        return this.#world.dropGraves(happening.at);
      case 'retract':
        return this.#retract(happening.pick, happening.few);
      case 'undo':
        return this.#undo(happening.pick);
      case 'damage':
        return this.#damage(happening.at, happening.pick);
      case 'outage':
        return this.#outage(happening.at, happening);
      case 'publish':
        return this.#publish();
      case 'restart':
        return this.start();
      case 'lose-documents':
        if (this.#storeWasEmptied) return;
        await rm(rig.folder, { recursive: true, force: true });
        return this.start();
      case 'empty-store':
        return this.#emptyStore();
      case 'crash-before-disk':
        rig.diskFails = true;
        await this.#publish();
        rig.diskFails = false;
        return this.start();
      case 'wait':
        rig.nowMs += HOUR_MS;
        return;
      case 'settle':
        return this.settle();
      default:
        // New id and new title in one and the same poll are a new story: nothing tells it from one at the same address.
        if (['edit', 'renew-guid', 'share-guid'].includes(happening.kind)) await this.#poll(happening.at);
        this.#world.change(happening.kind, happening.at, happening.pick, rig.nowMs);
    }
  }

  /** A story's text cannot be read any more when the documents, too, must be made again. */
  async #damage(place: number, which: number): Promise<void> {
    if (this.#storeWasEmptied) return;
    await this.#poll(place);
    const lines = this.#world.lines(place);
    const link = lines[which % Math.max(1, lines.length)]?.post.link;
    const state = this.#rig.known.of(this.#source(place).id);
    const items = state.kind === 'known' ? state.record.items : [];
    const entry = items.find(
      ({ canonicalUrl }) => canonicalUrl !== undefined && link === `https:${canonicalUrl}`,
    );
    if (entry === undefined) return;
    await this.#faulty.damage(entry.hash);
    await this.happen({ kind: 'lose-documents' });
    await this.#poll(1 - place);
    await this.#publish();
    await this.#poll(place);
  }

  async #outage(place: number, { calls, losesAnswers, restarts }: Outage): Promise<void> {
    for (const call of calls) this.#faulty.down.add(call);
    this.#faulty.losesAnswers = losesAnswers;
    if (restarts) await this.start();
    await this.#attemptPoll(place);
    await this.#publish();
    this.#faulty.down.clear();
    this.#faulty.losesAnswers = false;
    // An edition whose commit was kept though its answer was lost is found at the next attempt.
    for (let rest = 0; rest < 2; rest++) {
      this.#rig.nowMs += REST_MS;
      await this.#publish();
    }
    this.#rig.nowMs += REST_MS;
  }

  #withdraw(place: number, pick: number): void {
    const { shared, withdrawn } = this.#world;
    const story = this.#world.withdraw(place, pick, this.#rig.nowMs);
    // What both took back may come again from the one whose item was never ours: under an id of its own.
    if (story === undefined || !shared.has(story) || !withdrawn.every((lines) => lines.has(story))) return;
    for (const { id } of FEEDS) this.#shown.delete(`${id} ${story}`);
  }

  /** As the command does it, in a process of its own. */
  async #retract(pick: number, few: boolean): Promise<void> {
    const shown = this.#items(few ? 'few' : 'all');
    const one = shown[pick % Math.max(1, shown.length)];
    if (one === undefined) return;
    const { store } = this.#rig;
    const stories = await readStories(store, this.#config());
    const found = findStories(one.shown.id, stories);
    const [story] = found;
    // An edition may be ahead of a store that was emptied.
    if (story === undefined || found.length > 1) return;
    const now = timestampOfClock(this.#rig.nowMs);
    const wish = { feedId: few ? feedId('few') : undefined, reason: undefined, now };
    const all = stories.flatMap(({ copies }) => copies);
    const written = await changeRetractions(store, now, (records) => {
      const record = retractionOf(story, all, records, wish);
      return record === undefined ? [] : [record];
    });
    for (const record of written) this.#retracted.set(nameOfRetraction(record), { story: one.story, few });
    await this.#publish();
  }

  async #undo(pick: number): Promise<void> {
    const names = [...this.#retracted.keys()];
    const name = names[pick % Math.max(1, names.length)];
    if (name === undefined) return;
    const now = timestampOfClock(this.#rig.nowMs);
    const written = await changeRetractions(this.#rig.store, now, (records) =>
      records.filter((record) => nameOfRetraction(record) === name).map((record) => undone(record, now)),
    );
    // The program has not put it back yet into a store that was emptied.
    if (written.length > 0) this.#retracted.delete(name);
  }

  #isOut(story: number, feed: string): boolean {
    return [...this.#retracted.values()].some((one) => one.story === story && (!one.few || feed === 'few'));
  }

  /** Carried by a publisher who has not taken it back. */
  #standing(polled: readonly [Set<number>, Set<number>]): ReadonlySet<number> {
    return polled[0]
      .difference(this.#world.withdrawn[0])
      .union(polled[1].difference(this.#world.withdrawn[1]));
  }

  /** What is on disk stays. What is in no document any more is gone; a changed id cannot be known again. */
  async #emptyStore(): Promise<void> {
    // What was taken out is on disk once the program has seen it.
    await this.#publish();
    if (this.#publisher?.missing().length !== 0) return;
    this.#faulty = faultyStore();
    this.#storeWasEmptied = true;
    await this.start();
    for (const polled of [...this.#polled, ...this.#perhapsPolled]) polled.clear();
    for (const story of this.#world.renewed) for (const { id } of FEEDS) this.#shown.delete(`${id} ${story}`);
  }

  #items(feed: string): readonly { readonly story: number; readonly shown: Shown }[] {
    const body = this.#publisher?.site().get(`feeds/${feed}.json`)?.body;
    if (body === undefined) return [];
    const { items } = JSON.parse(Buffer.from(body).toString('utf8')) as {
      items: (JsonItem & { date_published: string })[];
    };
    return items
      .filter((item) => !isStub(item))
      .map(({ id, title, date_published: date }) => ({
        story: Number(/^Story (\d+) /.exec(title)?.[1]),
        shown: { id, date },
      }));
  }

  /** Everything polled and published: what must be true then. */
  async settle(): Promise<void> {
    for (const place of [0, 1]) await this.#poll(place);
    await this.#publish();
    const all = this.#items('all');
    const stories = all.map((item) => item.story);
    const perhaps = this.#standing(this.#perhapsPolled);
    const standing = new Set(this.#standing(this.#polled));
    for (const story of stories) if (perhaps.has(story)) standing.add(story);
    const expected = [...standing].filter((story) => !this.#isOut(story, 'all'));
    expect(
      stories.toSorted((x, y) => x - y),
      'every story once, and none that was taken out',
    ).toEqual(expected.toSorted((x, y) => x - y));
    expect(new Set(all.map((item) => item.shown.id)).size, 'every id once').toBe(all.length);
    const dates = all.map((item) => item.shown.date);
    expect(dates, 'newest first').toEqual(dates.toSorted().toReversed());
    expect(
      this.#items('few').map((item) => item.story),
      'the newest three',
    ).toEqual(stories.filter((story) => !this.#isOut(story, 'few')).slice(0, 3));
    for (const { id } of FEEDS) this.#keepsIdsAndDates(id);
    this.#tellsNothing(new Set(expected));
    this.#storeWasEmptied = false;
    await this.#staysAsItIs();
  }

  #keepsIdsAndDates(feed: string): void {
    for (const { story, shown } of this.#items(feed)) {
      const before = this.#shown.get(`${feed} ${story}`) ?? shown;
      expect(shown.id, `story ${story} keeps its id in ${feed}`).toBe(before.id);
      if (!this.#world.redated.has(story))
        expect(shown.date, `story ${story} keeps its date`).toBe(before.date);
      this.#shown.set(`${feed} ${story}`, shown);
    }
  }

  /** Nowhere a word of what was taken out, nor its id as if it stood. */
  #tellsNothing(standing: ReadonlySet<number>): void {
    for (const [path, { body }] of this.#publisher?.site() ?? []) {
      const text = Buffer.from(body).toString('utf8');
      for (const [, story] of text.matchAll(/Story (\d+) v/g))
        expect(standing.has(Number(story)), `story ${story} in ${path}`).toBe(true);
      const gone = [...text.matchAll(/deleted-entry[^>]* ref="([^"]*)"/g)].map(([, ref]) => ref);
      const ids = [...text.matchAll(/<id>([^<]*)<\/id>/g)].map(([, id]) => id);
      expect(new Set(gone).intersection(new Set(ids)).size, 'no id both in and out').toBe(0);
    }
  }

  /** Nothing new: the same documents, by the same program and by the next. */
  async #staysAsItIs(): Promise<void> {
    const tags = () =>
      [...(this.#publisher?.site() ?? [])]
        .map(([path, { etag, changedAt }]) => [path, etag, changedAt])
        .sort();
    const before = tags();
    const reports = this.#rig.reports.length;
    await this.#publish();
    expect(this.#rig.reports.length, 'nothing is due').toBe(reports);
    await this.start();
    await this.#publish();
    expect(tags()).toEqual(before);
  }
}

it(`keeps every promise over ${HISTORIES} histories`, { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      await using rig = await pipelineRig(buildConfig([], FEEDS));
      const history = new History(rig);
      await history.start();
      for (const happening of steps) await history.happen(happening);
      await history.settle();
    }),
    { numRuns: HISTORIES, seed: SEED },
  );
});
