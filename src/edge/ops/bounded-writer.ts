// Lines onto a stream that may be slow, full or gone: never waits, never throws, holds a bounded number of bytes.
import type { Writable } from 'node:stream';

export interface BoundedWriter {
  /** False where the line was dropped. */
  write(line: string): boolean;
  /** Lines dropped since the last call; 0 as long as there is no room to say so. */
  takeDropped(): number;
  /** Resolves when everything was handed over or lost, at the latest after `timeoutMs`. */
  flush(timeoutMs: number): Promise<void>;
}

/** @param bytesMax how much may wait for a reader that does not read. */
export function createBoundedWriter(stream: Writable, bytesMax: number): BoundedWriter {
  let dropped = 0;
  // A closed pipe (EPIPE) or a full disk costs lines, never the process. It may heal: nothing is given up here.
  stream.on('error', () => {});
  const hasRoom = () => stream.writableLength < bytesMax;

  return {
    write(line) {
      if (!hasRoom() || !tryWrite(stream, line)) {
        dropped += 1;
        return false;
      }
      return true;
    },
    takeDropped() {
      if (dropped === 0 || !hasRoom()) return 0;
      const count = dropped;
      dropped = 0;
      return count;
    },
    flush(timeoutMs) {
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        const done = () => {
          clearTimeout(timer);
          resolve();
        };
        if (!tryWrite(stream, '', done)) done();
      });
    },
  };
}

function tryWrite(stream: Writable, text: string, done?: () => void): boolean {
  try {
    stream.write(text, done);
    return true;
  } catch {
    // Where stdout is a file, its writes are synchronous and throw (ENOSPC).
    return false;
  }
}
