import { readdir, rename, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type Origin, rss, startOrigin } from './origin.ts';
import { type Folder, PLANTED, run, type Service, serve, temporaryFolder, until } from './tributary.ts';

const yaml = (folder: Folder, list: string, more = '') => `
dataDir: ${folder.file('data')}
store: sqlite:${folder.file('store.db')}
network: { allow: [127.0.0.1], perHost: { gap: 0s } }
sources:
  - { opml: '${list}', every: 1s }
feeds:
  - { id: all, title: All }
  - { id: news, title: News, sources: { categories: [News] } }
${more}
`;

const opml = (body: string) => `<opml version="2.0"><head><title>L</title></head><body>${body}</body></opml>`;
const entry = (origin: Origin, id: string, text = id) =>
  `<outline type="rss" text="${text}" xmlUrl="${origin.url}/${id}"/>`;
const MEDIA_TYPE = 'text/x-opml';

async function origins(...ids: readonly string[]): Promise<Origin> {
  const origin = await startOrigin();
  for (const id of ids)
    origin.publish(
      `/${id}`,
      rss(`Feed ${id}`, [{ guid: `${id}-1`, title: `item ${id}`, link: `${origin.url}/${id}.html` }]),
    );
  return origin;
}

async function itemsOf(service: Service, feed = 'all') {
  const response = await service.get(`/feeds/${feed}.json`);
  if (response.status !== 200) return [];
  const { items } = (await response.json()) as {
    items: { id: string; title: string; date_published: string; _tributary: { source: { title: string } } }[];
  };
  return items;
}
const titlesOf = async (service: Service, feed?: string) =>
  (await itemsOf(service, feed)).map(({ title }) => title).sort();
const listLines = (service: Service) => service.log().filter(({ event }) => event === 'list');
const has = (service: Service, titles: readonly string[], feed?: string) =>
  until(
    async () => JSON.stringify(await titlesOf(service, feed)) === JSON.stringify(titles),
    `${titles} in ${feed ?? 'all'}`,
  );

describe('a list of feeds among the sources', () => {
  it('is known to the commands that read what the service left: its feeds have a status, their items can be taken out', async () => {
    await using folder = await temporaryFolder();
    await using origin = await origins('a', 'b');
    origin.publish('/list', opml(entry(origin, 'a') + entry(origin, 'b')), MEDIA_TYPE);
    const file = await folder.write('tributary.yaml', yaml(folder, `${origin.url}/list`));
    await using service = await serve(file, {});
    await has(service, ['item a', 'item b']);
    const statusOf = async () => JSON.parse((await run(['status', '--json', '--config', file])).stdout);
    await until(
      async () =>
        (await statusOf()).sources.filter(({ items }: { items: number }) => items === 1).length === 2,
      'both in the status',
    );
    expect((await statusOf()).lists).toMatchObject([{ name: `${origin.url}/list`, health: 'ok', feeds: 2 }]);
    await until(async () => (await (await service.get('/sources.opml')).text()).includes('/b"'), 'our list');
    const ours = await service.get('/sources.opml');
    const etag = ours.headers.get('etag') ?? '';
    expect([ours.status, ours.headers.get('content-type')]).toEqual([200, expect.stringMatching(/opml|xml/)]);
    expect(etag).toMatch(/^"[^"]+"$/);
    const again = await service.get('/sources.opml', { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const head = await fetch(`${service.url}/sources.opml`, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
    const taken = await run(['retract', `${origin.url}/a.html`, '--config', file]);
    expect(taken).toMatchObject({ code: 0, stdout: expect.stringContaining('retracted') });
    await until(async () => !(await titlesOf(service)).includes('item a'), 'it to be out');
  });

  it('is followed: what it takes in comes, what it leaves out goes, and when it fails the last good one stays', async () => {
    await using folder = await temporaryFolder();
    await using origin = await origins('a', 'b', 'c');
    origin.publish(
      '/list',
      opml(`<outline text="News">${entry(origin, 'a')}</outline>${entry(origin, 'b')}`),
      MEDIA_TYPE,
    );
    const file = await folder.write('tributary.yaml', yaml(folder, `${origin.url}/list`));
    {
      await using service = await serve(file, {});
      await has(service, ['item a', 'item b']);
      await has(service, ['item a'], 'news');
      const before = (await itemsOf(service)).map(({ id, date_published }) => [id, date_published]);

      // b goes, c comes, a is renamed, moved to the end and still in its group.
      origin.publish(
        '/list',
        opml(`${entry(origin, 'c')}<outline text="News">${entry(origin, 'a', 'Ann')}</outline>`),
        MEDIA_TYPE,
      );
      await has(service, ['item a', 'item c']);
      const a = (await itemsOf(service)).find(({ title }) => title === 'item a');
      expect(before).toContainEqual([a?.id, a?.date_published]);
      await until(
        async () => (await (await service.get('/feeds/all.html')).text()).includes('Ann'),
        'its new name',
      );

      // It fails, is empty, is no list: what it was stays.
      for (const [what, reason] of [
        [
          (): void => void origin.on('/list', (_, response) => void response.writeHead(500).end()),
          'server-error',
        ],
        [(): void => origin.publish('/list', opml(''), MEDIA_TYPE), 'empty-list'],
        [
          (): void => origin.publish('/list', '<html><body>Gone fishing</body></html>', 'text/html'),
          'not-a-list',
        ],
      ] as const) {
        what();
        await until(() => listLines(service).some((line) => line['reason'] === reason), reason);
        expect(await titlesOf(service)).toEqual(['item a', 'item c']);
      }
      expect(service.polls('b')).toHaveLength(0);
      expect(await service.kill('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
    }
    // A start without the list: its sources are those of the last good one.
    origin.on('/list', (_, response) => void response.destroy());
    {
      await using service = await serve(file, {});
      await has(service, ['item a', 'item c']);
      origin.publish('/a', rss('Feed a', [{ guid: 'a-2', title: 'another of a' }]));
      await until(() => service.polls(idOf(origin, 'a')).length > 0, 'a poll of a listed source');
      await until(async () => (await titlesOf(service)).includes('another of a'), 'what it brought');
      origin.publish('/list', opml(entry(origin, 'a') + entry(origin, 'b') + entry(origin, 'c')), MEDIA_TYPE);
      await until(async () => (await titlesOf(service)).includes('item b'), 'the list to be back');
    }
  }, 120_000);

  it('on disk is read again too, when it was replaced; its secrets and those of its address are told nobody', async () => {
    await using folder = await temporaryFolder();
    await using origin = await origins('a', 'b');
    const file = await folder.write('tributary.yaml', yaml(folder, 'blogroll.opml'));
    await folder.write('blogroll.opml', opml(entry(origin, 'a')));
    await using service = await serve(file, {});
    await has(service, ['item a']);
    await writeFile(folder.file('new'), opml(entry(origin, 'a') + entry(origin, 'b')));
    await rename(folder.file('new'), folder.file('blogroll.opml'));
    await has(service, ['item a', 'item b']);
    // A list with a password in its address, and one in it.
    const [scheme, host] = origin.url.split('//');
    origin.publish(
      '/list',
      opml(entry(origin, 'b').replace(`${origin.url}`, `${scheme}//u:${PLANTED}in-list@${host}`)),
    );
    await folder.write('tributary.yaml', yaml(folder, `${scheme}//u:${PLANTED}of-list@${host}/list`));
    await has(service, ['item b']);
    const pages = await Promise.all(
      ['/', '/credits', '/feeds/all.atom', '/status.json'].map(async (page) =>
        (await service.get(page)).text(),
      ),
    );
    for (const page of pages) expect(page).not.toContain(PLANTED);
    expect(await service.kill('SIGTERM')).toMatchObject({ code: 0 });
  }, 120_000);

  it('is read by `once` before everything else', async () => {
    await using folder = await temporaryFolder();
    await using origin = await origins('a', 'b');
    origin.publish('/more', opml(entry(origin, 'b')), MEDIA_TYPE);
    origin.publish(
      '/list',
      opml(`${entry(origin, 'a')}<outline text="More" type="include" url="more"/>`),
      MEDIA_TYPE,
    );
    const file = await folder.write(
      'tributary.yaml',
      yaml(folder, `${origin.url}/list`, '  - { id: "by-{id}", title: "{name}", forEach: source }'),
    );
    const { code, stderr } = await run(['once', '--config', file, '--out', folder.file('site')]);
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(new RegExp(`^${RegExp.escape(`${origin.url}/list`)} +updated `, 'm')),
    ]);
    const names = await readdir(folder.file('site/feeds'));
    expect(names).toContain(`by-${idOf(origin, 'a')}.rss`);
    expect(names).toContain(`by-${idOf(origin, 'b')}.rss`);
    expect(origin.answered('/list')).toHaveLength(1);
  }, 60_000);
});

function idOf(origin: Origin, name: string): string {
  return `${new URL(origin.url).hostname.replaceAll('.', '-')}-${name}`;
}
