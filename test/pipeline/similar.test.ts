// `deduplicate: {by: [similar]}` from polled documents to what is published.
import { describe, expect, it } from 'vitest';
import { readPairs, type WrittenText } from '../../bench/similar/read-pairs.ts';
import type { MergedFeed } from '../../src/model/config.ts';
import { StoreError } from '../../src/model/errors.ts';
import { timestampOfClock } from '../../src/model/timestamp.ts';
import { explainFeed } from '../../src/pipeline/explain-feed.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { changeRetractions, retractionOf, undone } from '../../src/pipeline/retract-story.ts';
import { findStories, readStories } from '../../src/pipeline/stories.ts';
import { type Post, rss } from '../e2e/origin.ts';
import {
  buildConfig,
  buildFeed,
  fetched,
  isStub,
  type JsonItem,
  type PipelineRig,
  pipelineRig,
  sourceA,
  sourceB,
} from './rig.ts';

const [story] = readPairs(new URL('../fixtures/similar/tuning', import.meta.url).pathname);
if (story === undefined) throw new Error('no pairs');

const SIMILAR: Partial<MergedFeed> = { duplicates: ['id', 'url', 'similar'] };
const post = (id: string, said: WrittenText, more: Partial<Post> = {}): Post => ({
  guid: `${id}-1`,
  title: said.title,
  link: `https://${id}.example/1`,
  date: 'Fri, 20 Nov 2026 10:00:00 GMT',
  body: `<![CDATA[<p>${said.text}</p>]]>`,
  ...more,
});

interface Published extends AsyncDisposable {
  readonly rig: PipelineRig;
  readonly publisher: Publisher;
  items(): readonly JsonItem[];
}

async function published(a: Post, b: Post, feed: Partial<MergedFeed> = SIMILAR): Promise<Published> {
  const config = buildConfig([sourceA, sourceB], [buildFeed(feed)]);
  const rig = await pipelineRig(config);
  rig.answer(sourceA.feedUrl, fetched(rss('North Wire', [a])));
  rig.answer(sourceB.feedUrl, fetched(rss('Coast Press', [b])));
  await rig.poll(sourceA);
  await rig.poll(sourceB);
  const publisher = await rig.restart(config);
  await publisher.publishDue();
  return {
    rig,
    publisher,
    items: () => rig.json(publisher),
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  };
}

const textOf = (publisher: Publisher, path: string) =>
  Buffer.from(publisher.site().get(path)?.body ?? []).toString('utf8');

describe('one story in two wordings', () => {
  it('is one item that credits both, in the note and as a related link', async () => {
    await using world = await published(post('a', story.a), post('b', story.b));
    expect(world.items().map((item) => item.title)).toEqual([story.a.title]);
    expect(JSON.stringify(world.items())).toContain('Coast Press');
    const atom = textOf(world.publisher, 'feeds/all.atom');
    expect(atom).toMatch(
      /<link[^>]*rel="related"[^>]*href="https:\/\/b\.example\/1"|<link[^>]*href="https:\/\/b\.example\/1"[^>]*rel="related"/,
    );
    expect(atom).toContain('Coast Press');
  });

  it('is two items where the feed does not ask for it', async () => {
    await using world = await published(post('a', story.a), post('b', story.b), {});
    expect(world.items()).toHaveLength(2);
  });

  it('is one item under the same id after a restart', async () => {
    await using world = await published(post('a', story.a), post('b', story.b));
    const [before] = world.items();
    const again = await world.rig.restart(
      buildConfig([sourceA, sourceB], [buildFeed({ ...SIMILAR, title: 'New' })]),
    );
    await again.publishDue();
    expect(world.rig.json(again).map((item) => item.id)).toEqual([before?.id]);
  });

  it('is parted by an edit that makes another story of it, and joins again under the same id', async () => {
    await using world = await published(post('a', story.a), post('b', story.b));
    const [before] = world.items();
    const other = {
      title: 'Lifeboat crews wanted',
      text: `The station in Holmsey looks for volunteers. ${'No experience is needed, training is on Sundays. '.repeat(3)}`,
    };
    world.rig.answer(sourceB.feedUrl, fetched(rss('Coast Press', [post('b', other)])));
    world.rig.nowMs += 3_600_000;
    await world.rig.poll(sourceB);
    await world.publisher.publishDue();
    const after = world.items();
    expect(after.map((item) => item.title).toSorted()).toEqual([story.a.title, other.title].toSorted());
    expect(after.find((item) => item.title === story.a.title)?.id).toBe(before?.id);

    world.rig.answer(sourceB.feedUrl, fetched(rss('Coast Press', [post('b', story.b)])));
    world.rig.nowMs += 3_600_000;
    await world.rig.poll(sourceB);
    await world.publisher.publishDue();
    expect(world.items().map((item) => item.id)).toEqual([before?.id]);
  });

  it.each(['a', 'b'])(
    'is taken out whole, by whichever address the operator names: that of %s',
    async (id) => {
      await using world = await published(post('a', story.a), post('b', story.b));
      const config = buildConfig([sourceA, sourceB], [buildFeed(SIMILAR)]);
      const now = timestampOfClock(world.rig.nowMs);
      const stories = await readStories(world.rig.store, config);
      const [found] = findStories(`https://${id}.example/1`, stories);
      const record = found && retractionOf(found, [], [], { feedId: undefined, reason: undefined, now });
      expect(record?.members).toHaveLength(2);
      await changeRetractions(world.rig.store, now, () => (record === undefined ? [] : [record]));
      await world.publisher.publishDue();
      const titles = world.items().map((item) => item.title);
      expect(titles).not.toContain(story.a.title);
      expect(titles).not.toContain(story.b.title);
    },
  );

  it('is two items where they are further apart than the window', async () => {
    const late = post('b', story.b, { date: 'Tue, 10 Nov 2026 10:00:00 GMT' });
    await using wide = await published(post('a', story.a), late);
    expect(wide.items()).toHaveLength(1);
    await using narrow = await published(post('a', story.a), late, {
      ...SIMILAR,
      similarWithinMs: 9 * 86_400_000,
    });
    expect(narrow.items()).toHaveLength(2);
  });
});

describe('a copy that comes after its story was taken out', () => {
  const OTHER = {
    title: 'Lifeboat crews wanted',
    text: 'The station in Holmsey looks for volunteers who can come within ten minutes of a call. '.repeat(3),
  };
  const LATE = post('b', story.b, { guid: 'late', link: 'https://b.example/2' });
  const feed = buildFeed(SIMILAR);
  const config = buildConfig([sourceA, sourceB], [feed]);
  const titles = (world: Published) => world.items().flatMap((item) => (isStub(item) ? [] : [item.title]));

  async function takeOut({ rig, publisher }: Published): Promise<void> {
    const now = timestampOfClock(rig.nowMs);
    const [found] = findStories('https://a.example/1', await readStories(rig.store, config));
    const record = found && retractionOf(found, [], [], { feedId: undefined, reason: undefined, now });
    await changeRetractions(rig.store, now, () => (record === undefined ? [] : [record]));
    await publisher.publishDue();
  }

  async function letIn({ rig, publisher }: Published): Promise<void> {
    const now = timestampOfClock(rig.nowMs);
    await changeRetractions(rig.store, now, (records) => records.map((record) => undone(record, now)));
    await publisher.publishDue();
  }

  async function poll({ rig, publisher }: Published, source: typeof sourceA, posts: readonly Post[]) {
    rig.nowMs += 3_600_000;
    rig.answer(source.feedUrl, fetched(rss(source.id, posts)));
    await rig.poll(source);
    await publisher.publishDue();
  }

  async function explained({ rig }: Published, hash: string) {
    const { items } = await explainFeed(rig.store, config, feed, rig.nowMs);
    return items.find((item) => item.hash === hash)?.verdict;
  }

  const records = async ({ rig }: Published) => {
    const answer = await rig.store.readRetractions();
    return answer.kind === 'hit' ? answer.value : [];
  };

  it('stays out in its other wording, though its text is all that tells', async () => {
    await using world = await published(post('a', story.a), post('b', OTHER));
    await takeOut(world);
    await poll(world, sourceB, [post('b', OTHER), LATE]);
    expect(titles(world)).toEqual([OTHER.title]);
    const [record] = await records(world);
    expect(record?.members.map(({ sourceId, isAlike }) => [sourceId, isAlike])).toEqual([
      ['a', undefined],
      ['b', true],
    ]);
    const late = record?.members[1]?.hash ?? '';
    expect(await explained(world, late)).toMatchObject({ kind: 'retracted', isAlike: true });
  });

  it('stays out when what it was known by is known no more', async () => {
    await using world = await published(post('a', story.a), post('b', OTHER));
    await takeOut(world);
    await poll(world, sourceB, [post('b', OTHER), LATE]);
    const alone = buildConfig([sourceB], [buildFeed(SIMILAR)]);
    const again = await world.rig.restart(alone);
    await again.publishDue();
    expect(world.rig.json(again).map((item) => item.title)).toEqual([OTHER.title]);
  });

  it('comes in with it when that is undone', async () => {
    await using world = await published(post('a', story.a), post('b', OTHER));
    await takeOut(world);
    await poll(world, sourceB, [post('b', OTHER), LATE]);
    expect(titles(world)).toEqual([OTHER.title]);
    await letIn(world);
    expect(titles(world).toSorted()).toEqual([OTHER.title, story.a.title].toSorted());
  });

  it('comes in when it says something else before the store could note it', async () => {
    await using world = await published(post('a', story.a), post('b', OTHER));
    await takeOut(world);
    const commit = world.rig.store.commitRetractions;
    Object.assign(world.rig.store, {
      commitRetractions: () =>
        Promise.resolve({ kind: 'unavailable', error: new StoreError('store-unavailable', 'away') }),
    });
    await poll(world, sourceB, [post('b', OTHER), LATE]);
    expect(titles(world)).toEqual([OTHER.title]);
    Object.assign(world.rig.store, { commitRetractions: commit });
    const corrected = { ...OTHER, title: 'A new boat house' };
    await poll(world, sourceB, [post('b', OTHER), { ...LATE, title: corrected.title, body: corrected.text }]);
    expect(titles(world).toSorted()).toEqual([OTHER.title, corrected.title].toSorted());
  });
});

describe('items with one title', () => {
  it.each([
    ['no text', ''],
    ['next to no text', 'Read the story on our site.'],
  ])('and %s stay two', async (_, body) => {
    await using world = await published(post('a', story.a, { body }), post('b', story.a, { body }));
    expect(world.items()).toHaveLength(2);
  });

  it('stay two where the titles differ in a number, though the text is the same', async () => {
    const part = (n: number) => ({ title: `Ferry aground, part ${n}`, text: story.a.text });
    await using world = await published(post('a', part(2)), post('b', part(3)));
    expect(world.items()).toHaveLength(2);
  });
});

describe('a text that another site takes over', () => {
  /** Its feed is served by another host than its pages, so that nothing says that it is at home there. */
  const abroad = post('a', story.a, { link: 'https://blog.elsewhere.example/1' });
  const OTHER = {
    title: 'Lifeboat crews wanted',
    text: 'The station in Holmsey looks for volunteers who can come within ten minutes of a call. '.repeat(3),
  };
  const lead = (item: JsonItem | undefined) => [item?.title, item?.['url']];

  it.each([
    ['in a new item', { guid: 'b-2', link: 'https://b.example/2' }],
    ['in an item that it rewrites', {}],
  ])('stays with whom we saw it first, be the thief at home on its own pages: %s', async (_, named) => {
    await using world = await published(abroad, post('b', OTHER));
    const first = world.items().find((item) => item.title === story.a.title);
    for (const said of [story.b, story.a]) {
      world.rig.answer(sourceB.feedUrl, fetched(rss('Coast Press', [post('b', said, named)])));
      world.rig.nowMs += 3_600_000;
      await world.rig.poll(sourceB);
      await world.publisher.publishDue();
      const items = world.items().filter((item) => item.title !== OTHER.title);
      expect(items.map((item) => [item.id, ...lead(item)])).toEqual([[first?.id, ...lead(first)]]);
      expect(JSON.stringify(items)).toContain('Coast Press');
    }
  });

  it('stays with whom we saw it first, be it in an old item that is rewritten, at once or little by little', async () => {
    for (const steps of [1, 3]) {
      await using world = await published(post('a', OTHER), post('b', OTHER, { guid: 'old' }));
      const news = [post('a', OTHER), post('a', story.a, { guid: 'news', link: 'https://a.example/2' })];
      world.rig.answer(sourceA.feedUrl, fetched(rss('North Wire', news)));
      world.rig.nowMs += 3_600_000;
      await world.rig.poll(sourceA);
      await world.publisher.publishDue();
      const first = world.items().find((item) => item.title === story.a.title);
      for (let step = 1; step <= steps; step++) {
        const [stolen, own] = [story.a.text, OTHER.text].map((text) => text.split(' '));
        const words = [...(stolen ?? []).slice(0, ((stolen?.length ?? 0) * step) / steps)];
        if (step < steps) words.push(...(own ?? []).slice(((own?.length ?? 0) * step) / steps));
        const text = words.join(' ');
        world.rig.answer(
          sourceB.feedUrl,
          fetched(rss('Coast Press', [post('b', { title: story.b.title, text }, { guid: 'old' })])),
        );
        world.rig.nowMs += 3_600_000;
        await world.rig.poll(sourceB);
      }
      await world.publisher.publishDue();
      const items = world.items().filter((item) => JSON.stringify(item).includes('Coast Press'));
      expect(items.map((item) => [item.id, ...lead(item)])).toEqual([[first?.id, ...lead(first)]]);
    }
  });

  it('is led by the late copy of the site that its page belongs to', async () => {
    const copied = post('a', story.a, { link: 'https://b.example/print/1' });
    await using world = await published(copied, post('b', OTHER));
    const first = world.items().find((item) => item.title === story.a.title);
    const late = post('b', story.b, { guid: 'b-2', link: 'https://b.example/2' });
    world.rig.answer(sourceB.feedUrl, fetched(rss('Coast Press', [late])));
    world.rig.nowMs += 3_600_000;
    await world.rig.poll(sourceB);
    await world.publisher.publishDue();
    const now = world.items().find((item) => item.id === first?.id);
    expect(lead(now)).toEqual([story.b.title, 'https://b.example/2']);
  });
});
