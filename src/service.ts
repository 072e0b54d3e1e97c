// The service: serves what stands, polls what is due, publishes what changed, until it is told to stop.
import { type App, type AppOptions, prepareApp } from './app.ts';
import type { ConfigFile } from './edge/config/config-file.ts';
import { createMetrics } from './edge/metrics/metrics.ts';
import { startTicker, type Ticker } from './edge/schedule/ticker.ts';
import type { Config } from './model/config.ts';
import type { ConfigState } from './model/config-state.ts';
import type { ConfigChanges } from './pipeline/config-changes.ts';
import { type ConfigFollower, followConfig, tellChanges } from './reload.ts';
import { createWebServers, type WebServers } from './web-servers.ts';

export interface ServiceOptions extends AppOptions {
  /** Where the configuration comes from again, at a reload and when its file changes; without it, it stays as it is. */
  readonly configFile?: ConfigFile;
}

export interface Service {
  readonly port: number;
  /** Resolves when what the store knows is read, and polls have begun. */
  readonly loaded: Promise<void>;
  /** Of `server.admin`; undefined where it is not configured. */
  readonly adminPort: number | undefined;
  /** Reads the configuration again and puts it in force; one with mistakes changes nothing and is told in the log. Never rejects. */
  reload(): Promise<void>;
  configState(): ConfigState;
  /** Drains for at most `graceMs`, then cuts. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Serves what was published last before the store is asked for anything; what it knows is read while we serve. Throws where the
 * address cannot be listened on, or where the store or the data folder cannot be used.
 */
export async function startService(config: Config, options: ServiceOptions): Promise<Service> {
  const metrics = createMetrics();
  const failed = (error: unknown) => options.log.error('tick-failed', { error });
  let beat: Beat | undefined;
  const app = await prepareApp(config, {
    ...options,
    meter: metrics,
    startsWithoutStore: true,
    onPoll: () => beat?.hurry(),
    onLists: () => void beat?.apply().then((changes) => changes && tellChanges(options.log, changes), failed),
  });
  const web = createWebServers(app, config, { ...options, metrics });
  const { port, adminPort } = await web.listen().catch(async (error: unknown) => {
    await app.stop(0);
    throw error;
  });
  await app.open().catch(async (error: unknown) => {
    await Promise.all([web.close(0), app.stop(0)]);
    throw error;
  });
  const stopping = new AbortController();
  const loaded = app.load(stopping.signal).catch(failed);
  const started = createBeat(app, { loaded, now: options.clock.now, failed });
  beat = started;
  const ticker = loaded.then(() => {
    if (stopping.signal.aborted) return undefined;
    started.turn();
    return startTicker(started.turn, failed);
  });
  const follower = followConfig({ ...options, apply: started.apply, refuse: app.refuse });
  return {
    port,
    adminPort,
    loaded,
    reload: follower.reload,
    configState: app.configState,
    async stop(graceMs) {
      stopping.abort();
      await stopService({ app, web, ticker: await ticker, beat: started, follower }, graceMs);
    },
  };
}

interface Beat {
  /** Starts polls that are due; publishes and saves what the last ones brought, unless the last turn still does. */
  turn(): void;
  /** A poll ended: a feed that has no document yet does not wait for the next turn. */
  hurry(): void;
  /** Puts another configuration, or other lists, in force between two turns, and begins the next. Undefined where we stop. */
  apply(config?: Config): Promise<ConfigChanges | undefined>;
  /** Begins nothing more; resolves when nothing of a turn is under way. */
  stop(): Promise<void>;
}

/** Time for other polls of the same moment to end too. */
const HURRY_MS = 50;

/** A host that has had its rest is not kept waiting for the next tick. */
const WAKE_MS_MAX = 1000;

interface BeatOptions {
  /** Resolves when what the store knows is read: nothing begins before. */
  readonly loaded: Promise<void>;
  readonly now: () => number;
  readonly failed: (error: unknown) => void;
}

function createBeat(app: App, { loaded, now, failed }: BeatOptions): Beat {
  const { scheduler, publisher, pushing, alerting, savePolls, sweep } = app;
  let working: Promise<void> | undefined = loaded.then(() => {
    working = undefined;
  });
  let stopped = false;
  let waking: NodeJS.Timeout | undefined;
  const pump = () => {
    scheduler.pump();
    wakeInTime();
  };
  const wakeInTime = () => {
    clearTimeout(waking);
    const inMs = (scheduler.nextStartAtMs() ?? Number.POSITIVE_INFINITY) - now();
    if (!stopped && inMs < WAKE_MS_MAX) waking = setTimeout(pump, Math.max(1, inMs)).unref();
  };
  const publishAndSave = async () => {
    await publisher.publishDue();
    await savePolls();
    await sweep();
  };
  const work = () => {
    if (stopped) return;
    working ??= publishAndSave()
      .catch(failed)
      .finally(() => {
        working = undefined;
      });
  };
  function turn(): void {
    pump();
    work();
    pushing.turn();
    alerting.turn();
  }

  async function apply(config?: Config): Promise<ConfigChanges | undefined> {
    while (working !== undefined) await working;
    if (stopped) return undefined;
    const applied = app.apply(config);
    working = applied
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => {
        working = undefined;
      });
    const changes = await applied;
    await working;
    turn();
    return changes;
  }

  return {
    turn,
    apply,
    hurry() {
      // Its slot is free a moment later.
      setImmediate(wakeInTime);
      if (publisher.missing().length > 0) setTimeout(work, HURRY_MS).unref();
    },
    async stop() {
      stopped = true;
      clearTimeout(waking);
      publisher.stop();
      await working;
    },
  };
}

interface Parts {
  readonly app: App;
  readonly web: WebServers;
  readonly ticker: Ticker | undefined;
  readonly beat: Beat;
  readonly follower: ConfigFollower;
}

async function stopService(parts: Parts, graceMs: number): Promise<void> {
  const { app, web, ticker, beat, follower } = parts;
  await Promise.all([ticker?.stop(), follower.stop()]);
  await Promise.all([web.close(graceMs), beat.stop().then(() => app.stop(graceMs))]);
}
