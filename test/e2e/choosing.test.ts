// What an operator chooses of what comes in, through the real program: rules, caps, categories, and feeds made by templates.
import { expect, it } from 'vitest';
import { rss, startOrigin } from './origin.ts';
import { run, serve, temporaryFolder, until } from './tributary.ts';

const post = (title: string, hoursAgo: number, ...categories: string[]) => ({
  guid: title,
  title,
  date: new Date(Date.now() - hoursAgo * 3_600_000).toUTCString(),
  // The rest of an item stands in a post as it is.
  body: `Text</description>${categories.map((name) => `<category>${name}</category>`).join('')}<description>`,
});

it('publishes what rules, caps and categories let through, and a feed for each source and category', async () => {
  await using folder = await temporaryFolder();
  await using origin = await startOrigin();
  origin.publish(
    '/harbour',
    rss('Harbour', [
      post('Ferry late', 1, 'Politik', 'Allgemein'),
      post('Ferries again', 2, 'Meer'),
      post('The TRAM and the ferry', 3),
      post('Sponsored: ferry', 4),
      post('Old ferry', 24 * 40),
    ]),
  );
  origin.publish('/council', rss('Council', [post('Ferry terminal approved', 5, 'Innenpolitik')]));
  const config = await folder.write(
    'tributary.yaml',
    `server: { host: 127.0.0.1 }
network: { allow: [127.0.0.0/8], perHost: { concurrency: 2, gap: 0s } }
defaults: { categoryMap: { Politik: Politics, Innenpolitik: Politics, Allgemein: null } }
sources:
  - { id: harbour, name: Harbour News, url: '${origin.url}/harbour', categories: [News], exclude: [sponsored] }
  - { id: council, url: '${origin.url}/council', categories: [News, Öffentlicher Rat] }
feeds:
  - { id: some, title: Some, include: ['/\\bferr(y|ies)\\b/i'], exclude: ['/^the tram/i', { age: ">30d" }], perSource: { limit: 1 } }
  - { forEach: source, title: 'News from {name}' }
  - { forEach: category, id: 'about-{id}', title: 'About {name}', limit: 2 }
`,
  );
  await using service = await serve(config, { TRIBUTARY_DATA: folder.file('data') });
  const feed = async (id: string) => {
    const response = await service.get(`/feeds/${id}.json`);
    if (!response.ok) return [response.status];
    const { title, items } = (await response.json()) as {
      title: string;
      items: readonly { readonly title: string; readonly tags?: readonly string[] }[];
    };
    return [title, ...items.map((item) => [item.title, ...(item.tags ?? [])].join(', '))];
  };
  await until(async () => (await service.get('/readyz')).ok, 'every feed to have a document');
  for (const id of ['some', 'about-news'])
    await until(async () => (await feed(id)).length === 3, `both sources in ${id}`);
  expect(await feed('some')).toEqual([
    'Some',
    'Ferry late, News, Politics',
    'Ferry terminal approved, News, Öffentlicher Rat, Politics',
  ]);
  expect(await feed('by-harbour')).toEqual([
    'News from Harbour News',
    'Ferry late, News, Politics',
    'Ferries again, News, Meer',
    'The TRAM and the ferry, News',
    'Old ferry, News',
  ]);
  expect((await feed('by-council'))[0]).toBe('News from 127.0.0.1');
  expect(await feed('about-news')).toEqual([
    'About News',
    'Ferry late, News, Politics',
    'Ferries again, News, Meer',
  ]);
  expect(await feed('about-offentlicher-rat')).toHaveLength(2);
  expect(await feed('about-politics')).toEqual([404]);
  const asRss = await service.get('/feeds/by-harbour.rss');
  expect([asRss.status, asRss.headers.get('content-type')]).toEqual([
    200,
    'application/rss+xml; charset=utf-8',
  ]);
  expect(await (await service.get('/')).text()).toContain('About Öffentlicher Rat');
});

it('says that a template makes no feed, which is no mistake', async () => {
  await using folder = await temporaryFolder();
  const check = async (source: string, list = '') => {
    const feeds = '{ id: all, title: All }\n  - { forEach: category }\n  - { forEach: source, sources: [a] }';
    const yaml = `sources:\n  - { id: a, url: 'https://a.example/feed'${source} }\n${list}feeds:\n  - ${feeds}\n`;
    return run(['check', '--config', await folder.write('tributary.yaml', yaml)]);
  };
  const none = await check('');
  expect([none.code, none.stdout]).toEqual([0, expect.stringContaining('no mistakes')]);
  expect(none.stderr.trim().split('\n')).toEqual([
    expect.stringContaining(
      'feeds[1]: "forEach: category" makes no feed, since it chooses no enabled source',
    ),
  ]);
  expect((await check(', category: News')).stderr).toBe('');
  expect((await check(', enabled: false')).stderr).toContain('feeds[2]: "forEach: source" makes no feed');
  expect((await check('', "  - { opml: 'https://a.example/list' }\n")).stderr).toBe('');
});

it('says at once what is wrong with a rule and with a template', async () => {
  await using folder = await temporaryFolder();
  const config = await folder.write(
    'tributary.yaml',
    `sources:
  - { id: a, url: 'https://a.example/feed', include: ['/tram(?=s)/'] }
feeds:
  - { forEach: source, id: news }
`,
  );
  const { code, stdout } = await run(['check', '--config', config]);
  expect(code).toBe(2);
  expect(stdout).toContain('tributary.yaml:2:55: sources[0].include[0]: "/tram(?=s)/" has a look-ahead');
  expect(stdout).toContain('tributary.yaml:4:28: feeds[0].id: leaves out {id}');
});
