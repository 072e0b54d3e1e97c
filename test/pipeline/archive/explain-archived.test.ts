// What `explain` says of items that stand in archives, held against the archives themselves.
import { expect, it } from 'vitest';
import type { MergedFeed } from '../../../src/model/config.ts';
import { timestampOfClock } from '../../../src/model/timestamp.ts';
import { findArchivedItem, retractionOfArchived } from '../../../src/pipeline/archive/archived-item.ts';
import { explainFeed, explainItem } from '../../../src/pipeline/explain-feed.ts';
import { changeRetractions } from '../../../src/pipeline/retract-story.ts';
import { buildSource } from '../../core/build-item.ts';
import { pipelineRig } from '../rig.ts';
import { archived, publishStories, textAt, walk } from './archive-rig.ts';

const short = buildSource('a', { itemsMax: 8 });
const CONFIG = archived({}, [short]);
const feed = CONFIG.feeds[0] as MergedFeed;
const guid = (n: number) => `tag:a.example,2026:${n}`;

it('names the archive that an item stands in, be it that its source has forgotten the item', async () => {
  await using rig = await pipelineRig(CONFIG);
  const publisher = await rig.restart(CONFIG);
  await publishStories(rig, publisher, 1, 20);
  const { documents } = await walk(publisher);
  const archives = documents.slice(1).map(({ url, ids }) => ({ name: /([^/]+)\.atom$/.exec(url)?.[1], ids }));
  const archiveOf = (id: string | undefined) => archives.find(({ ids }) => ids.includes(id ?? ''))?.name;

  const { items } = await explainFeed(rig.store, CONFIG, feed, rig.nowMs);
  expect(items.length).toBeGreaterThan(8);
  expect(items.some(({ archive }) => archive === undefined)).toBe(true);
  for (const { publishedId, archive } of items)
    expect([publishedId, archive]).toEqual([publishedId, archiveOf(publishedId)]);

  for (const n of [1, 2, 9]) {
    const { found } = await explainItem(rig.store, CONFIG, feed, rig.nowMs, guid(n));
    expect(found).toMatchObject([
      { publishedId: guid(n), title: `Story ${n}`, archive: archiveOf(guid(n)), stands: false },
    ]);
    expect(archiveOf(guid(n))).toBeDefined();
  }
});

it('names none for what was taken out of it', async () => {
  await using rig = await pipelineRig(CONFIG);
  const publisher = await rig.restart(CONFIG);
  await publishStories(rig, publisher, 1, 20);
  const now = timestampOfClock(rig.nowMs);
  const item = await findArchivedItem(guid(2), undefined, rig.store, CONFIG);
  await changeRetractions(rig.store, now, (records) => {
    const record = item && retractionOfArchived(item, records, { feedId: undefined, reason: undefined, now });
    return record === undefined ? [] : [record];
  });
  await publisher.publishDue();
  const { found } = await explainItem(rig.store, CONFIG, feed, rig.nowMs, guid(2));
  expect(found).toMatchObject([{ publishedId: guid(2), archive: undefined }]);
  for (const { url } of (await walk(publisher)).documents.slice(1))
    expect(await textAt(publisher, url)).not.toContain('What happened in story 2.');
});
