// The composition root: builds the parts from a configuration, starts them, drains and stops them.
import { createCurrentFetcher } from './edge/fetch/current-fetcher.ts';
import { createFetcher, type Fetcher, type FetcherOptions } from './edge/fetch/fetcher.ts';
import type { Meter, Readings } from './edge/metrics/metrics.ts';
import type { Clock } from './edge/ops/clock.ts';
import type { HidingLog } from './edge/ops/log.ts';
import type { Scheduler } from './edge/schedule/scheduler.ts';
import { openAlertFile } from './edge/store/alert-file.ts';
import { openArchiveFiles } from './edge/store/archive-files.ts';
import { openLastKnownGood } from './edge/store/last-known-good.ts';
import { measuredStore } from './edge/store/measured-store.ts';
import { prepareStore } from './edge/store/open-store.ts';
import type { Store } from './edge/store/store.ts';
import { createStoreWatch } from './edge/store/store-watch.ts';
import type { Config, Source } from './model/config.ts';
import type { ConfigProblemState, ConfigState } from './model/config-state.ts';
import type { SiteStatus } from './model/status.ts';
import { type Alerting, createAlerting } from './pipeline/alerting/alerting.ts';
import { type ConfigChanges, saysTheSame } from './pipeline/config-changes.ts';
import { secretsOf } from './pipeline/config-secrets.ts';
import { createKnownLists } from './pipeline/known-lists.ts';
import { createKnownRetractions } from './pipeline/known-retractions.ts';
import { createKnownSources } from './pipeline/known-sources.ts';
import { logPublishing, logRefusedFeeds, logStore } from './pipeline/log-lines.ts';
import { meterPoll, meterPublish, readingsOf } from './pipeline/metering.ts';
import type { PollReport } from './pipeline/poll-report.ts';
import { createPollSaver } from './pipeline/poll-saver.ts';
import { createPolling } from './pipeline/polling.ts';
import { createPublisher, type Publisher } from './pipeline/publisher.ts';
import type { Pushing } from './pipeline/push/pushing.ts';
import { createRunningConfig, polledOf } from './pipeline/running-config.ts';
import { runningStatus } from './pipeline/running-status.ts';
import { createSweep } from './pipeline/sweep.ts';
import { createUntrustedWork, type UntrustedWork } from './pipeline/untrusted-work.ts';

export interface AppOptions {
  readonly clock: Clock;
  readonly log: HidingLog;
  /** For tests: how names become addresses, and where vetted addresses are to be found. */
  readonly network?: Pick<FetcherOptions, 'resolve' | 'dial'>;
  readonly onPoll?: (source: Source, report: PollReport) => void;
  /** Told of what happens. */
  readonly meter?: Meter;
  /** The feeds of a list are others now: who is called calls `apply`. Without it lists are read by `readLists` alone. */
  readonly onLists?: () => void;
  /** A store that is not there is no error: what was published last stands, and the store is tried again until it answers. */
  readonly startsWithoutStore?: boolean;
}

export interface App {
  readonly scheduler: Scheduler;
  readonly publisher: Publisher;
  /** WebSub; at rest while no address of ours is configured. */
  readonly pushing: Pushing;
  readonly alerting: Alerting;
  status(): SiteStatus;
  /** What metrics look up. */
  readings(connections: () => number): Readings;
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
  /** Takes out of the store some of what left the configuration long ago. Not to be called beside `apply`. */
  sweep(): Promise<void>;
  /** Takes no more polls, lets those under way end for at most `graceMs`, then aborts them; keeps what they brought. */
  stop(graceMs: number): Promise<void>;
}

/** An app that serves what was published last, and knows nothing more: neither has the store been asked, nor is anything polled. */
export interface PreparedApp extends App {
  /** Opens the store. Throws StoreError where it cannot be used. */
  open(): Promise<void>;
  /** Reads what the store knows of the sources, a part at a time, and puts them in the schedule. Ends early where `signal` is aborted. */
  load(signal?: AbortSignal): Promise<void>;
}

/** Builds everything but the web server. Throws StoreError where the store or the data folder cannot be used. */
export async function createApp(configured: Config, options: AppOptions): Promise<App> {
  const app = await prepareApp(configured, options);
  try {
    await app.open();
    await app.load();
    return app;
  } catch (error) {
    await app.stop(0);
    throw error;
  }
}

/** From the disk alone. Throws StoreError where the data folder cannot be used. */
export async function prepareApp(configured: Config, options: AppOptions): Promise<PreparedApp> {
  const { clock, log, meter } = options;
  const { now } = clock;
  const lastKnownGood = await openLastKnownGood(configured.dataDir);
  const kept = await lastKnownGood.load();
  for (const problem of kept.problems) log.warn('document-damaged', { problem });
  const watch = createStoreWatch((change) => logStore(log, change), clock);
  const prepared = prepareStore(configured.store, options.startsWithoutStore ? watch : undefined);
  const store =
    meter === undefined ? prepared.store : measuredStore(prepared.store, meter.stored, clock.monotonic);
  const running = createRunningConfig(configured, now);
  const newFetcher = () =>
    createFetcher(running.now().network, {
      userAgent: running.userAgent(),
      received: meter?.received,
      ...options.network,
    });
  const fetcher = createCurrentFetcher(newFetcher());
  const abort = new AbortController();
  const { signal } = abort;
  const { network } = running;
  const lists = createKnownLists({ dataDir: configured.dataDir, fetcher, network, now, signal });
  await lists.follow(configured.lists ?? []);
  running.take(running.plan(configured, lists.states()));
  log.hide(secretsOf(running.now()));
  logRefusedFeeds(log, undefined, running.now());
  const known = createKnownSources(store, running.polled(), kept.editions, kept.retractions);
  const work = createUntrustedWork({
    nowMs: now,
    inner: () => (network.allow.length > 0 ? 'allowed' : 'refused'),
  });
  const alerting = createAlerting({
    ...options,
    ...{ running, known, watch, now, signal },
    file: openAlertFile(configured.dataDir),
  });
  const publisher = createPublisher({
    config: running.now(),
    store,
    known,
    retractions: createKnownRetractions(store, kept.retractions.operator, now),
    lastKnownGood,
    archiveFiles: openArchiveFiles(configured.dataDir),
    work,
    documents: kept.documents,
    keptRetractions: kept.retractions,
    editions: kept.editions,
    now,
    report(report) {
      logPublishing(log, report);
      if (meter !== undefined) meterPublish(meter, report);
      alerting.published(report);
    },
  });
  const polling = createPolling({
    ...options,
    onPollStart: meter?.pollStarted,
    onPoll(source, report) {
      if (meter !== undefined) meterPoll(meter, source, report);
      options.onPoll?.(source, report);
    },
    running,
    store,
    isStoreAway: () => watch.outage() !== undefined,
    known,
    lists,
    fetcher,
    work,
    site: publisher.site,
    now,
    signal,
  });
  const { scheduler, pushing } = polling;
  const savePolls = createPollSaver(store, known);
  const sweep = createSweep({ running, lists, known, store, dataDir: configured.dataDir, now, log });

  async function apply(next: Config = running.written()): Promise<ConfigChanges> {
    await lists.follow(next.lists ?? []);
    const plan = running.plan(next, lists.states());
    // What the file says last: of too many the latest are masked.
    for (const config of [plan.config, next]) log.hide(secretsOf(config));
    logRefusedFeeds(log, running.now(), plan.config);
    await known.follow(polledOf(plan.config));
    const before = { network: running.now().network, userAgent: running.userAgent() };
    running.take(plan);
    const after = { network: running.now().network, userAgent: running.userAgent() };
    if (!saysTheSame(before, after)) fetcher.replace(newFetcher());
    publisher.follow(running.now());
    polling.follow();
    return plan.changes;
  }

  const status = () => runningStatus({ running, watch, known, lists, polling }, now());
  return {
    open: prepared.open,
    async load(signal) {
      await known.reload(running.polled(), signal);
      polling.begin();
    },
    scheduler,
    publisher,
    pushing,
    alerting,
    status,
    readings: (connections) => readingsOf({ status, scheduler, publisher, running, connections, clock }),
    config: running.now,
    apply,
    async readLists() {
      for (const source of running.lists()) await polling.pollList(source);
      await apply();
    },
    refuse: running.refuse,
    configState: running.state,
    savePolls,
    sweep: sweep.turn,
    stop: (graceMs) =>
      stopAll({ scheduler, pushing, alerting, store, savePolls, fetcher, work, abort, clock }, graceMs),
  };
}

interface Parts {
  readonly scheduler: Scheduler;
  readonly pushing: Pushing;
  readonly alerting: Alerting;
  readonly store: Store;
  readonly savePolls: () => Promise<void>;
  readonly fetcher: Fetcher;
  readonly work: UntrustedWork;
  readonly abort: AbortController;
  readonly clock: Clock;
}

async function stopAll(parts: Parts, graceMs: number): Promise<void> {
  const { scheduler, pushing, alerting, store, savePolls, fetcher, work, abort, clock } = parts;
  const drained = scheduler.stop();
  const waited = new AbortController();
  await Promise.race([drained, clock.sleep(graceMs, waited.signal).catch(() => undefined)]);
  waited.abort();
  abort.abort();
  work.close();
  await drained;
  await Promise.all([pushing.stop(), alerting.stop()]);
  await savePolls();
  await fetcher.close();
  await store.close();
}
