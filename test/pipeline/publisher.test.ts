import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/edge/store/open-store.ts';
import { DEFAULT_WORDING } from '../../src/model/default-wording.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { buildSource } from '../core/build-item.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { buildConfig, buildFeed, fetched, type PipelineRig, pipelineRig, sourceA, sourceB } from './rig.ts';

const CONFIG = buildConfig([sourceA, sourceB]);
const post = (id: string, n: number, said: Partial<Post> = {}): Post => ({
  guid: `${id}-${n}`,
  title: `${id} ${n}`,
  link: `https://${id}.example/${n}`,
  date: `Fri, 20 Nov 2026 10:0${n}:00 GMT`,
  ...said,
});

async function published(config = CONFIG): Promise<{ rig: PipelineRig; publisher: Publisher }> {
  const rig = await pipelineRig(config);
  rig.answer(sourceA.feedUrl, fetched(rss('A', [post('a', 2), post('a', 1)])));
  rig.answer(sourceB.feedUrl, fetched(rss('B', [post('b', 1)])));
  await rig.poll(sourceA);
  await rig.poll(sourceB);
  const publisher = await rig.restart(config);
  await publisher.publishDue();
  return { rig, publisher };
}

const outcomes = (rig: PipelineRig) => rig.reports.map((report) => report.outcome);
const titles = (rig: PipelineRig, publisher: Publisher) => rig.json(publisher).map((item) => item.title);
const bytesOf = (publisher: Publisher) =>
  new Map([...publisher.site()].map(([path, document]) => [path, document.etag]));

describe('publishing', () => {
  it('follows from state: what was polled before a crash is published after it', async () => {
    const { rig, publisher } = await published();
    await using _ = rig;
    expect(titles(rig, publisher)).toEqual(['a 2', 'a 1', 'b 1']);
    expect(publisher.missing()).toEqual([]);
    expect([...publisher.site().keys()].sort()).toEqual([
      'credits.html',
      'feeds.opml',
      'feeds/all.atom',
      'feeds/all.html',
      'feeds/all.json',
      'feeds/all.rss',
      'icon.svg',
      'index.html',
      'page.js',
      'sources.opml',
      'style.css',
    ]);
  });

  it('does nothing where nothing changed', async () => {
    const { rig, publisher } = await published();
    await using _ = rig;
    const before = [...publisher.site().values()];
    await rig.poll(sourceA);
    await publisher.publishDue();
    expect([...publisher.site().values()]).toEqual(before);
    expect(outcomes(rig)).toEqual(['published']);
  });

  it('keeps bytes, ETags and dates over a restart', async () => {
    const { rig, publisher } = await published();
    await using _ = rig;
    const before = [...publisher.site()];
    rig.nowMs += 3_600_000;
    const again = await rig.restart(CONFIG);
    await again.publishDue();
    expect([...again.site()].map(([path, { etag, changedAt }]) => [path, etag, changedAt]).sort()).toEqual(
      before.map(([path, { etag, changedAt }]) => [path, etag, changedAt]).sort(),
    );
  });

  it('publishes nothing before a source has been read', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await publisher.publishDue();
    expect(publisher.site().size).toBe(0);
    expect(publisher.missing()).toEqual(['all']);
  });

  it('gives an item without date the date of first sight, for ever', async () => {
    const config = buildConfig([sourceA]);
    await using rig = await pipelineRig(config);
    rig.answer(sourceA.feedUrl, fetched(rss('A', [{ guid: 'x', title: 'Undated' }])));
    await rig.poll(sourceA);
    const publisher = await rig.restart(config);
    await publisher.publishDue();
    rig.nowMs += 86_400_000;
    rig.answer(
      sourceA.feedUrl,
      fetched(
        rss('A', [
          { guid: 'y', title: 'Later' },
          { guid: 'x', title: 'Undated' },
        ]),
      ),
    );
    await rig.poll(sourceA);
    await publisher.publishDue();
    expect(rig.json(publisher).map((item) => [item.title, item['date_published']])).toEqual([
      ['Later', '2026-11-21T12:00:00.000Z'],
      ['Undated', '2026-11-20T12:00:00.000Z'],
    ]);
  });
});

describe('what never changes an id', () => {
  const idsOf = (rig: PipelineRig, publisher: Publisher) =>
    rig.json(publisher).map((item) => [item.id, item['date_published']]);

  it('a new id of the source in the configuration', async () => {
    const { rig, publisher } = await published();
    await using _ = rig;
    const before = idsOf(rig, publisher);
    const renamed = buildSource('renamed', { feedUrl: sourceA.feedUrl, address: sourceA.address });
    rig.nowMs += 3_600_000;
    const again = await rig.restart(buildConfig([renamed, sourceB]));
    await again.publishDue();
    expect(idsOf(rig, again)).toEqual(before);
  });

  it('a new address of the source', async () => {
    const { rig, publisher } = await published();
    await using _ = rig;
    const before = idsOf(rig, publisher);
    const moved = {
      ...sourceA,
      feedUrl: 'https://moved.example/feed',
      address: 'https://moved.example/feed',
    };
    const config = buildConfig([moved, sourceB]);
    const again = await rig.restart(config);
    rig.answer(moved.feedUrl, fetched(rss('A', [post('a', 2), post('a', 1)])));
    await rig.poll(moved);
    await again.publishDue();
    expect(idsOf(rig, again)).toEqual(before);
  });

  it('another wording of the note, which shows at once', async () => {
    const { rig, publisher } = await published();
    await using _ = rig;
    const before = idsOf(rig, publisher);
    const template = '<p>From {source}</p>';
    const wording = { ...DEFAULT_WORDING, position: 'before', template, copyright: '' } as const;
    const again = await rig.restart(buildConfig([sourceA, sourceB], [buildFeed({ attribution: wording })]));
    await again.publishDue();
    expect(idsOf(rig, again)).toEqual(before);
    expect(rig.json(again)[0]?.['content_html']).toMatch(/^<p>From A<\/p>/);
  });

  it('an edit at the publisher', async () => {
    const { rig, publisher } = await published();
    await using _ = rig;
    const before = idsOf(rig, publisher);
    rig.nowMs += 3_600_000;
    rig.answer(sourceA.feedUrl, fetched(rss('A', [post('a', 2, { title: 'a 2, corrected' }), post('a', 1)])));
    await rig.poll(sourceA);
    await publisher.publishDue();
    expect(idsOf(rig, publisher)).toEqual(before);
    const edited = rig.json(publisher).find((item) => item.title === 'a 2, corrected');
    expect(edited?.['date_modified']).toBe('2026-11-20T13:00:00.000Z');
  });
});

describe('filters', () => {
  it('act on what is known, at once, and give back what they hid', async () => {
    const { rig, publisher } = await published();
    await using _ = rig;
    const before = rig.json(publisher);
    const filter = {
      include: [],
      exclude: [{ kind: 'words', field: 'title', text: 'a 2', line: 1 }],
    } as const;
    const filtered = await rig.restart(buildConfig([{ ...sourceA, filter }, sourceB]));
    await filtered.publishDue();
    expect(titles(rig, filtered)).not.toContain('a 2');
    const again = await rig.restart(CONFIG);
    await again.publishDue();
    expect(rig.json(again)).toEqual(before);
  });
});

describe('when things break', () => {
  it('an emptied store does not empty a feed, nor announce its items as new', async () => {
    const { rig, publisher } = await published();
    await using _ = rig;
    const before = bytesOf(publisher);
    const again = await rig.restart(CONFIG, await openStore('memory:'));
    rig.nowMs += 3_600_000;
    await rig.poll(sourceA);
    await again.publishDue();
    expect(bytesOf(again)).toEqual(before);
    await rig.poll(sourceB);
    await again.publishDue();
    expect(bytesOf(again)).toEqual(before);
  });

  it('documents that the disk lost are made again from the store, with the same bytes', async () => {
    const { rig, publisher } = await published();
    await using _ = rig;
    const before = bytesOf(publisher);
    const { rm } = await import('node:fs/promises');
    await rm(rig.folder, { recursive: true });
    const again = await rig.restart(CONFIG);
    expect(again.site().size).toBe(0);
    await again.publishDue();
    expect(bytesOf(again)).toEqual(before);
  });

  it('a store that does not answer changes no document', async () => {
    const { rig, publisher } = await published();
    await using _ = rig;
    const before = bytesOf(publisher);
    rig.answer(sourceA.feedUrl, fetched(rss('A', [post('a', 3), post('a', 2)])));
    await rig.poll(sourceA);
    await rig.store.close();
    await publisher.publishDue();
    expect(outcomes(rig)).toEqual(['published', 'failed']);
    expect(bytesOf(publisher)).toEqual(before);
    await publisher.publishDue();
    expect(outcomes(rig), 'it rests before it tries again').toEqual(['published', 'failed']);
    rig.nowMs += 2001;
    await publisher.publishDue();
    expect(outcomes(rig)).toEqual(['published', 'failed', 'failed']);
  });

  it('a source taken out of the configuration leaves at the next publish', async () => {
    const { rig } = await published();
    await using _ = rig;
    const again = await rig.restart(buildConfig([sourceB]));
    await again.publishDue();
    expect(titles(rig, again)).toEqual(['b 1']);
  });
});
