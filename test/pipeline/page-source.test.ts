// A source whose address is a page: the feed that the page names as its own is polled in its place.
import { describe, expect, it } from 'vitest';
import type { Source } from '../../src/model/config.ts';
import type { FetchOutcome } from '../../src/model/fetch-outcome.ts';
import { createMoveWorld } from '../../src/pipeline/move-world.ts';
import { siteStatus } from '../../src/pipeline/site-status.ts';
import { rss } from '../e2e/origin.ts';
import { buildConfig, fetched, type PipelineRig, pipelineRig, sourceA, sourceB } from './rig.ts';

const PAGE = sourceA.feedUrl;
const FEED = 'https://a.example/news.xml';
const OTHER = 'https://a.example/other.xml';
const DOCUMENT = rss('A', [{ guid: 'one', title: 'One', link: 'https://a.example/1' }]);
const NOT_FOUND: FetchOutcome = {
  kind: 'failed',
  error: { code: 'not-found', message: 'there is no document' },
};

function page(...links: string[]): FetchOutcome {
  const html = `<!doctype html><html><head><title>A</title>${links.join('')}</head><body><p>Hello</p></body></html>`;
  return fetched(html, { url: PAGE, headers: { 'content-type': 'text/html; charset=utf-8' } });
}
const link = (href: string, title = 'A', type = 'application/rss+xml') =>
  `<link rel="alternate" type="${type}" href="${href}" title="${title}">`;
const feed = (url = FEED, etag?: string) => fetched(DOCUMENT, { url, ...(etag && { etag }) });

async function rigWith(source: Source = sourceA) {
  const rig = await pipelineRig(buildConfig([source, sourceB]));
  let from = 0;
  const moves = createMoveWorld(() => buildConfig([source, sourceB]));
  return Object.assign(rig, {
    ask: (by: Source = source) => rig.poll(by, { moves }),
    asked() {
      const requests = rig.requests.slice(from);
      from = rig.requests.length;
      return requests.map(({ url, validators }) => (validators.etag ? `${url} ${validators.etag}` : url));
    },
  });
}

function noticesOf(rig: PipelineRig, source: Source = sourceA) {
  const status = siteStatus({
    sources: [source],
    recordOf: ({ id }) => {
      const state = rig.known.of(id);
      return state.kind === 'known' ? state.record : undefined;
    },
    pollOf: ({ id }) => rig.known.pollOf(id),
    subscriptionOf: () => undefined,
    configAlarm: undefined,
    storeAlarm: undefined,
    lists: [],
    refusedFeeds: [],
    hosts: [],
    nowMs: rig.nowMs,
  }).sources[0];
  return { health: status?.health, url: status?.url, notices: status?.notices };
}

describe('a page that names one feed of its site', () => {
  it('is polled at that feed in the same poll, and from then on there alone', async () => {
    await using rig = await rigWith();
    rig.answer(PAGE, page(link('/news.xml')));
    rig.answer(FEED, feed(FEED, '"1"'));
    expect(await rig.ask()).toMatchObject({ outcome: 'updated', items: 1, new: 1, movedTo: undefined });
    expect(rig.asked()).toEqual([PAGE, FEED]);
    expect(await rig.ask()).toMatchObject({ outcome: 'unchanged' });
    expect(rig.asked()).toEqual([`${FEED} "1"`]);
    expect(noticesOf(rig)).toMatchObject({
      health: 'ok',
      url: FEED,
      notices: [{ code: 'page', yaml: `url: ${FEED}` }],
    });
  });

  it('keeps the ids of its items when the feed is written into the configuration', async () => {
    await using rig = await rigWith();
    rig.answer(PAGE, page(link(FEED)));
    rig.answer(FEED, feed());
    await rig.ask();
    const before = recordOf(rig)?.items.map(({ publishedId }) => publishedId);
    expect(before?.[0]).toMatch(/^urn:uuid:/);
    const written = { ...sourceA, feedUrl: FEED, address: FEED };
    expect(await rig.ask(written)).toMatchObject({ new: 0, changed: 0 });
    expect(recordOf(rig)?.items.map(({ publishedId }) => publishedId)).toEqual(before);
    expect(noticesOf(rig, written).notices).toEqual([]);
  });

  it('is asked again when the feed fails, without what is known of the feed, and the next one is followed', async () => {
    await using rig = await rigWith();
    rig.answer(PAGE, page(link(FEED)));
    rig.answer(FEED, feed(FEED, '"1"'));
    await rig.ask();
    rig.asked();
    rig.answer(FEED, NOT_FOUND);
    rig.answer(PAGE, page(link(OTHER)));
    rig.answer(OTHER, feed(OTHER));
    expect(await rig.ask()).toMatchObject({ outcome: 'unchanged', new: 0 });
    expect(rig.asked()).toEqual([`${FEED} "1"`, PAGE, OTHER]);
    await rig.ask();
    expect(rig.asked()).toEqual([OTHER]);
  });

  it('fails when the page still names the feed that fails, with one request each, and comes back with it', async () => {
    await using rig = await rigWith();
    rig.answer(PAGE, page(link(FEED)));
    rig.answer(FEED, feed());
    await rig.ask();
    rig.asked();
    rig.answer(FEED, NOT_FOUND);
    const failed = await rig.ask();
    expect(failed).toMatchObject({ outcome: 'failed', reason: 'not-a-feed' });
    expect(failed.message).toContain(FEED);
    expect(rig.asked()).toEqual([FEED, PAGE]);
    rig.answer(FEED, feed());
    expect(await rig.ask()).toMatchObject({ outcome: 'unchanged' });
    expect(rig.asked()).toEqual([FEED]);
  });

  it.each([
    ['is empty', fetched('', { url: FEED })],
    ['is a PDF', fetched('%PDF-1.7', { url: FEED })],
    ['is a page', fetched('<html>moved</html>', { url: FEED, headers: { 'content-type': 'text/html' } })],
    ['is gone', { kind: 'gone' } satisfies FetchOutcome],
  ])('is asked again when what it names %s', async (_, outcome) => {
    await using rig = await rigWith();
    rig.answer(PAGE, page(link(FEED)));
    rig.answer(FEED, feed());
    await rig.ask();
    rig.asked();
    rig.answer(FEED, outcome);
    rig.answer(PAGE, page(link(OTHER)));
    rig.answer(OTHER, feed(OTHER));
    expect(await rig.ask()).toMatchObject({ outcome: 'unchanged', new: 0 });
    expect(rig.asked()).toEqual([FEED, PAGE, OTHER]);
  });

  it.each([
    ['nested beyond what a feed may be', '<div>'.repeat(3000)],
    ['large enough to be read in another process', `<p>${'x'.repeat(1_200_000)}`],
  ])('is followed though the page is %s', async (_, body) => {
    await using rig = await rigWith();
    const html = `<!doctype html><html><head>${link(FEED)}</head><body>${body}`;
    rig.answer(PAGE, fetched(html, { url: PAGE, headers: { 'content-type': 'text/html' } }));
    rig.answer(FEED, feed());
    expect(await rig.ask()).toMatchObject({ outcome: 'updated', items: 1 });
  });

  it('is asked with the user of its address at its own origin, which is remembered nowhere', async () => {
    const withUser = { ...sourceA, feedUrl: 'https://ines:pl4nted@a.example/feed', feedUrlIsSecret: true };
    await using rig = await rigWith(withUser);
    rig.answer(withUser.feedUrl, page(link(FEED)));
    const asked = 'https://ines:pl4nted@a.example/news.xml';
    rig.answer(asked, feed());
    expect(await rig.ask()).toMatchObject({ outcome: 'updated', items: 1 });
    await rig.ask();
    expect(rig.asked()).toEqual([withUser.feedUrl, asked, asked]);
    expect(JSON.stringify([recordOf(rig), rig.known.pollOf(sourceA.id)])).not.toContain('pl4nted');
  });

  it('follows one feed in several formats, and leaves feeds of comments aside', async () => {
    await using rig = await rigWith();
    rig.answer(
      PAGE,
      page(
        link('/comments/feed', 'A » Comments Feed'),
        link(FEED, 'A (RSS 2.0)'),
        link('/atom.xml', 'A (Atom)', 'application/atom+xml'),
        link('/feed.json', 'A (JSON Feed)', 'application/feed+json'),
      ),
    );
    rig.answer(FEED, feed());
    expect(await rig.ask()).toMatchObject({ outcome: 'updated', items: 1 });
    expect(rig.asked()).toEqual([PAGE, FEED]);
  });

  it('is a feed again when its address answers with one', async () => {
    await using rig = await rigWith();
    rig.answer(PAGE, page(link(FEED)));
    rig.answer(FEED, feed());
    await rig.ask();
    rig.answer(FEED, NOT_FOUND);
    rig.answer(PAGE, feed(PAGE));
    expect(await rig.ask()).toMatchObject({ items: 1 });
    rig.asked();
    await rig.ask();
    expect(rig.asked()).toEqual([PAGE]);
    expect(noticesOf(rig).notices).toEqual([]);
  });

  it('rests when the feed asks for a pause', async () => {
    await using rig = await rigWith();
    rig.answer(PAGE, page(link(FEED)));
    rig.answer(FEED, { kind: 'rateLimited', status: 429, retryAfter: '3600', host: 'a.example' });
    expect(await rig.ask()).toMatchObject({
      outcome: 'rate-limited',
      reason: 'http-429',
      refusal: { status: 429, untilMs: rig.nowMs + 3_600_000 },
    });
    expect(rig.asked()).toEqual([PAGE, FEED]);
  });
});

describe('a page is not followed', () => {
  it.each([
    ['to several feeds', [link(FEED, 'News'), link(OTHER, 'Sport')], [FEED, OTHER]],
    ['to another site', [link('https://evil.example/feed')], ['https://evil.example/feed']],
    [
      'to where another source is polled',
      [link(`https://a.example.b.example/x`), link(sourceB.feedUrl)],
      undefined,
    ],
    ['from https to http', [link('http://a.example/news.xml')], ['http://a.example/news.xml']],
    ['to a private address of another host', [link('http://127.0.0.1/feed')], ['http://127.0.0.1/feed']],
    ['to a script', [link('javascript:alert(1)'), link('data:application/rss+xml,x')], []],
    ['where it names none', [], []],
    [
      'through a base at another site',
      ['<base href="https://evil.example/">', link('/feed')],
      ['https://evil.example/feed'],
    ],
    ['round in a circle', [link(PAGE)], []],
  ])('%s', async (_, links, named) => {
    await using rig = await rigWith();
    rig.answer(PAGE, page(...links));
    const report = await rig.ask();
    expect(report).toMatchObject({ outcome: 'failed', reason: 'not-a-feed' });
    expect(rig.asked()).toEqual([PAGE]);
    for (const url of named ?? []) expect(report.message).toContain(`url: ${url}`);
    if (named?.length === 0) expect(report.message).toContain('names no feed');
    expect(rig.known.pollOf(sourceA.id)?.page?.isFollowed ?? false).toBe(false);
  });

  it('with credentials to another origin', async () => {
    await using rig = await rigWith({ ...sourceA, headers: { authorization: 'Bearer x' } });
    rig.answer(PAGE, page(link('https://feeds.a.example/news.xml')));
    const { message } = await rig.ask();
    expect(message).toMatch(/not sent to another origin/);
    expect(rig.asked()).toEqual([PAGE]);
  });

  it('when the document is something else than a page', async () => {
    await using rig = await rigWith();
    rig.answer(
      PAGE,
      fetched('%PDF-1.7 <link rel=alternate type=application/rss+xml href=/f>', { url: PAGE }),
    );
    expect((await rig.ask()).message).not.toContain('page');
    expect(rig.asked()).toEqual([PAGE]);
  });
});

it('names no secret address in a notice', async () => {
  const secret = { ...sourceA, feedUrlIsSecret: true, feedUrl: 'https://a.example/pl4nted-token/' };
  await using rig = await rigWith(secret);
  rig.answer(secret.feedUrl, {
    ...page(link(FEED, 'News'), link('feed.xml', 'Sport')),
  });
  await rig.ask();
  expect(JSON.stringify(noticesOf(rig, secret).notices)).not.toMatch(/pl4nted|feed\.xml/);
});

function recordOf(rig: PipelineRig) {
  const state = rig.known.of(sourceA.id);
  return state.kind === 'known' ? state.record : undefined;
}
