// Whatever happens, in whatever order: no item lost, none doubled, no published id or date changed.
import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Source } from '../../src/model/config.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { buildConfig, fetched, type PipelineRig, pipelineRig, START_MS, sourceA, sourceB } from './rig.ts';

const HISTORIES = 100;
const SOURCES = [sourceA, sourceB];
const CONFIG = buildConfig(SOURCES);

/** What publishers have: stories by number, one line of each source's document for each. */
interface World {
  readonly documents: Map<string, { readonly story: number; post: Post }[]>;
  stories: number;
}

type Step =
  | {
      readonly kind: 'add';
      readonly at: number;
      readonly dated: 'past' | 'future' | 'never';
      readonly bare: boolean;
    }
  | { readonly kind: 'share' }
  | {
      readonly kind: 'edit' | 'renew-guid' | 'redate' | 'drop-oldest' | 'reverse';
      readonly at: number;
      readonly pick: number;
    }
  | { readonly kind: 'poll' | 'poll-304' | 'poll-fails'; readonly at: number }
  | { readonly kind: 'publish' | 'restart' | 'lose-documents' | 'crash-before-disk' | 'wait' | 'settle' };

const at = fc.nat({ max: 1 });
const pick = fc.nat({ max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('add' as const),
      at,
      dated: fc.constantFrom('past' as const, 'future' as const, 'never' as const),
      bare: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('share' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'edit' as const,
        'renew-guid' as const,
        'redate' as const,
        'drop-oldest' as const,
        'reverse' as const,
      ),
      at,
      pick,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('poll' as const, 'poll-304' as const, 'poll-fails' as const),
      at,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'publish' as const,
        'restart' as const,
        'lose-documents' as const,
        'crash-before-disk' as const,
        'wait' as const,
        'settle' as const,
      ),
    }),
  },
);

const date = (ms: number) => new Date(ms).toUTCString();

function addPost(world: World, source: Source, said: Partial<Post>, story: number): void {
  const post = {
    guid: `${source.id}-${story}`,
    title: `Story ${story} v1`,
    link: `https://${source.id}.example/${story}`,
    ...said,
  };
  world.documents.get(source.id)?.unshift({ story, post });
}

/** What publishers do. */
function change(world: World, happening: Step, nowMs: number): void {
  if (happening.kind === 'add') {
    world.stories += 1;
    const when = { past: date(nowMs - 3_600_000), future: date(nowMs + 9 * 3_600_000), never: undefined }[
      happening.dated
    ];
    const said = { ...(when === undefined ? {} : { date: when }), body: `Text ${world.stories}` };
    addPost(world, SOURCES[happening.at] as Source, said, world.stories);
  } else if (happening.kind === 'share') {
    world.stories += 1;
    const link = `https://a.example/shared/${world.stories}`;
    for (const source of SOURCES) addPost(world, source, { link }, world.stories);
  } else if ('pick' in happening) {
    const document = world.documents.get((SOURCES[happening.at] as Source).id) ?? [];
    const line = document[happening.pick % Math.max(1, document.length)];
    if (line === undefined) return;
    const version = Number(/v(\d+)$/.exec(line.post.title ?? '')?.[1]);
    if (happening.kind === 'edit') line.post = { ...line.post, title: `Story ${line.story} v${version + 1}` };
    if (happening.kind === 'renew-guid') line.post = { ...line.post, guid: `${line.post.guid}+` };
    if (happening.kind === 'redate') line.post = { ...line.post, date: date(nowMs + 86_400_000) };
    if (happening.kind === 'drop-oldest' && document.length > 1) document.pop();
    if (happening.kind === 'reverse') document.reverse();
  }
}

interface Shown {
  readonly id: string;
  readonly date: string;
}

class History {
  readonly world: World = { documents: new Map(SOURCES.map((source) => [source.id, []])), stories: 0 };
  /** Stories that were once in a document that was polled. */
  readonly polled = new Set<number>();
  readonly shown = new Map<number, Shown>();
  /** Stories whose date their publisher has moved. */
  readonly redated = new Set<number>();
  readonly rig: PipelineRig;
  publisher: Publisher;

  constructor(rig: PipelineRig, publisher: Publisher) {
    this.rig = rig;
    this.publisher = publisher;
  }

  async poll(source: Source): Promise<void> {
    const document = this.world.documents.get(source.id) ?? [];
    this.rig.answer(
      source.feedUrl,
      fetched(
        rss(
          source.id,
          document.map((line) => line.post),
        ),
      ),
    );
    const report = await this.rig.poll(source);
    expect(report.outcome, report.message).not.toBe('failed');
    for (const line of document) this.polled.add(line.story);
  }

  async happen(happening: Step): Promise<void> {
    const { rig } = this;
    const source = SOURCES['at' in happening ? happening.at : 0] as Source;
    switch (happening.kind) {
      case 'poll':
        return this.poll(source);
      case 'poll-304':
        rig.answer(source.feedUrl, { kind: 'notModified', validators: {}, movedTo: undefined });
        return void (await rig.poll(source));
      case 'poll-fails':
        rig.answer(source.feedUrl, { kind: 'failed', error: { code: 'timeout', message: 'too slow' } });
        return void (await rig.poll(source));
      case 'publish':
        return this.publisher.publishDue();
      case 'restart':
        this.publisher = await rig.restart(CONFIG);
        return;
      case 'lose-documents':
        await rm(rig.folder, { recursive: true, force: true });
        this.publisher = await rig.restart(CONFIG);
        return;
      case 'crash-before-disk':
        rig.diskFails = true;
        await this.publisher.publishDue();
        rig.diskFails = false;
        this.publisher = await rig.restart(CONFIG);
        return;
      case 'wait':
        rig.nowMs += 3_600_000;
        return;
      case 'settle':
        return this.settle();
      default:
        if (happening.kind === 'redate') {
          const document = this.world.documents.get(source.id) ?? [];
          const line = document[happening.pick % Math.max(1, document.length)];
          if (line !== undefined) this.redated.add(line.story);
        }
        // New id and new title in one and the same poll are a new story: nothing tells it from one at the same address.
        if (happening.kind === 'edit' || happening.kind === 'renew-guid') await this.poll(source);
        change(this.world, happening, rig.nowMs);
    }
  }

  /** Everything polled and published: what must be true then. */
  async settle(): Promise<void> {
    for (const source of SOURCES) await this.poll(source);
    await this.publisher.publishDue();
    const items = this.rig.json(this.publisher);
    const stories = items.map((item) => Number(/^Story (\d+) /.exec(item.title)?.[1]));
    expect(
      stories.toSorted((x, y) => x - y),
      'every story once',
    ).toEqual([...this.polled].toSorted((x, y) => x - y));
    expect(new Set(items.map((item) => item.id)).size, 'every id once').toBe(items.length);
    const dates = items.map((item) => String(item['date_published']));
    expect(dates, 'newest first').toEqual(dates.toSorted().toReversed());
    for (const [place, story] of stories.entries()) {
      const now = { id: items[place]?.id ?? '', date: dates[place] ?? '' };
      const before = this.shown.get(story);
      if (before !== undefined) expect(now.id, `story ${story} keeps its id`).toBe(before.id);
      if (before !== undefined && !this.redated.has(story))
        expect(now.date, `story ${story} keeps its date`).toBe(before.date);
      this.shown.set(story, now);
    }
    await this.staysAsItIs();
  }

  /** Nothing new: the same documents, by the same program and by the next. */
  async staysAsItIs(): Promise<void> {
    const tags = () =>
      [...this.publisher.site()].map(([path, { etag, changedAt }]) => [path, etag, changedAt]).sort();
    const before = tags();
    const reports = this.rig.reports.length;
    await this.publisher.publishDue();
    expect(this.rig.reports.length, 'nothing is due').toBe(reports);
    this.publisher = await this.rig.restart(CONFIG);
    await this.publisher.publishDue();
    expect(tags()).toEqual(before);
  }
}

it(`keeps every promise over ${HISTORIES} histories`, { timeout: 240_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      await using rig = await pipelineRig(CONFIG);
      rig.nowMs = START_MS;
      const history = new History(rig, await rig.restart(CONFIG));
      await history.settle();
      for (const happening of steps) await history.happen(happening);
      await history.settle();
    }),
    { numRuns: HISTORIES, seed: 20261123 },
  );
});
