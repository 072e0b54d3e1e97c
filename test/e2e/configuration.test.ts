// Every key of the configuration that works, at once, and its effect on what goes out.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readXml, type XmlElement } from '../oracles/readers.ts';
import { rss, startOrigin } from './origin.ts';
import { run, serve, temporaryFolder, until } from './tributary.ts';

const TOKEN = 'tok-5ecr3t-9a8b7c';
const PASSWORD = 'pa55-w0rd-hidden';

const post = (site: string, n: number, said: object = {}) => ({
  guid: `${site}-${n}`,
  title: `${site} ${n}`,
  link: `https://${site}.example/${n}`,
  date: new Date(Date.now() - n * 3_600_000).toUTCString(),
  body: `Text of ${site} ${n}`,
  ...said,
});

interface JsonItem {
  readonly title: string;
  readonly tags: readonly string[];
  readonly content_html: string;
  readonly _tributary: {
    readonly rights?: string;
    readonly license?: string;
    readonly source: { readonly title: string; readonly feed_url?: string };
  };
}

describe('the whole configuration', () => {
  it('does what it says', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const port = new URL(origin.url).port;
    origin.publish(
      '/one',
      rss('Site One', [post('one', 1), post('one', 2, { title: 'one 2 sponsored' }), post('one', 3)]),
    );
    origin.publish(
      '/two',
      rss('Site Two', [
        post('two', 1, { date: new Date(Date.now() - 90 * 86_400_000).toUTCString() }),
        post('two', 2),
        post('two', 3),
        post('two', 4),
      ]),
    );
    const asked: (string | undefined)[] = [];
    const withRights = rss('Site Three', [post('three', 1)]).replace(
      '<description>',
      '<copyright>© Three themselves</copyright><description>',
    );
    origin.on(`/three?key=${TOKEN}`, (request, response) => {
      asked.push(request.headers.authorization, String(request.headers['x-reader']));
      const body = `&lt;p&gt;&lt;a href="${origin.url}/three?key=${TOKEN}"&gt;here&lt;/a&gt; &lt;img src="${origin.url}/3.png?key=${TOKEN}"&gt; &lt;a href="https://open.example/"&gt;there&lt;/a&gt;&lt;/p&gt;`;
      const link = `<link>${origin.url}/three?key=${TOKEN}</link><comments>${origin.url}/three?key=${TOKEN}#c</comments><enclosure url="${origin.url}/3.mp3?key=${TOKEN}" type="audio/mpeg" length="1"/><content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">${body}</content:encoded>`;
      response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end(withRights.replace('<link>https://three.example/1</link>', link));
    });
    origin.publish('/off', rss('Off', [post('off', 1)]));
    const config = await folder.write(
      'tributary.yaml',
      `server: { host: 127.0.0.1, publicUrl: 'https://feeds.example/prefix/' }
store: 'sqlite:${folder.file('own.db')}'
network: { contact: 'https://feeds.example/about', timeout: 5s, maxBytes: 1MB, concurrency: 4, perHost: { concurrency: 2, gap: 0s }, allow: [127.0.0.0/8] }
defaults: { every: 2h, categories: [Everything] }
attribution: { position: before, copyright: 'Site-wide copyright.' }
sources:
  - id: one
    url: ${origin.url}/one
    name: The First
    every: 30m
    exclude: [{ title: sponsored }]
    rights: © One
    license: https://creativecommons.org/licenses/by/4.0/
    weight: 3
  - id: two
    url: ${origin.url}/two
    schedule: '*/15 6-22 * * *'
    timezone: Europe/Berlin
    categories: [Numbers]
    items: 10
    join: 3
    rights: { force: © forced }
    attribution: { template: '<p>Taken from {source}[ by {author}]</p>', position: after }
  - id: three
    url: http://reader:${PASSWORD}@127.0.0.1:${port}/three?key=\${THREE_KEY}
    publicUrl: https://three.example/feed
    headers: { X-Reader: 'Bearer \${THREE_KEY}' }
    rights: © configured, but they say themselves
    content: full
  - { id: off, url: '${origin.url}/off', enabled: false }
feeds:
  - id: all
    title: All of it
    description: Described
    language: en-GB
    sources: all
    maxAge: 60d
    limit: 5
    titleFormat: '{title} – {source}'
    author: { name: The editors, url: 'https://feeds.example/editors' }
    image: https://feeds.example/image.png
  - { id: numbers, title: Numbers, sources: { categories: [Numbers] }, noindex: true, attribution: { position: none } }
  - { id: chosen, title: Chosen, sources: [one, three], include: [one], deduplicate: { by: [id] } }
`,
    );
    await using service = await serve(config, { TRIBUTARY_DATA: folder.file('data'), THREE_KEY: TOKEN });
    await until(async () => (await service.get('/readyz')).ok, 'every feed to have a document');
    await until(() => service.log().filter((line) => line.event === 'poll').length === 3, 'three polls');
    const itemsOf = async (id: string): Promise<readonly JsonItem[]> =>
      ((await (await service.get(`/feeds/${id}.json`)).json()) as { items: JsonItem[] }).items;
    const has = async (id: string, title: string) => (await itemsOf(id)).some((item) => item.title === title);
    await until(
      async () =>
        (await has('all', 'three 1 – Site Three')) &&
        (await has('all', 'one 1 – The First')) &&
        (await has('all', 'two 2 – Site Two')) &&
        (await has('numbers', 'two 2')) &&
        (await has('chosen', 'one 1')),
      'every source to be published',
    );
    await until(
      async () => (await (await service.get('/credits')).text()).includes('© forced'),
      'the credits of every source',
    );

    const robots = async (path: string) => (await service.get(path)).headers.get('x-robots-tag');
    expect([await robots('/feeds/numbers.rss'), await robots('/feeds/all.rss')]).toEqual(['noindex', null]);
    expect(await (await service.get('/feeds/numbers.atom')).text()).toContain('indexing:index="no"');

    const all = await itemsOf('all');
    expect(all.map((item) => item.title).toSorted()).toEqual([
      'one 1 – The First',
      'one 3 – The First',
      'three 1 – Site Three',
      'two 2 – Site Two',
      'two 3 – Site Two',
    ]);
    const [first, third] = [
      all.find((item) => item.title.startsWith('one 1')),
      all.find((item) => item.title.startsWith('three')),
    ];
    expect(first?._tributary).toMatchObject({
      rights: '© One',
      license: 'https://creativecommons.org/licenses/by/4.0/',
    });
    expect(first?.tags).toEqual(['Everything']);
    expect(first?.content_html).toMatch(
      /^<p class="attribution">.*Source: <a href="https:\/\/one.example\/1">The First<\/a>.*Site-wide copyright\.<\/p>/,
    );
    expect(third?._tributary).toMatchObject({
      rights: '© Three themselves',
      source: { feed_url: 'https://three.example/feed' },
    });
    expect(third?.content_html).toContain(
      '<a href="https://open.example/" rel="noopener nofollow">there</a>',
    );
    const second = await itemsOf('numbers');
    expect(second.map((item) => item.title)).toEqual(['two 2', 'two 3', 'two 4']);
    expect(second[0]).toMatchObject({ tags: ['Numbers'], _tributary: { rights: '© forced' } });
    expect(second[0]?.content_html).toMatch(/<p>Taken from Site Two<\/p>$/);
    expect((await itemsOf('chosen')).map((item) => item.title)).toEqual(['one 1', 'one 3']);

    const channel = readXml(await (await service.get('/feeds/all.rss')).text()).children[0] as XmlElement;
    const textOf = (name: string) => channel.children.find((child) => child.name === name)?.text;
    expect([textOf('title'), textOf('description'), textOf('language')]).toEqual([
      'All of it',
      'Described',
      'en-GB',
    ]);
    expect(
      channel.children.find((child) => child.name === 'atom:link' && child.attributes['rel'] === 'self')
        ?.attributes['href'],
    ).toBe('https://feeds.example/prefix/feeds/all.rss');
    expect((await service.get('/prefix/feeds/all.rss')).status).toBe(200);

    expect(asked).toEqual([
      `Basic ${Buffer.from(`reader:${PASSWORD}`).toString('base64')}`,
      `Bearer ${TOKEN}`,
    ]);
    expect(origin.answered('/off')).toEqual([]);
    // Once for all its sources: the file is the origin's.
    expect(origin.answered('/.well-known/tdmrep.json')).toEqual([404]);
    const credits = await service.get('/credits');
    expect(credits.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await credits.text();
    for (const text of ['https://feeds.example/about', 'CC BY 4.0', '© forced', 'https://three.example/feed'])
      expect(page, text).toContain(text);
    await expectNoSecret(service.log(), async (target) => (await service.get(target)).text());
  });

  it('shows a short value of the environment nowhere', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const key = 'q7x2z';
    const link = `${origin.url}/u/${key}/1`;
    origin.publish(
      `/u/${key}/rss`,
      rss(`Of ${key}`, [
        post('a', 1, { link, guid: link, body: `&lt;a href="${link}"&gt;${key}&lt;/a&gt;` }),
      ]),
    );
    const config = await folder.write(
      'tributary.yaml',
      `network: { allow: [127.0.0.1] }
sources: [{ url: '${origin.url}/u/\${KEY}/rss', name: Members }]
feeds: [{ id: all, title: All }]
`,
    );
    const env = { TRIBUTARY_DATA: folder.file('data'), KEY: key };
    const ended = await run(['once', '--config', config, '--out', folder.file('site')], env);
    expect(ended.code, ended.stderr).toBe(0);
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(key);
    const files = await readdir(folder.file('site'), { recursive: true, withFileTypes: true });
    const documents = files.filter((file) => file.isFile());
    expect(documents.length).toBeGreaterThan(4);
    for (const { parentPath, name } of documents) {
      const text = await readFile(path.join(parentPath, name), 'utf8');
      expect(`${name}${text}`, name).not.toContain(key);
    }
    await using service = await serve(config, env);
    await until(() => service.log().some((line) => line.event === 'publish'), 'the feed to be published');
    expect(JSON.stringify(service.log())).not.toContain(key);
  });

  it('keeps the secrets of a source that fails', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const port = new URL(origin.url).port;
    const config = await folder.write(
      'tributary.yaml',
      `network: { allow: [127.0.0.1] }
sources: [{ id: a, url: 'http://reader:${PASSWORD}@127.0.0.1:${port}/\${KEY}/missing' }]
feeds: [{ id: all, title: All }]
`,
    );
    const ended = await run(['once', '--config', config, '--out', folder.file('site')], {
      TRIBUTARY_DATA: folder.file('data'),
      KEY: TOKEN,
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('not-found');
    expect(`${ended.stdout}${ended.stderr}`).not.toMatch(new RegExp(`${TOKEN}|${PASSWORD}`));
  });
});

async function expectNoSecret(log: unknown, textAt: (path: string) => Promise<string>): Promise<void> {
  const secret = new RegExp(
    [TOKEN, PASSWORD, Buffer.from(`reader:${PASSWORD}`).toString('base64')].join('|'),
  );
  expect(JSON.stringify(log)).not.toMatch(secret);
  const paths = [
    '/',
    '/credits',
    ...['all', 'numbers', 'chosen'].flatMap((id) =>
      ['rss', 'atom', 'json', 'html'].map((format) => `/feeds/${id}.${format}`),
    ),
  ];
  for (const target of paths) expect(await textAt(target), target).not.toMatch(secret);
}
