// WebSub while the configuration changes: our own address, and what the network may cost.
import { describe, expect, it } from 'vitest';
import { type Post, rss } from '../../e2e/origin.ts';
import { HUB_URL, type PushWorld, pushWorld } from '../../rig/push-world.ts';

const TOPIC = 'http://source.test/topic.xml';
const YAML = `
sources: [{ id: news, url: 'http://source.test/feed.xml', every: 1h }]
feeds: [{ id: all, title: All, hubs: ['${HUB_URL}'] }]`;

const post = (name: string): Post => ({
  guid: `urn:${name}`,
  title: name,
  date: 'Wed, 31 Dec 2025 10:00:00 GMT',
});

function feed(names: readonly string[]): string {
  return rss('News', names.map(post)).replace(
    '<channel>',
    `<channel xmlns:atom="http://www.w3.org/2005/Atom"><atom:link rel="hub" href="${HUB_URL}"/><atom:link rel="self" href="${TOPIC}"/>`,
  );
}

async function subscribed(world: PushWorld) {
  world.origin.publish('/feed.xml', feed(['one']));
  const planet = await world.planet('a', YAML);
  await world.turnUntil(planet, () => callbacks(world).length === 1, 'the subscription');
  return planet;
}

const callbacks = ({ hub }: PushWorld) => [...hub.subscribed.keys()];
const modes = ({ hub }: PushWorld) =>
  hub.requests.map(({ mode }) => mode).filter((mode) => mode !== 'publish');
const published = ({ hub }: PushWorld) =>
  hub.requests.flatMap(({ mode, form }) => (mode === 'publish' ? [form.get('hub.url')] : []));

describe('our own address', () => {
  it('takes its subscriptions along: the new callback is verified before the old one ends', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    const [old = ''] = callbacks(world);
    await planet.apply({ publicUrl: 'http://new.test/' });
    await world.turnUntil(planet, () => callbacks(world).length === 2, 'the new one beside the old');
    await world.turnUntil(planet, () => !callbacks(world).includes(old), 'the end of the old one');
    expect(callbacks(world)).toEqual([expect.stringMatching(/^http:\/\/new\.test\/websub\/[\w-]{43}$/)]);
    expect(modes(world)).toEqual(['subscribe', 'subscribe', 'unsubscribe']);
    await world.hub.distribute(TOPIC, feed(['two', 'one']));
    await world.turnUntil(planet, async () => (await planet.titles()).includes('two'), 'a push there');
    expect(planet.isPushed()).toBe(true);
    expect((await world.hub.call(old, { method: 'POST', body: feed(['x']) })).status).toBe(410);
  });

  it('has what comes to the old callback meanwhile fetched by a poll: none of it is lost, none of it is read unsigned', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    const [old = ''] = callbacks(world);
    world.hub.behaviour = 'forget';
    await planet.apply({ publicUrl: 'http://new.test/other/' });
    await world.turnUntil(planet, () => modes(world).length === 2, 'the new request');
    world.origin.publish('/feed.xml', feed(['two', 'one']));
    const asked = world.origin.answered('/feed.xml').length;
    expect(await world.hub.distribute(TOPIC, feed(['forged']))).toEqual([202]);
    await world.turnUntil(
      planet,
      async () => (await planet.titles()).includes('two'),
      'what the poll brings',
    );
    expect(await planet.titles()).not.toContain('forged');
    expect(world.origin.answered('/feed.xml')).toHaveLength(asked + 1);
    expect(callbacks(world)).toEqual([old]);
    // The new one came to nothing: with its second request the old one ends all the same.
    world.hub.behaviour = 'verify';
    await world.clock.advance(20 * 60_000);
    await world.turnUntil(planet, () => modes(world).includes('unsubscribe'), 'the end of the old one');
    await world.turnUntil(
      planet,
      () => callbacks(world).length === 1 && callbacks(world)[0] !== old,
      'the new one alone',
    );
  });

  it('is what hubs of ours are told, as soon as it changed', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    await world.clock.advance(10_000);
    await world.turnUntil(planet, () => published(world).length === 3, 'the first telling');
    await planet.apply({ publicUrl: 'http://new.test/' });
    await planet.turn();
    await world.clock.advance(60_000);
    await world.turnUntil(planet, () => published(world).length === 6, 'the second telling');
    expect(published(world).slice(3).toSorted()).toEqual(
      ['atom', 'json', 'rss'].map((format) => `http://new.test/feeds/all.${format}`),
    );
  });

  it('is taken up where there was none, and rested on where there is none any more', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    await planet.apply({ publicUrl: '', yaml: YAML.replace(/, hubs: \[[^\]]*\]/, '') });
    // Its lease would have been renewed.
    await world.clock.advance(8 * 24 * 3_600_000);
    for (let turn = 0; turn < 3; turn += 1) await planet.turn();
    expect(world.hub.requests.map(({ mode }) => mode)).toEqual(['subscribe']);
    await planet.apply({});
    await world.clock.advance(60_000);
    await world.turnUntil(planet, () => published(world).length === 3, 'the telling');
    // It is the one that stands, under the same callback.
    await world.turnUntil(planet, () => modes(world).length === 2, 'the renewal');
    const asked = world.hub.requests.filter(({ mode }) => mode === 'subscribe');
    expect(new Set(asked.map(({ form }) => form.get('hub.callback'))).size).toBe(1);
  });
});

describe('the limits of the network', () => {
  it('hold for pushes from their change on', async () => {
    await using world = await pushWorld();
    const planet = await subscribed(world);
    await planet.apply({ network: 'perHost: { gap: 0s }, timeout: 5s, maxBytes: 2KB' });
    world.origin.publish('/feed.xml', feed(['small', 'one']));
    const large = feed(Array.from({ length: 100 }, (_, place) => `large-${place}`));
    await world.hub.distribute(TOPIC, large);
    await world.turnUntil(planet, async () => (await planet.titles()).includes('small'), 'the poll instead');
    expect(await planet.titles()).not.toContain('large-0');
    expect(planet.log).toContainEqual(expect.objectContaining({ event: 'push', reason: 'too-large' }));
    await planet.apply({ network: 'perHost: { gap: 0s }, timeout: 5s' });
    await world.hub.distribute(TOPIC, large);
    await world.turnUntil(planet, async () => (await planet.titles()).includes('large-0'), 'the large one');
  });
});
