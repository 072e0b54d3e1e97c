// Content codings undone, each bounded by what may come out of it. RFC 9110, section 8.4; RFC 1950 to 1952, 7932, 8878.
import {
  brotliDecompress,
  brotliDecompressSync,
  gunzip,
  gunzipSync,
  inflate,
  inflateRaw,
  inflateRawSync,
  inflateSync,
  zstdDecompress,
  zstdDecompressSync,
} from 'node:zlib';
import { FetchProblem, tooLarge } from './fetch-problem.ts';

/** What we say that we accept. */
export const ACCEPTED_CODINGS = 'gzip, br, zstd, deflate';

/** Codings on top of each other: more than two is nobody's honest feed. */
const CODINGS_MAX = 2;

/** Up to here a body is decompressed on the spot, in half the time: what comes out at most takes a few milliseconds. */
const AT_ONCE_ENCODED_BYTES_MAX = 131_072;
const AT_ONCE_BYTES_MAX = 1_048_576;

const CHUNK_BYTES_MIN = 16_384;
const CHUNK_BYTES_MAX = 262_144;

interface DecodeOptions {
  readonly maxOutputLength: number;
  readonly chunkSize?: number;
  readonly info?: boolean;
}
type Callback = (error: Error | null, bytes: Uint8Array) => void;

/** One format of node:zlib, decompressed on the spot or by its threads. */
interface Format {
  readonly atOnce: (encoded: Uint8Array, options: DecodeOptions) => Uint8Array;
  readonly aside: (encoded: Uint8Array, options: DecodeOptions, callback: Callback) => void;
}

const GZIP: Format = { atOnce: gunzipSync, aside: gunzip };
const ZLIB: Format = { atOnce: inflateSync, aside: inflate };
const RAW: Format = { atOnce: inflateRawSync, aside: inflateRaw };
const BROTLI: Format = { atOnce: brotliDecompressSync, aside: brotliDecompress };
const ZSTD: Format = { atOnce: zstdDecompressSync, aside: zstdDecompress };

type Decoder = (encoded: Uint8Array, bytesMax: number) => Promise<Uint8Array>;

const DECODERS: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ['gzip', decodeGzip],
  ['x-gzip', decodeGzip],
  ['deflate', (encoded, bytesMax) => decompress(hasZlibHeader(encoded) ? ZLIB : RAW, encoded, bytesMax)],
  ['br', (encoded, bytesMax) => decompress(BROTLI, encoded, bytesMax)],
  ['zstd', (encoded, bytesMax) => decompress(ZSTD, encoded, bytesMax)],
]);

/**
 * The body as its publisher made it. Problems: `bad-encoding` for what cannot be undone, `truncated` for a stream
 * without its end, `too-large` for more than `bodyBytesMax` bytes after any step.
 */
export async function decodeBody(
  encoded: Uint8Array,
  contentEncoding: string,
  bodyBytesMax: number,
): Promise<Uint8Array> {
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > CODINGS_MAX) {
    throw new FetchProblem('bad-encoding', `the document is encoded ${codings.length} times over`);
  }
  let bytes = encoded;
  // Listed in the order in which they were applied; an empty body has nothing to undo.
  for (const coding of codings.reverse()) {
    const decoder = DECODERS.get(coding);
    if (decoder === undefined) {
      throw new FetchProblem('bad-encoding', 'the document has a content coding that we did not ask for');
    }
    if (bytes.length > 0) {
      bytes = await decoder(bytes, bodyBytesMax).catch((error) => rethrow(error, bodyBytesMax));
    }
  }
  return bytes;
}

function rethrow(error: unknown, bodyBytesMax: number): never {
  const code = codeOf(error);
  if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(bodyBytesMax);
  if (code === 'Z_BUF_ERROR') {
    throw new FetchProblem('truncated', 'the compressed document ends too early', { cause: error });
  }
  throw new FetchProblem('bad-encoding', 'the document cannot be decompressed', { cause: error });
}

async function decodeGzip(encoded: Uint8Array, bytesMax: number): Promise<Uint8Array> {
  // One piece of the right size saves a third of the time. One byte more, and nobody looks for another piece.
  const chunkSize = Math.min(Math.max(statedSize(encoded) + 1, CHUNK_BYTES_MIN), CHUNK_BYTES_MAX);
  try {
    return await decompress(GZIP, encoded, bytesMax, chunkSize);
  } catch (error) {
    const end = codeOf(error) === 'Z_DATA_ERROR' ? await endOfFirstMember(encoded, bytesMax) : undefined;
    if (end === undefined) throw error;
    return decompress(GZIP, encoded.subarray(0, end), bytesMax, chunkSize);
  }
}

async function decompress(
  format: Format,
  encoded: Uint8Array,
  bytesMax: number,
  chunkSize = CHUNK_BYTES_MIN,
): Promise<Uint8Array> {
  if (encoded.length <= AT_ONCE_ENCODED_BYTES_MAX) {
    try {
      return format.atOnce(encoded, { chunkSize, maxOutputLength: Math.min(bytesMax, AT_ONCE_BYTES_MAX) });
    } catch (error) {
      if (codeOf(error) !== 'ERR_BUFFER_TOO_LARGE' || bytesMax <= AT_ONCE_BYTES_MAX) throw error;
    }
  }
  return aside(format, encoded, { chunkSize, maxOutputLength: bytesMax });
}

function aside(format: Format, encoded: Uint8Array, options: DecodeOptions): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    format.aside(encoded, options, (error, bytes) => (error === null ? resolve(bytes) : reject(error)));
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** The trailer's ISIZE, modulo 2^32: only a hint, from whoever sent it. */
function statedSize(bytes: Uint8Array): number {
  return bytes.length < 4
    ? 0
    : new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4).getUint32(0, true);
}

/**
 * Where a gzip member ends that is followed by something else: some servers append a comment or a second error page.
 * Undefined where what follows is another member, or where the first is not whole: then the stream is simply bad.
 */
async function endOfFirstMember(bytes: Uint8Array, maxOutputLength: number): Promise<number | undefined> {
  const start = endOfGzipHeader(bytes);
  if (start === undefined) return undefined;
  try {
    const result: unknown = await aside(RAW, bytes.subarray(start), { maxOutputLength, info: true });
    const consumed = (result as { engine: { bytesWritten: number } }).engine.bytesWritten;
    const end = start + consumed + 8;
    const isFollowedByMember = bytes[end] === 0x1f && bytes[end + 1] === 0x8b;
    return end < bytes.length && !isFollowedByMember ? end : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 1952, section 2.3. */
function endOfGzipHeader(bytes: Uint8Array): number | undefined {
  const flags = bytes[3];
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || flags === undefined) return undefined;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, at);
    if (zero < 0) return undefined;
    at = zero + 1;
  }
  if ((flags & 2) !== 0) at += 2;
  return at < bytes.length ? at : undefined;
}

/** RFC 1950, section 2.2. Many servers send `deflate` without the zlib header that it should have. */
function hasZlibHeader(bytes: Uint8Array): boolean {
  const [cmf = 0, flg = 0] = bytes;
  return (cmf & 0x0f) === 8 && (cmf * 256 + flg) % 31 === 0;
}
