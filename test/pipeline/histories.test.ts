// Whatever happens, in whatever order: no item lost, none doubled, no published id or date changed.
import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Store } from '../../src/edge/store/store.ts';
import type { Config, Source } from '../../src/model/config.ts';
import { feedId } from '../../src/model/ids.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { buildSource } from '../core/build-item.ts';
import { type FaultyStore, faultyStore } from './faulty-store.ts';
import { type Addition, type Edit, PublishersWorld } from './publishers-world.ts';
import { buildConfig, buildFeed, type PipelineRig, pipelineRig } from './rig.ts';

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
  | { readonly kind: 'damage'; readonly at: number; readonly pick: number }
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
  /** Stories that were once in a document that was polled. */
  readonly #polled = new Set<number>();
  /** The poll failed, but what failed may have been the store's answer alone. */
  readonly #perhapsPolled = new Set<number>();
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
    for (const line of this.#world.lines(place)) brought.add(line.story);
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

  /** What is on disk stays. What is in no document any more is gone; a changed id cannot be known again. */
  async #emptyStore(): Promise<void> {
    if (this.#publisher?.missing().length !== 0) return;
    this.#faulty = faultyStore();
    this.#storeWasEmptied = true;
    await this.start();
    this.#polled.clear();
    this.#perhapsPolled.clear();
    for (const story of this.#world.renewed) for (const { id } of FEEDS) this.#shown.delete(`${id} ${story}`);
  }

  #items(feed: string): readonly { readonly story: number; readonly shown: Shown }[] {
    const body = this.#publisher?.site().get(`feeds/${feed}.json`)?.body;
    if (body === undefined) return [];
    const { items } = JSON.parse(Buffer.from(body).toString('utf8')) as {
      items: { id: string; title: string; date_published: string }[];
    };
    return items.map(({ id, title, date_published: date }) => ({
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
    for (const story of stories) if (this.#perhapsPolled.has(story)) this.#polled.add(story);
    expect(
      stories.toSorted((x, y) => x - y),
      'every story once',
    ).toEqual([...this.#polled].toSorted((x, y) => x - y));
    expect(new Set(all.map((item) => item.shown.id)).size, 'every id once').toBe(all.length);
    const dates = all.map((item) => item.shown.date);
    expect(dates, 'newest first').toEqual(dates.toSorted().toReversed());
    expect(
      this.#items('few').map((item) => item.story),
      'the newest three',
    ).toEqual(stories.slice(0, 3));
    for (const { id } of FEEDS) this.#keepsIdsAndDates(id);
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
