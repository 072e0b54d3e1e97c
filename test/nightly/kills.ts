// `npm run nightly -- --kills 500 [--store sqlite|redis|postgres] [--seed N]`: kills in rounds, each over a store of its own.
import { createPostgresPlace } from '../contract/postgres-place.ts';
import { createRedisPlace } from '../contract/redis-place.ts';
import { killLoop } from '../rig/kill/kill-loop.ts';
import type { Moment } from '../rig/kill/phases.ts';

/** So many, that the feed stays of a size that is published often. */
const KILLS_OF_A_ROUND = 100;
const PLACES = {
  sqlite: async () => ({ url: undefined, remove: async () => undefined }),
  redis: createRedisPlace,
  postgres: createPostgresPlace,
};

/** Throws at the first promise that is not kept. */
export async function killAllNight(kills: number, kind: string, seed: number): Promise<void> {
  const createPlace = Object.hasOwn(PLACES, kind) ? PLACES[kind as keyof typeof PLACES] : undefined;
  if (createPlace === undefined)
    throw new TypeError(`--store: ${Object.keys(PLACES).join(', ')}, not ${kind}`);
  const moments = new Map<Moment, number>();
  let stories = 0;
  const startMs = performance.now();
  for (let round = 0, done = 0; done < kills; round += 1) {
    const some = Math.min(KILLS_OF_A_ROUND, kills - done);
    const place = await createPlace();
    try {
      const report = await killLoop({ kills: some, seed: seed + 2 * round, store: place.url });
      for (const [moment, times] of report.moments) moments.set(moment, (moments.get(moment) ?? 0) + times);
      stories += report.stories;
    } finally {
      await place.remove();
    }
    done += some;
    const perHour = Math.round((done / (performance.now() - startMs)) * 3_600_000);
    process.stdout.write(`${done} kills on ${kind}, ${perHour} an hour, seeds from ${seed}\n`);
  }
  const counts = [...moments].sort((a, b) => b[1] - a[1]).map(([moment, times]) => `${moment} ${times}`);
  process.stdout.write(
    `${kills} kills on ${kind}: ${stories} stories, none lost, none twice; the kills fell into: ${counts.join(', ')}\n`,
  );
}
