// How long readFeed takes for hostile input, and how that grows from 128 to 256 KB: fifty repetitions in each field, and
// structures that make readers slow. Fails where time grows threefold or is beyond half a second.
// Run: node bench/read-hostile.ts [--quick] [--all]   --quick: a part, small, with generous bounds; --all: every line.
import { messageOf } from '../src/model/errors.ts';
import { readFeed } from '../src/pipeline/read-feed.ts';
import { FIELDS, ordinaryFeed, STRUCTURES, UNITS } from './feeds/hostile-feeds.ts';

const KB = 1024;
const isQuick = process.argv.includes('--quick');
const showsAll = process.argv.includes('--all');
const SIZE = isQuick ? 32 * KB : 128 * KB;
const units = isQuick ? UNITS.filter((_, index) => index % 5 === 0) : UNITS;
/** Twice the input in at most so many times the time; in this many milliseconds at most; shorter times grow by chance. */
const RATIO_MAX = isQuick ? 8 : 3;
const MS_MAX = isQuick ? 2000 : 500;
const MS_THAT_COUNT = isQuick ? 50 : 15;
const ROUNDS = 3;

interface Measured {
  readonly name: string;
  readonly small: number;
  readonly large: number;
}

const slowest: Measured[] = [];
const failed: Measured[] = [];

for (const sanitize of [true, false]) {
  const suffix = sanitize ? ', made safe' : '';
  for (const [field, make] of Object.entries(FIELDS)) {
    for (const unit of units) {
      await judge(`${JSON.stringify(unit)} in ${field}${suffix}`, sanitize, (size) =>
        make(unit.repeat(Math.ceil(size / unit.length))),
      );
    }
  }
  for (const [name, make] of Object.entries(STRUCTURES)) await judge(`${name}${suffix}`, sanitize, make);
}
slowest.sort((a, b) => b.large - a.large);
console.log(`${slowest.length} inputs at ${SIZE / KB} and ${(2 * SIZE) / KB} KB; the slowest:`);
for (const measured of showsAll ? slowest : slowest.slice(0, 12)) print(measured);
await growOrdinary();
if (failed.length > 0) {
  console.log(`\n${failed.length} grow more than ${RATIO_MAX}-fold or take more than ${MS_MAX} ms:`);
  for (const measured of failed) print(measured);
  process.exitCode = 1;
}

/** What seems to grow too fast is measured again: on a machine with other work, one time says little. */
async function judge(name: string, sanitize: boolean, make: (size: number) => string): Promise<void> {
  let measured: Measured = { name, small: 0, large: 0 };
  for (let attempt = 0; attempt < 4; attempt += 1) {
    const small = await time(make(SIZE), sanitize);
    const large = await time(make(2 * SIZE), sanitize);
    measured = { name, small, large };
    if (!isTooSlow(measured)) break;
  }
  slowest.push(measured);
  if (isTooSlow(measured)) failed.push(measured);
}

function isTooSlow({ small, large }: Measured): boolean {
  return large > MS_MAX || (large > MS_THAT_COUNT && large > RATIO_MAX * small);
}

/** CPU milliseconds, the best of some rounds. */
async function time(document: string, sanitize: boolean): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < (isQuick ? 1 : ROUNDS) && best > 1; round += 1) {
    const start = process.cpuUsage();
    await readFeed(document, { url: 'https://feeds.example/', sanitize }).catch((error: unknown) => {
      if (!/^(?:the document|Unexpected)/.test(messageOf(error))) throw error;
    });
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

async function growOrdinary(): Promise<void> {
  const sizes = isQuick ? [100, 400] : [100, 200, 400, 800, 1600, 3200, 6400, 8192];
  console.log('\nordinary input, made safe:');
  for (const kilobytes of sizes) {
    const document = ordinaryFeed(kilobytes * KB);
    await time(document, true);
    const ms = await time(document, true);
    const each = (ms / (document.length / KB / KB)).toFixed(0);
    console.log(
      `  ${kilobytes} KB`.padEnd(12),
      `${ms.toFixed(1)} ms`.padStart(10),
      `${each} ms/MB`.padStart(12),
    );
  }
}

function print({ name, small, large }: Measured): void {
  const times = `${small.toFixed(1)} → ${large.toFixed(1)} ms`;
  console.log(`  ${times.padStart(20)}  × ${(large / Math.max(small, 0.1)).toFixed(1)}  ${name}`);
}
