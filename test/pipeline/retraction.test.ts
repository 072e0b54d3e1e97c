// What the operator takes out stays out, whatever happens to items, sources and store; what is let back in is as it was.
import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/edge/store/open-store.ts';
import type { Config } from '../../src/model/config.ts';
import { feedId } from '../../src/model/ids.ts';
import { timestampOfClock } from '../../src/model/timestamp.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import {
  activeOf,
  changeRetractions,
  type RetractionWish,
  retractionOf,
  undone,
} from '../../src/pipeline/retract-story.ts';
import { findStories, nearStories, readStories } from '../../src/pipeline/stories.ts';
import { buildSource } from '../core/build-item.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { faultyStore } from './faulty-store.ts';
import { buildConfig, buildFeed, fetched, type PipelineRig, pipelineRig, sourceA, sourceB } from './rig.ts';

const BOTH = buildConfig([sourceA, sourceB]);
const DAY_MS = 86_400_000;

const post = (n: number, said: Partial<Post> = {}): Post => ({
  guid: `tag:a.example,2026:${n}`,
  title: `Story ${n}`,
  link: `https://a.example/${n}`,
  date: `Thu, ${10 + n} Nov 2026 12:00:00 GMT`,
  ...said,
});

async function poll(rig: PipelineRig, source: typeof sourceA, posts: readonly Post[]): Promise<void> {
  rig.answer(source.feedUrl, fetched(rss(source.id.toUpperCase(), posts)));
  await rig.poll(source);
}

const titles = (rig: PipelineRig, publisher: Publisher) =>
  rig
    .json(publisher)
    .map((item) => item.title)
    .sort();

/** As the command does it: over the store, knowing nothing of the program that runs. */
async function retract(rig: PipelineRig, config: Config, name: string, said: Partial<RetractionWish> = {}) {
  const now = timestampOfClock(rig.nowMs);
  const stories = await readStories(rig.store, config);
  const [story, ...others] = findStories(name, stories);
  if (story === undefined || others.length > 0) throw new Error(`${name}: ${others.length + 1} stories`);
  const all = stories.flatMap(({ copies }) => copies);
  return changeRetractions(rig.store, now, (records) => {
    const wish = { feedId: undefined, reason: undefined, now, ...said };
    const record = retractionOf(story, all, records, wish);
    return record === undefined ? [] : [record];
  });
}

async function undo(rig: PipelineRig, config: Config, name: string) {
  const now = timestampOfClock(rig.nowMs);
  const [story] = findStories(name, await readStories(rig.store, config));
  if (story === undefined) throw new Error('unknown');
  return changeRetractions(rig.store, now, (records) =>
    activeOf(story, records).map((record) => undone(record, now)),
  );
}

/** Two stories of A, the first of them at B too, under B's own id. */
async function published(rig: PipelineRig, config = BOTH, store = rig.store): Promise<Publisher> {
  const publisher = await rig.restart(config, store);
  await poll(rig, sourceA, [post(2), post(1)]);
  rig.nowMs += 60_000;
  await poll(rig, sourceB, [post(1, { guid: 'b 1', title: 'Story 1 at B' })]);
  await publisher.publishDue();
  expect(titles(rig, publisher)).toEqual(['Story 1', 'Story 2']);
  return publisher;
}

describe('a retraction', () => {
  it.each([
    ['published id', 'tag:a.example,2026:1'],
    ['id at another source', 'b 1'],
    ['page, as it is linked elsewhere', 'http://www.a.example/1?utm_source=x#top'],
  ])('by %s takes out every copy of a story', async (_by, name) => {
    await using rig = await pipelineRig(BOTH);
    const publisher = await published(rig);
    await retract(rig, BOTH, name);
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual(['Story 2']);
    expect(rig.stubs(publisher)).toMatchObject([
      { id: 'tag:a.example,2026:1', title: 'Withdrawn by this site' },
    ]);
  });

  it('holds against edits, new ids, another source and a new id of the source', async () => {
    await using rig = await pipelineRig(BOTH);
    const publisher = await published(rig);
    await retract(rig, BOTH, 'tag:a.example,2026:1');
    rig.nowMs += DAY_MS;
    await poll(rig, sourceA, [post(1, { title: 'Edited', date: 'Sat, 21 Nov 2026 12:00:00 GMT' }), post(2)]);
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual(['Story 2']);
    await poll(rig, sourceA, [post(1, { title: 'Edited again', guid: 'tag:a.example,2026:other' }), post(2)]);
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual(['Story 2']);
    const sourceC = buildSource('c');
    const renamed = buildSource('renamed', { feedUrl: sourceA.feedUrl, address: sourceA.address });
    const config = buildConfig([renamed, sourceB, sourceC]);
    const again = await rig.restart(config);
    await poll(rig, sourceC, [post(1, { guid: 'c 1', title: 'Story 1 at C' }), post(3)]);
    await again.publishDue();
    expect(titles(rig, again)).toEqual(['Story 2', 'Story 3']);
  });

  it('takes out one feed only where that is said', async () => {
    const feeds = [buildFeed(), buildFeed({ id: feedId('other') })];
    const config = buildConfig([sourceA, sourceB], feeds);
    await using rig = await pipelineRig(config);
    const publisher = await published(rig, config);
    await retract(rig, config, 'tag:a.example,2026:1', { feedId: feedId('other') });
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual(['Story 1', 'Story 2']);
    const other = Buffer.from(publisher.site().get('feeds/other.json')?.body ?? '').toString('utf8');
    expect(other).not.toContain('Story 1');
  });

  it('is undone: the same documents as before, byte for byte', async () => {
    await using rig = await pipelineRig(BOTH);
    const publisher = await published(rig);
    const bytes = () =>
      ['rss', 'atom', 'json', 'html'].map((format) => publisher.site().get(`feeds/all.${format}`)?.etag);
    const before = bytes();
    await retract(rig, BOTH, 'tag:a.example,2026:1');
    await publisher.publishDue();
    expect(bytes()).not.toEqual(before);
    rig.nowMs += 40 * DAY_MS;
    await publisher.publishDue();
    await undo(rig, BOTH, 'tag:a.example,2026:1');
    await publisher.publishDue();
    expect(bytes()).toEqual(before);
  });

  it('tells a changed reason, and not anew for a week', async () => {
    await using rig = await pipelineRig(BOTH);
    const publisher = await published(rig);
    await retract(rig, BOTH, 'tag:a.example,2026:1');
    await publisher.publishDue();
    const [first] = rig.stubs(publisher);
    rig.nowMs += DAY_MS;
    await retract(rig, BOTH, 'tag:a.example,2026:1', { reason: 'Wrong' });
    await publisher.publishDue();
    const [second] = rig.stubs(publisher);
    expect(second?.['content_text']).toContain('Reason: Wrong');
    expect(second?.['date_modified']).toBe(first?.['date_modified']);
    expect(await retract(rig, BOTH, 'tag:a.example,2026:1', { reason: 'Wrong' })).toEqual([]);
  });

  it('of an item that shares its page with others of its source takes out that item alone', async () => {
    const config = buildConfig([sourceA]);
    await using rig = await pipelineRig(config);
    const publisher = await rig.restart(config);
    const link = 'https://a.example/changes';
    const [one, two, three] = [post(1, { link }), post(2, { link }), post(3, { link })];
    await poll(rig, sourceA, [two, one]);
    await publisher.publishDue();
    await retract(rig, config, one.guid);
    await poll(rig, sourceA, [three, two, one]);
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual(['Story 2', 'Story 3']);
    const found = findStories(link, await readStories(rig.store, config));
    expect(found, 'the page names all three').toHaveLength(3);
  });

  it('of an item at the front page of its site lets the next one there be', async () => {
    const config = buildConfig([sourceA]);
    await using rig = await pipelineRig(config);
    const publisher = await rig.restart(config);
    const link = 'https://a.example/';
    await poll(rig, sourceA, [post(1, { link })]);
    await publisher.publishDue();
    await retract(rig, config, post(1).guid);
    await poll(rig, sourceA, [post(2, { link })]);
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual(['Story 2']);
  });

  it('of a copy that borrows another story’s page does not take that story out', async () => {
    await using rig = await pipelineRig(BOTH);
    const publisher = await rig.restart(BOTH);
    await poll(rig, sourceA, [post(2), post(1)]);
    rig.nowMs += 60_000;
    // By its id a copy of story 1, by its page one of story 2.
    await poll(rig, sourceB, [post(1, { title: 'Borrowed', link: 'https://a.example/2' })]);
    await publisher.publishDue();
    await retract(rig, BOTH, 'tag:a.example,2026:1');
    await publisher.publishDue();
    expect(titles(rig, publisher)).toContain('Story 2');
    expect(titles(rig, publisher)).not.toContain('Story 1');
  });
});

describe('what was retracted', () => {
  it.each([
    ['restarts', async () => undefined],
    ['loses its documents', async (rig: PipelineRig) => rm(rig.folder, { recursive: true })],
  ])('stays out when the program %s', async (_what, happen) => {
    await using rig = await pipelineRig(BOTH);
    const publisher = await published(rig);
    await retract(rig, BOTH, 'tag:a.example,2026:1');
    await publisher.publishDue();
    await happen(rig);
    const again = await rig.restart(BOTH);
    await again.publishDue();
    expect(titles(rig, again)).toEqual(['Story 2']);
  });

  it('stays out of an emptied store, in which it is put back, and can be undone there with its dates', async () => {
    await using rig = await pipelineRig(BOTH);
    const publisher = await published(rig);
    const [before] = rig.json(publisher).filter((item) => item.title === 'Story 1');
    await retract(rig, BOTH, 'tag:a.example,2026:1');
    await publisher.publishDue();
    rig.nowMs += DAY_MS;
    const empty = await openStore('memory:');
    const again = await rig.restart(BOTH, empty);
    await poll(rig, sourceA, [post(2), post(1)]);
    await poll(rig, sourceB, [post(1, { guid: 'b 1', title: 'Story 1 at B' })]);
    await again.publishDue();
    expect(titles(rig, again)).toEqual(['Story 2']);
    expect(await empty.readRetractions()).toMatchObject({ value: [{ publishedId: 'tag:a.example,2026:1' }] });
    await undo(rig, BOTH, 'tag:a.example,2026:1');
    await again.publishDue();
    expect(rig.json(again)).toContainEqual(before);
  });

  it('and let back in stays in, though an older state is on disk', async () => {
    await using rig = await pipelineRig(BOTH);
    const publisher = await published(rig);
    await retract(rig, BOTH, 'tag:a.example,2026:1');
    await publisher.publishDue();
    await undo(rig, BOTH, 'tag:a.example,2026:1');
    const again = await rig.restart(BOTH);
    await again.publishDue();
    expect(titles(rig, again)).toEqual(['Story 1', 'Story 2']);
  });

  it('is heard of before anything is published by a store that did not answer at the start', async () => {
    await using rig = await pipelineRig(BOTH);
    const faulty = faultyStore();
    await published(rig, BOTH, faulty.store);
    await retract(rig, BOTH, 'tag:a.example,2026:1');
    await rm(rig.folder, { recursive: true });
    faulty.down.add('readRetractionStamp');
    const again = await rig.restart(BOTH);
    await again.publishDue();
    expect([rig.reports.at(-1)?.outcome, titles(rig, again)]).toEqual(['failed', []]);
    faulty.down.clear();
    rig.nowMs += 60_001;
    await again.publishDue();
    expect(titles(rig, again)).toEqual(['Story 2']);
  });

  it('and cannot be read in the store is healed from the disk; what is in neither stops publishing, and says so', async () => {
    await using rig = await pipelineRig(BOTH);
    const faulty = faultyStore();
    const publisher = await published(rig, BOTH, faulty.store);
    const [record] = await retract(rig, BOTH, 'tag:a.example,2026:1');
    await publisher.publishDue();
    if (record === undefined) throw new Error('nothing retracted');
    await faulty.damageRetraction(record.publishedId);
    const again = await rig.restart(BOTH);
    await again.publishDue();
    expect(titles(rig, again)).toEqual(['Story 2']);
    expect((await rig.store.readRetractions()).kind).toBe('hit');
    await faulty.damageRetraction(record.publishedId);
    await rm(rig.folder, { recursive: true });
    const last = await rig.restart(BOTH);
    await last.publishDue();
    expect(rig.reports.at(-1)).toMatchObject({ outcome: 'failed' });
    expect(rig.reports.at(-1)?.message).toMatch(/a retraction in the store cannot be read/);
    expect(titles(rig, last)).toEqual([]);
    await retract(rig, BOTH, 'tag:a.example,2026:1');
    rig.nowMs += 60_001;
    await last.publishDue();
    expect(titles(rig, last)).toEqual(['Story 2']);
  });

  it('costs one small question a second while nothing changes', async () => {
    await using rig = await pipelineRig(BOTH);
    const faulty = faultyStore();
    const publisher = await published(rig, BOTH, faulty.store);
    await retract(rig, BOTH, 'tag:a.example,2026:1');
    await publisher.publishDue();
    await publisher.publishDue();
    faulty.asked.length = 0;
    for (let second = 0; second < 5; second++) await publisher.publishDue();
    expect(faulty.asked).toEqual(Array(5).fill('readRetractionStamp'));
  });
});

it('two who retract at once both are heard', async () => {
  await using rig = await pipelineRig(BOTH);
  const publisher = await published(rig);
  await Promise.all([retract(rig, BOTH, 'tag:a.example,2026:1'), retract(rig, BOTH, 'tag:a.example,2026:2')]);
  await publisher.publishDue();
  expect(titles(rig, publisher)).toEqual([]);
});

it.each([
  ['https://a.example/1/x', 'tag:a.example,2026:1'],
  ['https://a.exmaple/2', 'tag:a.example,2026:2'],
  ['a.example,2026:2', 'tag:a.example,2026:2'],
])('%s finds nothing, and is near what may be meant', async (name, near) => {
  await using rig = await pipelineRig(BOTH);
  await published(rig);
  const stories = await readStories(rig.store, BOTH);
  expect(findStories(name, stories)).toEqual([]);
  expect(nearStories(name, stories)[0]?.publishedIds).toContain(near);
  expect(nearStories('quite another thing', stories)).toEqual([]);
});

describe('a correction', () => {
  it('replaces its item in place in every format: same id, date and place, a later `updated`, across a restart', async () => {
    const config = buildConfig([sourceA]);
    await using rig = await pipelineRig(config);
    const publisher = await rig.restart(config);
    const before = [post(3), post(2, { body: 'Old text' }), post(1)];
    await poll(rig, sourceA, before);
    await publisher.publishDue();
    const [, shown] = rig.json(publisher);
    rig.nowMs += DAY_MS;
    const again = await rig.restart(config);
    await poll(rig, sourceA, [post(3), post(2, { title: 'Corrected', body: 'New text' }), post(1)]);
    await again.publishDue();
    const items = rig.json(again);
    expect(items.map((item) => item.title)).toEqual(['Story 3', 'Corrected', 'Story 1']);
    expect(items[1]).toMatchObject({ id: shown?.id, date_published: shown?.['date_published'] });
    expect(items[1]?.['date_modified']).toBe('2026-11-21T12:00:00.000Z');
    for (const format of ['rss', 'atom', 'json', 'html']) {
      const text = Buffer.from(again.site().get(`feeds/all.${format}`)?.body ?? '').toString('utf8');
      expect(text, format).toContain('New text');
      expect(text, format).not.toMatch(/Old text|Story 2/);
    }
    const last = await rig.restart(config);
    await last.publishDue();
    expect(rig.json(last)).toEqual(items);
  });

  it('of enclosure or rights is one too', async () => {
    const config = buildConfig([sourceA]);
    await using rig = await pipelineRig(config);
    const publisher = await rig.restart(config);
    const document = (inner: string) =>
      fetched(
        `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>A</title><link>https://a.example/</link><description>A</description><item><guid isPermaLink="false">tag:a.example,2026:1</guid><title>One</title><pubDate>Thu, 19 Nov 2026 12:00:00 GMT</pubDate>${inner}</item></channel></rss>`,
      );
    const enclosure = (name: string) =>
      `<enclosure url="https://a.example/${name}.mp3" type="audio/mpeg" length="1"/>`;
    rig.answer(sourceA.feedUrl, document(`${enclosure('old')}<dc:rights>Old</dc:rights>`));
    await rig.poll(sourceA);
    await publisher.publishDue();
    const [before] = rig.json(publisher);
    rig.nowMs += DAY_MS;
    rig.answer(sourceA.feedUrl, document(`${enclosure('new')}<dc:rights>New</dc:rights>`));
    await rig.poll(sourceA);
    await publisher.publishDue();
    expect(rig.json(publisher)).toMatchObject([
      {
        id: before?.id,
        date_published: before?.['date_published'],
        date_modified: '2026-11-21T12:00:00.000Z',
        attachments: [{ url: 'https://a.example/new.mp3' }],
        _tributary: { rights: 'New' },
      },
    ]);
  });

  it('is not that an item leaves its source’s window: it stays', async () => {
    const config = buildConfig([sourceA]);
    await using rig = await pipelineRig(config);
    const publisher = await rig.restart(config);
    await poll(rig, sourceA, [post(2), post(1)]);
    await poll(rig, sourceA, [post(3)]);
    await publisher.publishDue();
    expect(titles(rig, publisher)).toEqual(['Story 1', 'Story 2', 'Story 3']);
  });
});
