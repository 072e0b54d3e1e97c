// Whatever happens, in whatever order: no item lost, none doubled, no published id or date changed, and of each item it can be
// told why it is in a feed or not. Copies are known by id and address here; histories-of-texts.test.ts lets them be known by what they
// say, too. `npm run nightly` lives through many more.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { live } from './history.ts';
import { histories } from './history-steps.ts';

const HISTORIES = 500;
const STEPS_MAX = 14;
const SEED = 20261123;
/** Each of them must have been told of some item. */
const REASONS = [
  'in',
  'duplicate',
  'filtered',
  'limit',
  'maxAge',
  'perSource',
  'perDay',
  'withdrawn',
  'retracted',
];

it(`keeps every promise over ${HISTORIES} histories`, { timeout: 600_000 }, async () => {
  const told = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(histories(STEPS_MAX, fc.constant(false)), (drawn) => live(drawn, told)),
    { numRuns: HISTORIES, seed: SEED },
  );
  expect(REASONS.filter((reason) => !told.has(reason))).toEqual([]);
});
