// Our subscriber against a hub written from the recommendation, over HTTP: asking, verifying, delivering, renewing, ending.
import { describe, expect, it } from 'vitest';
import { type Post, rss } from '../../e2e/origin.ts';
import { HUB_URL, type PushWorld, pushWorld } from '../../rig/push-world.ts';

const TOPIC = 'http://source.test/topic.xml';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YAML = `
sources: [{ id: news, url: 'http://source.test/feed.xml', every: 1h }]
feeds: [{ id: all, title: All }]`;

const post = (name: string): Post => ({
  guid: `urn:${name}`,
  title: name,
  date: 'Wed, 31 Dec 2025 10:00:00 GMT',
});

/** With links in the document. */
function feed(names: readonly string[], hub = HUB_URL, topic = TOPIC): string {
  return rss('News', names.map(post)).replace(
    '<channel>',
    `<channel xmlns:atom="http://www.w3.org/2005/Atom"><atom:link rel="hub" href="${hub}"/><atom:link rel="self" href="${topic}"/>`,
  );
}

/** A planet whose one source is subscribed to. */
async function subscribed(world: PushWorld, yaml = YAML) {
  world.origin.publish('/feed.xml', feed(['one']));
  const planet = await world.planet('a', yaml);
  await world.turnUntil(planet, () => world.hub.subscribed.size === 1, 'the subscription');
  return planet;
}

const polls = ({ origin }: PushWorld) => origin.answered('/feed.xml').length;

describe('a subscription', () => {
  it('is asked for with topic, secret and a callback that nobody guesses, and is answered as the hub asks', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    const [request] = world.hub.requests;
    expect(request?.mode).toBe('subscribe');
    expect(request?.topic).toBe(TOPIC);
    expect(request?.form.get('hub.callback')).toMatch(/^http:\/\/a\.test\/planet\/websub\/[\w-]{43}$/);
    expect(request?.form.get('hub.secret')).toMatch(/^[0-9a-f]{64}$/);
    expect(request?.form.get('hub.lease_seconds')).toBe('864000');
    expect(world.hub.verifications).toEqual([200]);
    const told = JSON.stringify(planet.log);
    expect(told).not.toContain(request?.form.get('hub.secret'));
    expect(told).not.toContain(request?.form.get('hub.callback')?.slice(-43));
  });

  it('is found by the header too, which counts before the document', async () => {
    await using world = await pushWorld();
    world.origin.on('/feed.xml', (_request, response) => {
      const link = [`<${HUB_URL}>; rel="hub"`, '</by-header.xml>; rel=self'];
      response
        .writeHead(200, { link, 'content-type': 'application/rss+xml' })
        .end(feed(['one'], 'http://other.test/'));
    });
    const planet = await world.planet('a', YAML);
    await world.turnUntil(planet, () => world.hub.subscribed.size === 1, 'the subscription');
    expect(world.hub.requests.map(({ topic }) => topic)).toEqual(['http://source.test/by-header.xml']);
  });

  it('brings what is pushed without a poll: one item more, and no request to the source', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    const before = polls(world);
    expect(await world.hub.distribute(TOPIC, feed(['two', 'one']))).toEqual([202]);
    await world.turnUntil(planet, async () => (await planet.titles()).includes('two'), 'the pushed item');
    expect((await planet.titles()).toSorted()).toEqual(['one', 'two']);
    expect(polls(world)).toBe(before);
    expect(planet.isPushed()).toBe(true);
    expect(planet.log).toContainEqual(
      expect.objectContaining({ event: 'push', source: 'news', outcome: 'updated' }),
    );
  });

  it.each(['sha1', 'sha256', 'sha384', 'sha512'])('takes what is signed with %s', async (method) => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    world.hub.method = method;
    await world.hub.distribute(TOPIC, feed(['two']));
    await world.turnUntil(planet, async () => (await planet.titles()).includes('two'), 'the pushed item');
  });

  it('loses nothing that a push does not name, and doubles nothing that the next poll says again', async () => {
    await using world = await pushWorld();
    world.origin.publish('/feed.xml', feed(['one', 'old']));
    const planet = await world.planet('a', YAML);
    await world.turnUntil(planet, () => world.hub.subscribed.size === 1, 'the subscription');
    await world.hub.distribute(TOPIC, feed(['three']));
    await world.hub.distribute(TOPIC, feed(['two']));
    await world.turnUntil(planet, async () => (await planet.titles()).includes('two'), 'the pushed items');
    expect((await planet.titles()).toSorted()).toEqual(['old', 'one', 'three', 'two']);
    const before = await planet.items();
    const asked = polls(world);
    world.origin.publish('/feed.xml', feed(['three', 'two', 'one', 'old']));
    await world.clock.advance(DAY_MS);
    await world.turnUntil(planet, () => polls(world) > asked, 'the poll');
    await planet.turn();
    expect(await planet.items()).toEqual(before);
    expect(planet.isPushed()).toBe(true);
  });

  it('keeps the validators of what was polled', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    await world.hub.distribute(TOPIC, feed(['two']));
    await world.turnUntil(planet, async () => (await planet.titles()).includes('two'), 'the pushed item');
    await world.clock.advance(DAY_MS);
    const asked = polls(world);
    await world.turnUntil(planet, () => polls(world) > asked, 'the next poll');
    expect(world.origin.answered('/feed.xml')).toEqual([200, 304]);
    expect((await planet.titles()).toSorted()).toEqual(['one', 'two']);
  });

  it('has a thin push bring a poll at once, and no more than one a minute', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    world.origin.publish('/feed.xml', feed(['two', 'one']));
    const before = polls(world);
    for (let each = 0; each < 5; each += 1) expect(await world.hub.distribute(TOPIC, '')).toEqual([202]);
    await world.turnUntil(
      planet,
      async () => (await planet.titles()).includes('two'),
      'what the poll brings',
    );
    expect(polls(world)).toBe(before + 1);
    expect(planet.isPushed()).toBe(true);
    await world.clock.advance(60_000);
    await world.turnUntil(planet, () => polls(world) === before + 2, 'the poll that was put off');
  });
});

describe('what is not signed by the hub', () => {
  it.each([
    ['wrong', `sha256=${'0'.repeat(64)}`, 'wrong-signature'],
    ['of the wrong length', 'sha256=00', 'wrong-signature'],
    ['by an unknown method', `md5=${'0'.repeat(32)}`, 'unknown-method'],
    ['missing', '', 'unsigned'],
  ])('is taken with thanks and ignored: %s', async (_what, signature, reason) => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    const before = polls(world);
    expect(await world.hub.distribute(TOPIC, feed(['forged']), { signature })).toEqual([202]);
    await world.turnUntil(
      planet,
      () => planet.log.some((line) => line.event === 'push' && line.reason === reason),
      'the line that tells it',
    );
    expect(await planet.titles()).toEqual(['one']);
    expect(polls(world)).toBe(before);
    expect(planet.isPushed()).toBe(false);
  });
});

describe('a lost push', () => {
  it('is brought by the next poll, which ends the trust in pushes until one brings news again', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    await world.hub.distribute(TOPIC, feed(['two', 'one']));
    await world.turnUntil(planet, () => planet.isPushed() === true, 'trust');
    await world.clock.advance(2 * HOUR_MS);
    await world.turnUntil(planet, () => polls(world) === 2, 'a poll that finds nothing new');
    await world.clock.advance(5 * HOUR_MS);
    await planet.turn();
    expect(polls(world)).toBe(2);
    world.origin.publish('/feed.xml', feed(['lost', 'two', 'one']));
    await world.clock.advance(2 * HOUR_MS);
    await world.turnUntil(planet, async () => (await planet.titles()).includes('lost'), 'the lost item');
    await world.clock.advance(2 * HOUR_MS);
    await world.turnUntil(planet, () => polls(world) === 4, 'a poll at the usual pace');
    expect(planet.isPushed()).toBe(false);
    await world.clock.advance(1000);
    await world.hub.distribute(TOPIC, feed(['four']));
    await world.turnUntil(planet, () => planet.isPushed() === true, 'trust again');
    expect((await planet.titles()).toSorted()).toEqual(['four', 'lost', 'one', 'two']);
  });

  it('is none where it was late by minutes only', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    await world.hub.distribute(TOPIC, feed(['two', 'one']));
    await world.turnUntil(planet, () => planet.isPushed() === true, 'trust');
    world.origin.publish('/feed.xml', feed(['late', 'two', 'one']));
    await world.clock.advance(DAY_MS);
    await world.turnUntil(planet, async () => (await planet.titles()).includes('late'), 'the late item');
    await world.clock.advance(1000);
    await world.hub.distribute(TOPIC, feed(['late', 'two', 'one']));
    await world.turnUntil(planet, () => planet.isPushed() === true, 'trust again');
    expect(await planet.titles()).toHaveLength(3);
  });
});

describe('a lease', () => {
  it('is renewed before its end, under the same callback', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    const [callback] = world.hub.subscribed.keys();
    await world.clock.advance(6 * DAY_MS);
    await planet.turn();
    expect(world.hub.requests).toHaveLength(1);
    await world.clock.advance(2 * DAY_MS);
    await world.turnUntil(planet, () => world.hub.verifications.length === 2, 'the renewal');
    expect([...world.hub.subscribed.keys()]).toEqual([callback]);
    await world.clock.advance(5 * DAY_MS);
    expect(await world.hub.distribute(TOPIC, feed(['two']))).toEqual([202]);
  });

  it('that ends unrenewed ends the trust; polls bring what is not pushed, and the hub is asked again', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    await world.hub.distribute(TOPIC, feed(['two', 'one']));
    await world.turnUntil(planet, () => planet.isPushed() === true, 'trust');
    world.hub.isDown = true;
    for (let day = 0; day < 12; day += 1) {
      await world.clock.advance(DAY_MS);
      await planet.turn();
    }
    expect(planet.isPushed()).toBe(false);
    world.origin.publish('/feed.xml', feed(['three', 'two', 'one']));
    await world.clock.advance(2 * HOUR_MS);
    await world.turnUntil(planet, async () => (await planet.titles()).includes('three'), 'the polled item');
    world.hub.isDown = false;
    await world.clock.advance(2 * DAY_MS);
    await world.turnUntil(planet, () => world.hub.verifications.length === 2, 'the subscription anew');
  });
});

describe('a hub', () => {
  it('that is down for a day is asked again and again, ever more seldom, while polls go on', async () => {
    await using world = await pushWorld();
    world.hub.isDown = true;
    world.origin.publish('/feed.xml', feed(['one']));
    const planet = await world.planet('a', YAML);
    // A little more than an hour: polls are spread.
    for (let hour = 0; hour < 24; hour += 1) {
      await planet.turn();
      await world.clock.advance(1.25 * HOUR_MS);
    }
    await planet.turn();
    // An hour and a moment of its own: every second turn finds it due.
    expect(polls(world)).toBeGreaterThanOrEqual(12);
    const failed = planet.log.filter((line) => line.event === 'subscription' && line.outcome === 'failed');
    expect(failed.length).toBeGreaterThanOrEqual(4);
    expect(failed.length).toBeLessThanOrEqual(8);
    world.hub.isDown = false;
    await world.clock.advance(DAY_MS + HOUR_MS * 7);
    await world.turnUntil(planet, () => world.hub.subscribed.size === 1, 'the subscription');
  });

  it('that fails is not the only one: the next that the source names is tried, under another name', async () => {
    await using world = await pushWorld();
    world.origin.on('/hub', (_request, response) => response.writeHead(500).end());
    const both = feed(['one'], 'http://source.test/hub').replace(
      '<atom:link rel="self"',
      `<atom:link rel="hub" href="${HUB_URL}"/><atom:link rel="self"`,
    );
    world.origin.publish('/feed.xml', both);
    const planet = await world.planet('a', YAML);
    const hasFailed = () =>
      planet.log.some((line) => line.event === 'subscription' && line.outcome === 'failed');
    await world.turnUntil(planet, hasFailed, 'the first to fail');
    expect(world.hub.requests).toEqual([]);
    await world.clock.advance(HOUR_MS);
    await world.turnUntil(planet, () => world.hub.subscribed.size === 1, 'the subscription with the second');
    expect(world.origin.answered('/hub')).toEqual([500]);
  });

  it('that denies is not asked again for a week', async () => {
    await using world = await pushWorld();
    world.hub.behaviour = 'deny';
    world.origin.publish('/feed.xml', feed(['one']));
    const planet = await world.planet('a', YAML);
    await world.turnUntil(planet, () => world.hub.verifications.length === 1, 'the denial');
    expect(world.hub.verifications).toEqual([200]);
    await world.clock.advance(6 * DAY_MS);
    await planet.turn();
    expect(world.hub.requests).toHaveLength(1);
    world.hub.behaviour = 'verify';
    await world.clock.advance(2 * DAY_MS);
    await world.turnUntil(planet, () => world.hub.subscribed.size === 1, 'the subscription');
  });

  it('that denies in words which repeat callback and secret has neither of them in the log', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    const [request] = world.hub.requests;
    const callback = request?.form.get('hub.callback') ?? '';
    const secret = request?.form.get('hub.secret') ?? '';
    const query = { 'hub.mode': 'denied', 'hub.topic': TOPIC, 'hub.reason': `no ${callback} ${secret}` };
    expect((await world.hub.call(callback, { query })).status).toBe(200);
    const told = planet.log.find((line) => line.outcome === 'denied');
    expect(told?.message).toBe('no http://a.test/planet/websub/… …');
  });

  it('that asks about another topic is told that we do not want it', async () => {
    await using world = await pushWorld();
    world.hub.behaviour = 'other-topic';
    world.origin.publish('/feed.xml', feed(['one']));
    const planet = await world.planet('a', YAML);
    await world.turnUntil(planet, () => world.hub.verifications.length === 1, 'the question');
    expect(world.hub.verifications).toEqual([404]);
    expect(planet.isPushed()).toBe(false);
  });

  it('that redirects is followed by 307', async () => {
    await using world = await pushWorld();
    world.origin.on('/moved', (_request, response) => response.writeHead(307, { location: HUB_URL }).end());
    world.origin.publish('/feed.xml', feed(['one'], 'http://source.test/moved'));
    const planet = await world.planet('a', YAML);
    await world.turnUntil(planet, () => world.hub.subscribed.size === 1, 'the subscription');
  });

  it('is told to end where the source names another, or none, and the next start knows what was agreed', async () => {
    await using world = await pushWorld();
    const first = await subscribed(world);
    await first.stop();
    const planet = await world.planet('a', YAML);
    await planet.turn();
    await world.hub.distribute(TOPIC, feed(['two', 'one']));
    await world.turnUntil(planet, async () => (await planet.titles()).includes('two'), 'the pushed item');
    expect(world.hub.requests).toHaveLength(1);
    world.origin.publish('/feed.xml', rss('News', ['two', 'one'].map(post)));
    await world.clock.advance(DAY_MS);
    await world.turnUntil(planet, () => world.hub.subscribed.size === 0, 'the end');
    expect(world.hub.requests.map(({ mode }) => mode)).toEqual(['subscribe', 'unsubscribe']);
  });

  it('is told to end where the source is taken out of the configuration', async () => {
    await using world = await pushWorld();
    const first = await subscribed(world);
    await first.stop();
    world.origin.publish('/other.xml', rss('Other', [post('other')]));
    const planet = await world.planet(
      'a',
      YAML.replace('id: news', 'id: other').replace('/feed.xml', '/other.xml'),
    );
    await world.turnUntil(planet, () => world.hub.subscribed.size === 0, 'the end');
    const gone = world.hub.requests[0]?.form.get('hub.callback') ?? '';
    const { status } = await world.hub.call(gone, { method: 'POST', body: feed(['two']) });
    expect(status).toBe(410);
  });

  it('is asked for another topic where the source names one, and the old one ends', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    world.origin.publish('/feed.xml', feed(['one'], HUB_URL, 'http://source.test/new-topic.xml'));
    await world.clock.advance(DAY_MS);
    await world.turnUntil(
      planet,
      () =>
        [...world.hub.subscribed.values()].map(({ topic }) => topic).join() ===
        'http://source.test/new-topic.xml',
      'the new subscription alone',
    );
    const callbacks = world.hub.requests.map(({ form }) => form.get('hub.callback'));
    expect(new Set(callbacks).size).toBe(2);
  });

  it('is told no address that carries a secret', async () => {
    await using world = await pushWorld();
    const yaml = YAML.replace('/feed.xml', '/feed.xml?key=${TOKEN}');
    world.origin.publish(
      '/feed.xml?key=hunter2',
      feed(['one'], HUB_URL, 'http://source.test/feed.xml?key=hunter2'),
    );
    const planet = await world.planet('a', yaml);
    await world.turnUntil(planet, async () => (await planet.titles()).length === 1, 'the item');
    for (let each = 0; each < 3; each += 1) await planet.turn();
    expect(world.hub.requests).toEqual([]);
  });
});

describe('a callback', () => {
  it('answers nobody who does not know it, and only what we asked for', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    const [callback = ''] = world.hub.subscribed.keys();
    const unknown = `${callback.slice(0, -43)}${'A'.repeat(43)}`;
    const question = (mode: string, topic = TOPIC, challenge = 'c') => ({
      query: { 'hub.mode': mode, 'hub.topic': topic, 'hub.challenge': challenge, 'hub.lease_seconds': '60' },
    });
    const ask = async (url: string, said: Parameters<typeof world.hub.call>[1]) =>
      (await world.hub.call(url, said)).status;
    expect(await ask(unknown, question('subscribe'))).toBe(404);
    expect(await ask(unknown, { method: 'POST', body: 'x' })).toBe(410);
    expect(await ask(callback, question('unsubscribe'))).toBe(404);
    expect(await ask(callback, question('subscribe', 'http://source.test/other'))).toBe(404);
    expect(await ask(callback, question('subscribe', TOPIC, '<script>\u0001'))).toBe(404);
    expect(await ask(callback, question('subscribe', TOPIC, 'c'.repeat(2000)))).toBe(404);
    expect(await ask(callback, {})).toBe(404);
    expect(await ask(callback, { method: 'PUT', body: 'x' })).toBe(405);
    const echoed = await world.hub.call(callback, question('subscribe', TOPIC, '<b>+ &1</b>'));
    expect([echoed.status, echoed.body]).toEqual([200, '<b>+ &1</b>']);
    expect(echoed.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    });
    expect(await planet.titles()).toEqual(['one']);
  });

  it('reads no more than it is allowed, and leaves what is larger to a poll', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    const before = polls(world);
    world.origin.publish('/feed.xml', feed(['two', 'one']));
    expect(await world.hub.distribute(TOPIC, Buffer.alloc(10_000_001, 'x'))).toEqual([202]);
    await world.turnUntil(
      planet,
      async () => (await planet.titles()).includes('two'),
      'what the poll brings',
    );
    expect(polls(world)).toBe(before + 1);
  });

  it('that is flooded works within its allowance, and loses nothing', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    const names = Array.from({ length: 100 }, (_, place) => `flood-${place}`);
    world.origin.publish('/feed.xml', feed([...names, 'one']));
    const statuses: number[] = [];
    for (const name of names) statuses.push(...(await world.hub.distribute(TOPIC, feed([name]))));
    expect(new Set(statuses)).toEqual(new Set([202]));
    await world.turnUntil(planet, async () => (await planet.titles()).length >= 100, 'all of it');
    const read = planet.log.filter((line) => line.event === 'push' && line.outcome === 'updated');
    expect(read.length).toBeLessThanOrEqual(62);
    expect(new Set((await planet.items()).map(({ id }) => id)).size).toBe((await planet.items()).length);
  });
});
