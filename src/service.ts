// The service: serves what stands, polls what is due, publishes what changed, until it is told to stop.
import { type App, type AppOptions, createApp } from './app.ts';
import { startTicker, type Ticker } from './edge/schedule/ticker.ts';
import { createWebServer, type WebServer } from './edge/serve/web-server.ts';
import type { Config } from './model/config.ts';

export interface Service {
  readonly port: number;
  /** Drains for at most `graceMs`, then cuts. */
  stop(graceMs: number): Promise<void>;
}

/** Throws where the address cannot be listened on, or where the store or the data folder cannot be used. */
export async function startService(config: Config, options: AppOptions): Promise<Service> {
  const app = await createApp(config, options);
  const server = createWebServer({
    host: config.server.host,
    port: config.server.port,
    basePath: new URL(config.server.publicUrl).pathname,
    site: app.publisher.site,
    feedIds: () => config.feeds.map((feed) => feed.id),
    readiness: () => {
      const missing = app.publisher.missing();
      return { ready: missing.length === 0, missing };
    },
    log: options.log,
  });
  const { port } = await server.listen().catch(async (error: unknown) => {
    await app.stop(0);
    throw error;
  });
  const beat = createBeat(app);
  await beat.turn();
  const ticker = startTicker(beat.turn);
  return { port, stop: (graceMs) => stopService({ app, server, ticker, beat }, graceMs) };
}

interface Beat {
  /** Starts polls that are due; publishes and saves what the last ones brought, unless the last turn still does. */
  turn(): Promise<void>;
  /** Resolves when nothing of a turn is under way. */
  settled(): Promise<void>;
}

function createBeat({ scheduler, publisher, savePolls }: App): Beat {
  let working: Promise<void> | undefined;
  const work = async () => {
    await publisher.publishDue();
    await savePolls();
  };
  return {
    async turn() {
      scheduler.pump();
      working ??= work().finally(() => {
        working = undefined;
      });
    },
    async settled() {
      await working;
    },
  };
}

interface Parts {
  readonly app: App;
  readonly server: WebServer;
  readonly ticker: Ticker;
  readonly beat: Beat;
}

async function stopService({ app, server, ticker, beat }: Parts, graceMs: number): Promise<void> {
  await ticker.stop();
  await Promise.all([server.close(graceMs), beat.settled().then(() => app.stop(graceMs))]);
}
