// The mark that lies in a store while an import fills it: it opens for nobody but another import.
import { StoreError } from '../../model/errors.ts';
import type { StoreAdapter } from './adapter.ts';
import { IMPORT_KEY } from './keys.ts';

/** Throws StoreError where an import was begun and not finished. */
export async function requireImported(adapter: StoreAdapter): Promise<void> {
  if (await adapter.has(IMPORT_KEY)) throw halfImported();
}

export function halfImported(): StoreError {
  return new StoreError(
    'store-unavailable',
    'an import into the store is under way, or was cut off: what lies there is not whole; wait for its end, or run `tributary store import` again',
  );
}
