// Archives over HTTP and in a static site: the same documents, found by name alone.
import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { walkArchives } from '../oracles/archive-walker.ts';
import { type Origin, rss, startOrigin } from './origin.ts';
import { type Folder, run, serve, temporaryFolder, until } from './tributary.ts';

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

it('answers for archives as for feeds, and for nothing else below them', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const env = { TRIBUTARY_DATA: folder.file('data') };
  await using service = await serve(await configured(folder, origin), env);
  await until(async () => (await service.get('/readyz')).ok, 'the feed to be published');
  const { documents, titles } = await walkArchives(
    'http://feeds.example/planet/feeds/all.atom',
    async (url) => (await service.get(new URL(url).pathname)).text(),
  );
  expect(titles.size).toBe(COUNT);
  const at = new URL(documents[1]?.url ?? '').pathname;

  const answer = await service.get(at);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
  expect(answer.headers.get('cache-control')).toMatch(/max-age=3600/);
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(answer.headers.get('x-robots-tag')).toBe('noindex');
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(answer.headers.get('link')).toBeNull();
  const etag = answer.headers.get('etag') ?? '';
  expect((await service.get(at, { 'if-none-match': etag })).status).toBe(304);
  const plain = await service.get(at, { 'accept-encoding': 'identity' });
  expect(await plain.text()).toBe(await answer.text());
  expect(plain.headers.get('etag')).not.toBe(etag);
  const head = await fetch(`${service.url}${at}`, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect((await fetch(`${service.url}${at}`, { method: 'POST' })).status).toBe(405);

  const list = await service.get('/planet/feeds/all/archive/');
  expect([list.status, list.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const bare = await service.get('/planet/feeds/all/archive');
  expect([bare.status, bare.headers.get('location')]).toEqual([308, '/planet/feeds/all/archive/']);
  const name = at.slice(at.lastIndexOf('/') + 1);
  const unknown = [
    '1999-01.atom',
    name.replace('.atom', '.xml'),
    '..%2fall.atom%2f..',
    '1.json',
    'pending.json',
  ];
  for (const other of unknown) {
    const answered = await service.get(`/planet/feeds/all/archive/${other}`);
    expect([other, answered.status]).toEqual([other, 404]);
  }
  expect((await service.get(`/feeds/other/archive/${name}`)).status).toBe(404);
});

it('writes archives beside the feeds of a static site, once', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  const config = await configured(folder, origin);
  const env = { TRIBUTARY_DATA: folder.file('data') };
  const once = (...more: readonly string[]) =>
    run(['once', '--config', config, '--out', folder.file('site'), ...more], env);
  expect((await once()).code).toBe(0);
  const names = await readdir(folder.file('site/feeds/all/archive'));
  expect(names.filter((name) => name !== 'index.html')).toHaveLength(4);
  const { titles } = await walkArchives('http://feeds.example/planet/feeds/all.rss', (url) =>
    readFile(folder.file(`site/${url.slice('http://feeds.example/planet/'.length)}`), 'utf8'),
  );
  expect(titles.size).toBe(COUNT);
  expect((await once('--format', 'rss')).stderr).toMatch(/: 2 files, 0 of them new or changed/);
});
