// The attempt of a poll: fetch, decode, parse, normalize, identify, store. What it came to is a result, never an exception
// that a poll does not expect.

import { isAnotherSite } from '../core/identify/another-site.ts';
import { pushAddressesOf } from '../core/normalize/push-addresses.ts';
import type { FetchRequest } from '../edge/fetch/fetcher.ts';
import type { Store } from '../edge/store/store.ts';
import type { Source } from '../model/config.ts';
import { assertNever, messageOf, TributaryError } from '../model/errors.ts';
import type { FetchedResponse, FetchOutcome, Validators } from '../model/fetch-outcome.ts';
import type { SourceRecord } from '../model/records.ts';
import { timestampOfClock } from '../model/timestamp.ts';
import { notesOfChurn } from './churn-notes.ts';
import { hashOfEncoded, hashOfResponse, nextSourceRecord, reservesTheSame } from './next-source-record.ts';
import type { PollDeps } from './poll-deps.ts';
import type { AskedAddresses, PollResult } from './poll-report.ts';
import { isReadAsNow, isUnconditionalDue, validatorsToSend } from './poll-validators.ts';
import { type AskedAddress, addressesToAsk } from './source-address.ts';

/** Asks a source once and commits what it brought. Never rejects. */
export function attemptPoll(source: Source, deps: PollDeps): Promise<PollResult> {
  return attempt(source, deps).catch(failureOf);
}

async function attempt(source: Source, deps: PollDeps): Promise<PollResult> {
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
  let encodedHash: string | undefined;
  const knowsEncoded: FetchRequest['knowsEncoded'] = (body, headers) => {
    encodedHash = hashOfEncoded(body, headers);
    return isReadAsNow(record, source) && record?.encodedHash === encodedHash;
  };
  const { outcome, told } = await ask(source, validators, knowsEncoded, deps);
  return {
    ...(await afterFetch(outcome, { source, record, revision, validators, encodedHash, deps })),
    told,
  };
}

/** At the address where it is, and where that fails at the other one that it is known by. */
async function ask(
  source: Source,
  validators: Validators,
  knowsEncoded: FetchRequest['knowsEncoded'],
  deps: PollDeps,
): Promise<{ readonly outcome: FetchOutcome; readonly told: AskedAddresses }> {
  const [first, second] = addressesToAsk(source, deps.known.pollOf(source.id), deps.moves, deps.now());
  const askAt = ({ feedUrl }: AskedAddress) =>
    deps.fetcher.fetch({
      url: feedUrl,
      headers: source.headers,
      validators,
      ...(knowsEncoded && { knowsEncoded }),
      timeoutMs: deps.network.timeoutMs,
      bodyBytesMax: deps.network.bodyBytesMax,
      urlIsSecret: source.feedUrlIsSecret,
      signal: deps.signal,
    });
  const outcome = await askAt(first);
  const told = { isConfigured: first.isConfigured, askedConfigured: first.isConfigured };
  const failed = outcome.kind === 'gone' || (outcome.kind === 'failed' && outcome.error.code !== 'aborted');
  if (second === undefined || !failed) return { outcome, told };
  const other = await askAt(second);
  // What is told of is the first, unless the other is there.
  const isThere = other.kind === 'fetched' || other.kind === 'notModified' || other.kind === 'sameBytes';
  return isThere
    ? { outcome: other, told: { isConfigured: second.isConfigured, askedConfigured: true } }
    : { outcome, told: { ...told, askedConfigured: true } };
}

interface Poll {
  readonly source: Source;
  readonly record: SourceRecord | undefined;
  /** The store's, which the commit expects to find. */
  readonly revision: number;
  readonly validators: Validators;
  /** Of the document as it travelled, where it was compressed. */
  readonly encodedHash: string | undefined;
  readonly deps: PollDeps;
}

async function afterFetch(outcome: FetchOutcome, poll: Poll): Promise<PollResult> {
  switch (outcome.kind) {
    case 'fetched':
      return {
        ...(await afterResponse(outcome.response, poll)),
        movedTo: outcome.response.movedTo,
        headers: outcome.response.headers,
      };
    case 'sameBytes':
      return {
        ...(await renew(outcome.validators, poll, 'unchanged')),
        movedTo: outcome.movedTo,
        headers: outcome.headers,
      };
    case 'notModified':
      return {
        ...(await renew(outcome.validators, poll, 'not-modified')),
        movedTo: outcome.movedTo,
        headers: outcome.headers,
      };
    case 'rateLimited':
      return {
        outcome: 'rate-limited',
        reason: `http-${outcome.status}`,
        message: `the server asks us to come less often (HTTP ${outcome.status})`,
        retryAfter: outcome.retryAfter,
        refusedBy: { host: outcome.host, status: outcome.status },
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

async function afterResponse(response: FetchedResponse, poll: Poll): Promise<PollResult> {
  const { source, record, revision, validators, deps } = poll;
  if (deps.moves?.isOurs(response.finalUrl) === true)
    return failure('own-feed', 'it leads to a feed of ours: its items would come back to us as ours');
  const sameBody = isReadAsNow(record, source) && record?.bodyHash === hashOfResponse(response);
  if (sameBody) return renew(response.validators, poll, 'unchanged');
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
    encodedHash: poll.encodedHash,
    feed,
    unconditional,
    firstAddress: deps.known.firstAddressOf(source),
    firstSeen: deps.known.firstSeen,
    firstReadAt: deps.known.firstRead.get(source.id),
    tombstones: deps.known.tombstonesOf(source),
    tdm: await deps.tdms?.of(source),
    push: pushAddressesOf(feed, response.headers, response.finalUrl),
    now,
  });
  const { decisions, removed } = next.decided;
  const committed = await commitPoll(poll, next.record, next.items, removed);
  if (committed !== undefined) return committed;
  const count = (verdict: string) => decisions.filter((decision) => decision.verdict === verdict).length;
  return {
    outcome: next.contentChanged ? 'updated' : 'unchanged',
    items: feed.items.length,
    new: count('new'),
    changed: count('changed'),
    notes: [...feed.notes, ...notesOfChurn(next.decided.churn)],
    anotherSite:
      record?.feed !== undefined && isAnotherSite(record.feed, feed)
        ? { before: record.feed, now: feed }
        : undefined,
    contentChanged: next.contentChanged,
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
): Promise<PollResult> {
  const { record, deps } = poll;
  if (record === undefined) return { outcome };
  const unconditional = poll.validators.etag === undefined && poll.validators.lastModified === undefined;
  const same =
    record.validators.etag === validators.etag && record.validators.lastModified === validators.lastModified;
  const stampIsDue = unconditional && isUnconditionalDue(record, deps.now());
  const tdm = (await deps.tdms?.of(poll.source)) ?? record.tdm;
  const isAskedAnew = tdm?.checkedAt !== record.tdm?.checkedAt;
  // Learnt once: a server that compresses anew for each answer gives other bytes each time.
  const isFirstEncoding = record.encodedHash === undefined && poll.encodedHash !== undefined;
  if (same && !stampIsDue && !isAskedAnew && !isFirstEncoding) return { outcome };
  const revision = record.revision + 1;
  const next: SourceRecord = {
    ...record,
    revision,
    contentRevision: reservesTheSame(tdm, record.tdm) ? record.contentRevision : revision,
    validators,
    encodedHash: poll.encodedHash ?? record.encodedHash,
    tdm,
    unconditionalAt: unconditional ? timestampOfClock(deps.now()) : record.unconditionalAt,
  };
  return (await commitPoll(poll, next, [], [])) ?? { outcome };
}

/** Whole or not at all; undefined when it is done, else what the poll failed of. */
export async function commitPoll(
  { source, revision, deps }: Pick<Poll, 'source' | 'revision' | 'deps'>,
  next: SourceRecord,
  items: Parameters<Store['commitPoll']>[2]['items'],
  removed: Parameters<Store['commitPoll']>[2]['removed'],
): Promise<PollResult | undefined> {
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

function failure(reason: string, message: string): PollResult {
  return { outcome: 'failed', reason, message };
}

function failureOf(error: unknown): PollResult {
  if (error instanceof TributaryError) return failure(error.code, error.message);
  return failure('internal', `unexpected: ${messageOf(error)}`);
}
