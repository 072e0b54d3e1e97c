// What `deduplicate: {by: [similar]}` finds, what it takes for one by mistake, and what it costs.
//   node scripts/node24.mjs bench/similar.ts [--items 100000] [--series 12000] [--folder PATH of feed documents]
//   … --check [--series 12000] does the series alone, and fails where more than one of 10,000 items is merged.
import { parseArgs } from 'node:util';
import { compareSignatures, NEARNESS_MIN, nearnessOf } from '../src/core/merge/similar/nearness.ts';
import { packSignature, type Signature, signatureOf } from '../src/core/merge/similar/signature.ts';
import { createSimilarIndex } from '../src/core/merge/similar/similar-index.ts';
import { printCorpus } from './similar/corpus.ts';
import { proseItems } from './similar/prose.ts';
import { readPairs, type WrittenPair } from './similar/read-pairs.ts';
import { seriesItems } from './similar/series.ts';

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '100000' },
    series: { type: 'string', default: '12000' },
    folder: { type: 'string' },
    check: { type: 'boolean', default: false },
  },
});
const DAY_MS = 86_400_000;
const WINDOW_MS = 14 * DAY_MS;
const THRESHOLDS = [0.4, 0.45, 0.5, 0.55, 0.58, 0.6, 0.62, 0.65, 0.7, 0.75, 0.8, 0.9];
const fixtures = new URL('../test/fixtures/similar/', import.meta.url).pathname;

const pairNearness = (pair: WrittenPair) => nearnessOf(signatureOf(pair.a), signatureOf(pair.b));

function printMisses(pairs: readonly WrittenPair[]): void {
  for (const pair of pairs) {
    const comparison = compareSignatures(signatureOf(pair.a), signatureOf(pair.b));
    const merged = comparison.kind === 'compared' && comparison.nearness >= NEARNESS_MIN;
    if (merged === pair.isSame) continue;
    const why = comparison.kind === 'apart' ? comparison.objection : comparison.nearness.toFixed(2);
    console.log(`  ${pair.isSame ? 'missed' : 'WRONG '} ${why.padEnd(15)} ${pair.name}: ${pair.a.title}`);
  }
}

/** Nearness of each pair of one kind of series, from the lowest threshold on: the later item of each counts as wrongly merged. */
function seriesMerges(
  count: number,
): readonly { readonly item: number; readonly nearness: number; readonly text: string }[] {
  const items = seriesItems(count);
  const byKind = Map.groupBy(items.keys(), (index) => items[index]?.kind ?? '');
  const signatures = items.map(signatureOf);
  const merges = [];
  for (const indexes of byKind.values())
    for (const [at, b] of indexes.entries())
      for (const a of indexes.slice(0, at)) {
        const nearness = nearnessOf(signatures[a] as Signature, signatures[b] as Signature);
        if (nearness >= (THRESHOLDS[0] ?? 0))
          merges.push({ item: b, nearness, text: `${items[a]?.text}\n      ${items[b]?.text}` });
      }
  return merges;
}

type Merges = ReturnType<typeof seriesMerges>;

function wronglyMerged(merges: Merges, least: number): number {
  return new Set(merges.filter(({ nearness }) => nearness >= least).map(({ item }) => item)).size;
}

function printMerges(merges: Merges): void {
  for (const { nearness, text } of merges)
    if (nearness >= NEARNESS_MIN) console.log(`  ${nearness.toFixed(2)}  ${text}`);
}

/** The bound that `similar` promises. */
function checkSeries(count: number): void {
  const merges = seriesMerges(count);
  const wrong = wronglyMerged(merges, NEARNESS_MIN);
  console.log(`${wrong} of ${count} items of series merged; at most one of 10,000 may be`);
  printMerges(merges);
  if (wrong > count / 10_000) process.exitCode = 1;
}

function printCurve(): void {
  const tuning = readPairs(`${fixtures}tuning`);
  const written = readPairs(`${fixtures}pairs`);
  const control = readPairs(`${fixtures}control`);
  const near = new Map([...tuning, ...written, ...control].map((pair) => [pair, pairNearness(pair)]));
  const share = (pairs: readonly WrittenPair[], least: number) => {
    const found = pairs.filter((pair) => (near.get(pair) ?? 0) >= least).length;
    return `${found}/${pairs.length}`.padStart(8);
  };
  const series = Number(values.series);
  const merges = seriesMerges(series);
  console.log(`threshold  found     wrong     found     wrong     of ${series} items of series`);
  console.log('           (tuning)  (tuning)  (written) (written) merged wrongly');
  for (const least of THRESHOLDS) {
    const parts = [tuning, written].flatMap((pairs) => [
      share(
        pairs.filter(({ isSame }) => isSame),
        least,
      ),
      share(
        pairs.filter(({ isSame }) => !isSame),
        least,
      ),
    ]);
    const wrong = wronglyMerged(merges, least);
    console.log(
      `${least === NEARNESS_MIN ? '>' : ' '} ${least.toFixed(2)}    ${parts.join('  ')}  ${String(wrong).padStart(8)}`,
    );
  }
  printCount('control');
  printMisses(control);
  printCount('blind');
  printCount('fresh');
  printCount('second-tuning');
  printCount('hold-out');
  console.log(`\nat ${NEARNESS_MIN}, of the written pairs:`);
  printMisses(written);
  console.log(`\nat ${NEARNESS_MIN}, of the series:`);
  printMerges(merges);
}

/** Of the pairs of one folder, how many are found. */
function printCount(folder: 'control' | 'blind' | 'fresh' | 'second-tuning' | 'hold-out'): void {
  const pairs = readPairs(`${fixtures}${folder}`);
  const [found, wrong] = [true, false].map((isSame) => {
    const of = pairs.filter((pair) => pair.isSame === isSame);
    return `${of.filter((pair) => pairNearness(pair) >= NEARNESS_MIN).length} of ${of.length}`;
  });
  console.log(`\nat ${NEARNESS_MIN}, of the ${folder} pairs: ${found} found, ${wrong} wrong`);
}

/** Every tenth item is one of a series, as real windows have them; the written pairs are hidden among them. */
function printCost(count: number): void {
  const prose = [...proseItems(Math.ceil(count * 0.9)), ...seriesItems(Math.floor(count * 0.1))];
  const before = memory();
  const startMs = cpuMs();
  const packed = prose.map((item) => packSignature(signatureOf(item)));
  const signedMs = cpuMs();
  const index = createSimilarIndex({ windowMs: WINDOW_MS });
  for (const [nth, signature] of packed.entries())
    index.add({ hash: `item ${nth}`, sourceId: `source ${nth % 200}`, atMs: (nth % 14) * DAY_MS, signature });
  const indexedMs = cpuMs();
  const after = memory();
  const written = readPairs(`${fixtures}pairs`).filter(
    (pair) => pair.isSame && pairNearness(pair) >= NEARNESS_MIN,
  );
  const found = written.filter((pair) => {
    for (const [side, { title, text }] of Object.entries({ a: pair.a, b: pair.b })) {
      const signature = packSignature(signatureOf({ title, text }));
      index.add({ hash: `${pair.name} ${side}`, sourceId: side, atMs: 0, signature });
    }
    return index.near(`${pair.name} a`).some(({ hash }) => hash === `${pair.name} b`);
  }).length;
  const lateMs = cpuMs();
  const each = (ms: number, of: number) => `${((ms * 1000) / of).toFixed(0)} µs`;
  console.log(
    `${count} items: signature ${each(signedMs - startMs, count)}, adding ${each(indexedMs - signedMs, count)} on average, ` +
      `${each(lateMs - indexedMs, written.length * 2)} for each of ${written.length * 2} more with its signature; ` +
      `${((after - before) / count / 1024).toFixed(2)} KB per item; ${found} of ${written.length} near pairs found among them`,
  );
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

if (values.check) checkSeries(Number(values.series));
else {
  printCurve();
  console.log();
  for (const count of [1_000, 10_000, 100_000]) if (count <= Number(values.items)) printCost(count);
  if (values.folder !== undefined) await printCorpus(values.folder);
}
