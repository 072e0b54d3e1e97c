// `probe` and `check --online` against a real server.
import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type Origin, rss, startOrigin } from '../e2e/origin.ts';
import { type Folder, PLANTED, temporaryFolder } from '../e2e/tributary.ts';
import { runHere as run } from './terminal.ts';

const HTML = 'text/html; charset=utf-8';
const link = (href: string, title: string, type = 'application/rss+xml') =>
  `<link rel="alternate" type="${type}" href="${href}" title="${title}">`;
const posts = (...names: string[]) =>
  names.map((name, n) => ({
    guid: `https://harbour.example/${name}`,
    title: name,
    link: `https://harbour.example/${name}`,
    date: `Fri, 2${n} Nov 2026 12:00:00 GMT`,
    body: `Text of ${name}`,
  }));
const CHANNEL =
  '<channel><title>Harbour \u0007News</title><copyright>© 2026 Harbour News</copyright><ttl>180</ttl>';
const FEED = rss('x', posts('Night ferry', 'Sea charts')).replace(/<channel><title>x<\/title>/, CHANNEL);

async function networkFile(folder: Folder, more = ''): Promise<string> {
  return folder.write(
    'tributary.yaml',
    `network: { allow: [127.0.0.0/8], perHost: { gap: 0s } }\nsources: [{ id: harbour-news, url: 'https://harbour.example/' }]\nfeeds: [{ id: all, title: All }]\n${more}`,
  );
}

function publishPage(origin: Origin): void {
  origin.publish(
    '/',
    `<title>Harbour \u001b[31mNews</title>${link('/feed', 'Harbour')}${link('/comments/feed', 'Comments')}${link('/feed.rss', 'Harbour')}${link('http://10.1.2.3/feed', 'Inner')}${link('javascript:alert(1)', 'Script')}`,
    HTML,
  );
  origin.publish('/feed', FEED);
  origin.publish('/feed.rss', FEED);
  origin.publish('/comments/feed', rss('Comments on Harbour', posts('I agree')));
}

describe('probe', () => {
  it('finds the feed of a page, shows how it reads and is credited, and gives YAML that check takes', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    publishPage(origin);
    const file = await networkFile(folder);
    const { code, stdout, stderr } = await run(['probe', `${origin.url}/`, '--config', file]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`${origin.url}/ is a page: Harbour [31mNews`);
    expect(stdout).not.toMatch(/[\u0007\u001b]/);
    for (const said of [
      'RSS 2.0, 2 items, latest 2026-11-21, “Harbour News”, declared by the page\n',
      `the same feed as ${origin.url}/feed\n`,
      'comments, declared by the page',
      'no feed: it leads to a private address (address-refused)',
      'rights:     © 2026 Harbour News\n',
      'shown:      in full',
      '(ttl: its ttl asks for that)',
      '2026-11-21  Sea charts',
      'Source: Harbour News (https://harbour.example/Sea%20charts)',
      '© 2026 Harbour News\n  Copyright for syndicated content belongs to the linked source.',
    ])
      expect(stdout).toContain(said);
    expect(origin.answered('/feed')).toEqual([200]);
    const yaml = stdout.slice(stdout.indexOf('sources:\n'));
    expect(yaml).toBe(
      `sources:\n  - id: harbour-news-2\n    url: ${origin.url}/feed\n    name: "Harbour News"\n`,
    );
    const pasted = await folder.write('pasted.yaml', `${yaml}feeds: [{ id: all, title: All }]\n`);
    expect(await run(['check', '--config', pasted])).toMatchObject({ code: 0 });
  });

  it('says the same as data', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    publishPage(origin);
    const file = await networkFile(folder);
    const { code, stdout } = await run(['probe', origin.url, '--json', '--config', file]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      page: { url: `${origin.url}/` },
      requests: 5,
      candidates: [
        { url: `${origin.url}/feed`, by: 'link', isComments: false, feed: { format: 'rss-2.0', items: 2 } },
        { url: `${origin.url}/feed.rss`, sameAs: `${origin.url}/feed` },
        { url: 'http://10.1.2.3/feed', failure: { reason: 'address-refused' } },
        { url: `${origin.url}/comments/feed`, isComments: true },
      ],
      best: {
        id: 'harbour-news-2',
        rights: { text: '© 2026 Harbour News' },
        poll: { why: 'ttl', intervalMs: 10_800_000 },
      },
    });
  });

  it('takes a feed as it is, where it moved to for good, and the variables for what is secret in its address', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    origin.publish(`/feed?token=${PLANTED}t`, FEED);
    origin.on('/old', (_, response) => void response.writeHead(301, { location: '/new' }).end());
    origin.publish('/new', FEED);
    const file = await networkFile(folder);
    const moved = await run(['probe', `${origin.url}/old`, '--config', file]);
    expect(moved.stdout).toContain(`    url: ${origin.url}/new\n`);
    const address = `${origin.url.replace('//', `//user:${PLANTED}p@`)}/feed?token=${PLANTED}t`;
    for (const asJson of [[], ['--json']]) {
      const { code, stdout } = await run(['probe', address, ...asJson, '--config', file]);
      expect(code).toBe(0);
      expect(stdout).toContain(
        `url: ${origin.url.replace('//', '//${HARBOUR_NEWS_2_LOGIN}@')}/feed?token=\${HARBOUR_NEWS_2_TOKEN}`,
      );
    }
  });

  it('tries known sites, links and the usual places in turn, at most 12 requests, and tells what was tried', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const file = await networkFile(folder);
    origin.publish('/empty', '<title>Nothing here</title>', HTML);
    const nothing = await run(['probe', `${origin.url}/empty`, '--config', file]);
    expect({ code: nothing.code, stdout: nothing.stdout }).toEqual({ code: 1, stdout: '' });
    expect(nothing.stderr).toContain('nothing found with 10 requests');
    expect(nothing.stderr).toContain(`${origin.url}/index.xml: there is nothing at its address (not-found)`);
    origin.publish('/blog/', '<meta name=generator content="Ghost 5"><a href="/x/rss.xml">RSS</a>', HTML);
    origin.publish('/rss/', FEED);
    const known = await run(['probe', `${origin.url}/blog/`, '--config', file]);
    expect(known.stdout).toContain('where Ghost has it');
    const links = Array.from({ length: 40 }, (_, n) => `<a href="/${n}.rss">${n}</a>`).join('');
    origin.publish('/links', links, HTML);
    const many = await run(['probe', `${origin.url}/links`, '--config', file]);
    expect(many.stderr).toContain('nothing found with 12 requests');
  });

  it('stops at once where a server asks for a pause', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    const file = await networkFile(folder);
    origin.publish('/', `${link('/a', 'A')}${link('/b', 'B')}`, HTML);
    origin.on('/a', (_, response) => void response.writeHead(429).end());
    origin.publish('/b', FEED);
    const { code, stderr } = await run(['probe', origin.url, '--config', file]);
    expect(code).toBe(1);
    expect(stderr).toContain('http-429');
    expect(origin.answered('/b')).toEqual([]);
  });

  it('asks no private address that is not allowed, and no address that is none', async () => {
    await using origin = await startOrigin();
    const private_ = await run(['probe', origin.url], { cwd: '/nowhere' });
    expect(private_).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('network.allow') });
    expect(origin.answered('/')).toEqual([]);
    for (const operand of [[], [''], ['mailto:a@b.example'], ['http://'], ['two words']])
      expect(await run(['probe', ...operand])).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('usage: tributary probe URL'),
      });
  });
});

describe('check --online', () => {
  it('asks every source once, tells how each reads and when it is polled next, and keeps nothing', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    publishPage(origin);
    origin.publish(
      '/broken',
      '<rss version="2.0"><channel><title>B</title><item><title>One & two</title></item>',
    );
    origin.publish(
      '/list.opml',
      `<opml version="2.0"><body><outline xmlUrl="${origin.url}/feed.rss"/></body></opml>`,
    );
    const file = await folder.write(
      'tributary.yaml',
      `network: { allow: [127.0.0.0/8], perHost: { concurrency: 2, gap: 0s } }
dataDir: ${folder.file('data')}
sources:
  - { id: feed, url: '${origin.url}/feed', every: 1h }
  - { id: page, url: '${origin.url}/page' }
  - { id: broken, url: '${origin.url}/broken', every: 90m }
  - { id: gone, url: '${origin.url}/gone', headers: { X-Key: ${PLANTED}key } }
  - { id: off, url: '${origin.url}/off', enabled: false }
  - opml: '${origin.url}/list.opml'
feeds: [{ id: all, title: All }]
`,
    );
    origin.publish('/page', `<title>P</title>${link('/feed', 'P')}`, HTML);
    const { code, stdout, stderr } = await run(['check', '--online', '--config', file]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    const lineOf = (start: string) => lines.find((line) => line.includes(start));
    expect(lines[0]).toMatch(/4 sources|5 sources/);
    expect(lineOf('list ')).toMatch(/^ok {4} {2}list .*list\.opml: 1 feed, /);
    expect(lineOf(' feed: ')).toMatch(
      /^ok {6}feed: RSS 2\.0, 2 items, latest 2026-11-21, \d+ m?s, next in \d+ (?:min|h) \(ttl: /,
    );
    expect(lineOf(' broken: ')).toMatch(/^ok {6}broken: RSS 2\.0, 1 item, .*\(every: /);
    expect(stdout).toContain('it is not well-formed, and was mended (repaired');
    expect(lineOf(' gone: ')).toMatch(
      /^failed {2}gone: there is nothing at its address \(not-found\), .*\(backoff: /,
    );
    expect(stdout).toContain(`another source is polled there; write url: ${origin.url}/feed`);
    expect(lines.at(-1)).toBe('5 sources, 3 well, 2 failed');
    expect(origin.answered('/off')).toEqual([]);
    expect(origin.answered('/feed')).toEqual([200]);
    const { sources } = JSON.parse((await run(['status', '--json', '--config', file])).stdout);
    expect(new Set(sources.map(({ lastPoll }: { lastPoll: string | null }) => lastPoll))).toEqual(
      new Set([null]),
    );
    const asData = JSON.parse((await run(['check', '--online', '--json', '--config', file])).stdout);
    expect(asData.sources.map(({ id, ok }: { id: string; ok: boolean }) => `${id} ${ok}`).sort()).toEqual(
      expect.arrayContaining(['broken true', 'feed true', 'gone false', 'page false']),
    );
    expect(asData.lists).toMatchObject([{ ok: true, feeds: 1 }]);
  });

  it('ends with 0 where every source is well, and with 2 for a bad configuration without asking anybody', async () => {
    await using folder = await temporaryFolder();
    await using origin = await startOrigin();
    publishPage(origin);
    const file = folder.file('tributary.yaml');
    const config = (more: string) =>
      `network: { allow: [127.0.0.0/8] }\nsources:\n  - { id: page, url: '${origin.url}/only'${more} }\nfeeds: [{ id: all, title: All }]\n`;
    origin.publish('/only', link('/feed', 'P'), HTML);
    await writeFile(file, config(''));
    const well = await run(['check', '--online', '--config', file]);
    expect(well.code).toBe(0);
    expect(well.stdout).toContain(`its feed is at the address to write: url: ${origin.url}/feed`);
    await writeFile(file, config(', evry: 1h'));
    expect((await run(['check', '--online', '--config', file])).code).toBe(2);
    expect(origin.answered('/only')).toEqual([200]);
    expect((await run(['check', '--json', '--config', file])).code).toBe(2);
  });
});
