// What a source's record becomes after a document was read. Pure; the poll writes it.
import { createHash } from 'node:crypto';
import { publishableIdsFor } from '../core/attribute/publishable-url.ts';
import { PAGE_RULES } from '../core/identify/canonical-url.ts';
import { type Decided, decideItems } from '../core/identify/decide.ts';
import { withdrawItems } from '../core/identify/withdraw.ts';
import { rightsHeadersOf } from '../core/normalize/header-rights.ts';
import { pushHeadersOf } from '../core/normalize/push-addresses.ts';
import type { Source } from '../model/config.ts';
import { tellingExtensions } from '../model/extension-kinds.ts';
import type { FetchedResponse, ResponseHeaders } from '../model/fetch-outcome.ts';
import type { ItemHash } from '../model/ids.ts';
import type { SourceFeed } from '../model/item.ts';
import { RECORD_VERSION } from '../model/record-version.ts';
import type { OriginTdm } from '../model/rights.ts';
import type { ItemRecord, PushAddresses, SourceDescription, SourceRecord } from '../model/source-record.ts';
import type { Timestamp } from '../model/timestamp.ts';
import { VERSION } from '../model/version.ts';
import type { RememberedTombstone } from '../model/withdrawal.ts';

export interface NextSourceRecord {
  readonly record: SourceRecord;
  /** To be written. */
  readonly items: readonly ItemRecord[];
  readonly decided: Decided;
  /** Something that is published changed. */
  readonly contentChanged: boolean;
}

export interface ReadPoll {
  readonly source: Source;
  readonly known: SourceRecord | undefined;
  /** The store's; the next one is one more. */
  readonly revision: number;
  readonly response: FetchedResponse;
  /** Of its body as it travelled, where it was compressed. */
  readonly encodedHash?: string | undefined;
  readonly feed: SourceFeed;
  readonly unconditional: boolean;
  /** The store has lost its items: those that are as they were are written too. */
  readonly writesAll?: boolean;
  /** What ids are made from where nothing is known yet; asked then alone, since it looks through every source. */
  readonly firstAddress: () => string;
  readonly firstSeen: ReadonlyMap<ItemHash, Timestamp>;
  /** When it was first read, where an edition remembers what the store has lost. */
  readonly firstReadAt?: Timestamp | undefined;
  /** What is remembered beside the record of what its publisher took back. */
  readonly tombstones: readonly RememberedTombstone[];
  /** What its origin reserves now; undefined where that was not asked. */
  readonly tdm: OriginTdm | undefined;
  /** Where changes are pushed from, as the document or its header says. */
  readonly push?: PushAddresses | undefined;
  /** Where it was found, where the configured address is a page. */
  readonly foundUrl?: string | undefined;
  readonly now: Timestamp;
}

export function nextSourceRecord(poll: ReadPoll): NextSourceRecord {
  const { source, known, response, feed, unconditional, now } = poll;
  const firstAddress = known?.firstAddress ?? poll.firstAddress();
  const decided = decideItems({
    firstAddress,
    itemsMax: source.itemsMax,
    join: source.join,
    firstSeen: poll.firstSeen,
    isPublicId: publishableIdsFor(source),
    isReadAnew: known?.readBy !== VERSION,
    known: known?.feed === undefined ? undefined : known.items,
    items: feed.items,
    now,
  });
  const withdrawn = withdrawItems({
    known: known?.items ?? [],
    decided,
    tombstones: feed.tombstones ?? [],
    remembered: known?.tombstones ?? poll.tombstones,
    now,
  });
  const description = {
    ...describe(feed),
    ...(poll.foundUrl === undefined ? {} : { foundUrl: poll.foundUrl }),
  };
  const itemsChanged =
    withdrawn.changed ||
    decided.removed.length > 0 ||
    decided.decisions.some((decision) => decision.verdict !== 'same');
  const contentChanged =
    itemsChanged || !saysTheSame(description, known?.feed) || !reservesTheSame(poll.tdm, known?.tdm);
  const revision = poll.revision + 1;
  // A store that went back counts from there; what editions compare goes on.
  const contentRevision = Math.max(revision, (known?.contentRevision ?? 0) + 1);
  return {
    record: {
      version: RECORD_VERSION,
      sourceId: source.id,
      revision,
      contentRevision: contentChanged ? contentRevision : (known?.contentRevision ?? revision),
      firstAddress,
      firstReadAt: known?.feed === undefined ? (poll.firstReadAt ?? now) : known.firstReadAt,
      address: source.address,
      validators: response.validators,
      bodyHash: hashOfResponse(response),
      encodedHash: poll.encodedHash,
      itemsMax: source.itemsMax,
      unconditionalAt: unconditional ? now : known?.unconditionalAt,
      tdm: poll.tdm ?? known?.tdm,
      push: poll.push,
      feed: contentChanged ? description : known?.feed,
      churn: decided.churn,
      readBy: VERSION,
      pageRules: PAGE_RULES,
      items: withdrawn.index,
      tombstones: withdrawn.tombstones,
    },
    items: decided.decisions
      .filter((decision) => poll.writesAll || decision.verdict !== 'same')
      .map(({ entry, item }) => ({
        version: RECORD_VERSION,
        hash: entry.hash,
        revision: entry.revision,
        item,
      })),
    decided,
    contentChanged,
  };
}

/** Of the body, and of the headers that say something of its rights or its hubs where there are any. */
export function hashOfResponse({ body, headers }: FetchedResponse): string {
  const hash = createHash('sha256').update(body).update(rightsHeadersOf(headers));
  return hash.update(pushHeadersOf(headers)).digest('hex');
}

/** The same of a body as it travels: other codings of it have other hashes. */
export function hashOfEncoded(encodedBody: Uint8Array, headers: ResponseHeaders): string {
  const coding = headers['content-encoding'] ?? '';
  return createHash('sha256')
    .update(encodedBody)
    .update(`|${coding}|`)
    .update(rightsHeadersOf(headers))
    .digest('hex');
}

/** Whether what an origin reserves is what it reserved; when it was asked does not matter. */
export function reservesTheSame(now: OriginTdm | undefined, before: OriginTdm | undefined): boolean {
  if (now === undefined) return true;
  const said = (tdm: OriginTdm | undefined) => JSON.stringify([tdm?.origin ?? now.origin, tdm?.rules ?? []]);
  return said(now) === said(before);
}

function describe(feed: SourceFeed): SourceDescription {
  const { items: _items, notes: _notes, tombstones: _tombstones, ...description } = feed;
  return description;
}

/** A build date that moves with every request is no change: our feeds would change with each poll for nothing. */
function saysTheSame(now: SourceDescription, before: SourceDescription | undefined): boolean {
  if (before === undefined) return false;
  const said = ({ updatedAt: _moves, publishedAt: _too, extensions, ...rest }: SourceDescription) =>
    JSON.stringify([rest, tellingExtensions(extensions)]);
  return said(now) === said(before);
}
