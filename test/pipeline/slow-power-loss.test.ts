// A loss of power takes the end of SQLite's log: whatever part of it, the database opens, nothing that is published is contradicted,
// and the polls that are gone are done again.
import { copyFileSync, cpSync, rmSync, statSync, truncateSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openStore } from '../../src/edge/store/open-store.ts';
import { feedId } from '../../src/model/ids.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { temporaryFolder } from '../e2e/tributary.ts';
import { agreesWithStore } from '../rig/kill/kept-store.ts';
import { random } from '../rig/kill/random.ts';
import { buildConfig, fetched, pipelineRig, sourceA, sourceB } from './rig.ts';

const CUTS = 150;
const CONFIG = buildConfig([sourceA, sourceB]);
/** Undated: a date that is made anew would be another. */
const document = (site: string, stories: number) =>
  fetched(
    rss(
      site,
      Array.from(
        { length: stories },
        (_, n): Post => ({
          guid: `${site}-${n}`,
          title: `${site} ${n}`,
          link: `https://${site}.example/${n}`,
          body: `${site} ${n} `.repeat(100),
        }),
      ),
    ),
  );

it(`contradicts nothing that is published, at any of ${CUTS} ends of the log`, {
  timeout: 300_000,
}, async () => {
  await using folder = await temporaryFolder();
  await using rig = await pipelineRig(CONFIG);
  const live = folder.file('live.db');
  const said = (publisher: Awaited<ReturnType<typeof rig.restart>>) =>
    new Map(rig.json(publisher).map(({ title, id, date_published: date }) => [title, `${id} ${date}`]));

  let publisher = await rig.restart(CONFIG, await openStore(`sqlite:${live}`));
  const poll = async (storiesOfA: number, storiesOfB: number) => {
    rig.nowMs += 60_000;
    rig.answer(sourceA.feedUrl, document('a', storiesOfA));
    rig.answer(sourceB.feedUrl, document('b', storiesOfB));
    for (const source of [sourceA, sourceB]) expect((await rig.poll(source)).outcome).not.toBe('failed');
  };
  for (const stories of [2, 4, 6]) {
    await poll(stories, stories);
    await publisher.publishDue();
  }
  const published = said(publisher);
  const edition = await rig.store.readEdition(feedId('all'));
  if (edition.kind !== 'hit') throw new Error(edition.kind);
  const durableBytes = statSync(`${live}-wal`).size;
  // Not waited for by any fsync: these may go.
  await poll(8, 9);
  await poll(10, 11);
  const writtenBytes = statSync(`${live}-wal`).size;
  expect(writtenBytes).toBeGreaterThan(durableBytes);
  cpSync(rig.folder, folder.file('documents'), { recursive: true });
  // Whoever closes the database takes its log up.
  const left = folder.file('left.db');
  for (const ending of ['', '-wal']) copyFileSync(`${live}${ending}`, `${left}${ending}`);

  const next = random(20261128);
  const lost = new Map<number, number>();
  for (let cut = 0; cut < CUTS; cut += 1) {
    const name = folder.file(`cut-${cut}.db`);
    copyFileSync(left, name);
    copyFileSync(`${left}-wal`, `${name}-wal`);
    // Most where power may take something; some where only a disk that lies loses it.
    const from = cut % 5 === 0 ? 0 : durableBytes;
    const bytes = from + Math.floor(next() * (writtenBytes - from + 1));
    truncateSync(`${name}-wal`, bytes);
    rmSync(rig.folder, { recursive: true });
    cpSync(folder.file('documents'), rig.folder, { recursive: true });

    const store = await openStore(`sqlite:${name}`);
    if (bytes >= durableBytes) await agreesWithStore(store, ['a', 'b'], [edition.value]);
    const found = await store.readSource(sourceA.id);
    const known = found.kind === 'hit' ? found.value.items.length : 0;
    if (bytes >= durableBytes) lost.set(known, (lost.get(known) ?? 0) + 1);
    publisher = await rig.restart(CONFIG, store);
    expect(said(publisher)).toEqual(published);
    await poll(10, 11);
    await publisher.publishDue();
    const now = said(publisher);
    expect(now.size).toBe(21);
    for (const [title, name] of published) expect(now.get(title), title).toBe(name);
    await store.close();
  }
  // Nothing, one poll, or two of them were lost.
  expect([...lost.keys()].sort()).toEqual([10, 6, 8]);
});
