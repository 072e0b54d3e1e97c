// One story that several sources carry: who leads, which id and date it has, whom it names; and what becomes of all that when
// copies come late, are edited, part and meet.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Source } from '../../src/model/config.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { buildSource } from '../core/build-item.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { feedparserIsMissing, readWithFeedparser } from '../oracles/feedparser.ts';
import { buildConfig, fetched, itemsOf, type PipelineRig, pipelineRig } from './rig.ts';

const HOME = buildSource('home', { name: 'Home' });
const PLANET = buildSource('planet', { name: 'Planet' });
const OTHER = buildSource('other', { name: 'Other' });
const CONFIG = buildConfig([PLANET, HOME, OTHER]);
const MINUTE_MS = 60_000;
const PAGE = 'https://home.example/story';

async function polled(rig: PipelineRig, source: Source, posts: readonly Post[]): Promise<void> {
  rig.nowMs += MINUTE_MS;
  rig.answer(source.feedUrl, fetched(rss(source.name ?? '', posts), { url: source.feedUrl }));
  await rig.poll(source);
}

async function published(
  rig: PipelineRig,
  publisher: Publisher,
): Promise<readonly (readonly [string, string, unknown, unknown])[]> {
  rig.nowMs += MINUTE_MS;
  await publisher.publishDue();
  return rig
    .json(publisher)
    .map((item) => [item.title, item.id, item['date_published'], item['date_modified']]);
}

const ids = (items: readonly (readonly unknown[])[]) => items.map(([, id]) => id);
const textOf = (publisher: Publisher, format: string) =>
  Buffer.from(publisher.site().get(`feeds/all.${format}`)?.body ?? []).toString('utf8');

describe('a better copy that comes late', () => {
  const early = {
    guid: 'tag:planet.example,2026:7',
    link: PAGE,
    title: 'Story',
    date: 'Fri, 20 Nov 2026 11:00:00 GMT',
  };
  const news = {
    guid: 'tag:planet.example,2026:8',
    link: 'https://x.example/2',
    title: 'News',
    date: 'Fri, 20 Nov 2026 12:05:00 GMT',
  };
  /** Dated after everything else. */
  const late = {
    guid: 'tag:home.example,2026:1',
    link: PAGE,
    title: 'Story at home',
    date: 'Fri, 20 Nov 2026 14:00:00 GMT',
  };

  async function taken(rig: PipelineRig) {
    const publisher = await rig.restart(CONFIG);
    await polled(rig, OTHER, []);
    await polled(rig, HOME, []);
    await polled(rig, PLANET, [early]);
    rig.nowMs += 10 * MINUTE_MS;
    await polled(rig, PLANET, [news, early]);
    const before = await published(rig, publisher);
    const documents = ['rss', 'atom'].map((format) => textOf(publisher, format));
    rig.nowMs += 180 * MINUTE_MS;
    await polled(rig, HOME, [late]);
    return { publisher, before, documents, after: await published(rig, publisher) };
  }

  it('takes the lead under the same id, in the same place, no later than we first saw the story', async () => {
    await using rig = await pipelineRig(CONFIG);
    const { before, after } = await taken(rig);
    expect(before.map(([title]) => title)).toEqual(['News', 'Story']);
    expect(after.map(([title]) => title)).toEqual(['News', 'Story at home']);
    expect(ids(after)).toEqual(ids(before));
    const seen = '2026-11-20T12:03:00.000Z';
    expect(after[1]?.slice(2)).toEqual([seen, seen]);
  });

  it('names the others in the note and as related links', async () => {
    await using rig = await pipelineRig(CONFIG);
    const { publisher } = await taken(rig);
    const story = itemsOf(publisher).find(({ title }) => title === 'Story at home');
    expect(story?._tributary).toMatchObject({ also: [{ title: 'Planet' }] });
    expect(String(story?.['content_html'])).toMatch(/Also: .*Planet/);
    for (const format of ['atom', 'rss'])
      expect(textOf(publisher, format)).toMatch(/rel="related"[^>]*planet\.example/);
  });

  it.skipIf(feedparserIsMissing)('is no new entry to a reader', async () => {
    await using rig = await pipelineRig(CONFIG);
    const { publisher, documents } = await taken(rig);
    const read = readWithFeedparser([...documents, textOf(publisher, 'rss'), textOf(publisher, 'atom')]);
    const [rssBefore, atomBefore, rssAfter, atomAfter] = read.map(({ entries }) =>
      entries.map(({ id }) => id),
    );
    expect(rssBefore).toHaveLength(2);
    expect(rssAfter).toEqual(rssBefore);
    expect(atomAfter).toEqual(atomBefore);
  });
});

describe('a story that an edit parts', () => {
  const atHome = { guid: 'tag:home.example,2026:1', link: PAGE, title: 'Story' };
  const copied = { guid: 'tag:planet.example,2026:7', link: PAGE, title: 'Story' };
  const parted = { ...copied, link: 'https://planet.example/own', title: 'Another story' };

  it('leaves the id with the copy that brought it; the other is new once, and each has its own whenever they part', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    for (const source of [HOME, OTHER]) await polled(rig, source, []);
    await polled(rig, PLANET, [copied]);
    const [first] = await published(rig, publisher);
    await polled(rig, HOME, [atHome]);
    const [joined, ...none] = await published(rig, publisher);
    expect(none).toEqual([]);
    expect(joined?.[1]).toBe(first?.[1]);
    const idsByTitle = async () =>
      new Map((await published(rig, publisher)).map(([title, id]) => [title, id]));
    await polled(rig, PLANET, [parted]);
    const apart = await idsByTitle();
    expect(apart).toEqual(
      new Map([
        ['Another story', copied.guid],
        ['Story', atHome.guid],
      ]),
    );
    await polled(rig, PLANET, [copied]);
    const together = await published(rig, publisher);
    expect(together.map(([, id]) => id)).toEqual([atHome.guid]);
    await polled(rig, PLANET, [parted]);
    expect(await idsByTitle()).toEqual(apart);
  });
});

describe('two published stories that a third source’s copy bridges', () => {
  const one = { guid: 'https://home.example/1', link: 'https://home.example/1', title: 'One' };
  const two = { guid: 'https://planet.example/2', link: 'https://planet.example/2', title: 'Two' };
  const bridge = { guid: one.guid, link: two.link, title: 'Both' };

  it('stay two, each under its id', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await polled(rig, HOME, [one]);
    await polled(rig, PLANET, [two]);
    await polled(rig, OTHER, []);
    const before = await published(rig, publisher);
    await polled(rig, OTHER, [bridge]);
    expect(await published(rig, publisher)).toEqual(before);
  });

  it('are one while an operator trusts that source most, and come back under their ids', async () => {
    const trusting = buildConfig([PLANET, HOME, { ...OTHER, weight: 9 }]);
    const away = { guid: 'tag:a,2026:1', link: 'https://elsewhere.example/1', title: 'One' };
    const further = { guid: 'tag:b,2026:2', link: 'https://elsewhere.example/2', title: 'Two' };
    await using rig = await pipelineRig(trusting);
    const publisher = await rig.restart(trusting);
    await polled(rig, HOME, [away]);
    await polled(rig, PLANET, [further]);
    await polled(rig, OTHER, []);
    const before = await published(rig, publisher);
    await polled(rig, OTHER, [{ guid: away.guid, link: further.link, title: 'Both' }]);
    const welded = await published(rig, publisher);
    expect(welded.map(([title]) => title)).toEqual(['Both']);
    expect(ids(before)).toContain(welded[0]?.[1]);
    await polled(rig, OTHER, [{ guid: away.guid, link: 'https://other.example/own', title: 'Both' }]);
    expect(new Set(ids(await published(rig, publisher)))).toEqual(new Set(ids(before)));
  });
});

describe('D1: one id in two sources', () => {
  it.each([
    ['17', 2],
    ['https://home.example/?p=17', 1],
    ['tag:home.example,2026:17', 1],
  ])('%s counts across sources only where it is an absolute URI', async (guid, stories) => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await polled(rig, HOME, [{ guid, link: 'https://home.example/17', title: 'At home' }]);
    await polled(rig, PLANET, [{ guid, link: 'https://planet.example/17', title: 'Elsewhere' }]);
    await polled(rig, OTHER, []);
    const items = await published(rig, publisher);
    expect(new Set(ids(items)).size).toBe(stories);
    expect(items).toHaveLength(stories);
    if (stories === 1) expect(items[0]?.slice(0, 2)).toEqual(['At home', guid]);
  });
});

describe('a page that does not tell which item it is', () => {
  const page = 'https://home.example/changes';
  const [one, two] = ['1', '2'].map((n) => ({ guid: `v${n}`, link: page, title: `Version ${n}` }));
  const storiesOf = async (home: readonly Post[], planet: readonly Post[]) => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await polled(rig, HOME, home);
    await polled(rig, PLANET, planet);
    await polled(rig, OTHER, []);
    await published(rig, publisher);
    return rig.json(publisher).map((item) => [item.title, JSON.stringify(item).includes('Planet')]);
  };

  it.each(['Version 1', 'Version 2'])('joins by it those alone that have one title: %s', async (title) => {
    const stories = await storiesOf([one, two] as Post[], [{ guid: 'copy', link: page, title }]);
    const expected = [1, 2].map((n) => [`Version ${n}`, title === `Version ${n}`]);
    expect(stories.toSorted()).toEqual(expected);
    expect(
      await storiesOf([one, two] as Post[], [{ guid: 'copy', link: page, title: 'Headed anew' }]),
    ).toHaveLength(3);
    expect(
      await storiesOf([one] as Post[], [{ guid: 'copy', link: page, title: 'Headed anew' }]),
    ).toHaveLength(1);
  });

  it('is the front page of a site', async () => {
    const at = (guid: string, title: string) => ({ guid, link: 'https://home.example/', title });
    expect(await storiesOf([at('a', 'A note')], [at('b', 'Another note')])).toHaveLength(2);
    expect(await storiesOf([at('a', 'A note')], [at('b', 'A note')])).toEqual([['A note', true]]);
    expect(await storiesOf([at('a', '')], [at('b', '')])).toHaveLength(2);
  });
});

it('an old item that is rewritten takes no story over, be nobody at home', async () => {
  const story = { guid: 'story', link: 'https://elsewhere.example/story', title: 'Story' };
  await using rig = await pipelineRig(CONFIG);
  const publisher = await rig.restart(CONFIG);
  const old = { guid: 'old', link: 'https://elsewhere.example/old', title: 'Old' };
  await polled(rig, PLANET, [old]);
  await polled(rig, OTHER, []);
  await polled(rig, HOME, []);
  await polled(rig, HOME, [story]);
  const [, id] = (await published(rig, publisher)).find(([title]) => title === 'Story') ?? [];
  await polled(rig, PLANET, [{ ...old, link: story.link, title: 'Stolen' }]);
  expect((await published(rig, publisher)).map(([title, is]) => [title, is])).toEqual([['Story', id]]);
  expect(textOf(publisher, 'json')).toContain('Planet');
});

describe('the order of polls', () => {
  const sources = [HOME, PLANET, OTHER];
  const post = fc.record({
    guid: fc.constantFrom('tag:home.example,2026:1', 'https://home.example/2', 'https://x.example/3', 'text'),
    link: fc.constantFrom(
      'https://home.example/1',
      'https://home.example/2',
      'https://x.example/3',
      'https://x.example/4',
    ),
    title: fc.constantFrom('a', 'b', 'c'),
    date: fc.constantFrom('Thu, 19 Nov 2026 10:00:00 GMT', 'Wed, 18 Nov 2026 10:00:00 GMT'),
  });
  const documents = fc.tuple(
    ...sources.map(() => fc.uniqueArray(post, { maxLength: 3, selector: ({ guid }) => guid })),
  );

  async function editionOf(posts: readonly (readonly Post[])[], order: readonly number[]): Promise<unknown> {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    for (const place of order) await polled(rig, sources[place] as Source, posts[place] ?? []);
    await published(rig, publisher);
    return itemsOf(publisher);
  }

  it('within a cycle changes nothing, nor does polling the same again', async () => {
    const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
    await fc.assert(
      fc.asyncProperty(documents, order, order, async (posts, first, second) => {
        const once = await editionOf(posts, first);
        expect(await editionOf(posts, second)).toEqual(once);
        expect(await editionOf(posts, [...first, ...second])).toEqual(once);
      }),
      { numRuns: 25, seed: 20261126 },
    );
  });
});
