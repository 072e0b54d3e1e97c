// The composition root: builds the parts from a configuration, starts them, drains and stops them.
import { createCurrentFetcher } from './edge/fetch/current-fetcher.ts';
import { createFetcher, type Fetcher, type FetcherOptions } from './edge/fetch/fetcher.ts';
import { userAgent } from './edge/fetch/user-agent.ts';
import type { Clock } from './edge/ops/clock.ts';
import type { Log } from './edge/ops/log.ts';
import { pausesOf } from './edge/schedule/refusal.ts';
import { createScheduler, type Scheduler } from './edge/schedule/scheduler.ts';
import { startTimes } from './edge/schedule/start-times.ts';
import { openLastKnownGood } from './edge/store/last-known-good.ts';
import { openStore } from './edge/store/open-store.ts';
import type { Store } from './edge/store/store.ts';
import type { Config, NetworkConfig, Source } from './model/config.ts';
import type { ConfigProblemState, ConfigState } from './model/config-state.ts';
import { isListId, type SourceId } from './model/ids.ts';
import type { PollRecord } from './model/records.ts';
import type { SiteStatus } from './model/status.ts';
import { msFromTimestamp, timestampOfClock } from './model/timestamp.ts';
import { VERSION } from './model/version.ts';
import { type ConfigChanges, configChanges, inForceNow, saysTheSame } from './pipeline/config-changes.ts';
import { configInForce } from './pipeline/config-in-force.ts';
import { createKnownLists, type ListPoll } from './pipeline/known-lists.ts';
import { createKnownRetractions } from './pipeline/known-retractions.ts';
import { type KnownSources, loadKnownSources } from './pipeline/known-sources.ts';
import { createMoveWorld } from './pipeline/move-world.ts';
import { createOriginTdms } from './pipeline/origin-tdm.ts';
import type { PollReport } from './pipeline/poll-report.ts';
import { pollSource } from './pipeline/poll-source.ts';
import { createPublisher, type Publisher, type PublishReport } from './pipeline/publisher.ts';
import { createPushing, type Pushing } from './pipeline/push/pushing.ts';
import { readPush } from './pipeline/push/read-push.ts';
import { siteStatus } from './pipeline/site-status.ts';
import { addressesToAsk } from './pipeline/source-address.ts';
import { createTurns } from './pipeline/turns.ts';
import { createUntrustedWork, type UntrustedWork } from './pipeline/untrusted-work.ts';

export interface AppOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** For tests: how names become addresses, and where vetted addresses are to be found. */
  readonly network?: Pick<FetcherOptions, 'resolve' | 'dial'>;
  readonly onPoll?: (source: Source, report: PollReport) => void;
  /** The feeds of a list are others now: who is called calls `apply`. Without it lists are read by `readLists` alone. */
  readonly onLists?: () => void;
}

export interface App {
  readonly scheduler: Scheduler;
  readonly publisher: Publisher;
  /** WebSub; absent where no address of ours is configured. */
  readonly pushing: Pushing | undefined;
  status(): SiteStatus;
  /** The configuration in force. */
  config(): Config;
  /**
   * Puts another in its place, or the same with its lists as they are now: sources, feeds, wording and limits at once, store, folder and address at a restart. Polls under way
   * end as they began. Not to be called while the publisher is at work. Gives what changed.
   */
  apply(next?: Config): Promise<ConfigChanges>;
  /** Reads every list once and puts what came of it in force. */
  readLists(): Promise<void>;
  /** The file of the configuration cannot be used, for these reasons; undefined where it can. What is in force goes on. */
  refuse(problem: Omit<ConfigProblemState, 'since'> | undefined): void;
  configState(): ConfigState;
  /** Writes how polling went, for the next start. */
  savePolls(): Promise<void>;
  /** Takes no more polls, lets those under way end for at most `graceMs`, then aborts them; keeps what they brought. */
  stop(graceMs: number): Promise<void>;
}

/** Builds everything but the web server. Throws StoreError where the store or the data folder cannot be used. */
export async function createApp(configured: Config, options: AppOptions): Promise<App> {
  const { clock, log } = options;
  let written = configured;
  let config = configured;
  const lastKnownGood = await openLastKnownGood(config.dataDir);
  const { documents, editions, retractions: kept, problems } = await lastKnownGood.load();
  for (const problem of problems) log.warn('document-damaged', { problem });
  const store = await openStore(config.store);
  const network = liveNetwork(() => config.network);
  const newFetcher = () =>
    createFetcher(config.network, { userAgent: userAgentOf(config), ...options.network });
  const fetcher = createCurrentFetcher(newFetcher());
  const abort = new AbortController();
  const lists = createKnownLists({
    dataDir: config.dataDir,
    fetcher,
    network,
    now: clock.now,
    signal: abort.signal,
  });
  await lists.follow(written.lists ?? []);
  config = configInForce(written, lists.states());
  const sources = polledOf(config);
  const known = await loadKnownSources(store, sources, editions, kept);
  const work = createUntrustedWork({
    nowMs: clock.now,
    inner: () => (config.network.allow.length > 0 ? 'allowed' : 'refused'),
  });
  const publisher = createPublisher({
    config,
    store,
    known,
    retractions: createKnownRetractions(store, kept.operator, clock.now),
    lastKnownGood,
    work,
    documents,
    keptRetractions: kept,
    editions,
    now: clock.now,
    report: (report) => logPublishing(log, report),
  });
  const tdms = createOriginTdms({
    fetcher,
    network,
    now: clock.now,
    signal: abort.signal,
    known: sources.flatMap((source) => {
      const state = known.of(source.id);
      return state.kind === 'known' && state.record.tdm !== undefined ? [state.record.tdm] : [];
    }),
  });
  const moves = createMoveWorld(() => config);
  const addressOf = (source: Source) =>
    addressesToAsk(source, known.pollOf(source.id), moves, clock.now())[0].feedUrl;
  const turns = createTurns();
  const pollDeps = {
    store,
    known,
    fetcher,
    network,
    work,
    tdms,
    isPushedAfter: (id: SourceId, newItems: number) => pushing?.isPushedAfter(id, newItems) ?? false,
    moves,
    now: clock.now,
    signal: abort.signal,
  };
  // Where nobody can reach us no hub is asked for anything.
  const pushing: Pushing | undefined = config.server.publicUrlIsGuessed
    ? undefined
    : createPushing({
        ...pollDeps,
        sources: () => polledOf(config),
        feeds: () => config.feeds,
        site: publisher.site,
        get publicUrl() {
          return config.server.publicUrl;
        },
        read: (source, document) => turns.take(source.id, () => readPush(source, document, pollDeps)),
        pollNow: (id) => void scheduler.pollNow(id),
        log,
      });
  const polls = () => new Map([...known.polls(), ...lists.polls()]);
  /** Lists are polled as sources are. */
  const scheduled = () => [...polledOf(config), ...(options.onLists === undefined ? [] : listsOf(config))];

  async function pollList(source: Source): Promise<PollReport> {
    const { report, isChanged, lost } = await lists.poll(source);
    logList(log, source, report, lost);
    options.onPoll?.(source, report);
    if (isChanged) options.onLists?.();
    return report;
  }

  const scheduler = createScheduler({
    sources: scheduled(),
    addressOf,
    limits: network,
    now: clock.now,
    startTimes: startTimes(scheduled(), polls(), clock.now()),
    pauses: pausesOf(scheduled(), polls(), clock.now(), addressOf),
    polledAt: polledAt(polls()),
    async poll(source) {
      if (isListId(source.id)) return pollList(source);
      const report = await turns.take(source.id, () => pollSource(source, pollDeps));
      logPoll(log, source, report);
      options.onPoll?.(source, report);
      return report;
    },
  });
  const savePolls = createPollSaver(store, known, log);
  let appliedAt = timestampOfClock(clock.now());
  let problem: ConfigState['problem'];

  async function apply(next: Config = written): Promise<ConfigChanges> {
    written = next;
    await lists.follow(written.lists ?? []);
    const whole = configInForce(written, lists.states());
    const before = config;
    const changes = configChanges(before, whole);
    const after = inForceNow(before, whole);
    await known.follow(polledOf(after));
    config = after;
    if (!saysTheSame(before.network, after.network) || userAgentOf(before) !== userAgentOf(after))
      fetcher.replace(newFetcher());
    publisher.follow(after);
    scheduler.replaceSources(scheduled(), startTimes(scheduled(), polls(), clock.now()), polledAt(polls()));
    appliedAt = timestampOfClock(clock.now());
    return changes;
  }

  return {
    scheduler,
    publisher,
    pushing,
    status: () =>
      siteStatus({
        sources: config.sources,
        recordOf: ({ id }) => {
          const state = known.of(id);
          return state.kind === 'known' ? state.record : undefined;
        },
        pollOf: ({ id }) => known.pollOf(id),
        configAlarm: problem && { since: problem.since, places: problem.places },
        nowMs: clock.now(),
      }),
    config: () => config,
    apply,
    async readLists() {
      for (const source of listsOf(config)) await pollList(source);
      await apply();
    },
    refuse(found) {
      problem = found && { ...found, since: problem?.since ?? timestampOfClock(clock.now()) };
    },
    configState: () => ({ file: config.file, appliedAt, problem }),
    savePolls,
    stop: (graceMs) =>
      stopAll({ scheduler, pushing, store, savePolls, fetcher, work, abort, clock }, graceMs),
  };
}

function polledOf({ sources }: Config): readonly Source[] {
  return sources.filter((source) => source.enabled);
}

function listsOf({ lists = [] }: Config): readonly Source[] {
  return lists.map((list) => list.source).filter((source) => source.enabled);
}

function userAgentOf({ network, feeds }: Config): string {
  return userAgent(VERSION, network.contact, feeds.length);
}

function polledAt(polls: ReadonlyMap<SourceId, PollRecord>): ReadonlyMap<SourceId, number> {
  return new Map([...polls].map(([id, poll]) => [id, msFromTimestamp(poll.polledAt)]));
}

/** What the configuration in force says each time that it is asked. */
function liveNetwork(now: () => NetworkConfig): NetworkConfig {
  return {
    get contact() {
      return now().contact;
    },
    get timeoutMs() {
      return now().timeoutMs;
    },
    get bodyBytesMax() {
      return now().bodyBytesMax;
    },
    get concurrency() {
      return now().concurrency;
    },
    get allow() {
      return now().allow;
    },
    perHost: {
      get concurrency() {
        return now().perHost.concurrency;
      },
      get gapMs() {
        return now().perHost.gapMs;
      },
    },
  };
}

/** What the store did not take is written with the next polls. */
function createPollSaver(store: Store, known: KnownSources, log: Log): () => Promise<void> {
  let unsaved: ReadonlyMap<SourceId, PollRecord> = new Map();
  return async () => {
    const fresh = known.takeUnwrittenPolls();
    if (fresh.size === 0) return;
    const polls = new Map([...unsaved, ...fresh]);
    const result = await store.writePolls(polls);
    unsaved = result.kind === 'unavailable' ? polls : new Map();
    if (result.kind === 'unavailable') {
      log.warn('polls-not-saved', { polls: polls.size, error: result.error });
    }
  };
}

interface Parts {
  readonly scheduler: Scheduler;
  readonly pushing: Pushing | undefined;
  readonly store: Store;
  readonly savePolls: () => Promise<void>;
  readonly fetcher: Fetcher;
  readonly work: UntrustedWork;
  readonly abort: AbortController;
  readonly clock: Clock;
}

async function stopAll(parts: Parts, graceMs: number): Promise<void> {
  const { scheduler, pushing, store, savePolls, fetcher, work, abort, clock } = parts;
  const drained = scheduler.stop();
  const waited = new AbortController();
  await Promise.race([drained, clock.sleep(graceMs, waited.signal).catch(() => undefined)]);
  waited.abort();
  abort.abort();
  work.close();
  await drained;
  await pushing?.stop();
  await savePolls();
  await fetcher.close();
  await store.close();
}

function logPoll(log: Log, source: Source, report: PollReport): void {
  const { outcome, reason, message, ms, items, notes } = report;
  const fields = {
    source: source.id,
    outcome,
    reason,
    ms: Math.round(ms),
    items,
    new: report.new,
    changed: report.changed || undefined,
    notes: notes.length === 0 ? undefined : [...new Set(notes.map((note) => note.code))],
    movedTo: source.feedUrlIsSecret ? undefined : report.movedTo,
    message,
  };
  if (outcome === 'failed' || outcome === 'gone' || outcome === 'rate-limited') log.warn('poll', fields);
  else log.info('poll', fields);
}

function logList(log: Log, source: Source, report: PollReport, lost: ListPoll['lost']): void {
  const { outcome, reason, message, ms, items } = report;
  const list = source.feedUrlIsSecret ? source.id : source.address;
  const fields = { list, outcome, reason, ms: Math.round(ms), feeds: items, message };
  if (lost !== undefined) log.warn('list-shrank', { list, ...lost });
  if (reason === undefined) log.info('list', fields);
  else log.warn('list', fields);
}

function logPublishing(log: Log, report: PublishReport): void {
  const { feedId, outcome, items, dropped, message } = report;
  if (outcome === 'failed') log.error('publish', { feed: feedId, outcome, message });
  else if (dropped.length > 0) log.warn('publish', { feed: feedId, outcome, items, dropped });
  else if (outcome === 'published') log.info('publish', { feed: feedId, outcome, items });
}
