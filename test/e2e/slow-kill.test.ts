// kill -9 at random moments of starting, polling and publishing, over forty sources: nothing lost, nothing twice, every document
// whole. `npm run nightly -- --kills 500` goes on for longer.
import { expect, it } from 'vitest';
import { killLoop } from '../rig/kill/kill-loop.ts';
import { groupsOf } from '../rig/kill/phases.ts';

const KILLS = 40;
/** Fixed: what happens and what the kills are aimed at is the same each time, where they fall is not. */
const SEED = 20261123;

it(`loses no item and doubles none over ${KILLS} kills`, { timeout: 600_000 }, async () => {
  const { moments, stories } = await killLoop({ kills: KILLS, seed: SEED });
  const { starting, committing, filing, between } = groupsOf(moments);
  expect(Math.min(starting, committing, filing), JSON.stringify([...moments])).toBeGreaterThan(0);
  expect(between).toBeLessThan(KILLS / 2);
  expect(stories).toBeGreaterThan(80 + KILLS);
});
