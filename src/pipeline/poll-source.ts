// One attempt on one source: fetch, decode, parse, normalize, identify, store. A stage's error is caught here, becomes the
// poll's outcome, and costs nobody else anything.
import type { Fetcher } from '../edge/fetch/fetcher.ts';
import { nextPollAtMs } from '../edge/schedule/next-poll.ts';
import type { Store } from '../edge/store/store.ts';
import type { NetworkConfig, Source } from '../model/config.ts';
import { assertNever, messageOf, TributaryError } from '../model/errors.ts';
import type { FetchedResponse, FetchOutcome, Validators } from '../model/fetch-outcome.ts';
import type { ReadingNote } from '../model/item.ts';
import {
  type PollOutcomeName,
  type PollRecord,
  RECORD_VERSION,
  type SourceRecord,
} from '../model/records.ts';
import { msFromTimestamp, timestampOfClock } from '../model/timestamp.ts';
import type { KnownSources } from './known-sources.ts';
import { hashOfResponse, nextSourceRecord, reservesTheSame } from './next-source-record.ts';
import type { OriginTdms } from './origin-tdm.ts';
import type { UntrustedWork } from './untrusted-work.ts';

export interface PollDeps {
  readonly store: Store;
  readonly known: KnownSources;
  readonly fetcher: Fetcher;
  readonly network: NetworkConfig;
  readonly work: UntrustedWork;
  /** What origins reserve; nothing is asked where it is absent. */
  readonly tdms?: OriginTdms | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Aborts what is under way at a stop. */
  readonly signal: AbortSignal;
}

/** What a poll came to: for the log, the status and the next poll. */
export interface PollReport {
  readonly outcome: PollOutcomeName;
  /** A documented code, where it failed or the source is gone. */
  readonly reason: string | undefined;
  /** For people. */
  readonly message: string | undefined;
  /** Items in the document; known ones where it was not read. */
  readonly items: number;
  readonly new: number;
  readonly changed: number;
  readonly notes: readonly ReadingNote[];
  readonly ms: number;
  readonly nextPollAtMs: number;
  readonly contentChanged: boolean;
  readonly movedTo: string | undefined;
}

type Result = Pick<PollReport, 'outcome'> &
  Partial<Omit<PollReport, 'outcome'>> & {
    readonly retryAfter?: string | undefined;
    /** The source was not asked: it is not to pay for it. */
    readonly unasked?: true;
  };

const UNASKED_RETRY_MS = 60_000;
const UNCONDITIONAL_EVERY_MS = 7 * 24 * 60 * 60 * 1000;

/** Polls a source once and remembers what came of it. Never rejects. */
export async function pollSource(source: Source, deps: PollDeps): Promise<PollReport> {
  const startedMs = deps.now();
  const result = await attempt(source, deps).catch(failureOf);
  const before = deps.known.pollOf(source.id);
  const endedMs = deps.now();
  const failed = result.outcome === 'failed' || result.outcome === 'rate-limited';
  const failures = failed ? (before?.failures ?? 0) + (result.unasked ? 0 : 1) : 0;
  const { schedule } = source;
  const nextMs = result.unasked
    ? endedMs + UNASKED_RETRY_MS
    : nextPollAtMs({
        schedule,
        outcome: result.outcome,
        failures,
        retryAfter: result.retryAfter,
        nowMs: endedMs,
      });
  const poll: PollRecord = {
    version: RECORD_VERSION,
    polledAt: timestampOfClock(endedMs),
    nextPollAt: timestampOfClock(nextMs),
    outcome: result.outcome,
    reason: result.reason,
    failures,
    movedTo: movedToAfter(before, result),
  };
  // A poll that our own stop cut short says nothing of its source.
  if (result.reason !== 'aborted') deps.known.rememberPoll(source.id, poll);
  const known = deps.known.of(source.id);
  return {
    reason: undefined,
    message: undefined,
    items: known.kind === 'known' ? known.record.items.length : 0,
    new: 0,
    changed: 0,
    notes: [],
    contentChanged: false,
    movedTo: undefined,
    ...result,
    ms: endedMs - startedMs,
    nextPollAtMs: nextMs,
  };
}

async function attempt(source: Source, deps: PollDeps): Promise<Result> {
  let state = deps.known.inStore(source.id);
  if (state.kind === 'unknown') {
    // Perhaps it answers again; if not, a poll now could not be remembered, and an item could come twice.
    await deps.known.reload([source]);
    state = deps.known.inStore(source.id);
  }
  if (state.kind === 'unknown') {
    const message = 'the store does not answer; this source waits until it does';
    return { ...failure('store-unavailable', message), unasked: true };
  }
  const record = state.kind === 'known' ? state.record : undefined;
  const revision = state.kind === 'known' ? state.record.revision : state.revision;
  const validators = validatorsToSend(source, record, deps.now());
  const outcome = await deps.fetcher.fetch({
    url: source.feedUrl,
    headers: source.headers,
    validators,
    timeoutMs: deps.network.timeoutMs,
    bodyBytesMax: deps.network.bodyBytesMax,
    urlIsSecret: source.feedUrlIsSecret,
    signal: deps.signal,
  });
  return afterFetch(outcome, { source, record, revision, validators, deps });
}

interface Poll {
  readonly source: Source;
  readonly record: SourceRecord | undefined;
  /** The store's, which the commit expects to find. */
  readonly revision: number;
  readonly validators: Validators;
  readonly deps: PollDeps;
}

async function afterFetch(outcome: FetchOutcome, poll: Poll): Promise<Result> {
  switch (outcome.kind) {
    case 'fetched':
      return afterResponse(outcome.response, poll);
    case 'notModified':
      return { ...(await renew(outcome.validators, poll, 'not-modified')), movedTo: outcome.movedTo };
    case 'rateLimited':
      return {
        outcome: 'rate-limited',
        reason: `http-${outcome.status}`,
        message: `the server asks us to come less often (HTTP ${outcome.status})`,
        retryAfter: outcome.retryAfter,
      };
    case 'gone':
      return {
        outcome: 'gone',
        reason: 'gone',
        message:
          'the server says that this feed is gone for good (HTTP 410): take it out of the configuration',
      };
    case 'failed':
      return failure(outcome.error.code, outcome.error.message);
    default:
      return assertNever(outcome);
  }
}

async function afterResponse(response: FetchedResponse, poll: Poll): Promise<Result> {
  const { source, record, revision, validators, deps } = poll;
  const sameBody = isReadAsNow(record, source) && record?.bodyHash === hashOfResponse(response);
  if (sameBody)
    return { ...(await renew(response.validators, poll, 'unchanged')), movedTo: response.movedTo };
  const feed = await deps.work.readDocument(source.id, response.body, {
    contentType: response.headers['content-type'],
    url: baseUrl(source, response),
    headers: response.headers,
    bytesMax: deps.network.bodyBytesMax,
  });
  const unconditional = validators.etag === undefined && validators.lastModified === undefined;
  const now = timestampOfClock(deps.now());
  const next = nextSourceRecord({
    source,
    known: record,
    revision,
    response,
    feed,
    unconditional,
    firstAddress: deps.known.firstAddressOf(source),
    firstSeen: deps.known.firstSeen,
    tombstones: deps.known.tombstonesOf(source),
    tdm: await deps.tdms?.of(source),
    now,
  });
  const { decisions, removed } = next.decided;
  const committed = await commit(poll, next.record, next.items, removed);
  if (committed !== undefined) return committed;
  const count = (verdict: string) => decisions.filter((decision) => decision.verdict === verdict).length;
  return {
    outcome: next.contentChanged ? 'updated' : 'unchanged',
    items: feed.items.length,
    new: count('new'),
    changed: count('changed'),
    notes: feed.notes,
    contentChanged: next.contentChanged,
    movedTo: response.movedTo,
  };
}

/** What relative addresses are relative to: where the document came from; for a file, where it is published. */
function baseUrl(source: Source, response: FetchedResponse): string | undefined {
  return response.finalUrl.startsWith('file:') ? source.publicUrl : response.finalUrl;
}

/** Nothing new: written only where the server gave other validators than before, or none were sent. */
async function renew(
  validators: Validators,
  poll: Poll,
  outcome: 'not-modified' | 'unchanged',
): Promise<Result> {
  const { record, deps } = poll;
  if (record === undefined) return { outcome };
  const unconditional = poll.validators.etag === undefined && poll.validators.lastModified === undefined;
  const same =
    record.validators.etag === validators.etag && record.validators.lastModified === validators.lastModified;
  const stampIsDue = unconditional && isUnconditionalDue(record, deps.now());
  const tdm = (await deps.tdms?.of(poll.source)) ?? record.tdm;
  const isAskedAnew = tdm?.checkedAt !== record.tdm?.checkedAt;
  if (same && !stampIsDue && !isAskedAnew) return { outcome };
  const revision = record.revision + 1;
  const next: SourceRecord = {
    ...record,
    revision,
    contentRevision: reservesTheSame(tdm, record.tdm) ? record.contentRevision : revision,
    validators,
    tdm,
    unconditionalAt: unconditional ? timestampOfClock(deps.now()) : record.unconditionalAt,
  };
  return (await commit(poll, next, [], [])) ?? { outcome };
}

/** Whole or not at all; undefined when it is done, else what the poll failed of. */
async function commit(
  { source, revision, deps }: Poll,
  next: SourceRecord,
  items: Parameters<Store['commitPoll']>[2]['items'],
  removed: Parameters<Store['commitPoll']>[2]['removed'],
): Promise<Result | undefined> {
  const result = await deps.store.commitPoll(source.id, revision, { source: next, items, removed });
  switch (result.kind) {
    case 'committed':
      deps.known.remember(next);
      return undefined;
    case 'stale':
      await deps.known.catchUp(source, result.revision);
      return failure('stale-commit', 'somebody else polled this source meanwhile; this poll is thrown away');
    case 'unavailable':
      deps.known.doubt(source.id);
      return failure('store-unavailable', `the store could not keep this poll: ${result.error.message}`);
    default:
      return assertNever(result);
  }
}

/** From the same address and under the same bound as the configuration has now, by a version that knew of tombstones. */
function isReadAsNow(record: SourceRecord | undefined, source: Source): boolean {
  return (
    record?.address === source.address &&
    record.itemsMax === source.itemsMax &&
    record.tombstones !== undefined
  );
}

/** None for a source that was never read, that is to be read otherwise now, or that was not asked unconditionally for 7 days. */
function validatorsToSend(source: Source, record: SourceRecord | undefined, nowMs: number): Validators {
  if (record?.feed === undefined || !isReadAsNow(record, source)) return {};
  return isUnconditionalDue(record, nowMs) ? {} : record.validators;
}

function isUnconditionalDue(record: SourceRecord, nowMs: number): boolean {
  return (
    record.unconditionalAt === undefined ||
    nowMs - msFromTimestamp(record.unconditionalAt) >= UNCONDITIONAL_EVERY_MS
  );
}

function movedToAfter(before: PollRecord | undefined, result: Result): PollRecord['movedTo'] {
  if (result.outcome === 'failed' || result.outcome === 'rate-limited') return before?.movedTo;
  if (result.movedTo === undefined) return undefined;
  const again = before?.movedTo?.feedUrl === result.movedTo;
  return { feedUrl: result.movedTo, sightings: again ? (before?.movedTo?.sightings ?? 0) + 1 : 1 };
}

function failure(reason: string, message: string): Result {
  return { outcome: 'failed', reason, message };
}

function failureOf(error: unknown): Result {
  if (error instanceof TributaryError) return failure(error.code, error.message);
  return failure('internal', `unexpected: ${messageOf(error)}`);
}
