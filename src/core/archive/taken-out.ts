// Which items of a sealed archive are out, and by whom: what the operator retracted, and what its publisher withdrew.
import type { ArchivedItem, ArchivedOut } from '../../model/archive.ts';
import type { ItemHash, PublishedId } from '../../model/ids.ts';
import type { RetractionRecord } from '../../model/retraction-record.ts';
import type { Timestamp } from '../../model/timestamp.ts';

/** As its publisher says, without what must not be told. */
export interface ToldWithdrawal {
  readonly when: Timestamp;
  readonly learntAt: Timestamp;
  readonly by?: string | undefined;
  readonly reason?: string | undefined;
}

export interface OutFacts {
  /** The operator's retraction that means an item. */
  readonly retractionOf: (entry: {
    readonly hash: ItemHash;
    readonly publishedId: PublishedId;
    readonly guidUri?: string | undefined;
    readonly canonicalUrl?: string | undefined;
  }) => RetractionRecord | undefined;
  /** Of a copy that was published as of `updatedAt`. */
  readonly withdrawalOf: (hash: ItemHash, updatedAt: Timestamp) => ToldWithdrawal | undefined;
  /** It is published by its publisher, as far as is known. */
  readonly isLive: (hash: ItemHash) => boolean;
}

/** The operator's word goes first. What a publisher withdrew stays out when its source has forgotten of it. */
export function outOf(
  archived: ArchivedItem,
  before: ArchivedOut | undefined,
  facts: OutFacts,
): ArchivedOut | undefined {
  const record = retractionOf(archived, facts);
  if (record !== undefined) {
    const { retractedAt: when, reason } = record;
    return { ...told(archived), takenOutBy: 'operator', when, learntAt: when, reason };
  }
  const [lead] = archived.hashes;
  const withdrawal = lead === undefined ? undefined : facts.withdrawalOf(lead, archived.item.updatedAt);
  if (withdrawal !== undefined) return { ...told(archived), takenOutBy: 'publisher', ...withdrawal };
  return before?.takenOutBy === 'publisher' && isStillOut(before, facts) ? before : undefined;
}

/** Of one that was: without its archive's text. */
export function isStillOut(out: ArchivedOut, facts: OutFacts): boolean {
  const [lead] = out.hashes;
  if (out.takenOutBy === 'publisher') return lead === undefined || !facts.isLive(lead);
  return retractionOf({ ...out, item: out }, facts) !== undefined;
}

function retractionOf(
  {
    item,
    hashes,
    guidUri,
    canonicalUrl,
  }: Pick<ArchivedOut, 'hashes' | 'guidUri' | 'canonicalUrl'> & { readonly item: Pick<ArchivedOut, 'id'> },
  facts: OutFacts,
): RetractionRecord | undefined {
  for (const [place, hash] of hashes.entries()) {
    // The other copies have pages of their own.
    const own = place === 0 ? { guidUri, canonicalUrl } : {};
    const record = facts.retractionOf({ hash, publishedId: item.id, ...own });
    if (record !== undefined) return record;
  }
  return undefined;
}

function told({ item, hashes, guidUri, canonicalUrl }: ArchivedItem) {
  const { source } = item.attribution;
  return {
    id: item.id,
    hashes,
    guidUri,
    canonicalUrl,
    publishedAt: item.publishedAt,
    sourceTitle: source.title,
    sourceUrl: source.feedUrl ?? source.siteUrl ?? source.id,
  };
}
