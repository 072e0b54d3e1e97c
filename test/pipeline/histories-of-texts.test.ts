// As histories.test.ts, with stories that are known for one by what they say, too. A file of its own: another core has it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { live } from './history.ts';
import { histories } from './history-steps.ts';

const HISTORIES = 500;
const STEPS_MAX = 14;
const SEED = 20261124;
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
    fc.asyncProperty(histories(STEPS_MAX, fc.constant(true)), (drawn) => live(drawn, told)),
    { numRuns: HISTORIES, seed: SEED },
  );
  expect(REASONS.filter((reason) => !told.has(reason))).toEqual([]);
});
