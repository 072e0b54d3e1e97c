// Content codings: streams of every format, whole, broken, stacked and labelled wrong.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { decodeBody } from '../../../src/edge/fetch/content-coding.ts';
import { FetchProblem } from '../../../src/edge/fetch/fetch-problem.ts';
import type { Random } from '../../pipeline/damages.ts';
import { mutate, pick, upTo } from '../mutate.ts';
import { bytesAsText, bytesOf, holds, type Target } from '../target.ts';

const BYTES_MAX = 100_000;
const CODES = ['bad-encoding', 'truncated', 'too-large'];
const COMPRESSORS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: (bytes) => gzipSync(bytes),
  'x-gzip': (bytes) => gzipSync(bytes),
  deflate: (bytes) => deflateSync(bytes),
  'DEFLATE ': (bytes) => deflateRawSync(bytes),
  br: (bytes) => brotliCompressSync(bytes, { params: { 0: 0 } }),
  zstd: (bytes) => zstdCompressSync(bytes),
  identity: (bytes) => bytes,
};
const NAMES = Object.keys(COMPRESSORS);
const TOKENS = [
  '\x1f\x8b\x08',
  '\x28\xb5\x2f\xfd',
  '\x78\x9c',
  '\0',
  '\xff',
  '\x1f\x8b\x08\x1c\0\0\0\0\0\xff\xff\xff',
];

export const codings: Target = {
  name: 'codings',
  make(random) {
    const plain = plainOf(random);
    const names = Array.from({ length: upTo(random, 3) }, () => pick(random, NAMES));
    const encoded = names.reduce<Uint8Array>(compressed, Buffer.from(plain));
    const other = bytesAsText(compressed(Buffer.from(plain), pick(random, NAMES)));
    const isWhole = random.next() < 0.2;
    const body = bytesAsText(encoded);
    return {
      body: isWhole ? body : mutate(body, random, TOKENS, other) + (random.next() < 0.2 ? other : ''),
      coding: isWhole || random.next() < 0.8 ? names.join(',') : mutate(names.join(', '), random, NAMES),
      ...(isWhole ? { plain } : {}),
    };
  },
  async check({ body = '', coding = '', plain }) {
    try {
      const bytes = await decodeBody(bytesOf(body), coding, BYTES_MAX);
      holds(bytes.length <= Math.max(BYTES_MAX, body.length), 'what comes out is bounded');
      holds(plain === undefined || Buffer.from(bytes).toString() === plain, 'what was whole is whole');
    } catch (error) {
      if (!(error instanceof FetchProblem)) throw error;
      holds(CODES.includes(error.code), `the code ${error.code} is one of three`);
      const isExpected = plain === undefined || plain.length > BYTES_MAX || coding.split(',').length > 2;
      holds(isExpected, `what is whole is read: ${error.message}`);
    }
  },
};

function compressed(bytes: Uint8Array, name: string): Uint8Array {
  return COMPRESSORS[name]?.(bytes) ?? bytes;
}

function plainOf(random: Random): string {
  const word = pick(random, ['', 'harbour news ', '<rss/>', ' ', '\n']);
  return word.repeat(random.next() < 0.1 ? 20_000 : upTo(random, 300));
}
