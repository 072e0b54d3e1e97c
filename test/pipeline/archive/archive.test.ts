// A feed that keeps archives: what is sealed, what changes it, and what it outlives.
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/edge/store/open-store.ts';
import { DEFAULT_SHOW } from '../../../src/model/shown.ts';
import { timestampOfClock } from '../../../src/model/timestamp.ts';
import type { Publisher } from '../../../src/pipeline/publisher.ts';
import { activeOf, changeRetractions, retractionOf, undone } from '../../../src/pipeline/retract-story.ts';
import { findStories, readStories } from '../../../src/pipeline/stories.ts';
import { buildSource } from '../../core/build-item.ts';
import { rss } from '../../e2e/origin.ts';
import { jsonFeedProblems } from '../../oracles/strict-json-feed.ts';
import { faultyStore } from '../faulty-store.ts';
import { fetched, type PipelineRig, pipelineRig } from '../rig.ts';
import {
  archived,
  isPage,
  poll,
  post,
  posts,
  publishStories,
  ROOT,
  tags,
  textAt,
  walk,
} from './archive-rig.ts';

const CONFIG = archived();
const guid = (n: number) => `tag:a.example,2026:${n}`;
const guids = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => guid(from + n)).sort();
const ids = async (publisher: Publisher) => [...(await walk(publisher)).titles.keys()].sort();

async function retract(rig: PipelineRig, name: string, isUndo = false): Promise<void> {
  const now = timestampOfClock(rig.nowMs);
  const stories = await readStories(rig.store, CONFIG);
  const [story] = findStories(name, stories);
  if (story === undefined) throw new Error(`${name} is not known`);
  const all = stories.flatMap(({ copies }) => copies);
  await changeRetractions(rig.store, now, (records) => {
    if (isUndo) return activeOf(story, records).map((record) => undone(record, now));
    const record = retractionOf(story, all, records, { feedId: undefined, reason: 'It was wrong', now });
    return record === undefined ? [] : [record];
  });
}

describe('an archived feed', () => {
  it('is complete as long as everything stands in its document', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 1, 4);
    const { documents } = await walk(publisher);
    expect(documents.map(({ isComplete }) => isComplete)).toEqual([true]);
    expect(publisher.archivedPaths()).toEqual([]);
    await poll(rig, publisher, posts(5, 4, 3, 2, 1));
    expect((await walk(publisher)).documents.map(({ isComplete }) => isComplete)).toEqual([false, false]);
  });

  it('seals what leaves the document in the same publish, and what leaves next with it', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 1, 12);
    for (const format of ['atom', 'rss'] as const) {
      const { documents, titles } = await walk(publisher, format);
      expect([...titles.keys()].sort()).toEqual(guids(1, 12));
      expect(documents[0]?.ids).toEqual([12, 11, 10, 9].map(guid));
      const sealed = documents.slice(1).flatMap((document) => document.ids);
      expect(sealed).toEqual(Array.from({ length: sealed.length }, (_, n) => guid(sealed.length - n)));
      expect(documents[1]?.url).toBe(`${ROOT}feeds/all/archive/2026-11-${documents.length - 1}.${format}`);
      expect(documents.at(-1)?.url).toBe(`${ROOT}feeds/all/archive/2026-11.${format}`);
    }
  });

  it('is walked by `next_url` in JSON Feed', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 1, 9);
    const found = new Set<string>();
    for (let next: string | undefined = `${ROOT}feeds/all.json`; next !== undefined; ) {
      const text: string = await textAt(publisher, next);
      expect(jsonFeedProblems(text)).toEqual([]);
      const document = JSON.parse(text) as { next_url?: string; items: { id: string }[] };
      for (const { id } of document.items) found.add(id);
      next = document.next_url;
    }
    expect([...found].sort()).toEqual(guids(1, 9));
  });

  it('archives at once what came in too great a number for the document', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await poll(rig, publisher, posts(...Array.from({ length: 30 }, (_, n) => 30 - n)));
    expect(await ids(publisher)).toEqual(guids(1, 30));
    const archive = (await walk(publisher)).documents[1]?.ids;
    expect(archive).toEqual(Array.from({ length: 26 }, (_, n) => guid(26 - n)));
    const before = await tags(publisher);
    await poll(rig, publisher, posts(...Array.from({ length: 31 }, (_, n) => 31 - n)));
    expect(await ids(publisher)).toEqual(guids(1, 31));
    for (const [at, tag] of before) if (!isPage(at)) expect((await tags(publisher)).get(at)).toBe(tag);
  });

  it('keeps what its source has dropped', async () => {
    const short = buildSource('a', { itemsMax: 3 });
    const config = archived({ limit: 6 }, [short]);
    await using rig = await pipelineRig(config);
    const publisher = await rig.restart(config);
    for (let n = 1; n <= 12; n += 2) await poll(rig, publisher, posts(n + 1, n), short);
    expect(await ids(publisher)).toEqual(guids(1, 12));
  });

  it('has pages with links to older and newer ones, and one that lists them', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 1, 10);
    const page = (name: string) => textAt(publisher, `${ROOT}feeds/all/archive/${name}.html`);
    expect(await textAt(publisher, `${ROOT}feeds/all.html`)).toContain('<a href="../feeds/all/archive/">');
    const list = await page('index');
    const names = [...list.matchAll(/<li><a href="(\d[^"/]+)\.html">/g)].map(([, name]) => name ?? '');
    expect(names.toReversed()).toEqual(
      publisher
        .archivedPaths()
        .filter(isPage)
        .map((at) => path.basename(at, '.html')),
    );
    for (const [place, name] of names.entries()) {
      const text = await page(name);
      const newer = names[place - 1];
      const older = names[place + 1];
      expect(text.includes(`rel="next" href="${newer}.html"`)).toBe(newer !== undefined);
      expect(text.includes(`rel="prev" href="${older}.html"`)).toBe(older !== undefined);
    }
    for (const name of ['index', ...names]) {
      const base = `${ROOT}feeds/all/archive/${name}.html`;
      const links = [...(await page(name)).matchAll(/href="((?:\.|\d)[^"]*)"/g)].map(
        ([, href]) => href ?? '',
      );
      expect(links.length).toBeGreaterThan(5);
      for (const href of links) {
        const { pathname } = new URL(href, base);
        const at = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
        expect(await textAt(publisher, ROOT + at.slice(1))).not.toBe('');
      }
    }
  });

  it('says nothing of its history without `archive`', async () => {
    const config = archived({ archive: false });
    await using rig = await pipelineRig(config);
    const publisher = await rig.restart(config);
    await publishStories(rig, publisher, 1, 6);
    const text = await textAt(publisher, `${ROOT}feeds/all.atom`);
    expect(text).not.toMatch(/prev-archive|fh:|syndication\/history/);
    expect(publisher.archived('feeds/all/archive/2026-11.atom')).toBeUndefined();
  });
});

describe('what is sealed', () => {
  it('does not change by an edit, a restart or what comes later', async () => {
    await using rig = await pipelineRig(CONFIG);
    let publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 1, 8);
    const before = await tags(publisher);
    expect(before.size).toBeGreaterThan(4);
    await poll(rig, publisher, [
      post(8),
      post(7),
      ...[6, 5, 4, 3, 2, 1].map((n) => post(n, { title: 'New' })),
    ]);
    publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 9, 12);
    const after = await tags(publisher);
    for (const [at, tag] of before) if (!isPage(at)) expect(after.get(at)).toBe(tag);
    expect(after.size).toBeGreaterThan(before.size);
  });

  it('loses a retracted item, tells of it, and has it back as it was', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 1, 10);
    const before = await tags(publisher);
    rig.nowMs += 60_000;
    await retract(rig, guid(3));
    await publisher.publishDue();
    expect(await ids(publisher)).toEqual(guids(1, 10).filter((id) => id !== guid(3)));
    const changed = [...(await tags(publisher))].filter(([at, tag]) => before.get(at) !== tag);
    expect(new Set(changed.map(([at]) => at.replace(/\.\w+$/, ''))).size).toBe(1);
    for (const [at] of changed) {
      const text = await textAt(publisher, ROOT + at);
      expect(text).not.toContain('Story 3');
      expect(
        text.includes(`<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="${guid(3)}"`),
      ).toBe(at.endsWith('.atom'));
    }
    expect(await textAt(publisher, `${ROOT}feeds/all.atom`)).toContain(`ref="${guid(3)}"`);

    await retract(rig, guid(3), true);
    await publisher.publishDue();
    expect(await ids(publisher)).toEqual(guids(1, 10));
    const etags = (map: ReadonlyMap<string, string>) =>
      [...map].map(([at, tag]) => `${at} ${tag.split(' ')[0]}`);
    expect(etags(await tags(publisher))).toEqual(etags(before));
  });

  it('loses what its publisher withdrew, though the source has forgotten it', async () => {
    const short = buildSource('a', { itemsMax: 8 });
    const config = archived({}, [short]);
    await using rig = await pipelineRig(config);
    const publisher = await rig.restart(config);
    await publishStories(rig, publisher, 1, 20);
    const grave = `<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="${guid(2)}" when="2026-11-20T12:00:00Z"/>`;
    const text = rss('A', posts(20, 19, 18)).replace('</channel>', `${grave}</channel>`);
    rig.answer(short.feedUrl, fetched(text));
    await rig.poll(short);
    await publisher.publishDue();
    expect(await ids(publisher)).toEqual(guids(1, 20).filter((id) => id !== guid(2)));
    const { documents } = await walk(publisher);
    expect(documents.filter((document) => document.text.includes(`ref="${guid(2)}"`))).toHaveLength(2);
  });

  it('shows less when its rights are to be read more strictly, and never more again', async () => {
    await using rig = await pipelineRig(CONFIG);
    let publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 1, 10);
    const before = await tags(publisher);
    const unknown = (shown: 'title' | 'full') => ({
      show: { ...DEFAULT_SHOW, classes: { ...DEFAULT_SHOW.classes, unknown: { shown } } },
    });
    publisher = await rig.restart(archived(unknown('title')));
    await publisher.publishDue();
    const strict = await tags(publisher);
    for (const [at, tag] of before) {
      expect(strict.get(at)).not.toBe(tag);
      expect(await textAt(publisher, ROOT + at)).not.toContain('And so on.');
    }
    expect(await ids(publisher)).toEqual(guids(1, 10));
    publisher = await rig.restart(archived(unknown('full')));
    await publisher.publishDue();
    expect(await tags(publisher)).toEqual(strict);
  });

  it('follows the site to another address', async () => {
    await using rig = await pipelineRig(CONFIG);
    let publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 1, 9);
    const moved = { ...CONFIG, server: { ...CONFIG.server, publicUrl: 'https://moved.example/' } };
    publisher = await rig.restart(moved);
    await publisher.publishDue();
    for (const at of publisher.archivedPaths())
      expect(await textAt(publisher, ROOT + at)).not.toContain('feeds.example');
  });
});

describe('archives outlive', () => {
  it('an emptied data folder: the same bytes come back from the store', async () => {
    await using rig = await pipelineRig(CONFIG);
    let publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 1, 10);
    const before = await tags(publisher);
    await rm(rig.folder, { recursive: true });
    publisher = await rig.restart(CONFIG);
    await publisher.publishDue();
    expect(await tags(publisher)).toEqual(before);
    expect(await ids(publisher)).toEqual(guids(1, 10));
  });

  it('an emptied store: it is given back what the disk has', async () => {
    await using rig = await pipelineRig(CONFIG);
    let publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 1, 10);
    const before = await tags(publisher);
    const emptied = await openStore('memory:');
    publisher = await rig.restart(CONFIG, emptied);
    await poll(rig, publisher, posts(10, 9, 8, 7, 6, 5));
    await publisher.publishDue();
    expect(await tags(publisher)).toEqual(before);
    // From that store alone.
    await rm(rig.folder, { recursive: true });
    publisher = await rig.restart(CONFIG, emptied);
    await publisher.publishDue();
    expect(await tags(publisher)).toEqual(before);
    await publishStories(rig, publisher, 11, 16);
    expect(await ids(publisher)).toEqual(guids(1, 16));
  });

  it('a full disk at sealing: what the store sealed is what stands afterwards', async () => {
    await using rig = await pipelineRig(CONFIG);
    let publisher = await rig.restart(CONFIG);
    await publishStories(rig, publisher, 1, 4);
    rig.diskFails = true;
    await poll(rig, publisher, posts(6, 5, 4, 3, 2, 1));
    expect(rig.reports.at(-1)?.outcome).toBe('failed');
    expect(await ids(publisher)).toEqual(guids(1, 4));
    rig.diskFails = false;
    publisher = await rig.restart(CONFIG);
    await publisher.publishDue();
    expect(await ids(publisher)).toEqual(guids(1, 6));
    expect(publisher.archivedPaths()).toHaveLength(4);
    expect(rig.reports.at(-1)?.outcome).not.toBe('failed');
  });

  it.each(['readArchiveHeads', 'commitEdition'] as const)('a store that is silent at %s', async (call) => {
    const faulty = faultyStore();
    await using rig = await pipelineRig(CONFIG);
    let publisher = await rig.restart(CONFIG, faulty.store);
    await publishStories(rig, publisher, 1, 7);
    const before = await tags(publisher);
    faulty.down.add(call);
    publisher = await rig.restart(CONFIG, faulty.store);
    await publishStories(rig, publisher, 8, 9);
    // What was published is served on, archives too.
    expect(await ids(publisher)).toEqual(guids(1, 7));
    expect(await tags(publisher)).toEqual(before);
    faulty.down.clear();
    rig.nowMs += 120_000;
    await publisher.publishDue();
    expect(await ids(publisher)).toEqual(guids(1, 9));
  });

  it('a commit whose answer was lost', async () => {
    const faulty = faultyStore();
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG, faulty.store);
    await publishStories(rig, publisher, 1, 4);
    faulty.losesAnswers = true;
    await poll(rig, publisher, posts(6, 5, 4, 3, 2, 1));
    faulty.losesAnswers = false;
    for (let turn = 0; turn < 3; turn += 1) {
      rig.nowMs += 120_000;
      await poll(rig, publisher, posts(6, 5, 4, 3, 2, 1));
    }
    const { documents, titles } = await walk(publisher);
    expect([...titles.keys()].sort()).toEqual(guids(1, 6));
    const sealed = documents.slice(1).flatMap((document) => document.ids);
    expect(new Set(sealed).size).toBe(sealed.length);
    expect(documents).toHaveLength(2);
  });
});

it('is looked through again where an edition with a retraction could not be kept', async () => {
  await using rig = await pipelineRig(CONFIG);
  const publisher = await rig.restart(CONFIG);
  await publishStories(rig, publisher, 1, 10);
  await retract(rig, guid(3));
  rig.diskFails = true;
  await publisher.publishDue();
  expect(await ids(publisher)).toEqual(guids(1, 10));
  rig.diskFails = false;
  rig.nowMs += 120_000;
  await publisher.publishDue();
  expect(await ids(publisher)).toEqual(guids(1, 10).filter((id) => id !== guid(3)));
});

it('is sealed without the one item that no document can hold', async () => {
  await using rig = await pipelineRig(CONFIG);
  const publisher = await rig.restart(CONFIG);
  const huge = post(3, { body: 'x '.repeat(2_600_000) });
  await poll(rig, publisher, [...posts(9, 8, 7, 6, 5, 4), huge, ...posts(2, 1)]);
  const left = guids(1, 9).filter((id) => id !== guid(3));
  expect((await ids(publisher)).filter((id) => id !== guid(3))).toEqual(left);
});
