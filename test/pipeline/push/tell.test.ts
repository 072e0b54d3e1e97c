// Our publisher against a hub written from the recommendation, and two services in a row with the hub between them.
import { describe, expect, it } from 'vitest';
import { type Post, rss } from '../../e2e/origin.ts';
import { HUB_URL, type Planet, type PushWorld, pushWorld } from '../../rig/push-world.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;
const YAML = `
sources: [{ id: news, url: 'http://source.test/feed.xml', every: 1m }]
feeds: [{ id: all, title: All, hubs: ['${HUB_URL}'] }]`;
const TOPICS = ['rss', 'atom', 'json'].map((format) => `http://a.test/planet/feeds/all.${format}`);

const feed = (names: readonly string[]) =>
  rss(
    'News',
    names.map((name): Post => ({ guid: `urn:${name}`, title: name, date: 'Wed, 31 Dec 2025 10:00:00 GMT' })),
  );

const told = ({ hub }: PushWorld) => hub.requests.filter(({ mode }) => mode === 'publish');

/** Until the change is published; what settles, settles. */
async function publish(world: PushWorld, planet: Planet, names: readonly string[]): Promise<void> {
  world.origin.publish('/feed.xml', feed(names));
  await world.clock.advance(90 * SECOND_MS);
  await world.turnUntil(planet, async () => (await planet.titles()).length === names.length, 'the change');
}

/** Turns over a stretch of time. */
async function pass(world: PushWorld, planet: Planet, ms: number, steps = 5): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    await world.clock.advance(ms / steps);
    await planet.turn();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a hub of ours', () => {
  it('is told of each document once, when it is served and has settled', async () => {
    await using world = await pushWorld();
    const planet = await world.planet('a', YAML);
    await publish(world, planet, ['one']);
    expect(told(world)).toEqual([]);
    await world.clock.advance(3 * SECOND_MS);
    await world.turnUntil(planet, () => told(world).length === 3, 'the telling');
    expect(told(world).map(({ form }) => form.get('hub.url'))).toEqual(TOPICS);
    expect(told(world).map(({ topic }) => topic)).toEqual(TOPICS);
    await pass(world, planet, HOUR_MS);
    expect(told(world)).toHaveLength(3);
  });

  it('is told of several changes within seconds at once, and not again within half a minute', async () => {
    await using world = await pushWorld();
    const planet = await world.planet('a', YAML.replace('1m', '1s'));
    await publish(world, planet, ['one']);
    await world.clock.advance(3 * SECOND_MS);
    await world.turnUntil(planet, () => told(world).length === 3, 'the first telling');
    for (const names of [
      ['one', 'two'],
      ['one', 'two', 'three'],
    ]) {
      world.origin.publish('/feed.xml', feed(names));
      await world.clock.advance(2 * SECOND_MS);
      await world.turnUntil(planet, async () => (await planet.titles()).length === names.length, 'a change');
    }
    await pass(world, planet, 20 * SECOND_MS);
    expect(told(world)).toHaveLength(3);
    await world.clock.advance(20 * SECOND_MS);
    await world.turnUntil(planet, () => told(world).length === 6, 'the second telling');
    await pass(world, planet, 5 * HOUR_MS);
    expect(told(world)).toHaveLength(6);
  });

  it('that is down for a day is told when it is back, over a restart too, and of the same thing once', async () => {
    await using world = await pushWorld();
    const first = await world.planet('a', YAML);
    world.hub.isDown = true;
    await publish(world, first, ['one']);
    await pass(world, first, 24 * HOUR_MS, 48);
    const failures = first.log.filter((line) => line.event === 'hub' && line.outcome === 'failed');
    expect(failures.length).toBeGreaterThanOrEqual(6);
    expect(failures.length).toBeLessThanOrEqual(14);
    await first.stop();
    world.hub.isDown = false;
    const planet = await world.planet('a', YAML);
    await pass(world, planet, 7 * HOUR_MS);
    await world.turnUntil(planet, () => told(world).length === 3, 'the telling');
    await planet.stop();
    const again = await world.planet('a', YAML);
    await pass(world, again, HOUR_MS);
    expect(told(world)).toHaveLength(3);
  });

  it('that refuses one document is still told of the others', async () => {
    await using world = await pushWorld();
    const planet = await world.planet('a', YAML);
    world.hub.refusedTopic = TOPICS[0];
    await publish(world, planet, ['one']);
    await world.clock.advance(3 * SECOND_MS);
    const isTold = () => planet.log.some((line) => line.event === 'hub' && line.outcome === 'failed');
    await world.turnUntil(planet, isTold, 'the line that tells it');
    expect(told(world).map(({ topic }) => topic)).toEqual(TOPICS);
    world.hub.refusedTopic = undefined;
    await world.clock.advance(2 * 60 * SECOND_MS);
    await world.turnUntil(planet, () => told(world).length === 4, 'the one that was refused');
    expect(told(world)[3]?.topic).toBe(TOPICS[0]);
  });

  it('is named by each document and by the header that comes with it', async () => {
    await using world = await pushWorld();
    const planet = await world.planet('a', YAML);
    await publish(world, planet, ['one']);
    for (const topic of TOPICS) {
      const response = await planet.get(new URL(topic).pathname);
      expect(response.headers.get('link')?.split(', ').slice(0, 2)).toEqual([
        `<${HUB_URL}>; rel="hub"`,
        `<${topic}>; rel="self"`,
      ]);
      expect(await response.text()).toContain(HUB_URL);
    }
  });
});

describe('two of us with a hub between them', () => {
  it.each(['rss', 'atom', 'json'])(
    'hand an item on as soon as it is published, without a second poll (%s)',
    async (format) => {
      await using world = await pushWorld();
      const a = await world.planet('a', YAML);
      await publish(world, a, ['one']);
      const b = await world.planet(
        'b',
        `
sources: [{ id: news, url: 'http://a.test/planet/feeds/all.${format}', every: 1d }]
feeds: [{ id: all, title: All of B }]`,
      );
      await world.turnUntil(b, () => world.hub.subscribed.size === 1, 'the subscription of B');
      expect(await b.titles()).toEqual(['one']);
      await publish(world, a, ['two', 'one']);
      await world.clock.advance(33 * SECOND_MS);
      await world.turnUntil(a, () => told(world).length >= 3, 'the telling of A');
      await world.turnUntil(b, async () => (await b.titles()).includes('two'), 'the item at B');
      expect((await b.titles()).toSorted()).toEqual(['one', 'two']);
      expect(b.log.filter((line) => line.event === 'poll')).toHaveLength(1);
      const [first, second] = [await a.items(), await b.items()];
      expect(second.map(({ id }) => id).toSorted()).toEqual(first.map(({ id }) => id).toSorted());
    },
  );
});
