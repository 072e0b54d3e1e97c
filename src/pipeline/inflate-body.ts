// Documents that are compressed themselves, as `feed.xml.gz` is on a server that knows nothing of it: known by their first
// bytes (RFC 1950, RFC 1952, RFC 8878), whatever headers say.
import { promisify } from 'node:util';
import { gunzip, inflate, zstdDecompress } from 'node:zlib';
import { ReadError } from '../model/errors.ts';

/** Some servers compress what is compressed. */
const LAYERS_MAX = 2;
const [unzip, unzlib, unzstd] = [promisify(gunzip), promisify(inflate), promisify(zstdDecompress)];

/** The document; as it is where it is not compressed, or cannot be undone. Throws ReadError `too-large`. */
export async function inflateBody(body: Uint8Array, bytesMax: number): Promise<Uint8Array> {
  let bytes = body;
  for (let layer = 0; layer < LAYERS_MAX; layer += 1) {
    const undo = decompressorOf(bytes);
    if (undo === undefined) return bytes;
    try {
      bytes = await undo(bytes, { maxOutputLength: bytesMax });
    } catch (error) {
      if (!isTooLarge(error)) return bytes;
      const message = `the document has more than ${bytesMax} bytes once it is decompressed`;
      throw new ReadError('too-large', message, { cause: error });
    }
  }
  return bytes;
}

export function isCompressed(bytes: Uint8Array): boolean {
  return decompressorOf(bytes) !== undefined;
}

type Decompressor = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

function decompressorOf(bytes: Uint8Array): Decompressor | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  if (a === 0x1f && b === 0x8b && c === 8) return unzip;
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return unzstd;
  return a === 0x78 && (a * 256 + b) % 31 === 0 ? unzlib : undefined;
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
