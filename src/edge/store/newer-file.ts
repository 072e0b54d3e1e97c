// Files in dataDir that a later version of ours wrote: left alone, whatever else stands there.
import { StoreError } from '../../model/errors.ts';
import { versionOf } from './answer.ts';

/** Throws StoreError `store-version` where `value` gives itself a version above `known`. */
export function requireKnownVersion(file: string, value: unknown, known: number): void {
  const version = versionOf(value);
  if (version === undefined || version <= known) return;
  throw new StoreError(
    'store-version',
    `${file} was written by a newer version (version ${version}; this one knows ${known}); start that version again, or restore dataDir and store as they were before the upgrade`,
  );
}
