// What a publisher takes back leaves our feeds: its own copy, and nobody else's.
import { describe, expect, it } from 'vitest';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { buildConfig, fetched, type PipelineRig, pipelineRig, sourceA, sourceB } from './rig.ts';

const CONFIG = buildConfig([sourceA]);
const BOTH = buildConfig([sourceA, sourceB]);
const AT = 'http://purl.org/atompub/tombstones/1.0';
const DAY_MS = 86_400_000;

const post = (n: number, said: Partial<Post> = {}): Post => ({
  guid: `tag:a.example,2026:${n}`,
  title: `Story ${n}`,
  link: `https://a.example/${n}`,
  date: 'Thu, 19 Nov 2026 12:00:00 GMT',
  ...said,
});

/** A document of `posts`, in which the items of `gone` are taken back. */
function withGraves(posts: readonly Post[], gone: readonly string[], when: string) {
  const graves = gone.map((ref) => `<at:deleted-entry xmlns:at="${AT}" ref="${ref}" when="${when}"/>`);
  return fetched(rss('Feed', posts).replace('</channel>', `${graves.join('')}</channel>`));
}

async function poll(
  rig: PipelineRig,
  publisher: Publisher,
  source: typeof sourceA,
  document: ReturnType<typeof fetched>,
) {
  rig.answer(source.feedUrl, document);
  const report = await rig.poll(source);
  await publisher.publishDue();
  return report;
}

const titles = (rig: PipelineRig, publisher: Publisher) =>
  rig
    .json(publisher)
    .map((item) => item.title)
    .sort();

describe('an item that its publisher takes back', () => {
  it('leaves the feed, and stays out when the tombstone has gone and everything starts anew', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await poll(rig, publisher, sourceA, fetched(rss('A', [post(1), post(2)])));
    rig.nowMs += DAY_MS;
    const gone = withGraves([post(2)], ['tag:a.example,2026:1'], '2026-11-20T13:00:00Z');
    expect(await poll(rig, publisher, sourceA, gone)).toMatchObject({ outcome: 'updated' });
    expect(titles(rig, publisher)).toEqual(['Story 2']);
    const again = await rig.restart(CONFIG);
    await poll(rig, again, sourceA, fetched(rss('A', [post(1), post(2)])));
    expect(titles(rig, again)).toEqual(['Story 2']);
  });

  it('leaves the item of another source under the same id, which then leads under that id', async () => {
    await using rig = await pipelineRig(BOTH);
    const publisher = await rig.restart(BOTH);
    await poll(rig, publisher, sourceA, fetched(rss('A', [post(1)])));
    await poll(rig, publisher, sourceB, fetched(rss('B', [post(1, { title: 'Story 1 at B' })])));
    const [before] = rig.json(publisher);
    expect(before?.title).toBe('Story 1');
    rig.nowMs += DAY_MS;
    await poll(rig, publisher, sourceA, withGraves([], ['tag:a.example,2026:1'], '2026-11-20T13:00:00Z'));
    expect(rig.json(publisher)).toMatchObject([
      { id: before?.id, title: 'Story 1 at B', _tributary: { publisher: 'B', also: [] } },
    ]);
  });

  it('is not taken back by another source that names it', async () => {
    await using rig = await pipelineRig(BOTH);
    const publisher = await rig.restart(BOTH);
    await poll(rig, publisher, sourceA, fetched(rss('A', [post(1)])));
    const before = rig.json(publisher);
    rig.nowMs += DAY_MS;
    const foreign = ['tag:a.example,2026:1', 'https://a.example/1'];
    await poll(rig, publisher, sourceB, withGraves([post(1)], foreign, '2026-11-20T13:00:00Z'));
    expect(rig.json(publisher)).toEqual(before);
  });

  it('comes again under its id, and no later than when we first saw it, when it is published again later', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await poll(rig, publisher, sourceA, fetched(rss('A', [post(1)])));
    const [before] = rig.json(publisher);
    rig.nowMs += DAY_MS;
    await poll(rig, publisher, sourceA, withGraves([], ['tag:a.example,2026:1'], '2026-11-20T13:00:00Z'));
    expect(titles(rig, publisher)).toEqual([]);
    rig.nowMs += DAY_MS;
    const date = 'Sun, 22 Nov 2026 09:00:00 GMT';
    await poll(rig, publisher, sourceA, fetched(rss('A', [post(1, { date })])));
    expect(rig.json(publisher)).toMatchObject([
      { id: before?.id, title: 'Story 1', date_published: '2026-11-20T12:00:00.000Z' },
    ]);
  });

  it('is heard of though its source has not changed since a version that knew no tombstones read it', async () => {
    await using rig = await pipelineRig(CONFIG);
    let publisher = await rig.restart(CONFIG);
    const document = withGraves([post(1)], ['tag:a.example,2026:1'], '2026-11-20T13:00:00Z');
    await poll(rig, publisher, sourceA, fetched(rss('A', [post(1)])));
    const answer = await rig.store.readSource(sourceA.id);
    if (answer.kind !== 'hit') throw new Error('nothing known');
    const { tombstones: _unknown, ...old } = answer.value;
    const source = { ...old, revision: old.revision + 1, validators: { etag: '"same"' } };
    await rig.store.commitPoll(sourceA.id, old.revision, { source, items: [], removed: [] });
    publisher = await rig.restart(CONFIG);
    rig.nowMs += DAY_MS;
    await poll(rig, publisher, sourceA, document);
    expect(rig.requests.at(-1)?.validators).toEqual({});
    expect(titles(rig, publisher)).toEqual([]);
  });
});
