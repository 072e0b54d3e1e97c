// What the answer of a store means for what is known of a source. Pure.
import { withPresentPages } from '../core/identify/present-pages.ts';
import type { Answer } from '../edge/store/store.ts';
import type { ItemHash } from '../model/ids.ts';
import { LOST_TEXT } from '../model/item-index.ts';
import type { SourceRecord } from '../model/source-record.ts';
import { later, type Timestamp } from '../model/timestamp.ts';

/** `unknown`: the store did not answer. Nothing may be concluded from it, least of all that a source is new. */
export type KnownSource =
  | { readonly kind: 'known'; readonly record: SourceRecord }
  /** `revision`: what the store has in its place (an unreadable record keeps its number); 0 for nothing. */
  | { readonly kind: 'new'; readonly revision: number }
  /** `message`: for people, where waiting alone does not help. */
  | { readonly kind: 'unknown'; readonly message?: string };

/** An unreadable record is as good as none: what it held comes again from its source, under the same ids. */
export function knownFrom(answer: Answer<SourceRecord> | undefined): KnownSource {
  switch (answer?.kind) {
    case 'hit':
      return { kind: 'known', record: withPresentPages(answer.value) };
    case 'miss':
    case 'unreadable':
      return { kind: 'new', revision: 0 };
    case 'unavailable':
      return answer.error.code === 'store-version'
        ? { kind: 'unknown', message: answer.error.message }
        : { kind: 'unknown' };
    default:
      return { kind: 'unknown' };
  }
}

export function withoutTexts(record: SourceRecord, texts: ReadonlySet<ItemHash>): SourceRecord {
  const isLost = (entry: SourceRecord['items'][number]) =>
    texts.has(entry.hash) && entry.fingerprint !== LOST_TEXT;
  if (!record.items.some(isLost)) return record;
  const items = record.items.map((entry) => (isLost(entry) ? { ...entry, fingerprint: LOST_TEXT } : entry));
  return readInFull({ ...record, items });
}

function readInFull(record: SourceRecord): SourceRecord {
  return { ...record, validators: {}, bodyHash: undefined, encodedHash: undefined };
}

export function atRevision(record: SourceRecord, revision: number): KnownSource {
  return { kind: 'known', record: readInFull({ ...record, revision }) };
}

/** Infinite where the store did not answer. */
export function revisionOf(state: KnownSource): number {
  if (state.kind === 'unknown') return Number.POSITIVE_INFINITY;
  return state.kind === 'known' ? state.record.revision : state.revision;
}

/** Of two records of one address, as two renamings leave them, the one that knows more recent things. */
export function lastRead(a: SourceRecord | undefined, b: SourceRecord): SourceRecord {
  const changedAt = (record: SourceRecord) =>
    record.items.map((entry) => entry.changedAt).reduce(later, record.unconditionalAt ?? ('' as Timestamp));
  return a === undefined || changedAt(b) > changedAt(a) ? b : a;
}
