// kill -9 while archives are sealed: a walker then still gets everything, each item in one archive at most, and what was sealed
// stays as it was.
import { expect, it } from 'vitest';
import { type Walk, walkArchives } from '../oracles/archive-walker.ts';
import { type Post, rss, startOrigin } from './origin.ts';
import { type Service, serve, temporaryFolder, until } from './tributary.ts';

const KILLS = 10;
/** Fixed, so that a failure can be had again. */
const SEED = 20261126;
const ROOT = 'http://feeds.example/';

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const walk = (service: Service): Promise<Walk> =>
  walkArchives(`${ROOT}feeds/all.atom`, async (url) => {
    const answer = await service.get(url.slice(ROOT.length - 1));
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    return answer.text();
  });

it(`loses nothing between a feed and its archives over ${KILLS} kills`, { timeout: 300_000 }, async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const posts: Post[] = [];
  /** Ever more of them, the last twenty in the document. */
  const publish = () => {
    for (let more = 0; more < 2; more += 1) {
      const n = posts.length + 1;
      posts.unshift({
        guid: `tag:one.example,2026:${n}`,
        title: `Story ${n}`,
        link: `https://one.example/${n}`,
        body: 'x'.repeat(500),
      });
    }
    origin.publish('/one', rss('One', posts.slice(0, 20)));
  };
  publish();
  const config = await folder.write(
    'tributary.yaml',
    `server: { publicUrl: '${ROOT}' }
network: { allow: [127.0.0.1], perHost: { concurrency: 3, gap: 0s } }
sources: [{ id: one, url: '${origin.url}/one', every: 1s, items: 20 }]
feeds: [{ id: all, title: All, limit: 4, archive: true }]
`,
  );
  const env = { TRIBUTARY_DATA: folder.file('data') };
  const next = random(SEED);
  /** Atom documents by address. */
  const sealed = new Map<string, string>();
  const inspect = ({ documents, titles }: Walk) => {
    const archived = documents.slice(1);
    const ids = archived.flatMap((document) => document.ids);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { url, text } of archived) {
      expect(sealed.get(url) ?? text).toBe(text);
      sealed.set(url, text);
    }
    return titles.size;
  };

  let most = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    await using service = await serve(config, env);
    // The first has nothing to serve yet.
    await until(async () => (await service.get('/readyz')).ok, 'the feed to be there');
    most = Math.max(most, inspect(await walk(service)));
    const seen = origin.answered('/one').length;
    publish();
    // Somewhere after its poll: in the commits, on the disk, between the two, or after all of it.
    await until(() => origin.answered('/one').length > seen, 'a poll');
    await new Promise((resolve) => setTimeout(resolve, next() * 150));
    await service.kill('SIGKILL');
  }

  await using service = await serve(config, env);
  await until(async () => inspect(await walk(service)) === posts.length, 'every story to be there');
  expect([...(await walk(service)).titles.values()].sort()).toEqual(posts.map(({ title }) => title).sort());
  expect(sealed.size).toBeGreaterThan(KILLS / 2);
  expect(most).toBeGreaterThan(2);
});
