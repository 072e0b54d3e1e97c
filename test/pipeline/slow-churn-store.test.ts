// What a source costs over a thousand polls that changes all its names every time, or all its items: a store of SQLite's that
// stops growing, one copy of each story, and nothing of the sources beside it.
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openStore } from '../../src/edge/store/open-store.ts';
import { buildSource } from '../core/build-item.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { buildConfig, buildFeed, fetched, type PipelineRig, pipelineRig, sourceA, sourceB } from './rig.ts';

const HOUR_MS = 3_600_000;
const quiet = sourceB;

interface Size {
  readonly rows: number;
  /** Of the values. */
  readonly bytes: number;
  /** Of the file and its log. */
  readonly pages: number;
}

function sizeOf(file: string): Size {
  const database = new DatabaseSync(file, { readOnly: true });
  const number = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0]);
  const size = {
    rows: number('SELECT count(*) FROM entry'),
    bytes: number('SELECT sum(length(value)) FROM entry'),
    pages: number('PRAGMA page_count'),
  };
  database.close();
  return size;
}

const texts = ['tide', 'market', 'swifts', 'bakery', 'choir'];
const story = (n: number): Post => ({
  guid: `story-${n}`,
  title: `Story ${n}`,
  link: `https://a.example/${n}`,
  date: new Date(Date.parse('2026-11-01T00:00:00Z') + n * HOUR_MS).toUTCString(),
  body: `Number ${n} tells of the ${texts[n % 5]}, in words that are its own, and of the year ${1900 + n}.`,
});

/** Polls `times` times what `document` gives, and publishes now and then. */
async function run(
  rig: PipelineRig,
  file: string,
  times: number,
  document: (poll: number) => readonly Post[],
): Promise<Size[]> {
  const config = buildConfig([sourceA, quiet], [buildFeed({ limit: 40 })]);
  const publisher = await rig.restart(config, await openStore(`sqlite:${file}`));
  rig.answer(
    quiet.feedUrl,
    fetched(rss('Quiet', [{ ...story(1), guid: 'quiet', title: 'Quiet', link: 'https://b.example/1' }])),
  );
  await rig.poll(quiet);
  const sizes: Size[] = [];
  for (let poll = 0; poll < times; poll++) {
    rig.nowMs += HOUR_MS;
    rig.answer(sourceA.feedUrl, fetched(rss('A', document(poll))));
    const report = await rig.poll(sourceA);
    expect(report.outcome).not.toBe('failed');
    if (poll > 0 && poll % (times / 10) !== 0) continue;
    await publisher.publishDue();
    sizes.push(sizeOf(file));
  }
  await publisher.publishDue();
  shown = rig.json(publisher).map(({ id, title }) => ({ id, title }));
  return sizes;
}

let shown: readonly { readonly id: string; readonly title: string }[] = [];

it.each<[string, (n: number, poll: number, nowMs: number) => Partial<Post>]>([
  ['ids', (n, poll) => ({ guid: `${poll}-${n}` })],
  [
    'ids, sessions in the addresses, and dates',
    (n, poll, nowMs) => ({
      guid: `${poll}-${n}`,
      link: `https://a.example/${n}?PHPSESSID=${poll}`,
      date: new Date(nowMs).toUTCString(),
    }),
  ],
  [
    'ids and dates, and has no addresses',
    (n, poll, nowMs) => ({ guid: `${poll}-${n}`, link: '', date: new Date(nowMs).toUTCString() }),
  ],
])(
  'D2: 1,000 polls of a source that gives fresh %s leave one copy of each story',
  { timeout: 240_000 },
  async (_what, said) => {
    await using rig = await pipelineRig(buildConfig([]));
    const sizes = await run(rig, `${rig.folder}/t.db`, 1000, (poll) =>
      [4, 3, 2, 1, 0].map((n) => ({ ...story(n), ...said(n, poll, rig.nowMs) })),
    );
    expect(shown.map(({ title }) => title).toSorted()).toEqual([
      'Quiet',
      'Story 0',
      'Story 1',
      'Story 2',
      'Story 3',
      'Story 4',
    ]);
    expect(new Set(shown.map(({ id }) => id)).size).toBe(6);
    const [first, second, ...later] = sizes;
    for (const size of later) {
      expect(size.rows).toBe(first?.rows);
      expect(size.bytes).toBeLessThan((second?.bytes ?? 0) * 1.02);
      expect(size.pages).toBe(second?.pages);
    }
    const report = await rig.poll(sourceA);
    expect(report.outcome).toBe('unchanged');
  },
);

it('D4: a source of nothing but new items fills its share of the store and no more', {
  timeout: 240_000,
}, async () => {
  await using rig = await pipelineRig(buildConfig([]));
  const sizes = await run(rig, `${rig.folder}/t.db`, 30, (poll) =>
    Array.from({ length: 1000 }, (_, n) => story(1000 * poll + n)),
  );
  const last = sizes.slice(3);
  for (const size of last) {
    expect(size.rows).toBe(last[0]?.rows);
    expect(size.bytes).toBeLessThan((last[0]?.bytes ?? 0) * 1.05);
    expect(size.pages).toBeLessThan((last[0]?.pages ?? 0) * 1.1);
  }
  expect(last[0]?.rows).toBeLessThan(buildSource('a').itemsMax + 30);
});
