// Why items are in a feed or not: one of each reason, by polled documents and the store alone.
import { afterEach, describe, expect, it } from 'vitest';
import type { Config, FilterRule, MergedFeed, Source } from '../../src/model/config.ts';
import { feedId } from '../../src/model/ids.ts';
import { timestampOfClock } from '../../src/model/timestamp.ts';
import { explainCopies } from '../../src/pipeline/explain-copies.ts';
import { explainFeed, explainItem } from '../../src/pipeline/explain-feed.ts';
import type { Explanation } from '../../src/pipeline/explanation.ts';
import { createEditionMaker } from '../../src/pipeline/make-edition.ts';
import { createItemPreparer, createItemReader } from '../../src/pipeline/prepare-items.ts';
import { readKnown } from '../../src/pipeline/read-known.ts';
import { changeRetractions, retractionOf } from '../../src/pipeline/retract-story.ts';
import { findStories, readStories } from '../../src/pipeline/stories.ts';
import { createUntrustedWork } from '../../src/pipeline/untrusted-work.ts';
import { buildSource } from '../core/build-item.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { faultyStore } from './faulty-store.ts';
import { buildConfig, buildFeed, fetched, type PipelineRig, pipelineRig, START_MS } from './rig.ts';

const HOUR_MS = 3_600_000;
const hoursAgo = (hours: number) => new Date(START_MS - hours * HOUR_MS).toUTCString();
const post = (host: string, n: number, said: Partial<Post> = {}): Post => ({
  guid: `tag:${host}.example,2026:${n}`,
  title: `Story ${n}`,
  link: `https://${host}.example/${n}`,
  date: hoursAgo(n),
  ...said,
});
const rule = (text: string, line: number): FilterRule => ({ kind: 'words', field: undefined, text, line });

let open: PipelineRig | undefined;
afterEach(async () => {
  await open?.[Symbol.asyncDispose]();
  open = undefined;
});

interface Told {
  readonly source: Source;
  readonly posts: readonly Post[];
  readonly tail?: string;
}

async function published(sources: readonly Told[], feed: Partial<MergedFeed> = {}) {
  const config = buildConfig(
    sources.map(({ source }) => source),
    [buildFeed(feed)],
  );
  const rig = await pipelineRig(config);
  open = rig;
  for (const { source, posts, tail = '' } of sources) {
    if (!source.enabled) continue;
    rig.answer(source.feedUrl, fetched(rss(source.id, posts).replace('</channel>', `${tail}</channel>`)));
    await rig.poll(source);
  }
  const publisher = await rig.restart(config);
  await publisher.publishDue();
  return { rig, config, publisher };
}

function explained(rig: PipelineRig, config: Config): Promise<Explanation> {
  const [feed] = config.feeds;
  if (feed === undefined) throw new Error('no feed');
  return explainFeed(rig.store, config, feed, rig.nowMs);
}

/** By title, what is told of it. */
const verdicts = ({ items }: Explanation) =>
  items.map(({ sourceId, title, verdict }) => [sourceId, title, verdict] as const);

describe('explained', () => {
  it('what is in: place, who leads and by what, who else has it and how, how much is shown', async () => {
    const a = buildSource('a');
    const b = buildSource('b', { weight: 2 });
    const own = post('a', 1);
    const elsewhere = post('c', 2);
    const { rig, config } = await published([
      { source: a, posts: [own, elsewhere] },
      { source: b, posts: [{ ...own, guid: 'other' }, elsewhere] },
    ]);
    const { items } = await explained(rig, config);
    expect(items).toMatchObject([
      {
        sourceId: 'a',
        publishedId: 'tag:a.example,2026:1',
        url: 'https://a.example/1',
        stands: true,
        dates: { why: 'claimed', firstSeenAt: timestampOfClock(START_MS) },
        verdict: {
          kind: 'in',
          place: 1,
          ledBy: 'own-host',
          also: [{ sourceId: 'b', joined: { by: 'url' } }],
          shown: { shown: 'full', because: [{ rule: 'content' }, { rule: 'show', value: 'unknown' }] },
        },
      },
      {
        sourceId: 'b',
        verdict: {
          kind: 'in',
          place: 2,
          ledBy: 'weight',
          also: [{ sourceId: 'a', joined: { by: 'id' } }],
        },
      },
      {
        sourceId: 'b',
        verdict: { kind: 'duplicate', of: 'tag:a.example,2026:1', ofSource: 'a', lead: 'in' },
      },
      { sourceId: 'a', verdict: { kind: 'duplicate', ofSource: 'b', joined: { by: 'id' } } },
    ]);
  });

  it('by which rule of the source or of the feed it was filtered', async () => {
    const a = buildSource('a', { filter: { include: [], exclude: [rule('one', 7)] } });
    const { rig, config } = await published(
      [
        {
          source: a,
          posts: [
            post('a', 1, { title: 'one' }),
            post('a', 2, { title: 'two' }),
            post('a', 3, { title: 'three' }),
          ],
        },
      ],
      { filter: { include: [rule('three', 20), rule('four', 21)], exclude: [] } },
    );
    expect(verdicts(await explained(rig, config))).toMatchObject([
      ['a', 'three', { kind: 'in' }],
      ['a', 'one', { kind: 'filtered', by: 'source', verdict: { kind: 'excluded', rule: { line: 7 } } }],
      [
        'a',
        'two',
        {
          kind: 'filtered',
          by: 'feed',
          verdict: { kind: 'not-included', rules: [{ line: 20 }, { line: 21 }] },
        },
      ],
    ]);
  });

  it('over which bound it is, and the copies of what is out as duplicates of that', async () => {
    const day = (n: number) => ({
      date: new Date(Date.parse('2026-11-19T20:00:00Z') - n * 1000).toUTCString(),
    });
    const old = post('a', 9, { date: hoursAgo(24 * 40) });
    const { rig, config } = await published(
      [
        {
          source: buildSource('a'),
          posts: [1, 2, 3].map((n) => post('a', n, day(n))).concat(old, post('a', 5, { date: hoursAgo(50) })),
        },
        { source: buildSource('b'), posts: [{ ...old, guid: 'b' }, post('b', 6, { date: hoursAgo(60) })] },
        { source: buildSource('c'), posts: [post('c', 7, { date: hoursAgo(70) })] },
      ],
      { limit: 3, maxAgeMs: 30 * 24 * HOUR_MS, perSource: { limit: 2, perDay: 1 } },
    );
    expect(verdicts(await explained(rig, config))).toMatchObject([
      ['a', 'Story 1', { kind: 'in', place: 1 }],
      ['a', 'Story 5', { kind: 'in', place: 2 }],
      ['b', 'Story 6', { kind: 'in', place: 3 }],
      ['a', 'Story 2', { kind: 'perDay', sourceId: 'a', perDay: 1, day: '2026-11-19' }],
      ['a', 'Story 3', { kind: 'perDay' }],
      ['c', 'Story 7', { kind: 'limit', limit: 3 }],
      ['a', 'Story 9', { kind: 'maxAge', maxAgeMs: 30 * 24 * HOUR_MS }],
      ['b', 'Story 9', { kind: 'duplicate', ofSource: 'a', joined: { by: 'url' }, lead: 'maxAge' }],
    ]);
  });

  it('that a place was kept for another source', async () => {
    const { rig, config } = await published(
      [
        { source: buildSource('loud'), posts: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => post('loud', n)) },
        { source: buildSource('quiet'), posts: [post('quiet', 20)] },
      ],
      { limit: 8 },
    );
    const told = verdicts(await explained(rig, config));
    expect(told[7]).toMatchObject(['quiet', 'Story 20', { kind: 'in', place: 8, isKept: true }]);
    expect(told.slice(8)).toMatchObject([
      ['loud', 'Story 8', { kind: 'fairShare', sourceId: 'loud', shown: 7, limit: 8 }],
      ['loud', 'Story 9', { kind: 'fairShare' }],
    ]);
  });

  it('who took it out, when and why; what was held back at the first read', async () => {
    const a = buildSource('a', { join: 3 });
    const grave =
      '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="tag:a.example,2026:2" when="2026-11-20T11:00:00Z"><at:comment>Wrong</at:comment></at:deleted-entry>';
    const posts = [1, 2, 3, 4].map((n) => post('a', n));
    const { rig, config, publisher } = await published([{ source: a, posts }]);
    rig.nowMs += HOUR_MS;
    rig.answer(a.feedUrl, fetched(rss('a', posts).replace('</channel>', `${grave}</channel>`)));
    await rig.poll(a);
    const stories = await readStories(rig.store, config);
    const [story] = findStories('https://a.example/3', stories);
    if (story === undefined) throw new Error('not found');
    const now = timestampOfClock(rig.nowMs);
    await changeRetractions(rig.store, now, (records) => {
      const wish = { feedId: feedId('all'), reason: 'As asked', now };
      const record = retractionOf(
        story,
        stories.flatMap(({ copies }) => copies),
        records,
        wish,
      );
      return record === undefined ? [] : [record];
    });
    const pending = await explained(rig, config);
    expect(pending.items.map(({ title, stands, verdict }) => [title, stands, verdict])).toMatchObject([
      ['Story 1', true, { kind: 'in' }],
      ['Story 2', true, { kind: 'withdrawn', when: '2026-11-20T11:00:00.000Z', reason: 'Wrong' }],
      ['Story 3', true, { kind: 'retracted', from: 'this feed', reason: 'As asked', when: now }],
      ['Story 4', false, { kind: 'held-back', why: 'join', join: 3 }],
    ]);
    await publisher.publishDue();
    const { items } = await explained(rig, config);
    expect(items.map(({ stands }) => stands)).toEqual([true, false, false, false]);
  });

  it('that a whole new site came, and none of it is news', async () => {
    const a = buildSource('a');
    const { rig, config } = await published([{ source: a, posts: [1, 2, 3].map((n) => post('a', n)) }]);
    rig.nowMs += HOUR_MS;
    const others = [11, 12, 13].map((n) => post('elsewhere', n));
    rig.answer(
      a.feedUrl,
      fetched(
        rss(
          'a',
          others.map(({ date: _none, ...rest }) => rest),
        ),
      ),
    );
    await rig.poll(a);
    const told = verdicts(await explained(rig, config));
    expect(told.filter(([, , verdict]) => verdict.kind === 'held-back')).toHaveLength(3);
    expect(told.find(([, title]) => title === 'Story 11')?.[2]).toMatchObject({
      kind: 'held-back',
      why: 'new-site',
    });
  });

  it('dates: none, still to come', async () => {
    const a = buildSource('a');
    const { date: _none, ...undated } = post('a', 1);
    const { rig, config } = await published([
      { source: a, posts: [undated, post('a', 2, { date: new Date(START_MS + HOUR_MS).toUTCString() })] },
    ]);
    const { items } = await explained(rig, config);
    const shown = timestampOfClock(START_MS);
    expect(new Map(items.map(({ title, dates }) => [title, dates]))).toEqual(
      new Map([
        ['Story 1', { shown, firstSeenAt: shown, why: 'none' }],
        [
          'Story 2',
          { shown, firstSeenAt: shown, claimed: timestampOfClock(START_MS + HOUR_MS), why: 'later' },
        ],
      ]),
    );
  });

  it('that its text is lost, to rules and to documents', async () => {
    const a = buildSource('a');
    const b = buildSource('b', { filter: { include: [], exclude: [rule('rain', 3)] } });
    const config = buildConfig([a, b]);
    const faulty = faultyStore();
    open = await pipelineRig(config);
    const rig = open;
    await rig.restart(config, faulty.store);
    for (const source of [a, b]) {
      rig.answer(source.feedUrl, fetched(rss(source.id, [post(source.id, 1)])));
      await rig.poll(source);
    }
    for (const { entry } of (await readKnown(faulty.store, config, 'all')).copies)
      await faulty.damage(entry.hash);
    expect((await explained(rig, config)).items.map(({ verdict }) => verdict)).toEqual([
      { kind: 'text-lost' },
      { kind: 'text-lost' },
    ]);
  });

  it('sources that are off, gone, or of another feed; items that nobody has any more', async () => {
    const [a, b, c] = [buildSource('a'), buildSource('b'), buildSource('c', { categories: ['News'] })];
    const { rig, config } = await published(
      [a, b, c].map((source) => ({ source, posts: [post(source.id, 1)] })),
    );
    const sources = [{ ...a, enabled: false }, c];
    const feed = buildFeed({ sources: { kind: 'ids', ids: [a.id] } });
    const changed = { ...config, sources, feeds: [feed] };
    const listed = await explainFeed(rig.store, changed, feed, rig.nowMs);
    expect(listed.sources).toMatchObject([{ id: 'a', state: 'disabled', items: 1 }]);
    expect(verdicts(listed)).toMatchObject([
      ['a', 'Story 1', { kind: 'source-disabled' }],
      ['b', undefined, { kind: 'forgotten' }],
    ]);
    const kindOf = async (name: string) =>
      (await explainItem(rig.store, changed, feed, rig.nowMs, name)).found.map(({ verdict }) => verdict.kind);
    expect(await kindOf('https://c.example/1')).toEqual(['not-of-feed']);
    expect(await kindOf('https://b.example/1')).toEqual(['source-left']);
  });

  it('items by their ids, their pages and parts of them; else what is near, and the sources', async () => {
    const { rig, config } = await published([
      { source: buildSource('a'), posts: [post('a', 1), post('a', 22)] },
    ]);
    const [feed] = config.feeds;
    if (feed === undefined) throw new Error('no feed');
    const named = (name: string) => explainItem(rig.store, config, feed, rig.nowMs, name);
    for (const name of ['tag:a.example,2026:22', 'https://a.example/22', '2026:22'])
      expect(
        (await named(name)).found.map(({ title }) => title),
        name,
      ).toEqual(['Story 22']);
    const { found, near, explanation } = await named('https://a.example/23');
    expect(found).toEqual([]);
    expect(near.map(({ title }) => title)).toContain('Story 22');
    expect(explanation.sources).toMatchObject([{ id: 'a', state: 'read', items: 2, itemsMax: 500 }]);
  });

  it('what documents leave out', async () => {
    const a = buildSource('a');
    const { rig, config } = await published([{ source: a, posts: [1, 2, 3].map((n) => post('a', n)) }]);
    const [feed] = config.feeds;
    if (feed === undefined) throw new Error('no feed');
    const read = createItemReader(rig.store);
    const work = createUntrustedWork({ nowMs: () => rig.nowMs, inner: 'refused' });
    const known = await readKnown(rig.store, config, 'all');
    const preparer = createItemPreparer(read, work);
    const maker = createEditionMaker(feed, { config, known, read, preparer });
    const at = timestampOfClock(rig.nowMs);
    const made = await maker.make(undefined, { matches: () => undefined, digest: undefined }, at);
    const [first, second, third] = made.edition.items;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no items');
    const told = explainCopies(known.copies, {
      feed,
      outside: () => undefined,
      stories: maker.stories,
      made,
      written: {
        edition: { ...made.edition, items: [second] },
        dropped: [
          { kind: 'output-gate', id: first.id, problem: 'rss: it breaks' },
          { kind: 'document-bound', ids: [third.id], bytesMax: 1000 },
        ],
      },
      at,
    });
    work.close();
    expect([...told.values()].map(({ verdict }) => verdict)).toMatchObject([
      { kind: 'output-gate', problem: 'rss: it breaks' },
      { kind: 'in', place: 1 },
      { kind: 'document-bound', bytesMax: 1000 },
    ]);
  });

  it('writes nothing, and says so where the store does not answer', async () => {
    const a = buildSource('a');
    const config = buildConfig([a]);
    const faulty = faultyStore();
    open = await pipelineRig(config);
    const rig = open;
    const publisher = await rig.restart(config, faulty.store);
    rig.answer(a.feedUrl, fetched(rss('a', [post('a', 1)])));
    await rig.poll(a);
    await publisher.publishDue();
    const [feed] = config.feeds;
    if (feed === undefined) throw new Error('no feed');
    faulty.asked.splice(0);
    const explain = () => explainItem(faulty.store, config, feed, rig.nowMs, 'https://a.example/1');
    expect((await explain()).found).toHaveLength(1);
    expect(faulty.asked.filter((name) => !/^(?:read|list)/.test(name))).toEqual([]);
    const calls = [...new Set(faulty.asked)];
    expect(calls).toContain('readRetractionStamp');
    for (const call of calls) {
      faulty.down.clear();
      faulty.down.add(call);
      await expect(explain(), call).rejects.toThrow(/down|does not answer/);
    }
  });
});
