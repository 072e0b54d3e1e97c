// A text file of the operator's, read with a bound.
import { open } from 'node:fs/promises';
import { messageOf } from '../../model/errors.ts';

/** The text, or why it cannot be had, for people. */
export type ReadText = { readonly text: string } | { readonly complaint: string };

/** UTF-8 of at most `bytesMax` bytes. A byte order mark stays. Also of a device without an end. */
export async function readTextFile(
  path: string,
  bytesMax: number,
): Promise<ReadText | 'missing' | 'too-large'> {
  let bytes: Uint8Array;
  try {
    bytes = await readBounded(path, bytesMax);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'missing';
    return { complaint: `cannot be read: ${messageOf(error)}` };
  }
  if (bytes.length > bytesMax) return 'too-large';
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { complaint: 'is not text in UTF-8' };
  }
}

/** At most one byte more than is allowed: enough to tell that it is too large. */
async function readBounded(path: string, bytesMax: number): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(bytesMax + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}
