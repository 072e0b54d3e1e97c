// One history: publishers, polls, publishings, losses and the operator, and what must be true whatever happens, in whatever
// order. Throws where it is not.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { nameOfRetraction } from '../../src/core/filter/retractions.ts';
import type { Config, MergedFeed, Source } from '../../src/model/config.ts';
import { feedId } from '../../src/model/ids.ts';
import { timestampOfClock } from '../../src/model/timestamp.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { changeRetractions, retractionOf, undone } from '../../src/pipeline/retract-story.ts';
import { findStories, readStories } from '../../src/pipeline/stories.ts';
import { buildSource } from '../core/build-item.ts';
import { agreesWithEdition, type ToldReasons } from './agrees-with-edition.ts';
import { type FaultyStore, faultyStore } from './faulty-store.ts';
import type { Drawn, HistoryFeeds, Outage, Step } from './history-steps.ts';
import { PublishersWorld, type Sharing } from './publishers-world.ts';
import { buildConfig, isStub, type JsonItem, type PipelineRig, pipelineRig } from './rig.ts';

const HOUR_MS = 3_600_000;
const DUE_LATER = 'the store answers again, and says that this source is due later';
/** Longer than a publisher rests after failures. */
const REST_MS = 120_000;

interface Shown {
  readonly id: string;
  readonly date: string;
}

export class History {
  readonly #world: PublishersWorld;
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

  readonly #feeds: HistoryFeeds;
  readonly #told: ToldReasons;
  /** The store may know more than the program. */
  #storeIsAhead = false;
  /** Of a publishing that failed: what comes soon after it rests. */
  #failedAtMs = Number.NEGATIVE_INFINITY;

  constructor(rig: PipelineRig, feeds: HistoryFeeds, told: ToldReasons = new Map()) {
    this.#rig = rig;
    this.#world = new PublishersWorld(rig.nowMs);
    this.#feeds = feeds;
    this.#told = told;
  }

  get #all(): readonly MergedFeed[] {
    return [this.#feeds.all, this.#feeds.few];
  }

  #source(place: number): Source {
    const feedUrl = `https://${place}.example/feed`;
    return buildSource(this.#names[place as 0 | 1], { feedUrl, address: feedUrl });
  }

  #config(): Config {
    return buildConfig([this.#source(0), this.#source(1)], this.#all);
  }

  async start(): Promise<void> {
    this.#publisher = await this.#rig.restart(this.#config(), this.#faulty.store);
  }

  async #publish(): Promise<void> {
    const reports = this.#rig.reports.length;
    await this.#publisher?.publishDue();
    if (this.#rig.reports.slice(reports).some(({ outcome }) => outcome === 'failed'))
      this.#failedAtMs = this.#rig.nowMs;
  }

  /** What is told of every item is what was published of it. */
  async #explain(): Promise<void> {
    if (this.#storeIsAhead || this.#rig.nowMs - this.#failedAtMs < REST_MS) return;
    for (const feed of this.#all) {
      const last = this.#rig.reports.findLast(({ feedId }) => feedId === feed.id);
      if (last === undefined || last.outcome === 'waiting' || this.#publisher?.missing().includes(feed.id))
        continue;
      await agreesWithEdition(this.#rig.store, this.#config(), feed, this.#rig.nowMs, this.#told);
    }
  }

  async #attemptPoll(place: number): Promise<string> {
    const source = this.#source(place);
    this.#rig.answer(source.feedUrl, this.#world.document(place));
    let { outcome, message } = await this.#rig.poll(source);
    // A store that answers again is heard before the publisher is asked; here every time is due.
    if (message === DUE_LATER) ({ outcome, message } = await this.#rig.poll(source));
    const brought = outcome === 'failed' ? this.#perhapsPolled : this.#polled;
    for (const line of this.#world.lines(place)) brought[place as 0 | 1].add(line.story);
    return outcome === 'failed' ? `failed: ${message}` : 'done';
  }

  async #poll(place: number): Promise<void> {
    assert.equal(await this.#attemptPoll(place), 'done');
  }

  #joins(by: Sharing): Sharing {
    return by === 'text' && !this.#feeds.all.duplicates.includes('similar') ? 'url' : by;
  }

  async happen(happening: Step): Promise<void> {
    const rig = this.#rig;
    switch (happening.kind) {
      case 'add':
        for (let time = 0; time < happening.times; time++)
          this.#world.add(happening, rig.nowMs - time * HOUR_MS);
        return;
      case 'share':
        // A text joins only where a feed asks for it.
        return this.#world.share(this.#joins(happening.by));
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
        return this.#republish(happening.at);
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
        await this.#publish();
        return this.#explain();
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
        if (['edit', 'renew-guid', 'renew-all', 'share-guid'].includes(happening.kind))
          await this.#poll(happening.at);
        this.#world.change(happening.kind, happening.at, happening.pick, rig.nowMs);
        // With its date changed as well there would be nothing left to know it by.
        if (happening.kind === 'renew-all') await this.#poll(happening.at);
        return;
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
    // A text that is not to be published is not missed, and not asked for again before it is.
    const story = lines[which % Math.max(1, lines.length)]?.story ?? 0;
    if (entry === undefined || this.#isOut(story, 'all')) return;
    // By what it says alone it is known for its copy no more, until it is read again: it is another story meanwhile.
    if (lines[which % lines.length]?.joinedByText) return;
    await this.#faulty.damage(entry.hash);
    await this.happen({ kind: 'lose-documents' });
    await this.#poll(1 - place);
    await this.#publish();
    await this.#poll(place);
  }

  async #outage(place: number, { calls, losesAnswers, restarts }: Outage): Promise<void> {
    for (const call of calls) this.#faulty.down.add(call);
    this.#faulty.losesAnswers = losesAnswers;
    this.#storeIsAhead = true;
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
    // A story without a date is dated by the copies that stand: the one that was seen first may be gone.
    if (story !== undefined && shared.has(story)) this.#world.redated.add(story);
    // What both took back may come again from the one whose item was never ours: under an id of its own.
    if (story === undefined || !shared.has(story) || !withdrawn.every((lines) => lines.has(story))) return;
    for (const { id } of this.#all) this.#shown.delete(`${id} ${story}`);
  }

  /** It is withdrawn until a document is polled that has it again. */
  #republish(place: number): void {
    const story = this.#world.republish(place, this.#rig.nowMs);
    if (story === undefined) return;
    for (const polled of [this.#polled, this.#perhapsPolled]) polled[place as 0 | 1].delete(story);
  }

  /** As the command does it, in a process of its own. */
  async #retract(pick: number, few: boolean): Promise<void> {
    // A retraction means the copies that were published as one: by its text alone none that comes later is known.
    if (this.#feeds.all.duplicates.includes('similar')) {
      for (const place of [0, 1]) await this.#poll(place);
      await this.#publish();
    }
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
    // It counts its editions anew: of two with one number the clock tells which is which.
    this.#rig.nowMs += 1000;
    this.#faulty = faultyStore();
    this.#storeWasEmptied = true;
    await this.start();
    for (const polled of [...this.#polled, ...this.#perhapsPolled]) polled.clear();
    for (const story of this.#world.renewed)
      for (const { id } of this.#all) this.#shown.delete(`${id} ${story}`);
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
    this.#storeIsAhead = false;
    await this.#explain();
    const all = this.#items('all');
    const stories = all.map((item) => item.story);
    const perhaps = this.#standing(this.#perhapsPolled);
    const standing = new Set(this.#standing(this.#polled));
    for (const story of stories) if (perhaps.has(story)) standing.add(story);
    const expected = [...standing].filter((story) => !this.#isOut(story, 'all'));
    assert.deepEqual(
      stories.toSorted((x, y) => x - y),
      expected.toSorted((x, y) => x - y),
      'every story once, and none that was taken out',
    );
    assert.equal(new Set(all.map((item) => item.shown.id)).size, all.length, 'every id once');
    const dates = all.map((item) => item.shown.date);
    assert.deepEqual(dates, dates.toSorted().toReversed(), 'newest first');
    const few = this.#items('few');
    assert.equal(new Set(few.map(({ story }) => story)).size, few.length, 'every story of few once');
    if (this.#feeds.isPlain)
      assert.deepEqual(
        few.map((item) => item.story),
        stories.filter((story) => !this.#isOut(story, 'few')).slice(0, 3),
        'the newest three',
      );
    for (const { id } of this.#all) this.#keepsIdsAndDates(id);
    this.#tellsNothing(new Set(expected));
    this.#storeWasEmptied = false;
    await this.#staysAsItIs();
  }

  #keepsIdsAndDates(feed: string): void {
    for (const { story, shown } of this.#items(feed)) {
      const before = this.#shown.get(`${feed} ${story}`) ?? shown;
      assert.equal(shown.id, before.id, `story ${story} keeps its id in ${feed}`);
      if (!this.#world.redated.has(story))
        assert.equal(shown.date, before.date, `story ${story} keeps its date`);
      this.#shown.set(`${feed} ${story}`, shown);
    }
  }

  /** Nowhere a word of what was taken out, nor its id as if it stood. */
  #tellsNothing(standing: ReadonlySet<number>): void {
    for (const [path, { body }] of this.#publisher?.site() ?? []) {
      const text = Buffer.from(body).toString('utf8');
      for (const [, story] of text.matchAll(/Story (\d+) v/g))
        assert.ok(standing.has(Number(story)), `story ${story} in ${path}`);
      const gone = [...text.matchAll(/deleted-entry[^>]* ref="([^"]*)"/g)].map(([, ref]) => ref);
      const ids = [...text.matchAll(/<id>([^<]*)<\/id>/g)].map(([, id]) => id);
      assert.equal(new Set(gone).intersection(new Set(ids)).size, 0, 'no id both in and out');
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
    assert.equal(this.#rig.reports.length, reports, 'nothing is due');
    await this.start();
    await this.#publish();
    assert.deepEqual(tags(), before, 'the next program makes the same');
  }
}

/** Lives through a history. `told`: counts the reasons that were explained. */
export async function live({ feeds, steps }: Drawn, told?: ToldReasons): Promise<void> {
  await using rig = await pipelineRig(buildConfig([], [feeds.all, feeds.few]));
  const history = new History(rig, feeds, told);
  await history.start();
  for (const happening of steps) await history.happen(happening);
  await history.settle();
}
