// The main job: from YAML to a feed reader, with the sample feeds and with sources that publish.
import { cp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { feedparserIsMissing, readWithFeedparser } from '../oracles/feedparser.ts';
import { readWithFeedsmith, readWithRssParser } from '../oracles/readers.ts';
import { rss, startOrigin } from './origin.ts';
import { type Folder, ROOT, run, serve, temporaryFolder, until } from './tributary.ts';

const SAMPLES = path.join(ROOT, 'config/tributary.yaml');
const TITLES = [
  'Line 7 gets its new cars & a longer stop',
  'Night ferry to the islands returns in December',
  'Council votes to keep the fish market open on Sundays',
  "A lantern from ship's copper",
  'Harbour radio, episode 12: the lamp keeper',
  'Sea charts of three centuries, now on the second floor',
  'Seen elsewhere: how the depot got its clock',
  'Rope class on Saturday',
  'Open until ten on Thursdays',
];

/** But the list of what was written, which no reader is sent. */
async function filesOf(dir: string): Promise<ReadonlyMap<string, Buffer>> {
  const names = (await readdir(dir, { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile() && entry.name !== '.tributary-site',
  );
  const files = names.map((entry) => path.join(entry.parentPath, entry.name)).sort();
  return new Map(
    await Promise.all(files.map(async (file) => [path.relative(dir, file), await readFile(file)] as const)),
  );
}

/** Without the status, which tells of each run. */
function lasting(files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, Buffer> {
  return new Map([...files].filter(([name]) => !name.startsWith('status.')));
}

describe('the sample configuration', () => {
  it('has every item once in every format, the shared story once, with credit on each', async () => {
    await using folder = await temporaryFolder();
    const ended = await run(['once', '--out', folder.file('site')], { TRIBUTARY_DATA: folder.file('data') });
    expect(ended).toMatchObject({ code: 0, stdout: '' });
    const files = await filesOf(folder.file('site'));
    expect([...files.keys()]).toEqual([
      'credits.html',
      'feeds.opml',
      ...['city', 'culture'].flatMap((id) =>
        ['atom', 'html', 'json', 'rss'].map((format) => `feeds/${id}.${format}`),
      ),
      'icon.svg',
      'index.html',
      'page.js',
      'sources.opml',
      'status.html',
      'status.json',
      'style.css',
    ]);
    const text = (format: string) => files.get(`feeds/city.${format}`)?.toString('utf8') ?? '';
    for (const format of ['rss', 'atom']) {
      const items = await readWithRssParser(text(format));
      expect(items.map((item) => item.title)).toEqual(TITLES);
    }
    for (const format of ['rss', 'atom', 'json']) {
      const items = readWithFeedsmith(text(format));
      expect(items.map((item) => item.title)).toEqual(TITLES);
      expect(new Set(items.map((item) => item.id)).size).toBe(TITLES.length);
    }
    for (const item of JSON.parse(text('json')).items) {
      expect(item.authors.length).toBeGreaterThan(0);
      expect(item.date_published).toMatch(/^2026-11-/);
      expect(item._tributary).toMatchObject({
        source: { title: expect.any(String) },
        rights: expect.any(String),
      });
      expect(item.content_html).toContain('<p class="attribution">');
      expect(item.content_html).toContain(item._tributary.note);
    }
  });

  it.skipIf(feedparserIsMissing)(
    'reads back in Python’s feedparser with the credit of each item',
    async () => {
      await using folder = await temporaryFolder();
      await run(['once', '--out', folder.file('site')], { TRIBUTARY_DATA: folder.file('data') });
      const files = await filesOf(folder.file('site'));
      const documents = ['rss', 'atom'].map(
        (format) => files.get(`feeds/city.${format}`)?.toString('utf8') ?? '',
      );
      for (const { problem, entries } of readWithFeedparser(documents)) {
        expect(problem).toBeNull();
        expect(entries.map((entry) => entry.title)).toEqual(TITLES);
        for (const entry of entries) {
          expect(entry.source?.title).toMatch(
            /Harbour News|Tram Notes|Port Elsin City Library|Makers of|Depot Diary/,
          );
          expect(entry.authors?.[0]?.name).toBeTruthy();
          expect(entry.published).toBeTruthy();
          expect(entry.rights).toBeTruthy();
          expect(entry.tributary_note).toContain('Source:');
        }
      }
    },
  );

  /** The sample configuration elsewhere, with the same address for readers whatever port it is served on. */
  async function copyOfSamples(folder: Folder): Promise<string> {
    await cp(path.join(ROOT, 'config/samples'), folder.file('samples'), { recursive: true });
    const text = await readFile(SAMPLES, 'utf8');
    return folder.write(
      'tributary.yaml',
      text.replace('# publicUrl: https://feeds.example.org/', 'publicUrl: http://localhost:8080/'),
    );
  }

  it('gives the same bytes from `serve` as from `once`, from stores that know nothing of each other', async () => {
    await using folder = await temporaryFolder();
    await run(['once', '--out', folder.file('site')], { TRIBUTARY_DATA: folder.file('one') });
    await using service = await serve(await copyOfSamples(folder), { TRIBUTARY_DATA: folder.file('two') });
    await until(async () => (await service.get('/readyz')).ok, 'every feed to have a document');
    const files = lasting(await filesOf(folder.file('site')));
    expect(files.size).toBe(15);
    for (const [name, bytes] of files) {
      const isTheSame = async () => {
        const served = await service.get(`/${name}`);
        return served.ok && Buffer.from(await served.arrayBuffer()).equals(bytes);
      };
      await until(isTheSame, `the same ${name}, once every source has been read`);
    }
  });

  it('keeps every ETag over restarts, after SIGTERM and after SIGKILL', async () => {
    await using folder = await temporaryFolder();
    const config = await copyOfSamples(folder);
    const startAndStop = async (signal: NodeJS.Signals) => {
      await using service = await serve(config, { TRIBUTARY_DATA: folder.file('data') });
      await until(async () => (await service.get('/readyz')).ok, 'every feed to have a document');
      await until(async () => (await service.get('/')).ok, 'the first page');
      const paths = ['/', '/feeds/city.rss', '/feeds/city.atom', '/feeds/city.json', '/feeds/city.html'];
      const tags = async (encoding: string) =>
        Promise.all(
          paths.map(async (target) => {
            const { headers } = await service.get(target, { 'accept-encoding': encoding });
            return [headers.get('etag'), headers.get('last-modified')];
          }),
        );
      const found = [...(await tags('gzip')), ...(await tags('identity'))];
      return { found, ended: await service.kill(signal) };
    };
    const first = await startAndStop('SIGTERM');
    expect(first.ended.code).toBe(0);
    expect(new Set(first.found.map(([etag]) => etag)).size).toBe(10);
    const second = await startAndStop('SIGKILL');
    expect(second.found).toEqual(first.found);
    expect((await startAndStop('SIGTERM')).found).toEqual(first.found);
  });
});

describe('sources that publish', () => {
  const post = (n: number) => ({
    guid: `post-${n}`,
    title: `Post ${n}`,
    link: `https://site.example/${n}`,
    date: `Fri, 20 Nov 2026 10:0${n}:00 GMT`,
    body: `Text ${n}`,
  });

  it('add exactly one item for one new item upstream, and change nothing where nothing is new', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    origin.publish('/feed', rss('Site', [post(1), post(2)]));
    const config = await folder.write(
      'tributary.yaml',
      `network: { allow: [127.0.0.1] }
sources: [{ id: site, url: '${origin.url}/feed' }]
feeds: [{ id: all, title: All, sources: all }]
`,
    );
    const env = { TRIBUTARY_DATA: folder.file('data') };
    const once = async () => {
      const ended = await run(['once', '--config', config, '--out', folder.file('site')], env);
      expect(ended.code).toBe(0);
      return filesOf(folder.file('site'));
    };
    const idsOf = (files: ReadonlyMap<string, Buffer>) =>
      JSON.parse(files.get('feeds/all.json')?.toString('utf8') ?? '').items.map(
        (item: { id: string }) => item.id,
      );

    const first = await once();
    const second = await once();
    expect([...lasting(second)]).toEqual([...lasting(first)]);
    expect(origin.answered('/feed')).toEqual([200, 304]);

    origin.publish('/feed', rss('Site', [post(3), post(1), post(2)]));
    const third = await once();
    expect(idsOf(third)).toHaveLength(3);
    expect(idsOf(third).slice(1)).toEqual(idsOf(first));
    expect(origin.answered('/feed')).toEqual([200, 304, 200]);
  });
});
