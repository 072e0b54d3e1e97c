// A simulated year of 500 sources of forty characters, polled in their own rhythm and by a fixed hour. Prints requests and the
// median delay of new items of both, and checks every rule of politeness request by request; fails where one is broken.
//
//   npm run bench -- year [sources=500] [days=365]
import type { Schedule } from '../src/model/config.ts';
import { type Comparison, compare, table } from './year/compare.ts';

const [sources = '500', days = '365'] = process.argv.slice(2);
const schedule: Schedule = { kind: 'adaptive', minMs: 15 * 60_000, maxMs: 24 * 3_600_000 };

const startedMs = performance.now();
const comparison: Comparison = compare({ sources: Number(sources), days: Number(days), schedule });
process.stdout.write(`${table(comparison)}\n`);
for (const complaint of comparison.broken.slice(0, 40)) process.stdout.write(`BROKEN: ${complaint}\n`);
process.stdout.write(
  `${comparison.broken.length} rules broken in ${comparison.ours.requests} requests; ${Math.round((performance.now() - startedMs) / 1000)} s\n`,
);
if (comparison.broken.length > 0) process.exitCode = 1;
