// Documents of the fixtures with bytes flipped, cut, doubled and mixed: whatever they become, they are read or refused with a
// documented code. Every run has its number for a seed. FUZZ_RUNS=500000 goes on longer; FUZZ_FROM starts at another number.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ReadError } from '../../src/model/errors.ts';
import { readFeed } from '../../src/pipeline/read-feed.ts';
import { Random } from './damages.ts';

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 5000);
const FROM = Number(process.env['FUZZ_FROM'] ?? 0);
/** docs/OPERATING.md has them. */
const CODES: ReadonlySet<string> = new Set(['empty-body', 'not-a-feed', 'too-deep', 'too-large']);
const TOKENS = [
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<item>',
  '</item>',
  '<entry>',
  '</',
  '/>',
  '<?x',
  '?>',
  '<!DOCTYPE x [',
  '&#x',
  ';',
  '"',
  "'",
  '{"',
  '":[',
  '\\u',
  '\0',
  '\xff\xfe',
  '\x1f\x8b',
  ' xmlns:dc="urn:x"',
  ' xml:base="../"',
];

const folder = new URL('../fixtures/parse/', import.meta.url);
const SEEDS: readonly Buffer[] = readdirSync(folder)
  .filter((file) => !file.endsWith('.expected.json'))
  .map((file) => readFileSync(new URL(file, folder)))
  .filter((bytes) => bytes.length < 64 * 1024);

type Mutation = (bytes: Buffer, random: Random) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  (bytes, random) => {
    const flipped = Buffer.from(bytes);
    for (let count = 1 + random.below(8); count > 0; count -= 1) {
      const at = random.below(flipped.length);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
    }
    return flipped;
  },
  (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  (bytes, random) => {
    const { start, end } = part(bytes, random);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]);
  },
  (bytes, random) => {
    const { start, end } = part(bytes, random);
    return Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
  },
  (bytes, random) => {
    const at = random.below(bytes.length);
    const token = Buffer.from(random.of(TOKENS) ?? '', 'latin1');
    return Buffer.concat([bytes.subarray(0, at), token, bytes.subarray(at)]);
  },
  (bytes, random) => {
    const other: Buffer = random.of(SEEDS) ?? bytes;
    const { start, end } = part(other, random);
    const at = random.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), other.subarray(start, end), bytes.subarray(at)]);
  },
];

function part(bytes: Buffer, random: Random): { start: number; end: number } {
  const start = random.below(bytes.length);
  return { start, end: Math.min(bytes.length, start + 1 + random.below(200)) };
}

function mutated(run: number): Buffer {
  const random = new Random(run * 2_654_435_761);
  for (let count = 0; count < 3; count += 1) random.next();
  let bytes: Buffer = random.of(SEEDS) ?? Buffer.alloc(0);
  for (let count = 1 + random.below(3); count > 0 && bytes.length > 0; count -= 1) {
    bytes = random.of(MUTATIONS)?.(bytes, random) ?? bytes;
  }
  return bytes;
}

it(
  'B14: reads or refuses whatever a document becomes',
  async () => {
    for (let run = FROM; run < FROM + RUNS; run += 1) {
      const bytes = mutated(run);
      const error = await readFeed(bytes, { url: 'https://feeds.example/', sanitize: run % 4 === 0 }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (error === undefined || (error instanceof ReadError && CODES.has(error.code))) continue;
      expect.fail(`run ${run} throws ${String(error)} for ${JSON.stringify(bytes.toString('latin1'))}`);
    }
  },
  60_000 + RUNS * 10,
);
