// kill -9 in the middle of polls and publishing: nothing lost, nothing twice, every document whole.
import { expect, it } from 'vitest';
import { checkRendition } from '../../src/core/render/check-rendition.ts';
import { type Post, rss, startOrigin } from './origin.ts';
import { serve, temporaryFolder, until } from './tributary.ts';

const KILLS = 40;
const SITES = ['one', 'two', 'three'];
/** Of each site, so that what is expected fits into what a source and a feed hold, however slow the machine. */
const POSTS_MAX = 300;
/** Fixed, so that a failure can be had again: where in a life of up to a second each kill falls. */
const SEED = 20261123;

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

it(`loses no item and doubles none over ${KILLS} kills`, { timeout: 300_000 }, async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const posts = new Map<string, Post[]>(SITES.map((site) => [site, []]));
  const publish = () => {
    for (const [site, list] of posts) {
      const n = list.length + 1;
      if (n > POSTS_MAX) return;
      list.unshift({
        guid: `${site}-${n}`,
        title: `${site} ${n}`,
        link: `https://${site}.example/${n}`,
        body: 'x'.repeat(2000),
      });
      origin.publish(`/${site}`, rss(site, list));
    }
  };
  publish();
  // Published items keep coming while the program runs, so that kills fall into polls and commits, not between them.
  const publishing = setInterval(publish, 400);
  const sources = SITES.map((id) => `{ id: ${id}, url: '${origin.url}/${id}', every: 1s }`);
  const config = await folder.write(
    'tributary.yaml',
    `server: { publicUrl: 'http://feeds.example/' }
network: { allow: [127.0.0.1], perHost: { concurrency: 3, gap: 0s } }
sources: [${sources.join(', ')}]
feeds: [{ id: all, title: All, limit: 1000 }]
`,
  );
  const env = { TRIBUTARY_DATA: folder.file('data') };
  const knownAs = new Map<string, string>();
  const next = random(SEED);

  /** Every document that is served is whole, has no item twice, and has each item under the id and date that it always had. */
  const inspect = async (get: (path: string) => Promise<Response>) => {
    const answer = await get('/feeds/all.json');
    if (!answer.ok) return [];
    const text = await answer.text();
    const items = JSON.parse(text).items as { id: string; title: string; date_published: string }[];
    const problems = checkRendition(
      'json',
      text,
      items.map((item) => item.id),
    );
    expect(problems).toEqual([]);
    for (const { id, title, date_published } of items) {
      const name = `${id} ${date_published}`;
      expect(knownAs.get(title) ?? name).toBe(name);
      knownAs.set(title, name);
    }
    expect(new Set(items.map((item) => item.title)).size).toBe(items.length);
    return items.map((item) => item.title);
  };

  let most = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    await using service = await serve(config, env);
    const titles = await inspect(service.get);
    // What was once published stays.
    expect(titles.length).toBeGreaterThanOrEqual(most);
    await new Promise((resolve) => setTimeout(resolve, next() * 1000));
    most = Math.max(most, (await inspect(service.get)).length);
    await service.kill('SIGKILL');
  }
  clearInterval(publishing);

  await using service = await serve(config, env);
  const expected = [...posts].flatMap(([site, list]) => list.map((_, at) => `${site} ${at + 1}`)).sort();
  await until(async () => (await inspect(service.get)).length >= expected.length, 'every item to be there');
  expect((await inspect(service.get)).sort()).toEqual(expected);
  expect(expected.length).toBeGreaterThan(KILLS);
});
