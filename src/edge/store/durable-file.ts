// Files that are whole or absent after a crash: write, fsync, rename, fsync of the folder.
import { mkdir, open, rename } from 'node:fs/promises';
import path from 'node:path';

/** Writes a file that nothing refers to yet; on return its bytes (not yet its name) outlive a loss of power. */
export async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Puts `bytes` in the place of what `file` held, at one instant. */
export async function replaceDurably(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.tmp`;
  await writeDurably(temporary, bytes);
  await rename(temporary, file);
  await syncFolder(path.dirname(file));
}

/** Makes a folder and its missing parents. */
export async function makeFolderDurably(folder: string): Promise<void> {
  const topmostMade = await mkdir(folder, { recursive: true });
  if (topmostMade === undefined) return;
  const stop = path.dirname(topmostMade);
  for (let current = path.dirname(folder); current.length >= stop.length; current = path.dirname(current)) {
    await syncFolder(current);
    if (current === stop) return;
  }
}

/** Makes the names in a folder outlive a loss of power. Windows has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
