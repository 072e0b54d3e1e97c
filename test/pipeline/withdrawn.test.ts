// What a publisher takes back leaves our feeds: its own copy, and nobody else's.
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/edge/store/open-store.ts';
import type { Publisher } from '../../src/pipeline/publisher.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { feedparserIsMissing, readWithFeedparser } from '../oracles/feedparser.ts';
import { readWithFeedsmith, readWithRssParser } from '../oracles/readers.ts';
import { atomProblems } from '../oracles/strict-atom.ts';
import { jsonFeedProblems } from '../oracles/strict-json-feed.ts';
import { rssProblems } from '../oracles/strict-rss.ts';
import { buildConfig, buildFeed, fetched, type PipelineRig, pipelineRig, sourceA, sourceB } from './rig.ts';

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

/** A document of `posts`, in which the items of `gone` are taken back; `said` stands in their tombstones. */
function withGraves(posts: readonly Post[], gone: readonly string[], when: string, said = '') {
  const graves = gone.map(
    (ref) => `<at:deleted-entry xmlns:at="${AT}" ref="${ref}" when="${when}">${said}</at:deleted-entry>`,
  );
  return fetched(rss('A', posts).replace('</channel>', `${graves.join('')}</channel>`));
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

describe('what documents say of an item that was taken back', () => {
  const SECRET = 'Unspeakable';
  const GONE = post(1, {
    title: `${SECRET} title`,
    link: `https://a.example/${SECRET}`,
    body: `${SECRET} text`,
  });
  const WHY = '<at:by><name>Ada</name></at:by><at:comment>Wrong, &lt;b&gt;very&lt;/b&gt; ]]&gt;</at:comment>';
  const FORMATS = ['rss', 'atom', 'json', 'html'] as const;
  const textOf = (publisher: Publisher, format: string) =>
    Buffer.from(publisher.site().get(`feeds/all.${format}`)?.body ?? '').toString('utf8');
  const withdraw = (rig: PipelineRig, publisher: Publisher) =>
    poll(rig, publisher, sourceA, withGraves([post(2)], [GONE.guid], '2026-11-20T13:00:00Z', WHY));

  async function withdrawn(rig: PipelineRig): Promise<Publisher> {
    const publisher = await rig.restart(CONFIG);
    await poll(rig, publisher, sourceA, fetched(rss('A', [GONE, post(2)])));
    rig.nowMs += DAY_MS;
    await withdraw(rig, publisher);
    return publisher;
  }

  it('names who, when and why, and nothing of what the item said', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await withdrawn(rig);
    for (const format of [...FORMATS, 'index']) expect(textOf(publisher, format)).not.toContain(SECRET);
    expect(textOf(publisher, 'atom')).toContain(
      [
        `<at:deleted-entry xmlns:at="${AT}" ref="${GONE.guid}" when="2026-11-20T13:00:00.000Z">`,
        '    <at:by>',
        '      <name>Ada</name>',
        '    </at:by>',
        '    <at:comment type="text">Wrong, very ]]&gt;</at:comment>',
        '  </at:deleted-entry>',
      ].join('\n'),
    );
    expect(rig.stubs(publisher)).toMatchObject([
      {
        id: GONE.guid,
        title: 'Withdrawn by its publisher',
        content_text: 'Withdrawn by its publisher (Ada). Source: A. Reason: Wrong, very ]]>',
        date_published: '2026-11-19T12:00:00.000Z',
        date_modified: '2026-11-21T12:00:00.000Z',
        authors: [{ name: 'A' }],
        _tributary: {
          retracted: { when: '2026-11-20T13:00:00.000Z', by: 'Ada', reason: 'Wrong, very ]]>' },
        },
      },
    ]);
    expect(textOf(publisher, 'rss')).toContain('<title>Withdrawn by its publisher</title>');
    expect(textOf(publisher, 'html')).toContain('Withdrawn by its publisher (Ada). Source: A.');
  });

  it('is well-formed, and found by other readers as one more item in RSS and JSON Feed and as none in Atom', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await withdrawn(rig);
    const [rssText, atomText, jsonText] = ['rss', 'atom', 'json'].map((format) => textOf(publisher, format));
    expect(rssProblems(rssText ?? '')).toEqual([]);
    expect(atomProblems(atomText ?? '')).toEqual([]);
    expect(jsonFeedProblems(jsonText ?? '')).toEqual([]);
    const stub = { id: GONE.guid, title: 'Withdrawn by its publisher' };
    const item = { id: post(2).guid, title: 'Story 2' };
    expect(await readWithRssParser(rssText ?? '')).toEqual([item, stub]);
    expect(await readWithRssParser(atomText ?? '')).toEqual([item]);
    expect(readWithFeedsmith(rssText ?? '')).toEqual([item, stub]);
    expect(readWithFeedsmith(atomText ?? '')).toEqual([item]);
    expect(readWithFeedsmith(jsonText ?? '')).toEqual([item, stub]);
  });

  it.skipIf(feedparserIsMissing)('is found by feedparser', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await withdrawn(rig);
    const read = readWithFeedparser([textOf(publisher, 'rss'), textOf(publisher, 'atom')]);
    expect(read.map(({ problem }) => problem)).toEqual([null, null]);
    expect(read.map(({ entries }) => entries.map((entry) => entry.id))).toEqual([
      [post(2).guid, GONE.guid],
      [post(2).guid],
    ]);
  });

  it('stays seven days in RSS and JSON Feed and thirty in Atom, by time alone', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await withdrawn(rig);
    const says = () => FORMATS.map((format) => textOf(publisher, format).includes('ithdrawn by its'));
    const hasTombstone = () => textOf(publisher, 'atom').includes('deleted-entry');
    rig.nowMs += 7 * DAY_MS - 1000;
    await publisher.publishDue();
    expect([says(), hasTombstone()]).toEqual([[true, false, true, true], true]);
    rig.nowMs += 1000;
    await publisher.publishDue();
    expect([says(), hasTombstone()]).toEqual([[false, false, false, false], true]);
    rig.nowMs += 23 * DAY_MS;
    await publisher.publishDue();
    expect([says(), hasTombstone()]).toEqual([[false, false, false, false], false]);
    expect(titles(rig, publisher)).toEqual(['Story 2']);
  });

  it('outlives a restart, another poll, and the store', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await withdrawn(rig);
    const told = FORMATS.map((format) => textOf(publisher, format));
    const again = await rig.restart(CONFIG);
    await again.publishDue();
    expect(FORMATS.map((format) => textOf(again, format))).toEqual(told);
    const emptied = await rig.restart(CONFIG, await openStore('memory:'));
    await poll(rig, emptied, sourceA, fetched(rss('A', [GONE, post(2)])));
    expect(FORMATS.map((format) => textOf(emptied, format))).toEqual(told);
  });

  it('outlives a store that is emptied while we run', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await withdrawn(rig);
    const source = await rig.store.readSource(sourceA.id);
    if (source.kind !== 'hit') throw new Error('nothing known');
    await rig.store.forgetSource(
      sourceA.id,
      source.value.revision,
      source.value.items.map((item) => item.hash),
    );
    const document = fetched(rss('A', [GONE, post(2), post(3)]));
    await poll(rig, publisher, sourceA, document);
    await poll(rig, publisher, sourceA, document);
    expect(titles(rig, publisher)).toEqual(['Story 2', 'Story 3']);
  });

  it('is nothing of an item that never stood in the feed', async () => {
    const few = buildConfig([sourceA], [buildFeed({ limit: 1 })]);
    await using rig = await pipelineRig(few);
    const publisher = await rig.restart(few);
    await poll(
      rig,
      publisher,
      sourceA,
      fetched(rss('A', [post(2), { ...GONE, date: 'Sun, 01 Nov 2026 12:00:00 GMT' }])),
    );
    rig.nowMs += DAY_MS;
    await withdraw(rig, publisher);
    expect([rig.stubs(publisher), textOf(publisher, 'atom').includes('deleted-entry')]).toEqual([[], false]);
  });

  it('is told of an item that newer ones had pushed out of the feed', async () => {
    const few = buildConfig([sourceA], [buildFeed({ limit: 1 })]);
    await using rig = await pipelineRig(few);
    const publisher = await rig.restart(few);
    await poll(rig, publisher, sourceA, fetched(rss('A', [GONE])));
    const newer = post(2, { date: 'Fri, 20 Nov 2026 11:00:00 GMT' });
    await poll(rig, publisher, sourceA, fetched(rss('A', [newer, GONE])));
    expect(titles(rig, publisher)).toEqual(['Story 2']);
    rig.nowMs += DAY_MS;
    await withdraw(rig, publisher);
    expect(rig.stubs(publisher)).toMatchObject([{ id: GONE.guid }]);
  });

  it('is in the language of the feed', async () => {
    const german = buildConfig([sourceA], [buildFeed({ language: 'de-AT' })]);
    await using rig = await pipelineRig(german);
    const publisher = await rig.restart(german);
    await poll(rig, publisher, sourceA, fetched(rss('A', [GONE])));
    rig.nowMs += DAY_MS;
    await withdraw(rig, publisher);
    expect(rig.stubs(publisher)).toMatchObject([{ title: 'Vom Herausgeber zurückgezogen' }]);
  });

  it('passes on to the next Tributary, by tombstone and by stub alike', async () => {
    await using rig = await pipelineRig(CONFIG);
    const publisher = await rig.restart(CONFIG);
    await poll(rig, publisher, sourceA, fetched(rss('A', [GONE, post(2)])));
    const before = ['rss', 'atom', 'json'].map((format) => textOf(publisher, format));
    rig.nowMs += DAY_MS;
    await withdraw(rig, publisher);
    const after = ['rss', 'atom', 'json'].map((format) => textOf(publisher, format));
    for (const [place, text] of before.entries()) {
      await using next = await pipelineRig(CONFIG);
      const downstream = await next.restart(CONFIG);
      await poll(next, downstream, sourceA, fetched(text));
      expect(titles(next, downstream)).toEqual(['Story 2', `${SECRET} title`]);
      next.nowMs += DAY_MS;
      await poll(next, downstream, sourceA, fetched(after[place] ?? ''));
      expect(titles(next, downstream)).toEqual(['Story 2']);
      expect(next.stubs(downstream)).toMatchObject([
        { id: GONE.guid, _tributary: { retracted: { when: '2026-11-20T13:00:00.000Z', by: 'Ada' } } },
      ]);
      for (const format of FORMATS) expect(textOf(downstream, format)).not.toContain(SECRET);
    }
  });
});
