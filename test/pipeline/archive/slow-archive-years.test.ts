// Fourteen months of a feed that keeps archives: sources publish, edit, withdraw and are retracted; a reader that walks the
// documents as RFC 5005 says gets everything once, and what was sealed stays as it was.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { timestampOfClock } from '../../../src/model/timestamp.ts';
import type { Publisher } from '../../../src/pipeline/publisher.ts';
import { changeRetractions, retractionOf } from '../../../src/pipeline/retract-story.ts';
import { findStories, readStories } from '../../../src/pipeline/stories.ts';
import { buildSource } from '../../core/build-item.ts';
import { type Post, rss } from '../../e2e/origin.ts';
import { type Walk, walkArchives } from '../../oracles/archive-walker.ts';
import { atomProblems } from '../../oracles/strict-atom.ts';
import { rssProblems } from '../../oracles/strict-rss.ts';
import { buildConfig, buildFeed, fetched, type PipelineRig, pipelineRig } from '../rig.ts';

const SOURCES = ['a', 'b'].map((id) => buildSource(id, { itemsMax: 12 }));
const CONFIG = buildConfig(SOURCES, [buildFeed({ archive: true, limit: 10 })]);
const AT = 'http://purl.org/atompub/tombstones/1.0';
const DAY_MS = 86_400_000;
const URL_OF = (format: string) => `https://feeds.example/feeds/all.${format}`;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function textAt(publisher: Publisher, url: string): Promise<string> {
  const path = url.replace('https://feeds.example/', '');
  const document = publisher.site().get(path) ?? (await publisher.archived(path));
  if (document === undefined) throw new Error(`nothing at ${url}`);
  return Buffer.from(document.body).toString('utf8');
}

const walk = (publisher: Publisher, format: 'atom' | 'rss'): Promise<Walk> =>
  walkArchives(URL_OF(format), (url) => textAt(publisher, url));

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** Of sealed documents, by address. */
const digests = ({ documents }: Walk) =>
  new Map(documents.slice(1).map(({ url, text }) => [url, digest(text)]));

async function retract(rig: PipelineRig, name: string): Promise<void> {
  const now = timestampOfClock(rig.nowMs);
  const stories = await readStories(rig.store, CONFIG);
  const [story] = findStories(name, stories);
  if (story === undefined) throw new Error(`${name} is not known`);
  const all = stories.flatMap(({ copies }) => copies);
  await changeRetractions(rig.store, now, (records) => {
    const record = retractionOf(story, all, records, { feedId: undefined, reason: 'wrong', now });
    return record === undefined ? [] : [record];
  });
}

class Writers {
  readonly posts = new Map<string, Post[]>(SOURCES.map(({ id }) => [id, []]));
  readonly graves = new Map<string, string[]>(SOURCES.map(({ id }) => [id, []]));
  /** Titles by id: of everything that was published and not taken out. */
  readonly published = new Map<string, string>();
  readonly takenOut = new Set<string>();
  count = 0;

  write(source: string, nowMs: number, dateMs = nowMs): string {
    this.count += 1;
    const guid = `tag:${source}.example,2026:${this.count}`;
    const title = `Story ${this.count}`;
    const date = new Date(dateMs).toUTCString();
    const link = `https://${source}.example/${this.count}`;
    this.list(source).unshift({ guid, title, link, date, body: `Text of ${title}` });
    this.list(source).splice(9);
    this.published.set(guid, title);
    return guid;
  }

  withdraw(source: string, nowMs: number): string | undefined {
    const gone = this.list(source).pop();
    if (gone === undefined) return undefined;
    const when = new Date(nowMs).toISOString();
    this.graves.get(source)?.push(`<at:deleted-entry xmlns:at="${AT}" ref="${gone.guid}" when="${when}"/>`);
    this.takeOut(gone.guid);
    return gone.guid;
  }

  takeOut(guid: string): void {
    this.published.delete(guid);
    this.takenOut.add(guid);
  }

  list(source: string): Post[] {
    return this.posts.get(source) ?? [];
  }

  document(source: string) {
    const graves = this.graves.get(source)?.slice(-5).join('') ?? '';
    return fetched(rss(source, this.list(source)).replace('</channel>', `${graves}</channel>`));
  }
}

async function pollAll(rig: PipelineRig, publisher: Publisher, writers: Writers): Promise<void> {
  for (const source of SOURCES) {
    rig.answer(source.feedUrl, writers.document(source.id));
    await rig.poll(source);
    await publisher.publishDue();
  }
}

it('gives a walker everything once for 14 months, from sealed documents that stay as they were', async () => {
  await using rig = await pipelineRig(CONFIG);
  rig.nowMs = Date.parse('2026-01-01T09:00:00Z');
  const next = random(5005);
  const writers = new Writers();
  let publisher = await rig.restart(CONFIG);
  await pollAll(rig, publisher, writers);
  expect((await walk(publisher, 'rss')).documents.map(({ isComplete }) => isComplete)).toEqual([true]);
  let sealed = new Map<string, string>();
  let changed = 0;

  let takenOut = new Set<string>();

  for (let day = 5; day <= 425; day += 5) {
    rig.nowMs += 5 * DAY_MS;
    for (const { id } of SOURCES) {
      for (let n = Math.floor(next() * 3); n > 0; n -= 1) writers.write(id, rig.nowMs - n * 3_600_000);
      // Late, under an old date.
      if (next() < 0.1) writers.write(id, rig.nowMs, rig.nowMs - 90 * DAY_MS);
      const edited = writers.list(id)[Math.floor(next() * 4)];
      if (edited !== undefined && next() < 0.2) {
        const title = `${edited.title} (edited)`;
        writers.list(id).splice(writers.list(id).indexOf(edited), 1, { ...edited, title });
      }
    }
    if (next() < 0.08) takenOut.add(writers.withdraw('a', rig.nowMs) ?? '');
    await pollAll(rig, publisher, writers);
    const last = writers.list('b').at(-1);
    if (last !== undefined && next() < 0.08) {
      await retract(rig, last.guid);
      writers.takeOut(last.guid);
      takenOut.add(last.guid);
      await publisher.publishDue();
    }
    if (next() < 0.1) publisher = await rig.restart(CONFIG);
    expect(rig.reports.filter((report) => report.outcome === 'failed')).toEqual([]);

    // Every fortnight.
    if (day % 15 !== 0) continue;
    const atom = await walk(publisher, 'atom');
    expect([...atom.titles.keys()].sort()).toEqual([...writers.published.keys()].sort());
    const now = digests(atom);
    for (const [url, before] of sealed) {
      if (now.get(url) === before) continue;
      changed += 1;
      const text = atom.documents.find((document) => document.url === url)?.text ?? '';
      expect([...takenOut].some((guid) => text.includes(`ref="${guid}"`))).toBe(true);
    }
    sealed = now;
    takenOut = new Set();
    expect(atom.documents[0]?.isComplete).toBe(now.size === 0);
  }

  const [atom, inRss] = [await walk(publisher, 'atom'), await walk(publisher, 'rss')];
  expect(inRss.documents.map(({ ids }) => ids)).toEqual(atom.documents.map(({ ids }) => ids));
  expect(sealed.size).toBeGreaterThan(14);
  expect(changed).toBeGreaterThan(3);
  expect(writers.published.size).toBeGreaterThan(100);
  for (const { text, ids } of atom.documents) {
    expect(atomProblems(text)).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  }
  for (const { text } of inRss.documents) expect(rssProblems(text)).toEqual([]);
  // Every item in one archive at most.
  const archived = atom.documents.slice(1).flatMap(({ ids }) => ids);
  expect(new Set(archived).size).toBe(archived.length);
});
