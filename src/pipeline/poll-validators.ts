// What a poll sends to ask "has it changed?" with, and whether what is known was read as it would be read now. Pure.
import type { Source } from '../model/config.ts';
import type { Validators } from '../model/fetch-outcome.ts';
import type { SourceRecord } from '../model/source-record.ts';
import { msFromTimestamp } from '../model/timestamp.ts';

/** With waits of up to a day, no more than 7 days lie between two unconditional requests. */
const UNCONDITIONAL_AFTER_MS = 6 * 24 * 60 * 60 * 1000;

/** From the same address and under the same bound as the configuration has now, by a version that knew of tombstones. */
export function isReadAsNow(record: SourceRecord | undefined, source: Source): boolean {
  return (
    record?.address === source.address &&
    record.itemsMax === source.itemsMax &&
    record.tombstones !== undefined
  );
}

/** None for a source that was never read, that is to be read otherwise now, or that was not asked unconditionally for 6 days. */
export function validatorsToSend(
  source: Source,
  record: SourceRecord | undefined,
  nowMs: number,
): Validators {
  if (record?.feed === undefined || !isReadAsNow(record, source)) return {};
  return isUnconditionalDue(record, nowMs) ? {} : record.validators;
}

export function isUnconditionalDue(record: SourceRecord, nowMs: number): boolean {
  return (
    record.unconditionalAt === undefined ||
    nowMs - msFromTimestamp(record.unconditionalAt) >= UNCONDITIONAL_AFTER_MS
  );
}
