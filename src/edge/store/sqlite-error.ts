// SQLite's result codes (https://www.sqlite.org/rescode.html) as errors for people: what, which file, what to do.
import { messageOf, StoreError } from '../../model/errors.ts';
import type { StoreTrouble } from '../../model/store-trouble.ts';

const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const NOTADB = 26;

/** Another connection holds a lock: trying again may help. */
export function isLockError(error: unknown): boolean {
  const code = primaryCode(error);
  return code === BUSY || code === LOCKED;
}

/** Another connection to the file may do better, or tell better what is wrong. */
export function isOfConnection(error: unknown): boolean {
  return [READONLY, IOERR, CORRUPT, CANTOPEN, NOTADB].includes(primaryCode(error) ?? 0);
}

export function sqliteStoreError(error: unknown, file: string): StoreError {
  if (error instanceof StoreError) return error;
  switch (primaryCode(error)) {
    case BUSY:
    case LOCKED:
      return unavailable(
        `${file} is locked by another process; stop it, or give this one a store of its own`,
        'held',
        error,
      );
    case READONLY:
      return unavailable(
        `${file} cannot be written; give the account that runs this the right to write there, and to its -wal and -shm files`,
        'read-only',
        error,
      );
    case FULL:
      return unavailable(
        `no space left for ${file}; free some, and polling goes on by itself`,
        'full',
        error,
      );
    case CANTOPEN:
      return unavailable(
        `${file} cannot be opened; see that its folder exists, and that this account may write there`,
        'away',
        error,
      );
    case CORRUPT:
    case NOTADB:
      return damagedFile(file, messageOf(error), error);
    default:
      return unavailable(`${file} failed: ${messageOf(error)}`, 'failing', error);
  }
}

export function damagedFile(file: string, detail: string, cause?: unknown): StoreError {
  return new StoreError(
    'store-unreadable',
    `${file} is damaged, or is no SQLite database (${detail}); move it and its -wal and -shm files away, and start again what does not go on by itself: every source is then polled anew`,
    { cause },
  );
}

function unavailable(message: string, trouble: StoreTrouble, cause: unknown): StoreError {
  return new StoreError('store-unavailable', message, { trouble, cause });
}

/** The low byte: extended codes only say more of the same. */
function primaryCode(error: unknown): number | undefined {
  const code = error instanceof Error ? (error as Error & { errcode?: unknown }).errcode : undefined;
  return typeof code === 'number' ? code & 0xff : undefined;
}
