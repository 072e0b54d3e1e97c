// What is lost or out of reach comes back as it was.
import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/edge/store/open-store.ts';
import { feedId, type ItemHash, sourceId } from '../../src/model/ids.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { buildSource } from '../core/build-item.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { faultyStore } from './faulty-store.ts';
import { buildConfig, buildFeed, fetched, type PipelineRig, pipelineRig, sourceA, sourceB } from './rig.ts';

const CONFIG = buildConfig([sourceA]);
const HOUR_MS = 3_600_000;
const undated = (...names: string[]) =>
  fetched(
    rss(
      'A',
      names.map((name): Post => ({ guid: name, title: name })),
    ),
  );
const said = (rig: PipelineRig, publisher: Publisher) =>
  rig.json(publisher).map((item) => [item.title, item.id, item['date_published'], item['date_modified']]);
/** Sorted: items without dates have no order of their own. */
const titles = (rig: PipelineRig, publisher: Publisher) =>
  rig
    .json(publisher)
    .map((item) => item.title)
    .sort();

/** Two items without dates, published. */
async function published(rig: PipelineRig, config = CONFIG, store = rig.store): Promise<Publisher> {
  const publisher = await rig.restart(config, store);
  rig.answer(sourceA.feedUrl, undated('one', 'two'));
  await rig.poll(sourceA);
  await publisher.publishDue();
  expect(titles(rig, publisher)).toEqual(expect.arrayContaining(['one', 'two']));
  return publisher;
}

describe('an emptied store', () => {
  it('changes no date of items that have none of their own', async () => {
    await using rig = await pipelineRig(CONFIG);
    const before = said(rig, await published(rig));
    rig.nowMs += HOUR_MS;
    const again = await rig.restart(CONFIG, await openStore('memory:'));
    rig.answer(sourceA.feedUrl, undated('three', 'one', 'two'));
    await rig.poll(sourceA);
    await again.publishDue();
    expect(said(rig, again).slice(1)).toEqual(before);
  });

  it('holds nothing back that was published', async () => {
    await using rig = await pipelineRig(CONFIG);
    await published(rig);
    const joining = { ...sourceA, join: 1 };
    rig.nowMs += HOUR_MS;
    const again = await rig.restart(buildConfig([joining]), await openStore('memory:'));
    rig.answer(sourceA.feedUrl, undated('four', 'three', 'one', 'two'));
    await rig.poll(joining);
    await again.publishDue();
    expect(titles(rig, again)).toEqual(['four', 'one', 'two']);
  });

  it('changes no date of a source that fails just then, whatever is published and restarted meanwhile', async () => {
    const config = buildConfig([sourceA, sourceB]);
    await using rig = await pipelineRig(config);
    const posts = [{ guid: 'far', title: 'far' }];
    rig.answer(sourceB.feedUrl, fetched(rss('B', posts)));
    await rig.poll(sourceB);
    const before = said(rig, await published(rig, config));
    expect(before).toHaveLength(3);
    rig.nowMs += HOUR_MS;
    const again = await rig.restart(config, await openStore('memory:'));
    await rig.poll(sourceA);
    rig.answer(sourceB.feedUrl, { kind: 'failed', error: { code: 'timeout', message: 'too slow' } });
    await rig.poll(sourceB);
    await again.publishDue();
    const last = await rig.restart(config);
    rig.answer(sourceB.feedUrl, fetched(rss('B', posts)));
    await rig.poll(sourceB);
    await last.publishDue();
    expect(said(rig, last)).toEqual(before);
  });

  it('changes nobody who leads, though the sources are read in another order then', async () => {
    const config = buildConfig([sourceA, sourceB]);
    await using rig = await pipelineRig(config);
    const page = { guid: 'https://elsewhere.example/1', link: 'https://elsewhere.example/1' };
    const answer = () => {
      for (const [name, { feedUrl }] of [
        ['A', sourceA],
        ['B', sourceB],
      ] as const)
        rig.answer(feedUrl, fetched(rss(name, [{ ...page, title: `as ${name} says` }]), { url: feedUrl }));
    };
    const first = await rig.restart(config);
    answer();
    await rig.poll(sourceB);
    rig.nowMs += 1000;
    await rig.poll(sourceA);
    await first.publishDue();
    const before = said(rig, first);
    expect(titles(rig, first)).toEqual(['as A says']);
    rig.nowMs += HOUR_MS;
    const again = await rig.restart(config, await openStore('memory:'));
    answer();
    await rig.poll(sourceB);
    rig.nowMs += 1000;
    await rig.poll(sourceA);
    await again.publishDue();
    expect(said(rig, again)).toEqual(before);
  });

  it('and as many publishings as before do not make documents on disk pass for those of the store', async () => {
    await using rig = await pipelineRig(CONFIG);
    await published(rig);
    rig.nowMs += HOUR_MS;
    const again = await rig.restart(CONFIG, await openStore('memory:'));
    rig.answer(sourceA.feedUrl, undated('three', 'one', 'two'));
    await rig.poll(sourceA);
    rig.diskFails = true;
    await again.publishDue();
    rig.diskFails = false;
    const last = await rig.restart(CONFIG);
    await last.publishDue();
    expect(titles(rig, last)).toEqual(['one', 'three', 'two']);
  });
});

describe('a source with a new id in the configuration', () => {
  const renamed = buildSource('renamed', { feedUrl: sourceA.feedUrl, address: sourceA.address });

  it.each(['listSourceIds', 'readSources', 'commitPoll'] as const)(
    'is not taken for new while the store does not answer: %s',
    async (call) => {
      await using rig = await pipelineRig(CONFIG);
      const faulty = faultyStore();
      const before = said(rig, await published(rig, CONFIG, faulty.store));
      rig.nowMs += HOUR_MS;
      faulty.down.add(call);
      const config = buildConfig([renamed]);
      const again = await rig.restart(config);
      expect(await rig.poll(renamed)).toMatchObject({ outcome: 'failed', reason: 'store-unavailable' });
      faulty.down.clear();
      expect(await rig.poll(renamed)).toMatchObject({ new: 0 });
      await again.publishDue();
      expect(said(rig, again)).toEqual(before);
    },
  );

  it('takes over what was known last, of two former ids', async () => {
    await using rig = await pipelineRig(CONFIG);
    await published(rig);
    const old = await rig.store.readSource(sourceA.id);
    if (old.kind !== 'hit') throw new Error('nothing known');
    rig.nowMs += HOUR_MS;
    rig.answer(sourceA.feedUrl, undated('three', 'one', 'two'));
    await rig.poll(sourceA);
    for (const former of ['a-first', 'z-first']) {
      const source = { ...old.value, sourceId: sourceId(former), revision: 1 };
      await rig.store.commitPoll(source.sourceId, 0, { source, items: [], removed: [] });
    }
    const again = await rig.restart(buildConfig([renamed]));
    await again.publishDue();
    expect(titles(rig, again)).toEqual(['one', 'three', 'two']);
    expect(await rig.store.readSource(sourceA.id)).toEqual({ kind: 'miss' });
  });
});

describe('an item whose text is damaged', () => {
  it.each([
    ['in a feed', []],
    ['in a feed with filters', [{ kind: 'words', field: 'title', text: 'nothing', line: 1 }] as const],
  ])(
    'comes back as it was with the next poll, though the source has nothing new: %s',
    async (_in, exclude) => {
      const config = buildConfig([sourceA], [buildFeed({ filter: { include: [], exclude } })]);
      await using rig = await pipelineRig(config);
      const faulty = faultyStore();
      const publisher = await rig.restart(config, faulty.store);
      const posts = ['one', 'two'].map((name): Post => ({ guid: name, title: name }));
      const validators = { etag: '"v1"' };
      rig.answer(sourceA.feedUrl, () =>
        rig.requests.at(-1)?.validators.etag === validators.etag
          ? { kind: 'notModified', validators, movedTo: undefined }
          : fetched(rss('A', posts), validators),
      );
      await rig.poll(sourceA);
      await publisher.publishDue();
      const before = said(rig, publisher);
      const state = rig.known.of(sourceA.id);
      if (state.kind !== 'known') throw new Error('nothing known');
      await faulty.damage(state.record.items[0]?.hash as ItemHash);
      await rm(rig.folder, { recursive: true });
      rig.nowMs += HOUR_MS;
      const again = await rig.restart(config);
      await again.publishDue();
      expect(rig.json(again)).toHaveLength(1);
      await rig.poll(sourceA);
      await again.publishDue();
      expect(said(rig, again)).toEqual(before);
      expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'not-modified' });
    },
  );
});

describe('a store that did not answer', () => {
  it('at the start is asked again before a feed is published, without waiting for a poll', async () => {
    await using rig = await pipelineRig(CONFIG);
    const faulty = faultyStore();
    await published(rig, CONFIG, faulty.store);
    rig.answer(sourceA.feedUrl, undated('three', 'one', 'two'));
    await rig.poll(sourceA);
    faulty.down.add('readSources');
    const again = await rig.restart(CONFIG);
    await again.publishDue();
    expect(titles(rig, again)).toEqual(['one', 'two']);
    faulty.down.clear();
    rig.nowMs += 2001;
    await again.publishDue();
    expect(titles(rig, again)).toEqual(['one', 'three', 'two']);
  });

  it('costs a source that was not asked no failure, and a minute', async () => {
    await using rig = await pipelineRig(CONFIG);
    const faulty = faultyStore();
    faulty.down.add('readSources');
    await rig.restart(CONFIG, faulty.store);
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'failed', nextPollAtMs: rig.nowMs + 60_000 });
    expect(rig.known.pollOf(sourceA.id)).toMatchObject({ failures: 0, reason: 'store-unavailable' });
    expect(rig.requests).toEqual([]);
  });

  it.each([[['readPolls']], [['readSources', 'readPolls']]] as const)(
    'at the start (%s) says later when a source is due, and that is kept to',
    async (calls) => {
      await using rig = await pipelineRig(CONFIG);
      const faulty = faultyStore();
      await published(rig, CONFIG, faulty.store);
      await faulty.store.writePolls(rig.known.takeUnwrittenPolls());
      const before = rig.known.pollOf(sourceA.id);
      const dueAtMs = Date.parse(before?.nextPollAt ?? '');
      const asked = rig.requests.length;
      for (const call of calls) faulty.down.add(call);
      await rig.restart(CONFIG);
      rig.nowMs += 10_000;
      expect(await rig.poll(sourceA)).toMatchObject({
        reason: 'store-unavailable',
        nextPollAtMs: rig.nowMs + 60_000,
      });
      await faulty.store.writePolls(rig.known.takeUnwrittenPolls());

      faulty.down.clear();
      rig.nowMs += 60_000;
      expect(dueAtMs).toBeGreaterThan(rig.nowMs);
      expect(await rig.poll(sourceA)).toMatchObject({ reason: 'store-unavailable', nextPollAtMs: dueAtMs });
      expect(rig.known.pollOf(sourceA.id)).toEqual(before);
      await faulty.store.writePolls(rig.known.takeUnwrittenPolls());
      expect(rig.requests).toHaveLength(asked);

      rig.nowMs = dueAtMs;
      expect((await rig.poll(sourceA)).outcome).not.toBe('failed');
      expect(rig.requests).toHaveLength(asked + 1);
    },
  );

  it('though it kept the poll, does not make the next one stale', async () => {
    await using rig = await pipelineRig(CONFIG);
    const faulty = faultyStore();
    const publisher = await published(rig, CONFIG, faulty.store);
    faulty.losesAnswers = true;
    rig.answer(sourceA.feedUrl, undated('three', 'one', 'two'));
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'failed', reason: 'store-unavailable' });
    faulty.losesAnswers = false;
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'unchanged' });
    await publisher.publishDue();
    expect(rig.json(publisher)).toHaveLength(3);
  });

  it('though it kept the edition, does not stop the feed', async () => {
    await using rig = await pipelineRig(CONFIG);
    const faulty = faultyStore();
    const publisher = await published(rig, CONFIG, faulty.store);
    rig.answer(sourceA.feedUrl, undated('three', 'one', 'two'));
    await rig.poll(sourceA);
    faulty.losesAnswers = true;
    await publisher.publishDue();
    faulty.losesAnswers = false;
    for (let second = 0; second < 10; second++) {
      rig.nowMs += 1000;
      await publisher.publishDue();
    }
    expect(rig.reports.map((report) => report.outcome)).toEqual([
      'published',
      'failed',
      'failed',
      'published',
    ]);
    expect(rig.json(publisher)).toHaveLength(3);
  });
});

it('a source that never answers holds up its own feed alone, not the page of all feeds', async () => {
  const config = buildConfig(
    [sourceA, sourceB],
    [
      buildFeed({ sources: { kind: 'ids', ids: [sourceA.id] } }),
      buildFeed({ id: feedId('dead'), sources: { kind: 'ids', ids: [sourceB.id] } }),
    ],
  );
  await using rig = await pipelineRig(config);
  const publisher = await published(rig, config);
  await rig.poll(sourceB);
  await publisher.publishDue();
  rig.answer(sourceA.feedUrl, undated('three', 'one', 'two'));
  await rig.poll(sourceA);
  await publisher.publishDue();
  expect(publisher.missing()).toEqual(['dead']);
  expect(Buffer.from(publisher.site().get('index.html')?.body ?? '').toString()).toContain('three');
});

it('a greater `items` lets in at once what the document has, though it did not change', async () => {
  const few = { ...sourceA, itemsMax: 1 };
  const config = buildConfig([few]);
  await using rig = await pipelineRig(config);
  await rig.restart(config);
  rig.answer(sourceA.feedUrl, undated('one', 'two'));
  expect(await rig.poll(few)).toMatchObject({ new: 1 });
  expect(await rig.poll(sourceA)).toMatchObject({ new: 1 });
  expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'unchanged' });
});

it('a source at another’s former address shares no item with it, whatever their ids', async () => {
  const moved = { ...sourceA, feedUrl: 'https://moved.example/', address: 'https://moved.example/' };
  const heir = buildSource('heir', { feedUrl: sourceA.feedUrl, address: sourceA.address });
  const config = buildConfig([moved, heir]);
  await using rig = await pipelineRig(CONFIG);
  await published(rig);
  const publisher = await rig.restart(config);
  rig.answer(moved.feedUrl, undated('one', 'two'));
  await rig.poll(moved);
  rig.answer(heir.feedUrl, fetched(rss('Heir', [{ guid: 'one', title: 'Another story' }])));
  await rig.poll(heir);
  await publisher.publishDue();
  expect(titles(rig, publisher)).toEqual(['Another story', 'one', 'two']);
});
