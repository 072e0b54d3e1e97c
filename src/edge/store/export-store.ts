// Writes out everything that lies in a store.
import { StoreError } from '../../model/errors.ts';
import type { Timestamp } from '../../model/timestamp.ts';
import { recordCodec } from './codec.ts';
import type { StoreContents } from './contents.ts';
import { halfImported } from './import-mark.ts';
import { IMPORT_KEY } from './keys.ts';
import { judgeRecord } from './record-kinds.ts';
import { endLine, headerLine, RecordCount, recordLine } from './store-stream.ts';

export interface ExportOptions {
  readonly exportedAt: Timestamp;
  /** After each entry. */
  readonly step?: () => void;
  /** Of what cannot be read, and is not in the stream. */
  readonly leftOut: (key: string, reason: string) => void;
}

/**
 * Lines with their ends, the last one only where all went well. Throws StoreError: also where the store changed meanwhile, so that
 * what was read never stood there at one time, and where an import into it was not finished.
 */
export async function* exportLines(
  contents: StoreContents,
  { exportedAt, step, leftOut }: ExportOptions,
): AsyncGenerator<string> {
  const count = new RecordCount();
  const revisions = new Map<string, number>();
  yield headerLine(exportedAt);
  for await (const entry of contents.entries()) {
    if (entry.key === IMPORT_KEY) throw halfImported();
    if (entry.revision > 0) revisions.set(entry.key, entry.revision);
    const { value: record } = (await recordCodec.parse(entry.value)) as { readonly value: unknown };
    const judged = judgeRecord(entry.key, record);
    if (judged.state === 'whole') {
      const line = recordLine(entry.key, record);
      count.add(line);
      yield line;
    } else leftOut(entry.key, judged.reason);
    step?.();
  }
  const changed = changedKey(revisions, await contents.revisions());
  if (changed !== undefined) {
    throw new StoreError(
      'store-changed',
      `the store changed while it was read (${changed}); stop the service that uses it, and export again`,
    );
  }
  yield endLine(count.end());
}

function changedKey(
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): string | undefined {
  for (const [key, revision] of now) if (before.get(key) !== revision) return key;
  for (const key of before.keys()) if (!now.has(key)) return key;
  return undefined;
}
