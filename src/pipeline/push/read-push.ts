// A pushed document is read as a poll's body and committed as one, with what only a poll can know left as it is: validators, the
// description of the feed and its rights (the header of a push is not signed), where it was read from, and every item that
// the push does not name, since hubs may send what is new alone (WebSub, section 7; docs/adr/0013).
import type { Source } from '../../model/config.ts';
import { messageOf, TributaryError } from '../../model/errors.ts';
import type { SourceRecord } from '../../model/source-record.ts';
import { msFromTimestamp, timestampOfClock } from '../../model/timestamp.ts';
import { commitPoll } from '../commit-poll.ts';
import { type NextSourceRecord, nextSourceRecord } from '../next-source-record.ts';
import type { PollDeps } from '../poll-deps.ts';

export interface PushedDocument {
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
}

export interface PushReport {
  /** `left`: not read; a poll is to bring what it says. */
  readonly outcome: 'updated' | 'unchanged' | 'left';
  /** A documented code, where it was left. */
  readonly reason?: string | undefined;
  readonly message?: string | undefined;
  readonly items: number;
  readonly new: number;
  readonly changed: number;
  /** When the latest of its items was first seen, milliseconds since 1970. */
  readonly latestSeenMs: number;
}

/** Until the next poll a source may have so many times its items: none is forgotten for a push. */
const ROOM = 2;

/** Never rejects. Not while a poll of the source runs. */
export async function readPush(
  source: Source,
  document: PushedDocument,
  deps: PollDeps,
): Promise<PushReport> {
  try {
    return await read(source, document, deps);
  } catch (error) {
    if (error instanceof TributaryError) return left(error.code, error.message);
    return left('internal', `unexpected: ${messageOf(error)}`);
  }
}

async function read(source: Source, document: PushedDocument, deps: PollDeps): Promise<PushReport> {
  const known = readableRecord(source, deps);
  if (known === undefined) return left('not-polled', 'the source is to be polled before it can be pushed');
  const { push, feed: described } = known;
  const feed = await deps.work.readDocument(source.id, document.body, {
    contentType: document.contentType,
    url: push.documentUrl,
    headers: headersOf(push),
    bytesMax: deps.network.bodyBytesMax,
  });
  const next = nextSourceRecord({
    source: { ...source, itemsMax: source.itemsMax * ROOM },
    known,
    revision: known.revision,
    response: {
      finalUrl: push.documentUrl,
      status: 200,
      headers: {},
      body: document.body,
      validators: known.validators,
      movedTo: undefined,
    },
    feed: { ...described, items: feed.items, notes: feed.notes, tombstones: feed.tombstones },
    unconditional: false,
    firstAddress: () => known.firstAddress,
    firstSeen: deps.known.firstSeen,
    tombstones: deps.known.tombstonesOf(source),
    tdm: known.tdm,
    push,
    now: timestampOfClock(deps.now()),
  });
  const report = reportOf(next);
  if (report.outcome === 'unchanged') return report;
  const record = pushedRecord(next.record, known);
  const failed = await commitPoll(
    { source, revision: known.revision, deps },
    record,
    next.items,
    next.decided.removed,
  );
  return failed === undefined ? report : left(failed.reason ?? 'internal', failed.message ?? '');
}

type PushableRecord = SourceRecord & Required<Pick<SourceRecord, 'push' | 'feed'>>;

/** Only over what a poll of this very address has read. */
function readableRecord(source: Source, { known }: PollDeps) {
  const state = known.inStore(source.id);
  if (state.kind !== 'known') return undefined;
  const { push, feed, address } = state.record;
  if (push === undefined || feed === undefined || address !== source.address) return undefined;
  return { ...state.record, push, feed } satisfies PushableRecord;
}

function headersOf(push: NonNullable<SourceRecord['push']>): Record<string, string> {
  return {
    ...(push.contentLocation === undefined ? {} : { 'content-location': push.contentLocation }),
    ...(push.contentLanguage === undefined ? {} : { 'content-language': push.contentLanguage }),
  };
}

/**
 * The validators stay, since a 304 still means that the document is as it was polled. Its hash goes: whatever the next poll is
 * given in full is read, be it what was read before the push.
 */
function pushedRecord(next: SourceRecord, { itemsMax, feed, push }: SourceRecord): SourceRecord {
  return { ...next, itemsMax, feed, push, bodyHash: undefined };
}

function reportOf({ decided, contentChanged }: NextSourceRecord): PushReport {
  const { decisions } = decided;
  const count = (verdict: string) => decisions.filter((decision) => decision.verdict === verdict).length;
  return {
    outcome: contentChanged ? 'updated' : 'unchanged',
    items: decisions.length,
    new: count('new'),
    changed: count('changed'),
    latestSeenMs: Math.max(0, ...decisions.map(({ entry }) => msFromTimestamp(entry.firstSeenAt))),
  };
}

function left(reason: string, message: string): PushReport {
  return { outcome: 'left', reason, message, items: 0, new: 0, changed: 0, latestSeenMs: 0 };
}
