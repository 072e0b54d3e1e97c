// The servers of the service: one for readers, and, where `server.admin` is configured, one for who runs it, which alone
// answers `/status` and `/metrics` then.
import type { App, AppOptions } from './app.ts';
import { createExposition } from './edge/metrics/exposition.ts';
import type { Metrics } from './edge/metrics/metrics.ts';
import { createWebServer, type WebServer, type WebServerOptions } from './edge/serve/web-server.ts';
import type { Config } from './model/config.ts';
import { createStatusDocuments } from './pipeline/status-documents.ts';

export interface WebServers {
  /** Throws where one of the addresses cannot be had. Once only. */
  listen(): Promise<{ readonly port: number; readonly adminPort: number | undefined }>;
  /** As of one server. */
  close(graceMs: number): Promise<void>;
}

const METRICS_PATH = 'metrics';

export function createWebServers(
  app: App,
  { server: { host, port, admin } }: Config,
  { clock, log, metrics }: Pick<AppOptions, 'clock' | 'log'> & { readonly metrics: Metrics },
): WebServers {
  const servers: WebServer[] = [];
  const connections = () => servers.reduce((sum, server) => sum + server.connectionCount(), 0);
  const exposition = createExposition(metrics.families(app.readings(connections)));
  const published = { ...publishedBy(app), log, observe: metrics.answered };
  const forOperators = {
    live: createStatusDocuments(app.status, clock.now),
    liveLater: (path: string) => (path === METRICS_PATH ? exposition() : undefined),
  };
  const forReaders = createWebServer({
    ...published,
    ...(admin === undefined && forOperators),
    callbacks: app.pushing.callbacks,
    host,
    port,
  });
  servers.push(forReaders);
  // Whoever may look at the status may look at everything else: its links lead there.
  const forAdmin =
    admin &&
    createWebServer({ ...published, ...forOperators, ...admin, keys: 'server.admin', basePath: () => '/' });
  if (forAdmin !== undefined) servers.push(forAdmin);

  return {
    async listen() {
      const listening = await forReaders.listen();
      const administered = await forAdmin?.listen().catch(async (error: unknown) => {
        await forReaders.close(0);
        throw error;
      });
      return { port: listening.port, adminPort: administered?.port };
    },
    async close(graceMs) {
      await Promise.all(servers.map((server) => server.close(graceMs)));
    },
  };
}

function publishedBy(app: App): Omit<WebServerOptions, 'host' | 'port' | 'log'> {
  return {
    basePath: () => new URL(app.config().server.publicUrl).pathname,
    publicUrl: () => app.config().server.publicUrl,
    site: app.publisher.site,
    archived: app.publisher.archived,
    feeds: () => app.config().feeds,
    redirects: () => app.config().redirects ?? [],
    readiness: () => {
      const missing = app.publisher.missing();
      // The first page follows the feeds a moment later: who waits for us to be ready expects it too.
      return { ready: missing.length === 0 && app.publisher.site().has('index.html'), missing };
    },
  };
}
