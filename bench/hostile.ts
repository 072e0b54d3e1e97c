// How long the service's event loop waits while twenty of forty sources are hostile, against twenty sane ones alone.
// Run: node bench/hostile.ts [--limit MS]   --limit: fails where the 99th percentile of the hostile run is longer.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { fortySources } from '../test/rig/forty-sources.ts';

const RESOLUTION_MS = 5;
const { values } = parseArgs({ options: { limit: { type: 'string' } } });

interface Lag {
  readonly p99: number;
  readonly max: number;
}

/** Milliseconds, of the whole process: the hostile servers are in it too, so that what is measured is rather too much. */
async function lagOf(isHostile: boolean): Promise<Lag> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  await using it = await fortySources({ isHostile });
  // What it costs to make the answers is not the service's.
  delays.reset();
  await it.polled(true);
  delays.disable();
  return { p99: delays.percentile(99) / 1e6, max: delays.max / 1e6 };
}

const sane = await lagOf(false);
const hostile = await lagOf(true);
const row = (name: string, { p99, max }: Lag) =>
  console.log(
    `${name.padEnd(30)} p99 ${p99.toFixed(1).padStart(7)} ms   max ${max.toFixed(1).padStart(7)} ms`,
  );
row('20 sane sources', sane);
row('20 sane and 20 hostile ones', hostile);
console.log(`the 99th percentile is ${(hostile.p99 / sane.p99).toFixed(1)} times as long`);
if (values.limit !== undefined && hostile.p99 > Number(values.limit)) {
  console.log(`and longer than ${values.limit} ms`);
  process.exitCode = 1;
}
