// Which item is which, from document to published feed, over a store that keeps.
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { keyUrl } from '../../src/core/identify/key-url.ts';
import { openStore } from '../../src/edge/store/open-store.ts';
import { timestampOfClock } from '../../src/model/timestamp.ts';
import { changeRetractions, retractionOf } from '../../src/pipeline/retract-story.ts';
import { readStories } from '../../src/pipeline/stories.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { buildConfig, fetched, type PipelineRig, pipelineRig, sourceA, sourceB } from './rig.ts';

const CONFIG = buildConfig([sourceA, sourceB]);
const ONE = buildConfig([sourceA]);
const story = (n: number, said: Partial<Post> = {}): Post => ({
  guid: `story-${n}`,
  title: `Story ${n}`,
  link: `https://a.example/2026/story-${n}`,
  date: new Date(Date.parse('2026-11-01T08:00:00Z') + n * 3_600_000).toUTCString(),
  body: `What is told of ${n} is told of nothing else, since ${n} is a number of its own.`,
  ...said,
});

async function poll(rig: PipelineRig, posts: readonly Post[], source = sourceA) {
  rig.nowMs += 3_600_000;
  rig.answer(source.feedUrl, fetched(rss('A', posts)));
  return rig.poll(source);
}

const recordOf = (rig: PipelineRig) => {
  const state = rig.known.of(sourceA.id);
  return state.kind === 'known' ? state.record : undefined;
};

it('D2: tells of ids that change with every poll', async () => {
  await using rig = await pipelineRig(CONFIG);
  const document = (turn: number) => [3, 2, 1].map((n) => story(n, { guid: `${turn}-${n}` }));
  expect((await poll(rig, document(0))).notes).toEqual([]);
  const report = await poll(rig, document(1));
  expect(report).toMatchObject({ outcome: 'unchanged', new: 0, changed: 0 });
  expect(report.notes).toEqual([
    { code: 'guid-churn', detail: '3 of 3 known items came under other ids or addresses' },
  ]);
  expect(recordOf(rig)?.churn).toEqual({ kind: 'new-ids', items: 3, of: 3 });
  await poll(rig, document(1).toReversed());
  expect(recordOf(rig)?.churn).toBeUndefined();
});

it('D7: one page at two sources under two spellings is one item, under its publisher’s own', async () => {
  await using rig = await pipelineRig(CONFIG);
  const publisher = await rig.restart(CONFIG);
  const link = 'http://www.a.example/2026/story-1/?utm_source=rss&amp;utm_medium=feed#more';
  await poll(rig, [story(1, { link })]);
  const other = 'https://a-example.cdn.ampproject.org/c/s/m.a.example/2026/story-1?fbclid=x';
  await poll(rig, [story(1, { guid: 'another', link: other })], sourceB);
  await publisher.publishDue();
  expect(rig.json(publisher).map((item) => item['url'])).toEqual([link.replace('&amp;', '&')]);
});

it('an upgrade of the rules for pages announces nothing, changes no id, and brings back nothing', async () => {
  await using rig = await pipelineRig(ONE);
  const link = (n: number) => `https://m.a.example/2026/story-${n}/index.html?xtor=RSS-1`;
  const document = (turn: string) =>
    [3, 2, 1].map((n) => story(n, { guid: n === 1 ? '' : `${turn}${n}`, link: link(n) }));
  let publisher = await rig.restart(ONE);
  await poll(rig, document('old'));
  await publisher.publishDue();
  const [taken, ...standing] = rig.json(publisher).map(({ id }) => id);
  const stories = await readStories(rig.store, ONE);
  const all = stories.flatMap((one) => one.copies);
  const found = stories.find((one) => one.publishedIds.some((id) => id === taken));
  await changeRetractions(rig.store, timestampOfClock(rig.nowMs), (records) => {
    const wish = { feedId: undefined, reason: undefined, now: timestampOfClock(rig.nowMs) };
    const record = found && retractionOf(found, all, records, wish);
    // Known by nothing but its page, as the first rules had it.
    return record
      ? [
          {
            ...record,
            members: [],
            publishedId: 'urn:x:gone' as never,
            guidUri: undefined,
            canonicalUrl: keyUrl(link(3)),
          },
        ]
      : [];
  });
  await asTheFirstRulesHadIt(rig, link);
  publisher = await rig.restart(ONE);
  const report = await poll(rig, document('new'));
  expect(report).toMatchObject({ new: 0, changed: 0 });
  expect(recordOf(rig)?.items.map((entry) => entry.canonicalUrl)).toEqual(
    [3, 2, 1].map((n) => `//a.example/2026/story-${n}`),
  );
  await publisher.publishDue();
  expect(rig.json(publisher).map(({ id }) => id)).toEqual(standing);
});

/** The record of the source as the version before these rules wrote it. */
async function asTheFirstRulesHadIt(rig: PipelineRig, link: (n: number) => string): Promise<void> {
  const record = recordOf(rig);
  if (record === undefined) throw new Error('nothing is known');
  const { pageRules: _rules, readBy: _version, churn: _churn, ...rest } = record;
  const items = record.items.map(({ textSketch: _sketch, ...entry }, place) => ({
    ...entry,
    canonicalUrl: keyUrl(link(3 - place)),
  }));
  const source = { ...rest, items, revision: record.revision + 1 };
  expect(
    await rig.store.commitPoll(sourceA.id, record.revision, { source, items: [], removed: [] }),
  ).toMatchObject({ kind: 'committed' });
}

it('D8: no name in the store holds what a publisher calls its items', async () => {
  await using rig = await pipelineRig(CONFIG);
  const file = `${rig.folder}/t.db`;
  await rig.restart(CONFIG, await openStore(`sqlite:${file}`));
  const guids = [
    '../../etc/passwd',
    'a:b:*',
    "x'; DROP TABLE entry; --",
    '"quoted"',
    'LEAK '.repeat(200_000),
  ];
  const report = await poll(
    rig,
    guids.map((guid, n) => story(n, { guid, link: `https://a.example/LEAK/${n}` })),
  );
  expect(report).toMatchObject({ outcome: 'updated', new: guids.length });
  const database = new DatabaseSync(file, { readOnly: true });
  const names = database
    .prepare('SELECT key FROM entry')
    .all()
    .map((row) => String(row['key']));
  database.close();
  expect(names.filter((name) => /^item/.test(name))).toHaveLength(guids.length);
  for (const name of names) expect(name).toMatch(/^[\w:-]{1,80}$/);
  expect(names.join(' ')).not.toMatch(/etc|DROP|quoted|LEAK/);
});
