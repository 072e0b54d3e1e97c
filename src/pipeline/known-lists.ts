// The lists that the configuration names: as they were last read, on disk over restarts, read again like sources.
import type { Fetcher } from '../edge/fetch/fetcher.ts';
import { type ListRecord, readListFile, writeListFile } from '../edge/store/list-files.ts';
import type { ConfiguredList, NetworkConfig, Source } from '../model/config.ts';
import { assertNever, messageOf, TributaryError } from '../model/errors.ts';
import type { FetchedResponse, FetchOutcome, Validators } from '../model/fetch-outcome.ts';
import type { SourceId } from '../model/ids.ts';
import type { PollRecord } from '../model/poll-record.ts';
import type { SourceList } from '../model/source-list.ts';
import { msFromTimestamp } from '../model/timestamp.ts';
import type { ListState } from './config-in-force.ts';
import { nextPollRecord } from './next-poll-record.ts';
import { refusalOf, rememberedRefusal } from './poll-refusal.ts';
import { type PollReport, type PollResult, pollReport } from './poll-report.ts';
import { readList } from './read-list.ts';

export interface KnownLists {
  states(): ReadonlyMap<SourceId, ListState>;
  polls(): ReadonlyMap<SourceId, PollRecord>;
  /** As it stands on disk; undefined where it was never tried. */
  recordOf(id: SourceId): ListRecord | undefined;
  /** The configuration has other lists now: those that are new in it are looked up on disk. */
  follow(lists: readonly ConfiguredList[]): Promise<void>;
  /** Reads a list again. Never rejects. */
  poll(source: Source): Promise<ListPoll>;
}

export interface ListPoll {
  readonly report: PollReport;
  /** Its feeds are others now, or it was tried for the first time. */
  readonly isChanged: boolean;
  /** More than half of its feeds went at once: said, since it may be a mistake. */
  readonly lost: { readonly before: number; readonly after: number } | undefined;
}

export interface KnownListsOptions {
  readonly dataDir: string;
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  readonly network: Pick<NetworkConfig, 'timeoutMs' | 'bodyBytesMax'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export function createKnownLists(options: KnownListsOptions): KnownLists {
  const { dataDir, now } = options;
  const records = new Map<SourceId, ListRecord>();

  async function poll(source: Source): Promise<ListPoll> {
    const startedMs = now();
    const before = records.get(source.id);
    const read = await attempt(source, before, options).catch((error: unknown) => ({
      result: failureOf(error),
    }));
    const { result } = read;
    const nowMs = now();
    const next = nextPollRecord({
      source,
      before: before?.poll,
      known: undefined,
      isPushed: false,
      result,
      startedMs,
      nowMs,
    });
    const refusal = refusalOf(result, next.failures, nowMs);
    const current = {
      id: source.id,
      list: before?.list,
      included: before?.included ?? [],
      validators: before?.validators ?? {},
      ...('record' in read ? read.record : {}),
      poll: { ...next, refusal: rememberedRefusal(refusal) },
    };
    const [old, fresh] = [entriesOf(before), entriesOf(current)];
    const isChanged = before === undefined || JSON.stringify(old) !== JSON.stringify(fresh);
    const lost = fresh.length * 2 < old.length ? { before: old.length, after: fresh.length } : undefined;
    const record: ListRecord = { ...current, lost: isChanged ? lost : before?.lost };
    if (result.reason !== 'aborted') {
      records.set(source.id, record);
      // A disk that is full costs the next start, not this one.
      await writeListFile(dataDir, record).catch(() => undefined);
    }
    return {
      report: {
        ...pollReport(result, undefined, {
          ms: nowMs - startedMs,
          nextPollAtMs: msFromTimestamp(next.nextPollAt),
          refusal,
        }),
        items: fresh.length,
      },
      isChanged,
      lost,
    };
  }

  return {
    states: () =>
      new Map([...records].map(([id, record]) => [id, { list: wholeOf(record), isTried: true }] as const)),
    polls: () => new Map([...records].map(([id, record]) => [id, record.poll] as const)),
    recordOf: (id) => records.get(id),
    async follow(lists) {
      const wanted = new Set(lists.map(({ source }) => source.id));
      for (const id of records.keys()) if (!wanted.has(id)) records.delete(id);
      for (const id of wanted) {
        const record = records.has(id) ? undefined : await readListFile(dataDir, id);
        if (record !== undefined) records.set(id, record);
      }
    },
    poll,
  };
}

/** With what it includes behind its own. */
export function wholeOf(record: ListRecord | undefined): SourceList | undefined {
  if (record?.list === undefined) return undefined;
  return {
    ...record.list,
    sources: [...record.list.sources, ...record.included.flatMap(({ list }) => list.sources)],
  };
}

const entriesOf = (record: ListRecord | undefined) => wholeOf(record)?.sources ?? [];

type Read =
  | { readonly result: PollResult }
  | { readonly result: PollResult; readonly record: Pick<ListRecord, 'list' | 'included' | 'validators'> };

async function attempt(
  source: Source,
  before: ListRecord | undefined,
  options: KnownListsOptions,
): Promise<Read> {
  // Only a list that stands can be unchanged.
  const outcome = await fetchList(source, before?.list === undefined ? {} : before.validators, options);
  switch (outcome.kind) {
    case 'fetched':
      return afterResponse(outcome.response, source, before, options);
    case 'sameBytes':
    case 'notModified': {
      const list = before?.list;
      const result: PollResult = { outcome: 'not-modified', movedTo: outcome.movedTo };
      if (list === undefined || list.includes.length === 0) return { result };
      const included = await readIncluded(list, source, before, options);
      return { result, record: { list, included, validators: outcome.validators } };
    }
    case 'rateLimited':
      return {
        result: {
          outcome: 'rate-limited',
          reason: `http-${outcome.status}`,
          message: `the server asks us to come less often (HTTP ${outcome.status})`,
          retryAfter: outcome.retryAfter,
          refusedBy: { host: outcome.host, status: outcome.status },
        },
      };
    case 'gone':
      return { result: failure('gone', 'the server says that this list is gone for good (HTTP 410)') };
    case 'failed':
      return { result: failure(outcome.error.code, outcome.error.message) };
    default:
      return assertNever(outcome);
  }
}

async function afterResponse(
  response: FetchedResponse,
  source: Source,
  before: ListRecord | undefined,
  options: KnownListsOptions,
): Promise<Read> {
  const list = readList(response.body, response.headers['content-type']);
  const included = await readIncluded(list, source, before, options);
  if (entriesOf({ list, included } as ListRecord).length === 0) {
    const stays = before?.list === undefined ? '' : '; its last good content stays';
    return { result: failure('empty-list', `the list names no feeds${stays}`) };
  }
  return {
    result: { outcome: 'updated', movedTo: response.movedTo },
    record: { list, included, validators: response.validators },
  };
}

/** One level only; what cannot be read stays as it was. */
async function readIncluded(
  list: SourceList,
  source: Source,
  before: ListRecord | undefined,
  options: KnownListsOptions,
): Promise<ListRecord['included']> {
  const included: { readonly url: string; readonly list: SourceList }[] = [];
  for (const written of list.includes) {
    const url = URL.parse(written, source.feedUrl)?.href;
    const isAllowed = url !== undefined && (source.feedUrl.startsWith('file:') || /^https?:/i.test(url));
    if (!isAllowed || options.signal.aborted) continue;
    const read = await readOne(url, source, options);
    const kept = read ?? before?.included.find((each) => each.url === url)?.list;
    if (kept !== undefined) included.push({ url, list: kept });
  }
  return included;
}

async function readOne(
  url: string,
  source: Source,
  options: KnownListsOptions,
): Promise<SourceList | undefined> {
  const isSameOrigin = URL.parse(url)?.origin === URL.parse(source.feedUrl)?.origin;
  const headers = isSameOrigin ? source.headers : {};
  const outcome = await fetchList({ ...source, feedUrl: url, headers }, {}, options);
  if (outcome.kind !== 'fetched') return undefined;
  try {
    return readList(outcome.response.body, outcome.response.headers['content-type']);
  } catch {
    return undefined;
  }
}

function fetchList(
  source: Source,
  validators: Validators,
  { fetcher, network, signal }: KnownListsOptions,
): Promise<FetchOutcome> {
  return fetcher.fetch({
    url: source.feedUrl,
    headers: source.headers,
    validators,
    timeoutMs: network.timeoutMs,
    bodyBytesMax: network.bodyBytesMax,
    urlIsSecret: source.feedUrlIsSecret,
    signal,
  });
}

function failure(reason: string, message: string): PollResult {
  return { outcome: 'failed', reason, message };
}

function failureOf(error: unknown): PollResult {
  if (error instanceof TributaryError) return failure(error.code, error.message);
  return failure('internal', `unexpected: ${messageOf(error)}`);
}
