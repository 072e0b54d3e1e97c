// Sources of lists as the service has them: beside each other, beside configured ones, and against what a list may not do.
import { describe, expect, it } from 'vitest';
import { statusTable } from '../../src/cli/status-table.ts';
import { renderStatusPage } from '../../src/core/render/status-page.ts';
import type { Source } from '../../src/model/config.ts';
import { createMoveWorld } from '../../src/pipeline/move-world.ts';
import { buildSource } from '../core/build-item.ts';
import { rss, startOrigin } from '../e2e/origin.ts';
import { LIST_TYPE, listWorld, opml, outline } from '../rig/list-world.ts';
import { buildConfig, buildFeed } from './rig.ts';

const HOUR_MS = 3_600_000;
const ONE_LIST = `
sources: [{ opml: 'http://lists.test/one', every: 1h }]
feeds: [{ id: all, title: All }]`;

const feedOf = (name: string) =>
  rss(name, [{ guid: `urn:${name}`, title: `item of ${name}`, link: `http://${name}.test/1` }]);
const titles = (app: { publisher: { site(): ReadonlyMap<string, { body: Uint8Array }> } }, feed = 'all') => {
  const document = app.publisher.site().get(`feeds/${feed}.json`);
  if (document === undefined) return [];
  const { items } = JSON.parse(Buffer.from(document.body).toString()) as { items: { title: string }[] };
  return items.map(({ title }) => title).toSorted();
};

describe('an address in a list', () => {
  it('with a user and a password is polled with them, and told nobody', async () => {
    const origin = await startOrigin();
    const sent: (string | undefined)[] = [];
    origin.on('/secret', ({ headers }, response) => {
      sent.push(headers.authorization);
      // It repeats them wherever it can.
      if (sent.length === 1) response.writeHead(302, { location: 'ftp://x.test/hunter2-pass' }).end();
      else
        response
          .writeHead(200, { 'content-type': 'application/rss+xml' })
          .end(
            rss('Members', [
              { guid: 'urn:m', title: 'To hunter2-pass', link: 'http://a.test/?p=hunter2-pass' },
            ]),
          );
    });
    origin.publish('/one', opml(outline('http://reader:hunter2-pass@a.test/secret', 'A')), LIST_TYPE);
    await using world = await listWorld(ONE_LIST, origin);
    await world.settle();
    await world.clock.advance(24 * HOUR_MS);
    await world.settle();
    const basic = `Basic ${Buffer.from('reader:hunter2-pass').toString('base64')}`;
    expect(sent).toEqual([basic, basic]);
    expect(titles(world.app)).toEqual(['To …']);
    world.say('it is hunter2-pass');
    expect(world.log.at(-1)).toMatchObject({ message: 'it is ***' });
    const told = [
      JSON.stringify(world.log),
      JSON.stringify(world.app.status()),
      ...Array.from(world.app.publisher.site().values(), ({ body }) => Buffer.from(body).toString()),
    ];
    for (const text of told) expect(text).not.toMatch(/hunter2|aHVudGVy/);
  });

  it('of an inner host is refused: a server there is never asked', async () => {
    const origin = await startOrigin();
    const inner = [
      `${origin.url}/inner`,
      `http://localhost:${new URL(origin.url).port}/inner`,
      'http://10.1.2.3/feed',
      'http://[::1]/feed',
      'http://169.254.169.254/latest',
    ];
    const list = opml(...inner.map((address) => outline(address)), outline('http://a.test/open'));
    origin.publish('/one', list, LIST_TYPE);
    origin.publish('/inner', feedOf('inner'));
    origin.publish('/open', feedOf('open'));
    await using world = await listWorld(ONE_LIST, origin);
    await world.settle();
    expect(titles(world.app)).toEqual(['item of open']);
    const failed = world.log.filter(({ event, outcome }) => event === 'poll' && outcome === 'failed');
    expect(failed.map(({ reason }) => reason)).toEqual(Array(inner.length).fill('address-refused'));
    expect(origin.answered('/inner')).toEqual([]);
  });
});

describe('several lists', () => {
  it('that change in one moment are all taken up, whichever is read first; what both have is read once', async () => {
    const origin = await startOrigin();
    for (const name of ['a', 'b', 'c', 'd', 'both']) origin.publish(`/${name}`, feedOf(name));
    const entry = (name: string) => outline(`http://${name}.test/${name}`);
    origin.publish('/one', opml(entry('a'), entry('both')), LIST_TYPE);
    origin.publish('/two', opml(entry('b'), entry('both')), LIST_TYPE);
    await using world = await listWorld(
      `
sources:
  - { opml: 'http://lists.test/one', every: 1h }
  - { opml: 'http://other-lists.test/two', every: 1h }
feeds: [{ id: all, title: All }]`,
      origin,
    );
    await world.settle();
    expect(titles(world.app)).toEqual(['item of a', 'item of b', 'item of both']);
    const before = world.app.config().sources.find(({ feedUrl }) => feedUrl.includes('both'));
    origin.publish('/one', opml(entry('c')), LIST_TYPE);
    origin.publish('/two', opml(entry('both'), entry('d')), LIST_TYPE);
    await world.clock.advance(2 * HOUR_MS);
    await world.settle();
    expect(titles(world.app)).toEqual(['item of both', 'item of c', 'item of d']);
    // It went from one list to the other: the same source, read on where it was.
    const after = world.app.config().sources.find(({ feedUrl }) => feedUrl.includes('both'));
    expect(after?.id).toBe(before?.id);
    expect(origin.answered('/both').filter((status) => status === 200)).toHaveLength(1);
  });

  it('on one host with sources of theirs are never asked beside each other', async () => {
    const origin = await startOrigin();
    let open = 0;
    let most = 0;
    const slowly = (path: string, text: string, type: string) =>
      origin.on(path, (_request, response) => {
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          response.writeHead(200, { 'content-type': type }).end(text);
        }, 20);
      });
    const entry = (name: string) => outline(`http://lists.test/${name}`);
    slowly('/one', opml(entry('a')), LIST_TYPE);
    slowly('/two', opml(entry('b')), LIST_TYPE);
    for (const name of ['a', 'b']) slowly(`/${name}`, feedOf(name), 'application/rss+xml');
    await using world = await listWorld(
      `
sources: [{ opml: 'http://lists.test/one' }, { opml: 'http://lists.test/two' }]
feeds: [{ id: all, title: All }]`,
      origin,
    );
    await world.settle();
    expect(titles(world.app)).toEqual(['item of a', 'item of b']);
    expect(most).toBe(1);
  });
});

describe('a feed that `forEach` makes of an entry', () => {
  const yaml = `
sources: [{ opml: 'http://lists.test/one', every: 1h }]
feeds:
  - { id: news, title: News }
  - { id: "{category}", title: "{category}", forEach: category }`;

  it('and whose id is taken is told once, as long as it is so; the others go on', async () => {
    const origin = await startOrigin();
    for (const name of ['a', 'b']) origin.publish(`/${name}`, feedOf(name));
    const group = (name: string, ...inner: readonly string[]) =>
      `<outline text="${name}">${inner.join('')}</outline>`;
    const [a, b] = [outline('http://a.test/a'), outline('http://b.test/b')];
    origin.publish('/one', opml(group('Sport', a)), LIST_TYPE);
    await using world = await listWorld(yaml, origin);
    await world.settle();
    const refused = () => world.log.filter(({ event }) => event === 'feed-refused');
    expect(refused()).toEqual([]);
    origin.publish('/one', opml(group('Sport', a), group('News', b)), LIST_TYPE);
    await world.clock.advance(2 * HOUR_MS);
    await world.settle();
    expect(refused()).toEqual([
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('makes the id "news"') }),
    ]);
    expect(world.app.configState().refusedFeeds).toEqual([expect.stringMatching(/^feeds\[1\] makes the id/)]);
    expect(renderStatusPage(world.app.status())).toContain('feeds[1] makes the id');
    expect(world.app.config().feeds.map(({ id }) => id)).toEqual(['news', 'sport']);
    expect(titles(world.app, 'news')).toEqual(['item of a', 'item of b']);
    // Another change of the list says nothing again; one that mends it ends it.
    origin.publish('/one', opml(group('Sport', a), group('News', b), group('More', a)), LIST_TYPE);
    await world.clock.advance(2 * HOUR_MS);
    await world.settle();
    expect(refused()).toHaveLength(1);
    origin.publish('/one', opml(group('Sport', a), group('More', b)), LIST_TYPE);
    await world.clock.advance(2 * HOUR_MS);
    await world.settle();
    expect(world.app.configState().refusedFeeds).toEqual([]);
    expect(titles(world.app, 'more')).toEqual(['item of b']);
  });
});

describe('the status', () => {
  it('tells how each list is read, what it lost, and why it fails; of a secret address nothing', async () => {
    const origin = await startOrigin();
    const entries = ['a', 'b', 'c', 'd', 'e'].map((name) => outline(`http://${name}.test/${name}`));
    origin.publish('/one', opml(...entries), LIST_TYPE);
    origin.publish('/two', opml(...entries), LIST_TYPE);
    await using world = await listWorld(
      `
sources:
  - { opml: 'http://lists.test/one', every: 1h }
  - { opml: 'http://reader:hunter2-pass@lists.test/two', every: 1h, enabled: false }
  - { opml: lists/blogroll.opml, every: 1h }
feeds: [{ id: all, title: All }]`,
      origin,
    );
    const first = () => world.app.status().lists[0];
    expect(first()).toMatchObject({ health: 'waiting', feeds: 0, lastPoll: undefined });
    await world.settle();
    expect(world.app.status().lists).toMatchObject([
      {
        name: 'http://lists.test/one',
        health: 'ok',
        feeds: 5,
        outcome: 'updated',
        why: 'every',
        failures: 0,
      },
      { name: expect.stringMatching(/^list:[0-9a-f]{16}$/), health: 'off', feeds: 0 },
      { name: 'blogroll.opml', health: 'failing', feeds: 0, failures: 1 },
    ]);
    origin.publish('/one', opml(...entries.slice(0, 2)), LIST_TYPE);
    await world.clock.advance(2 * HOUR_MS);
    await world.settle();
    const lost = { before: 5, after: 2 };
    expect(first()).toMatchObject({ health: 'attention', feeds: 2, lost });
    origin.on('/one', (_request, response) => void response.writeHead(500).end());
    await world.clock.advance(2 * HOUR_MS);
    await world.settle();
    await world.restart();
    expect(first()).toMatchObject({ health: 'failing', feeds: 2, lost, reason: 'server-error', failures: 1 });
    const status = world.app.status();
    const table = statusTable(status, { stream: process.stderr });
    expect(table).toContain('list http://lists.test/one: failing, 2 feeds (5 before it last changed), read ');
    const page = renderStatusPage(status);
    expect(page).toContain('<bdi>http://lists.test/one</bdi>');
    expect(page).toContain('Its last good content stays.');
    for (const text of [table, page, JSON.stringify(status)])
      expect(text).not.toMatch(/hunter2|lists\/blogroll/);
    origin.publish('/one', opml(...entries.slice(0, 3)), LIST_TYPE);
    await world.clock.advance(24 * HOUR_MS);
    await world.settle();
    expect(first()).toMatchObject({ health: 'ok', feeds: 3, lost: undefined, failures: 0 });
  });
});

describe('a source that moves for good', () => {
  it('to where an entry of a list is polled stays where it is, and is told; when the list lets go, it moves', async () => {
    const origin = await startOrigin();
    origin.publish('/new', feedOf('new'));
    origin.on(
      '/old',
      (_request, response) => void response.writeHead(301, { location: 'http://new.test/new' }).end(),
    );
    origin.publish('/one', opml(outline('http://new.test/new')), LIST_TYPE);
    const yaml = `
sources:
  - { id: old, url: 'http://old.test/old', every: 1h }
  - { opml: 'http://lists.test/one', every: 1h }
feeds: [{ id: all, title: All }]`;
    await using world = await listWorld(yaml, origin);
    const notice = () =>
      world.app
        .status()
        .sources.find(({ id }) => id === 'old')
        ?.notices.find(({ code }) => code === 'moved')?.text;
    for (let hour = 0; hour < 80; hour += 1) {
      await world.settle();
      await world.clock.advance(HOUR_MS);
    }
    expect(notice()).toContain('Another source is polled there');
    const asked = origin.answered('/old').length;
    origin.publish('/one', opml(outline('http://else.test/else')), LIST_TYPE);
    for (let hour = 0; hour < 50; hour += 1) {
      await world.settle();
      await world.clock.advance(HOUR_MS);
    }
    expect(notice()).toContain('It is polled there');
    // At most the daily poll that was on its way, and one more.
    expect(origin.answered('/old').length - asked).toBeLessThanOrEqual(2);
  });
});

describe('the cost of many', () => {
  it('of moved sources is one look at each source, not one at every source for each', () => {
    let looks = 0;
    const sources: Source[] = Array.from({ length: 10_000 }, (_, place) => ({
      ...buildSource(`s${place}`),
      get feedUrl() {
        looks += 1;
        return `https://s${place}.example/feed`;
      },
    }));
    const config = buildConfig(sources, [buildFeed()]);
    const world = createMoveWorld(() => config);
    const taken = sources.filter((source, place) =>
      world.isTaken(`https://s${place + 5000}.example/feed`, source),
    );
    expect(taken).toHaveLength(5000);
    expect(looks).toBeLessThanOrEqual(2 * sources.length);
  });
});

describe('a list whose server asks us to come less often', () => {
  it('has its host rest over a restart too', async () => {
    const origin = await startOrigin();
    let isRefused = false;
    origin.on('/one', (_request, response) => {
      if (isRefused) response.writeHead(503, { 'retry-after': '7200' }).end();
      else response.writeHead(200, { 'content-type': LIST_TYPE }).end(opml(outline('http://a.test/a')));
    });
    origin.publish('/a', feedOf('a'));
    await using world = await listWorld(ONE_LIST, origin);
    await world.settle();
    isRefused = true;
    await world.clock.advance(1.1 * HOUR_MS);
    await world.settle();
    const resting = () => world.app.status().hosts.map(({ name, status }) => [name, status]);
    expect(resting()).toEqual([['lists.test', 503]]);
    await world.restart();
    expect(resting()).toEqual([['lists.test', 503]]);
  });
});
