// The attempt of a poll: fetch, decode, parse, normalize, identify, store. What it came to is a result, never an exception
// that a poll does not expect.

import { namedFeed } from '../core/discover/named-feed.ts';
import { isAnotherSite } from '../core/identify/another-site.ts';
import { pushAddressesOf } from '../core/normalize/push-addresses.ts';
import { isWelcome } from '../edge/schedule/refusal.ts';
import type { Source } from '../model/config.ts';
import { assertNever, messageOf, TributaryError } from '../model/errors.ts';
import type { FetchedResponse, FetchOutcome, Validators } from '../model/fetch-outcome.ts';
import type { SourceFeed } from '../model/item.ts';
import type { PollRecord } from '../model/poll-record.ts';
import type { SourceRecord } from '../model/source-record.ts';
import { msFromTimestamp, timestampOfClock } from '../model/timestamp.ts';
import { askAt, askSource, type KnownDocument } from './ask-source.ts';
import { notesOfChurn } from './churn-notes.ts';
import { commitPoll, failure } from './commit-poll.ts';
import { hashOfEncoded, hashOfResponse, nextSourceRecord } from './next-source-record.ts';
import { ownFeedWords } from './own-feed.ts';
import { pageBehind } from './page-behind.ts';
import { pageFeedsOf, pageWords } from './page-feeds.ts';
import type { PollDeps } from './poll-deps.ts';
import type { PollResult } from './poll-report.ts';
import { isReadAsNow, validatorsToSend } from './poll-validators.ts';
import { renew } from './renew-poll.ts';
import { withUserinfo } from './source-address.ts';
import { unreadResult } from './unread-outcome.ts';

/** Asks a source once and commits what it brought; twice where the store has lost what is known of it. Never rejects. */
export async function attemptPoll(source: Source, deps: PollDeps): Promise<PollResult> {
  const result = await attempt(source, deps).catch(failureOf);
  const isLost = result.reason === 'stale-commit' && deps.known.isLost(source.id);
  return isLost ? attempt(source, deps).catch(failureOf) : result;
}

async function attempt(source: Source, deps: PollDeps): Promise<PollResult> {
  let state = deps.known.inStore(source.id);
  if (state.kind === 'unknown') {
    // Perhaps it answers again; if not, a poll now could not be remembered, and an item could come twice.
    const wasTold = deps.known.pollOf(source.id) !== undefined;
    await deps.known.reload([source]);
    state = deps.known.inStore(source.id);
    if (!wasTold && isDueLater(deps.known.pollOf(source.id), deps.now())) {
      const message = 'the store answers again, and says that this source is due later';
      return { ...failure('store-unavailable', message), unasked: true };
    }
  }
  if (state.kind === 'unknown' || deps.isStoreAway?.() === true) {
    const said = state.kind === 'unknown' ? state.message : undefined;
    const message = said ?? 'the store does not answer, or takes nothing; this source waits until it does';
    return { ...failure('store-unavailable', message), unasked: true };
  }
  const record = state.kind === 'known' ? state.record : undefined;
  const revision = state.kind === 'known' ? state.record.revision : state.revision;
  const validators = validatorsToSend(source, record, deps.now());
  let encodedHash: string | undefined;
  const knowsEncoded: KnownDocument['knowsEncoded'] = (body, headers) => {
    encodedHash = hashOfEncoded(body, headers);
    return isReadAsNow(record, source) && record?.encodedHash === encodedHash;
  };
  const { outcome, told, address } = await askSource(source, { validators, knowsEncoded }, deps);
  const { foundUrl } = address;
  const poll = { source, record, revision, validators, encodedHash, foundUrl, deps };
  const result = { ...(await afterFetch(outcome, poll).catch(failureOf)), told };
  if (foundUrl !== undefined) return afterFoundFeed(result, poll);
  return result.named === undefined ? result : followPage(result, poll);
}

/** The feed of a page was asked: where it failed, the page may name another one now. */
async function afterFoundFeed(result: PollResult, poll: Poll): Promise<PollResult> {
  // Where it moves to, the page will say.
  if (result.outcome !== 'failed' && result.outcome !== 'gone') return { ...result, movedTo: undefined };
  if (
    result.reason === 'aborted' ||
    result.reason === 'store-unavailable' ||
    result.reason === 'stale-commit'
  )
    return result;
  const { source, deps } = poll;
  // What is known is of the feed: nothing of it is asked of the page.
  const asked = { ...poll, validators: {}, encodedHash: undefined, foundUrl: undefined };
  const outcome = await askAt(source.feedUrl, source, { validators: {} }, deps);
  const told = { isConfigured: true, askedConfigured: true };
  const again = { ...(await afterFetch(outcome, asked).catch(failureOf)), told };
  if (again.named === undefined) return again;
  return followPage(again, asked, poll.foundUrl);
}

/**
 * What stands at the address is a page: the feed that it names as its own is polled in its place, in this very poll, unless that has
 * just failed.
 */
async function followPage(
  { named, ...result }: PollResult,
  poll: Poll,
  failedUrl?: string,
): Promise<PollResult> {
  const { source, deps } = poll;
  const page = named && pageFeedsOf(named, source, deps.moves);
  const [feedUrl] = page?.feedUrls ?? [];
  const told = {
    ...result,
    movedTo: undefined,
    message: `${result.message}: ${pageWords(page)}`,
    page,
    isPage: true as const,
  };
  if (page?.isFollowed !== true || feedUrl === undefined) return told;
  if (feedUrl === failedUrl) return { ...told, message: `${told.message}, which cannot be read now` };
  const found = { ...poll, validators: {}, encodedHash: undefined, foundUrl: feedUrl };
  const outcome = await askAt(withUserinfo(feedUrl, source.feedUrl), source, { validators: {} }, deps);
  const followed = await afterFetch(outcome, found).catch(failureOf);
  const { headers, refusedBy, retryAfter } = followed;
  if (isWelcome(followed)) return { ...followed, told: result.told, movedTo: undefined, page, isPage: true };
  const message = `${pageWords(page)}, but there: ${followed.message}`;
  return {
    ...told,
    outcome: followed.outcome,
    reason: followed.reason,
    message,
    headers,
    refusedBy,
    retryAfter,
  };
}

/** As the store has it, which was away when this poll was planned. */
export function isDueLater(poll: PollRecord | undefined, nowMs: number): boolean {
  return poll !== undefined && msFromTimestamp(poll.nextPollAt) > nowMs;
}

interface Poll {
  readonly source: Source;
  readonly record: SourceRecord | undefined;
  /** The store's, which the commit expects to find. */
  readonly revision: number;
  readonly validators: Validators;
  /** Of the document as it travelled, where it was compressed. */
  readonly encodedHash: string | undefined;
  /** Where it was found, where the configured address is a page. */
  readonly foundUrl: string | undefined;
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
    case 'gone':
    case 'failed':
      return unreadResult(outcome);
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
  const feed = await readFeed(response, poll);
  if ('named' in feed) return feed;
  const ours = deps.ownFeed?.(feed);
  if (ours !== undefined) return failure('own-feed', ownFeedWords(ours));
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
    writesAll: deps.known.isLost(source.id),
    firstAddress: () => deps.known.firstAddressOf(source),
    firstSeen: deps.known.firstSeen,
    firstReadAt: deps.known.firstRead.get(source.id),
    tombstones: deps.known.tombstonesOf(source),
    tdm: await deps.tdms?.of(source),
    push: pushAddressesOf(feed, response.headers, response.finalUrl),
    foundUrl: poll.foundUrl,
    now,
  });
  const { decisions, removed } = next.decided;
  const committed = await commitPoll(poll, next.record, next.items, removed);
  if (committed !== undefined) return committed;
  deps.known.isWritten(source.id);
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

/** The feed; or that it is none, and which one the page names that stands there. */
async function readFeed(
  response: FetchedResponse,
  { source, deps }: Poll,
): Promise<SourceFeed | (PollResult & Required<Pick<PollResult, 'named'>>)> {
  const bytesMax = deps.network.bodyBytesMax;
  try {
    return await deps.work.readDocument(source.id, response.body, {
      contentType: response.headers['content-type'],
      url: baseUrl(source, response),
      headers: response.headers,
      bytesMax,
    });
  } catch (error) {
    const page = await pageBehind(error, response, bytesMax);
    if (page === undefined) throw error;
    return { ...failureOf(error), named: namedFeed(page) };
  }
}

/** What relative addresses are relative to: where the document came from; for a file, where it is published. */
function baseUrl(source: Source, response: FetchedResponse): string | undefined {
  return response.finalUrl.startsWith('file:') ? source.publicUrl : response.finalUrl;
}

function failureOf(error: unknown): PollResult {
  if (error instanceof TributaryError) return failure(error.code, error.message);
  return failure('internal', `unexpected: ${messageOf(error)}`);
}
