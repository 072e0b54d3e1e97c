// What simpler measures find at the strictest threshold that they can bear: the numbers of ADR 17.
//   node scripts/node24.mjs bench/similar/alternatives.ts
import { compareSignatures } from '../../src/core/merge/similar/nearness.ts';
import { type Signature, SKETCH_MAX, signatureOf } from '../../src/core/merge/similar/signature.ts';
import {
  containment,
  hash32,
  type Overlap,
  overlapOf,
  type Sketch,
} from '../../src/core/merge/similar/sketch.ts';
import { wordsOf } from '../../src/core/merge/similar/words.ts';
import { readPairs, type WrittenText } from './read-pairs.ts';
import { seriesItems } from './series.ts';

interface Worked {
  readonly signature: Signature;
  readonly simHash: readonly [number, number];
}

const MEASURES: Readonly<Record<string, (a: Worked, b: Worked) => number>> = {
  'Jaccard of runs of three words (MinHash)': (a, b) => jaccard(runsOf(a, b)),
  'containment of runs (bottom-k)': (a, b) => containment(runsOf(a, b)),
  'containment of words, names and numbers': (a, b) => containment(wordsOfBoth(a, b)),
  'SimHash of 64 bits over all words': (a, b) => 1 - distance(a.simHash, b.simHash) / 64,
  'facts, words and objections (ours)': (a, b) => {
    const comparison = compareSignatures(a.signature, b.signature);
    return comparison.kind === 'compared' ? comparison.nearness : 0;
  },
};

const work = (said: WrittenText): Worked => ({ signature: signatureOf(said), simHash: simHashOf(said.text) });
const pairs = readPairs(new URL('../../test/fixtures/similar/pairs', import.meta.url).pathname).map(
  (pair) => ({
    isSame: pair.isSame,
    a: work(pair.a),
    b: work(pair.b),
  }),
);
const items = seriesItems(3_000);
const byKind = [...Map.groupBy(items, ({ kind }) => kind).values()].map((kind) => kind.map(work));

for (const [name, measure] of Object.entries(MEASURES)) {
  const wrong = byKind.flatMap((kind) =>
    kind.map((b, at) => Math.max(0, ...kind.slice(0, at).map((a) => measure(a, b)))),
  );
  const [least = 0] = wrong.toSorted((a, b) => b - a);
  const found = (isSame: boolean, from: number) =>
    pairs.filter((pair) => pair.isSame === isSame && measure(pair.a, pair.b) > from).length;
  console.log(
    `${name}: above ${least.toFixed(2)}, where no item of series is merged, ${found(true, least)} of 150 found, ${found(false, least)} of 50 wrong`,
  );
}

function runsOf(a: Worked, b: Worked): Overlap {
  return overlapOf(a.signature.runs, b.signature.runs, SKETCH_MAX.runs);
}

function wordsOfBoth(a: Worked, b: Worked): Overlap {
  const kinds = ['numbers', 'names', 'words'] as const;
  const all = (signature: Signature): Sketch =>
    Uint32Array.from(kinds.flatMap((kind) => [...signature[kind]])).sort();
  return overlapOf(all(a.signature), all(b.signature), 1_000);
}

function jaccard({ shared, a, b }: Overlap): number {
  return shared / Math.max(1, a + b - shared);
}

function simHashOf(text: string): readonly [number, number] {
  const sums = new Array<number>(64).fill(0);
  for (const { text: word } of wordsOf(text)) {
    const halves = [hash32(word, 1), hash32(word, 2)];
    for (const bit of sums.keys())
      sums[bit] = (sums[bit] ?? 0) + ((((halves[bit >> 5] ?? 0) >>> (bit & 31)) & 1) * 2 - 1);
  }
  const half = (from: number) =>
    sums.slice(from, from + 32).reduce((bits, sum, at) => (sum > 0 ? bits | (1 << at) : bits), 0);
  return [half(0), half(32)];
}

function distance(a: readonly [number, number], b: readonly [number, number]): number {
  const ones = (bits: number) => bits.toString(2).replaceAll('0', '').length;
  return ones((a[0] ^ b[0]) >>> 0) + ones((a[1] ^ b[1]) >>> 0);
}
