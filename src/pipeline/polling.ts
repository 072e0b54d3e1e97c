// Polls as the service runs them: sources and lists by one schedule, pushes of hubs beside it, one at a time for each source.
import type { Fetcher } from '../edge/fetch/fetcher.ts';
import type { Log } from '../edge/ops/log.ts';
import { Pauses } from '../edge/schedule/pauses.ts';
import { pausesOf } from '../edge/schedule/refusal.ts';
import { createScheduler, type Scheduler } from '../edge/schedule/scheduler.ts';
import { startTimes } from '../edge/schedule/start-times.ts';
import type { Store } from '../edge/store/store.ts';
import type { Source } from '../model/config.ts';
import type { Site } from '../model/edition.ts';
import { isListId } from '../model/ids.ts';
import type { KnownLists } from './known-lists.ts';
import type { KnownSources } from './known-sources.ts';
import { logList, logPoll } from './log-lines.ts';
import { createMoveWorld } from './move-world.ts';
import { createOriginTdms } from './origin-tdm.ts';
import { createOwnFeedCheck } from './own-feed.ts';
import type { PollDeps } from './poll-deps.ts';
import type { PollReport } from './poll-report.ts';
import { pollSource } from './poll-source.ts';
import { createPushing, type Pushing } from './push/pushing.ts';
import { readPush } from './push/read-push.ts';
import type { RunningConfig } from './running-config.ts';
import { addressesToAsk } from './source-address.ts';
import { createTurns } from './turns.ts';
import type { UntrustedWork } from './untrusted-work.ts';

export interface PollingOptions {
  readonly running: RunningConfig;
  readonly store: Store;
  readonly isStoreAway: () => boolean;
  readonly known: KnownSources;
  readonly lists: KnownLists;
  readonly fetcher: Fetcher;
  readonly work: UntrustedWork;
  readonly site: () => Site;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  /** Aborts what is under way at a stop. */
  readonly signal: AbortSignal;
  readonly onPoll?: ((source: Source, report: PollReport) => void) | undefined;
  /** A poll began so long after it was due. */
  readonly onPollStart?: ((lateMs: number) => void) | undefined;
  /** The feeds of a list are others now. Without it lists are not in the schedule. */
  readonly onLists?: (() => void) | undefined;
}

export interface Polling {
  /** Nothing is in the schedule before: to be called once what is known of the sources has been read. */
  begin(): void;
  readonly scheduler: Scheduler;
  /** WebSub; at rest while no address of ours is configured. */
  readonly pushing: Pushing;
  pollList(source: Source): Promise<PollReport>;
  /** The configuration in force is another now. */
  follow(): void;
}

export function createPolling(options: PollingOptions): Polling {
  const { running, known, lists, now, log } = options;
  const turns = createTurns();
  const deps = pollDeps(options, (id, newItems) => pushing.isPushedAfter(id, newItems));
  const addressOf = (source: Source) =>
    addressesToAsk(source, known.pollOf(source.id), deps.moves, now())[0].feedUrl;
  const pushing: Pushing = createPushing({
    ...deps,
    fetcher: options.fetcher,
    sources: running.polled,
    feeds: () => running.now().feeds,
    site: options.site,
    publicUrl() {
      const { publicUrl, publicUrlIsGuessed } = running.now().server;
      return publicUrlIsGuessed ? undefined : publicUrl;
    },
    read: (source, document) => turns.take(source.id, () => readPush(source, document, deps)),
    pollNow: (id) => void scheduler.pollNow(id),
    log,
  });

  async function pollList(source: Source): Promise<PollReport> {
    const poll = await lists.poll(source);
    logList(log, source, poll);
    options.onPoll?.(source, poll.report);
    if (poll.isChanged) options.onLists?.();
    return poll.report;
  }

  async function pollOne(source: Source): Promise<PollReport> {
    const report = await turns.take(source.id, () => pollSource(source, deps));
    logPoll(log, source, report);
    options.onPoll?.(source, report);
    return report;
  }

  /** Lists are polled as sources are. */
  function scheduled() {
    const sources = [...running.polled(), ...(options.onLists === undefined ? [] : running.lists())];
    const polls = new Map([...known.polls(), ...lists.polls()]);
    return { sources, polls, startTimes: startTimes(sources, polls, now()) };
  }

  const pauses = new Pauses();
  const scheduler = createScheduler({
    sources: [],
    startTimes: new Map(),
    addressOf,
    limits: running.network,
    now,
    pauses,
    onStart: options.onPollStart,
    poll: (source) => (isListId(source.id) ? pollList(source) : pollOne(source)),
  });
  return {
    scheduler,
    pushing,
    pollList,
    begin() {
      const { sources, polls, startTimes: times } = scheduled();
      pausesOf(sources, polls, now(), addressOf, pauses);
      scheduler.replaceSources(sources, times);
    },
    follow() {
      const next = scheduled();
      scheduler.replaceSources(next.sources, next.startTimes);
    },
  };
}

function pollDeps(
  { running, store, isStoreAway, known, fetcher, work, now, signal }: PollingOptions,
  isPushedAfter: NonNullable<PollDeps['isPushedAfter']>,
): PollDeps {
  const tdms = createOriginTdms({
    fetcher,
    network: running.network,
    now,
    signal,
    known: () =>
      running.polled().flatMap((source) => {
        const state = known.of(source.id);
        return state.kind === 'known' && state.record.tdm !== undefined ? [state.record.tdm] : [];
      }),
  });
  const moves = createMoveWorld(running.now);
  const ownFeed = createOwnFeedCheck(running.now);
  const { network } = running;
  return {
    store,
    isStoreAway,
    known,
    fetcher,
    network,
    work,
    tdms,
    isPushedAfter,
    moves,
    ownFeed,
    now,
    signal,
  };
}
