// `retract` of an item that stands in an archive alone: its source has dropped it.
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { walkArchives } from '../oracles/archive-walker.ts';
import { type Origin, rss, startOrigin } from './origin.ts';
import { type Folder, run, temporaryFolder } from './tributary.ts';

const COUNT = 30;

async function configured(folder: Folder, origin: Origin): Promise<string> {
  const posts = Array.from({ length: COUNT }, (_, n) => ({
    guid: `tag:one.example,2026:${COUNT - n}`,
    title: `Story ${COUNT - n}`,
    link: `https://one.example/${COUNT - n}`,
    date: new Date(Date.UTC(2026, 0, COUNT - n)).toUTCString(),
    body: 'word '.repeat(300),
  }));
  origin.publish('/one', rss('One', posts));
  return folder.write(
    'tributary.yaml',
    `server: { publicUrl: 'http://feeds.example/planet/' }
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources: [{ id: one, url: '${origin.url}/one', items: ${COUNT}, every: 15m }]
feeds: [{ id: all, title: All, limit: 10, archive: true, noindex: true, hubs: [https://hub.example/] }]
`,
  );
}

it('takes out of an archive what its source has long forgotten', { timeout: 300_000 }, async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const config = await configured(folder, origin);
  const env = { TRIBUTARY_DATA: folder.file('data'), TRIBUTARY_STORE: `sqlite:${folder.file('t.db')}` };
  const once = () => run(['once', '--config', config, '--out', folder.file('site')], env);
  const retract = (...args: readonly string[]) => run(['retract', ...args, '--config', config], env);
  const titles = async () => {
    const walked = await walkArchives('http://feeds.example/planet/feeds/all.atom', (url) =>
      readFile(folder.file(`site/${url.slice('http://feeds.example/planet/'.length)}`), 'utf8'),
    );
    return new Set(walked.titles.values());
  };
  await once();
  const later = Array.from({ length: COUNT }, (_, n) => ({
    guid: `tag:one.example,2026:${1000 - n}`,
    title: `Story ${1000 - n}`,
    link: `https://one.example/${1000 - n}`,
    date: new Date(Date.UTC(2026, 4, COUNT - n)).toUTCString(),
  }));
  origin.publish('/one', rss('One', later));
  await once();
  expect((await titles()).size).toBe(2 * COUNT);

  expect(await retract('http://www.one.example/3?utm_source=x')).toMatchObject({ code: 0 });
  await once();
  const left = await titles();
  expect([left.has('Story 3'), left.size]).toEqual([false, 2 * COUNT - 1]);
  expect((await retract('tag:one.example,2026:3')).stderr).toMatch(/is retracted already/);
  expect((await retract('tag:one.example,2026:3', '--undo')).code).toBe(0);
  await once();
  expect((await titles()).size).toBe(2 * COUNT);
  expect((await retract('https://one.example/nothing')).code).toBe(1);
});
