// Whatever the order in which a cycle polls its sources, the edition is the same: with edits, near texts and caps.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPairs } from '../../bench/similar/read-pairs.ts';
import type { MergedFeed, Source } from '../../src/model/config.ts';
import { buildSource } from '../core/build-item.ts';
import { type Post, rss } from '../e2e/origin.ts';
import { buildConfig, buildFeed, fetched, itemsOf, pipelineRig } from './rig.ts';

const RUNS = 10;
const SEED = 20261126;
const SOURCES = ['home', 'planet', 'other'].map((id) => buildSource(id));
const texts = readPairs(new URL('../fixtures/similar/tuning', import.meta.url).pathname)
  .slice(0, 3)
  .flatMap(({ a, b }) => [a, b]);

const post = fc
  .record({
    guid: fc.constantFrom('tag:home.example,2026:1', 'https://home.example/2', 'urn:x:3', 'one', 'two'),
    link: fc.constantFrom(
      undefined,
      'https://home.example/',
      'https://home.example/1',
      'https://home.example/2',
      'https://x.example/3',
      'https://planet.example/4',
    ),
    said: fc.constantFrom(...texts),
    titled: fc.boolean(),
    date: fc.constantFrom(
      'Thu, 19 Nov 2026 10:00:00 GMT',
      'Thu, 19 Nov 2026 11:00:00 GMT',
      'Wed, 18 Nov 2026 10:00:00 GMT',
    ),
  })
  .map(
    ({ said, titled, link, ...post }): Post => ({
      ...post,
      ...(link !== undefined && { link }),
      ...(titled && { title: said.title }),
      body: `<![CDATA[<p>${said.text}</p>]]>`,
    }),
  );
const cycle = fc.tuple(
  ...SOURCES.map(() => fc.uniqueArray(post, { maxLength: 4, selector: ({ guid }) => guid })),
);
const feed: fc.Arbitrary<Partial<MergedFeed>> = fc.record({
  duplicates: fc.constantFrom(
    ['id', 'url', 'similar'] as const,
    ['similar'] as const,
    ['url', 'similar'] as const,
  ),
  limit: fc.constantFrom(2, 4, 100),
  perSource: fc.constantFrom(undefined, { limit: 2 }, { perDay: 1 }),
});
const order = fc.shuffledSubarray([0, 1, 2], { minLength: 3 });
type Posts = readonly (readonly Post[])[];

/** Polled a minute apart at first, at one instant from then on: what is new then was seen then. */
async function editionsOf(
  said: Partial<MergedFeed>,
  cycles: readonly { readonly posts: Posts; readonly order: readonly number[] }[],
): Promise<unknown> {
  const config = buildConfig(SOURCES, [buildFeed(said)]);
  await using rig = await pipelineRig(config);
  const publisher = await rig.restart(config);
  const editions: unknown[] = [];
  for (const [nth, { posts, order }] of cycles.entries()) {
    for (const place of order) {
      const { id, feedUrl } = SOURCES[place] as Source;
      rig.answer(feedUrl, fetched(rss(id, posts[place] ?? []), { url: feedUrl }));
      await rig.poll(SOURCES[place] as Source);
      if (nth === 0) rig.nowMs += 60_000;
    }
    rig.nowMs += 3_600_000;
    await publisher.publishDue();
    editions.push(itemsOf(publisher));
  }
  return editions;
}

it('the order of polls within a cycle changes nothing, nor do the edits of the next', async () => {
  await fc.assert(
    fc.asyncProperty(feed, cycle, cycle, order, order, async (said, first, second, one, other) => {
      const by = (order: readonly number[]) => [
        { posts: first, order },
        { posts: second, order },
      ];
      expect(await editionsOf(said, by(other))).toEqual(await editionsOf(said, by(one)));
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
