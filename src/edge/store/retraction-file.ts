// What was taken out, beside the last-known-good documents: an emptied store must not bring back what its publisher or the
// operator took out. One file, `DIR/retractions.json`, that carries a digest of itself.
import { hash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, StoreError } from '../../model/errors.ts';
import { RECORD_VERSION } from '../../model/record-version.ts';
import type { RetractionRecord } from '../../model/retraction-record.ts';
import type { SourceTombstones } from '../../model/withdrawal.ts';
import { replaceDurably } from './durable-file.ts';
import { isRetractionRecord } from './edition-checks.ts';
import { requireKnownVersion } from './newer-file.ts';
import { isExactly, isListOf, isObject, isText } from './shape.ts';
import { isRememberedTombstone } from './withdrawal-checks.ts';

export interface KeptRetractions {
  /** Those that were undone included. */
  readonly operator: readonly RetractionRecord[];
  readonly publishers: readonly SourceTombstones[];
}

export const NO_RETRACTIONS: KeptRetractions = { operator: [], publishers: [] };

const FILE_NAME = 'retractions.json';
const VERSION = 1;
const BYTES_MAX = 256 * 1024 * 1024;

const isKept = isObject({
  version: isExactly(VERSION),
  operator: isListOf(isRetractionRecord),
  publishers: isListOf(
    isObject({ sourceId: isText, address: isText, tombstones: isListOf(isRememberedTombstone) }),
  ),
});

/** On return it outlives a loss of power. */
export async function writeRetractions(
  dir: string,
  { operator, publishers }: KeptRetractions,
): Promise<void> {
  const kept = { version: VERSION, operator, publishers };
  const sha256 = hash('sha256', JSON.stringify(kept), 'hex');
  await replaceDurably(path.join(dir, FILE_NAME), Buffer.from(`${JSON.stringify({ sha256, kept })}\n`));
}

/** None where there is no such file; a text for people where it is damaged. Throws StoreError where a newer version wrote it. */
export async function readRetractions(dir: string): Promise<KeptRetractions | string> {
  const file = path.join(dir, FILE_NAME);
  try {
    if ((await stat(file)).size > BYTES_MAX) return `${file} is damaged: it is too large`;
    const { sha256, kept } = JSON.parse(await readFile(file, 'utf8')) as { sha256: unknown; kept: unknown };
    requireKnownVersion(file, kept, VERSION);
    for (const record of (kept as Partial<KeptRetractions> | null)?.operator ?? [])
      requireKnownVersion(file, record, RECORD_VERSION);
    const reason = isKept(kept);
    if (reason !== undefined) return `${file} is damaged: it${reason}`;
    if (sha256 !== hash('sha256', JSON.stringify(kept), 'hex'))
      return `${file} is damaged: its digest differs`;
    return kept as KeptRetractions;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isMissing ? NO_RETRACTIONS : `${file} cannot be read: ${messageOf(error).slice(0, 200)}`;
  }
}
