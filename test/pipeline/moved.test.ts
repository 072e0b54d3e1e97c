// Sources that move, come back, die, or are somebody else's now; the real poll over a simulated year.
import { describe, expect, it } from 'vitest';
import type { Source } from '../../src/model/config.ts';
import type { FetchOutcome } from '../../src/model/fetch-outcome.ts';
import { createMoveWorld } from '../../src/pipeline/move-world.ts';
import { buildSource } from '../core/build-item.ts';
import { rss } from '../e2e/origin.ts';
import { buildConfig, fetched, itemsOf, type PipelineRig, pipelineRig, sourceA, sourceB } from './rig.ts';

const NEW = 'https://new.example/feed';
const DAY_MS = 86_400_000;
const FEED = rss('A', [{ guid: '1', title: 'One', link: 'https://a.example/1' }]);
const GONE: FetchOutcome = { kind: 'gone' };
const DEAD: FetchOutcome = { kind: 'failed', error: { code: 'dns', message: 'the name does not exist' } };

const document = (text = FEED) => fetched(text);
const redirected = (to = NEW, text = FEED) => fetched(text, { movedTo: to, url: to });

async function rigWith(source: Source = sourceA): Promise<PipelineRig & { asked(): string[] }> {
  const rig = await pipelineRig(buildConfig([source, sourceB]));
  let from = 0;
  return Object.assign(rig, {
    asked() {
      const urls = rig.requests.slice(from).map(({ url }) => url);
      from = rig.requests.length;
      return urls;
    },
  });
}

async function polls(rig: PipelineRig, times: number, source: Source = sourceA) {
  for (let time = 0; time < times; time++) {
    await rig.poll(source, { moves: createMoveWorld(() => buildConfig([source, sourceB])) });
    rig.nowMs += 3_600_000;
  }
  return rig.known.pollOf(source.id);
}

describe('a source that says it moved for good', () => {
  it('is polled at its new address after three sightings, and asked at the old one once a week', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, redirected());
    rig.answer(NEW, document());
    expect(await polls(rig, 3)).toMatchObject({ movedTo: { feedUrl: NEW, sightings: 3 } });
    expect(rig.asked()).toEqual([sourceA.feedUrl, sourceA.feedUrl, sourceA.feedUrl]);
    await polls(rig, 21 * 24);
    const asked = rig.asked();
    expect(asked).toHaveLength(21 * 24);
    expect(asked.filter((url) => url === sourceA.feedUrl)).toHaveLength(3);
    expect(rig.known.pollOf(sourceA.id)).toMatchObject({
      movedTo: { feedUrl: NEW, sightings: 6 },
      failures: 0,
    });
  });

  it('keeps its items under their ids', async () => {
    const noUri = rss('A', [{ guid: 'not-a-uri', title: 'One', link: 'https://a.example/1' }]);
    await using rig = await rigWith();
    const config = buildConfig([sourceA]);
    const publisher = await rig.restart(config);
    rig.answer(sourceA.feedUrl, redirected(NEW, noUri));
    rig.answer(NEW, document(noUri));
    await polls(rig, 1);
    await publisher.publishDue();
    const before = itemsOf(publisher).map(({ id }) => id);
    await polls(rig, 5);
    rig.answer(
      NEW,
      document(
        rss('A', [
          { guid: 'not-a-uri', title: 'One', link: 'https://a.example/1' },
          { guid: 'another', title: 'Two', link: 'https://a.example/2' },
        ]),
      ),
    );
    await polls(rig, 1);
    await publisher.publishDue();
    expect(before).toHaveLength(1);
    expect(itemsOf(publisher)).toHaveLength(2);
    expect(itemsOf(publisher).map(({ id }) => id)).toContain(before[0]);
  });

  it('is polled at its old address again when that says nothing of a move any more', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, redirected());
    rig.answer(NEW, document());
    await polls(rig, 4);
    rig.answer(sourceA.feedUrl, document());
    expect(await polls(rig, 7 * 24)).toMatchObject({ outcome: 'unchanged', movedTo: undefined });
    rig.asked();
    await polls(rig, 3);
    expect(rig.asked()).toEqual(Array(3).fill(sourceA.feedUrl));
  });

  it('goes on at its new address when the old one dies, and is never counted as failing for that', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, redirected());
    rig.answer(NEW, document());
    await polls(rig, 3);
    for (const dead of [DEAD, GONE]) {
      rig.answer(sourceA.feedUrl, dead);
      rig.asked();
      expect(await polls(rig, 8 * 24)).toMatchObject({ failures: 0, movedTo: { feedUrl: NEW } });
      expect(rig.asked().filter((url) => url === sourceA.feedUrl)).toHaveLength(1);
    }
  });

  it('is asked at its old address in the same poll when the new one dies', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, redirected());
    rig.answer(NEW, document());
    await polls(rig, 3);
    rig.answer(NEW, GONE);
    rig.answer(sourceA.feedUrl, document());
    rig.asked();
    expect(await polls(rig, 1)).toMatchObject({ outcome: 'unchanged', failures: 0, movedTo: undefined });
    expect(rig.asked()).toEqual([NEW, sourceA.feedUrl]);
  });

  it('fails as its new address does when both are dead', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, redirected());
    await polls(rig, 3);
    rig.answer(sourceA.feedUrl, DEAD);
    rig.answer(NEW, { kind: 'failed', error: { code: 'not-found', message: 'there is none' } });
    expect(await polls(rig, 1)).toMatchObject({ outcome: 'failed', reason: 'not-found', failures: 1 });
  });

  it('has to say one and the same address three times', async () => {
    await using rig = await rigWith();
    for (const to of [NEW, 'https://other.example/feed', NEW, NEW]) {
      rig.answer(sourceA.feedUrl, redirected(to));
      await polls(rig, 1);
    }
    expect(rig.known.pollOf(sourceA.id)?.movedTo).toMatchObject({ feedUrl: NEW, sightings: 2 });
    rig.answer(sourceA.feedUrl, document());
    expect((await polls(rig, 1))?.movedTo).toBeUndefined();
  });

  it('that moves on from there is learnt anew', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, redirected());
    await polls(rig, 3);
    rig.answer(NEW, redirected('https://newer.example/feed'));
    rig.answer(sourceA.feedUrl, redirected('https://newer.example/feed'));
    rig.answer('https://newer.example/feed', document());
    rig.asked();
    await polls(rig, 4);
    expect(rig.asked()).toEqual([NEW, sourceA.feedUrl, sourceA.feedUrl, 'https://newer.example/feed']);
  });

  it.each([
    ['credentials', { ...sourceA, headers: { authorization: 'Bearer hunter2' } }, NEW],
    ['credentials', { ...sourceA, feedUrl: 'https://me:hunter2@a.example/feed' }, NEW],
    ['insecure', sourceA, 'http://a.example/feed'],
    ['own-feed', sourceA, 'https://feeds.example/feeds/all.rss'],
    ['known-source', sourceA, sourceB.feedUrl],
  ] as const)('is not followed for ever: %s', async (obstacle, source, to) => {
    await using rig = await rigWith(source);
    rig.answer(source.feedUrl, { ...redirected(to) });
    const isOurs = obstacle === 'own-feed';
    if (isOurs) rig.answer(source.feedUrl, fetched(FEED, { movedTo: to, url: source.feedUrl }));
    const poll = await polls(rig, 5, source);
    expect(poll?.movedTo).toMatchObject({ feedUrl: to, sightings: 5, obstacle });
    expect(rig.asked()).toEqual(Array(5).fill(source.feedUrl));
  });

  it('is forgotten when the new address, or a third one, is written into the configuration', async () => {
    for (const feedUrl of [NEW, 'https://third.example/feed']) {
      await using rig = await rigWith();
      rig.answer(sourceA.feedUrl, redirected());
      rig.answer(NEW, document());
      rig.answer(feedUrl, document());
      await polls(rig, 4);
      rig.asked();
      expect((await polls(rig, 3, { ...sourceA, feedUrl }))?.movedTo).toBeUndefined();
      expect(rig.asked()).toEqual([feedUrl, feedUrl, feedUrl]);
    }
  });

  it('keeps its user and password at the same origin', async () => {
    const source = { ...sourceA, feedUrl: 'https://me:hunter2@a.example/feed' };
    await using rig = await rigWith(source);
    rig.answer(source.feedUrl, redirected('https://a.example/new'));
    rig.answer('https://me:hunter2@a.example/new', document());
    await polls(rig, 4, source);
    expect(rig.asked().at(-1)).toBe('https://me:hunter2@a.example/new');
    expect(JSON.stringify(rig.known.pollOf(source.id))).not.toContain('hunter2');
  });

  it('is polled once a day where another source is polled already', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, redirected(sourceB.feedUrl));
    const waits: number[] = [];
    for (let time = 0; time < 4; time++) {
      const moves = createMoveWorld(() => buildConfig([sourceA, sourceB]));
      waits.push(((await rig.poll(sourceA, { moves })).nextPollAtMs - rig.nowMs) / DAY_MS);
    }
    expect(waits[1]).toBeLessThan(1);
    expect(waits.slice(2)).toEqual([1, 1]);
  });

  it('is polled at a time of its schedule even so', async () => {
    const source = buildSource('a', {
      schedule: { kind: 'cron', expression: '*/15 3 * * *', timezone: 'Etc/UTC' },
    });
    await using rig = await rigWith(source);
    rig.answer(source.feedUrl, redirected(sourceB.feedUrl));
    const moves = createMoveWorld(() => buildConfig([source, sourceB]));
    for (let time = 0; time < 3; time++) await rig.poll(source, { moves });
    const next = (await rig.poll(source, { moves })).nextPollAtMs;
    expect(next).toBeGreaterThan(rig.nowMs + DAY_MS - 5 * 60_000);
    expect([new Date(next).getUTCHours(), new Date(next).getUTCMinutes() % 15]).toEqual([3, 0]);
  });
});

describe('a source that leads to a feed of ours', () => {
  it('brings nothing, and says so', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, fetched(FEED, { url: 'https://feeds.example/feeds/all.rss' }));
    expect(await polls(rig, 1)).toMatchObject({ outcome: 'failed', reason: 'own-feed' });
  });
});

describe('a source that became another site', () => {
  const other = `<?xml version="1.0"?><rss version="2.0"><channel><title>Casino</title><link>https://casino.example/</link>
<description/><item><guid>https://casino.example/1</guid><title>Win</title></item></channel></rss>`;
  const own = other.replaceAll('casino.example', 'a.example').replace('Casino', 'A').replace('Win', 'One');

  it('is told, with what it was and is; its items stay, and the new ones are their own', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, document(own));
    expect((await polls(rig, 1))?.becameAnotherSite).toBeUndefined();
    rig.answer(sourceA.feedUrl, document(other));
    expect((await polls(rig, 1))?.becameAnotherSite).toMatchObject({
      before: { title: 'A', siteUrl: 'https://a.example/' },
      now: { title: 'Casino', siteUrl: 'https://casino.example/' },
    });
    const state = rig.known.of(sourceA.id);
    expect(state.kind === 'known' && state.record.items.map(({ guidUri }) => guidUri)).toEqual(
      expect.arrayContaining(['https://a.example/1', 'https://casino.example/1']),
    );
    expect((await polls(rig, 29 * 24))?.becameAnotherSite).toBeDefined();
    expect((await polls(rig, 3 * 24))?.becameAnotherSite).toBeUndefined();
  });
});
