import { readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Origin, rss, startOrigin } from './origin.ts';
import { type Folder, PLANTED, type Service, serve, temporaryFolder, until } from './tributary.ts';

interface Said {
  readonly sources: readonly string[];
  readonly feeds?: readonly string[];
  readonly more?: string;
}

function yaml(folder: Folder, { sources, feeds = ['{ id: all, title: All }'], more = '' }: Said): string {
  return `
server: { publicUrl: 'https://feeds.example/' }
dataDir: ${folder.file('data')}
store: sqlite:${folder.file('store.db')}
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
${more}
sources:
${sources.map((source) => `  - ${source}\n`).join('')}
feeds:
${feeds.map((feed) => `  - ${feed}\n`).join('')}
`;
}

/** As most editors save: another file in its place. */
async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}~`, text);
  await rename(`${file}~`, file);
}

async function idsOf(service: Service, feed = 'all'): Promise<readonly string[]> {
  const response = await service.get(`/feeds/${feed}.json`);
  if (response.status !== 200) return [];
  return ((await response.json()) as { items: { id: string }[] }).items.map(({ id }) => id).sort();
}

const events = (service: Service, name: string) => service.log().filter(({ event }) => event === name);
const source = (origin: Origin, id: string, more = '') => `{ id: ${id}, url: '${origin.url}/${id}'${more} }`;

async function startedWith(folder: Folder, origin: Origin, said: Said) {
  for (const id of ['a', 'b', 'c']) origin.publish(`/${id}`, rss(id, [{ guid: `${id}-1`, title: id }]));
  const file = await folder.write('tributary.yaml', yaml(folder, said));
  return { file, service: await serve(file, {}) };
}

describe('a configuration that changes while it is served', () => {
  it('takes sources and feeds in and out, item by item, and drops no request', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const [a, b, c] = ['a', 'b', 'c'].map((id) => source(origin, id));
    const start = await startedWith(folder, origin, {
      sources: [String(a), String(b)],
      feeds: ['{ id: all, title: All }', '{ id: only-a, title: A, sources: [a] }'],
    });
    await using service = start.service;
    await until(async () => (await idsOf(service)).length === 2, 'both items');
    await until(async () => (await idsOf(service, 'only-a')).length === 1, 'the other feed');
    const [idA] = await idsOf(service, 'only-a');
    let asked = true;
    const statuses = new Set<number>();
    const asking = (async () => {
      while (asked) {
        statuses.add((await service.get('/feeds/all.rss')).status);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    })();

    await replace(
      start.file,
      yaml(folder, {
        // b left, c came, a goes by another name.
        sources: [String(c), String(a).replace('id: a', 'id: anna')],
        feeds: ['{ id: all, title: All }', '{ id: newest, title: Newest, limit: 1 }'],
      }),
    );
    await until(() => events(service, 'config-applied').length === 1, 'the new configuration');
    expect(events(service, 'config-applied')[0]).toMatchObject({
      level: 'info',
      sourcesAdded: ['c', 'anna'],
      sourcesRemoved: ['a', 'b'],
      feedsAdded: ['newest'],
      feedsRemoved: ['only-a'],
    });
    await until(async () => service.polls('c').length === 1, 'the new source');
    await until(async () => {
      const ids = await idsOf(service);
      return ids.length === 2 && ids.includes(String(idA));
    }, 'the feed with the renamed and the new source');
    expect((await service.get('/feeds/only-a.rss')).status).toBe(404);
    await until(async () => (await idsOf(service, 'newest')).length === 1, 'the new feed');
    await until(
      async () => !(await (await service.get('/')).text()).includes('only-a'),
      'the page without the feed that left',
    );
    await until(
      async () => !(await readdir(path.join(folder.path, 'data/feeds'))).includes('only-a'),
      'its documents to leave the disk',
    );

    // A file with mistakes changes nothing; the next good one is taken up.
    await replace(start.file, yaml(folder, { sources: [String(a)] }).replace('feeds:', 'feads:'));
    await until(() => events(service, 'bad-config').length === 1, 'the complaint');
    expect(JSON.stringify(events(service, 'bad-config')[0])).toMatch(/tributary\.yaml:\d+:\d+: feads/);
    expect(await idsOf(service)).toHaveLength(2);
    await replace(start.file, yaml(folder, { sources: [String(a).replace('id: a', 'id: anna')] }));
    await until(async () => (await idsOf(service)).length === 1, 'the feed of one source');
    expect(await idsOf(service)).toEqual([idA]);

    asked = false;
    await asking;
    expect([...statuses]).toEqual([200]);
    expect(service.polls('b')).toHaveLength(1);
    expect(service.polls('anna').every(({ outcome }) => outcome !== 'failed')).toBe(true);
    expect(await service.kill('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  }, 60_000);

  it('says what waits for a restart, follows limits and wording at once, and hides what is new and secret', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const said = { sources: [source(origin, 'a'), source(origin, 'b')] };
    const start = await startedWith(folder, origin, said);
    await using service = start.service;
    await until(async () => (await idsOf(service)).length === 2, 'both items');
    const sent = () => events(service, 'config-applied').length;
    await replace(
      start.file,
      yaml(folder, {
        ...said,
        sources: [
          source(origin, 'a', ', name: Anna, every: 2h'),
          source(origin, 'b'),
          source(origin, 'c', `, headers: { x-secret: '${PLANTED}late' }`),
        ],
      })
        .replace('dataDir: ', 'dataDir: /elsewhere')
        .replace("'https://feeds.example/'", "'https://feeds.example/planet/', port: 9, host: 127.0.0.1")
        .replace('gap: 0s', 'gap: 1s'),
    );
    service.send('SIGHUP');
    await until(() => sent() >= 1, 'the new configuration');
    expect(events(service, 'config-applied')[0]).toMatchObject({
      sourcesAdded: ['c'],
      sourcesChanged: ['a: name, every'],
      settings: ['server.publicUrl', 'network.perHost'],
    });
    expect(events(service, 'config-at-restart')[0]).toMatchObject({
      level: 'warn',
      keys: ['dataDir', 'server.host'],
    });
    await until(
      async () => (await (await service.get('/feeds/all.rss')).text()).includes('Anna'),
      'its name',
    );
    const feed = await (await service.get('/planet/feeds/all.rss')).text();
    expect(feed).toContain('https://feeds.example/planet/feeds/all.rss');
    await until(() => service.polls('c').length > 0, 'the source with a secret');
    service.send('SIGHUP');
    await until(() => sent() === 2, 'an answer, though nothing changed');
    expect(await service.kill('SIGTERM')).toMatchObject({ code: 0 });
  }, 60_000);

  it('keeps what a source brought before it left, for when it comes back', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const both = { sources: [source(origin, 'a'), source(origin, 'b')] };
    const start = await startedWith(folder, origin, both);
    await using service = start.service;
    await until(async () => (await idsOf(service)).length === 2, 'both items');
    const before = await (await service.get('/feeds/all.json')).text();
    await replace(start.file, yaml(folder, { sources: [source(origin, 'a')] }));
    await until(async () => (await idsOf(service)).length === 1, 'the feed without it');
    origin.on('/b', (_, response) => void response.writeHead(500).end());
    await replace(start.file, yaml(folder, both));
    await until(async () => (await idsOf(service)).length === 2, 'the feed with it');
    const dated = (text: string) =>
      (JSON.parse(text) as { items: { id: string; date_published: string }[] }).items.map(
        ({ id, date_published }) => [id, date_published],
      );
    expect(dated(await (await service.get('/feeds/all.json')).text())).toEqual(dated(before));
  }, 60_000);
});
