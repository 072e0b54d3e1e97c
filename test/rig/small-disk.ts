// A file system of its own that can be full: tmpfs, which root alone may mount. In CI it must be possible.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SmallDisk extends Disposable {
  readonly path: string;
  /** Takes all the space that is left. */
  fill(): void;
  free(): void;
}

/** Why its tests are skipped; undefined where they are to run. */
export function whyNoSmallDisk(): string | undefined {
  if (process.env['CI'] === 'true') return undefined;
  try {
    mountSmallDisk('64k')[Symbol.dispose]();
    return undefined;
  } catch (error) {
    return `no file system can be mounted here (${error instanceof Error ? error.message : error})`;
  }
}

/** `size` as `mount` has it. */
export function mountSmallDisk(size: string): SmallDisk {
  const folder = mkdtempSync(path.join(tmpdir(), 'tributary-disk-'));
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    rmSync(folder, { recursive: true });
    throw new Error(stderr?.trim() || 'mount is missing');
  }
  const filler = path.join(folder, 'filler');
  return {
    path: folder,
    fill() {
      const file = openSync(filler, 'a');
      for (const bytes of [65_536, 4096, 1]) writeToTheEnd(file, Buffer.alloc(bytes));
      closeSync(file);
    },
    free: () => rmSync(filler, { force: true }),
    [Symbol.dispose]() {
      // A process that was killed may hold a file for a moment longer.
      spawnSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeToTheEnd(file: number, some: Uint8Array): void {
  try {
    while (writeSync(file, some) === some.byteLength);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}
