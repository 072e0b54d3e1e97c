// The service over lists of feeds, on real sockets under a clock that the test moves: `*.test` leads to one publisher's server on
// loopback after the guard said yes; turned by hand.
import { type App, createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { createLog } from '../../src/edge/ops/log.ts';
import { type Origin, startOrigin } from '../e2e/origin.ts';
import { type Folder, temporaryFolder } from '../e2e/tributary.ts';
import { createTestClock, type TestClock } from '../ops/test-clock.ts';
import { collector, type LogLine } from './log-lines.ts';
import { until } from './push-world.ts';

export interface ListWorld extends AsyncDisposable {
  readonly app: App;
  readonly clock: TestClock;
  readonly origin: Origin;
  readonly folder: Folder;
  readonly log: readonly LogLine[];
  /** Writes a line into the log, as any part of the service may. */
  say(message: string): void;
  /** Starts what is due and takes up what came of it, again until nothing more is due. The clock stands. */
  settle(): Promise<void>;
  /** What is due, published and swept, and a day later. */
  day(): Promise<void>;
  /** Puts another configuration in force. */
  apply(yaml: string): Promise<void>;
  /** Ends it and starts it again over the same store and documents, with another configuration if need be. */
  restart(yaml?: string): Promise<void>;
}

export const LIST_TYPE = 'text/x-opml';

export function opml(...outlines: readonly string[]): string {
  return `<opml version="2.0"><head><title>L</title></head><body>${outlines.join('')}</body></opml>`;
}

export function outline(xmlUrl: string, text = xmlUrl): string {
  return `<outline type="rss" text="${text}" xmlUrl="${xmlUrl}"/>`;
}

/** `yaml`: sources, feeds and what else. */
export async function listWorld(yaml: string, origin?: Origin): Promise<ListWorld> {
  const clock = createTestClock();
  const at = origin ?? (await startOrigin());
  const port = Number(new URL(at.url).port);
  const folder = await temporaryFolder();
  const lines: LogLine[] = [];
  const log = createLog({ level: 'info', pretty: false, secrets: [], destination: collector(lines) });
  const network = {
    resolve: async () => ['93.184.216.34'],
    dial: () => ({ host: '127.0.0.1', port }),
  };
  const configOf = (text: string) =>
    parseConfig(
      `
server: { publicUrl: 'https://feeds.example/' }
dataDir: ${folder.path}/data
store: sqlite:${folder.path}/store.db
network: { perHost: { gap: 0s }, timeout: 5s }
${text}`,
      { file: `${folder.path}/tributary.yaml`, env: {}, cwd: folder.path },
    );
  let isListChanged = false;
  const start = (text: string) =>
    createApp(configOf(text), {
      clock,
      log,
      network,
      onLists: () => {
        isListChanged = true;
      },
    });
  let written = yaml;
  let app = await start(written);

  async function turn(): Promise<number> {
    const started = app.scheduler.pump();
    await until(() => app.scheduler.status().running === 0, 'the polls to end');
    if (isListChanged) {
      isListChanged = false;
      await app.apply();
    }
    await app.publisher.publishDue();
    await app.savePolls();
    await app.sweep();
    return started;
  }

  return {
    get app() {
      return app;
    },
    clock,
    origin: at,
    folder,
    log: lines,
    say: (message) => log.info('said', { message }),
    async settle() {
      // Those that are new are spread over the first moments after a start.
      for (let quiet = 0; quiet < 3; ) {
        quiet = (await turn()) === 0 ? quiet + 1 : 0;
        await clock.advance(1000);
      }
    },
    async day() {
      await turn();
      await clock.advance(24 * 3_600_000);
    },
    async apply(text) {
      written = text;
      await app.apply(configOf(text));
    },
    async restart(text = written) {
      written = text;
      await app.stop(0);
      app = await start(text);
    },
    async [Symbol.asyncDispose]() {
      await app.stop(0);
      await at[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
