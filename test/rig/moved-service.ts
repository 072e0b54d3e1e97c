// The service composed in process, on a clock that the test moves: real sources over HTTP, real documents on disk, a real store.
import { type App, createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { systemClock } from '../../src/edge/ops/clock.ts';
import { createLog } from '../../src/edge/ops/log.ts';
import { createStatusDocuments } from '../../src/pipeline/status-documents.ts';
import { collector, type LogLine } from './log-lines.ts';

export interface MovedClock {
  /** Milliseconds since 1970. */
  nowMs: number;
}

export interface MovedServiceOptions {
  readonly clock: MovedClock;
  /** The address of a store. */
  readonly store: string;
  readonly dataDir: string;
  /** By id, where they are. */
  readonly sources: Readonly<Record<string, string>>;
  /** How often each is polled. */
  readonly every?: string;
  /** How many items are known of each. */
  readonly items?: number;
}

export interface PublishedItem {
  readonly id: string;
  readonly title: string;
  readonly date_published: string;
}

export interface MovedService extends AsyncDisposable {
  readonly app: App;
  readonly log: readonly LogLine[];
  events(event: string): readonly LogLine[];
  /** Moves the clock, polls what is due then, publishes and saves, as the service does within a second of it. */
  turn(ms: number): Promise<void>;
  /** Everything published but pages made on demand: entity tags and bytes, by path. */
  documents(): ReadonlyMap<string, string>;
  items(): readonly PublishedItem[];
  /** `/status.html` and `/status.json`. */
  status(path: 'status.html' | 'status.json'): string;
  stop(): Promise<void>;
}

export async function startMoved(options: MovedServiceOptions): Promise<MovedService> {
  const { clock, every = '1h', items = 50 } = options;
  const sources = Object.entries(options.sources).map(
    ([id, url]) => `{ id: ${id}, url: '${url}', every: ${every}, items: ${items} }`,
  );
  const text = `server: { publicUrl: 'https://feeds.example/' }
dataDir: ${options.dataDir}
store: '${options.store}'
network: { allow: [127.0.0.1], perHost: { concurrency: 8, gap: 0s } }
sources: [${sources.join(', ')}]
feeds: [{ id: all, title: All }]
`;
  const config = parseConfig(text, { file: 'tributary.yaml', env: {}, cwd: '/' });
  const log: LogLine[] = [];
  const now = () => clock.nowMs;
  const app = await createApp(config, {
    clock: { ...systemClock, now, monotonic: now },
    log: createLog({ level: 'info', pretty: false, secrets: [], destination: collector(log) }),
    startsWithoutStore: true,
  });
  const { scheduler, publisher } = app;
  let isStopped = false;
  async function stop(): Promise<void> {
    if (isStopped) return;
    isStopped = true;
    await app.stop(1000);
  }
  return {
    app,
    log,
    events: (event) => log.filter((line) => line.event === event),
    async turn(ms) {
      clock.nowMs += ms;
      await pollsEnd(scheduler);
      await publisher.publishDue();
      await app.savePolls();
      await app.sweep();
    },
    documents: () =>
      new Map(
        [...publisher.site()].map(
          ([path, { etag, body }]) => [path, `${etag} ${Buffer.from(body)}`] as const,
        ),
      ),
    items() {
      const document = publisher.site().get('feeds/all.json');
      if (document === undefined) return [];
      return (JSON.parse(Buffer.from(document.body).toString()) as { items: PublishedItem[] }).items;
    },
    status: (path) => createStatusDocuments(app.status, now)(path)?.text ?? '',
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

const PATIENCE_MS = 30_000;

async function pollsEnd(scheduler: App['scheduler']): Promise<void> {
  const endMs = performance.now() + PATIENCE_MS;
  for (;;) {
    scheduler.pump();
    const { running, queued } = scheduler.status();
    if (running + queued === 0) return;
    if (performance.now() > endMs) throw new Error('a poll does not end');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
