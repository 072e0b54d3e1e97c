// nginx limits how often it is asked (limit_req, 429), and the whole of us keeps off: the app over real sockets.
import { describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import { createLog } from '../../src/edge/ops/log.ts';
import { rss } from '../e2e/origin.ts';
import { temporaryFolder, until } from '../e2e/tributary.ts';
import { createTestClock, type TestClock } from '../ops/test-clock.ts';
import { answer, startEvilSource } from '../rig/evil-source.ts';
import { collector, type LogLine } from '../rig/log-lines.ts';
import { hasNoNginx, startNginx } from '../rig/nginx.ts';

const FEED = rss('A', [{ guid: '1', title: 'One', link: 'https://a.example/1' }]);

interface Running extends AsyncDisposable {
  readonly app: App;
  readonly clock: TestClock;
  readonly polls: () => readonly string[];
  /** Pumps, and waits until nothing runs. */
  turn(ms?: number): Promise<void>;
}

async function start(
  folder: string,
  sources: string,
  dial: () => { host: string; port: number },
  startMs = Date.UTC(2026, 10, 20),
): Promise<Running> {
  const clock = createTestClock(startMs);
  const lines: LogLine[] = [];
  const config = parseConfig(
    `
dataDir: ${folder}/data
store: sqlite:${folder}/store.db
network: { perHost: { gap: 0s } }
sources:
${sources}
feeds: [{ id: all, title: All }]
`,
    { file: 'tributary.yaml', env: {}, cwd: folder },
  );
  const log = createLog({ level: 'debug', pretty: false, secrets: [], destination: collector(lines) });
  const app = await createApp(config, {
    clock,
    log,
    network: { resolve: async () => ['93.184.216.34'], dial },
  });
  const isIdle = () => app.scheduler.status().running === 0;
  return {
    app,
    clock,
    polls: () =>
      lines.filter(({ event }) => event === 'poll').map(({ source, outcome }) => `${source}: ${outcome}`),
    async turn(ms = 0) {
      if (ms > 0) await clock.advance(ms);
      app.scheduler.pump();
      await until(isIdle, 'the end of the polls');
    },
    [Symbol.asyncDispose]: () => app.stop(0),
  };
}

const source = (id: string, host: string) => `  - { id: ${id}, url: 'http://${host}/${id}', every: 1h }\n`;

describe('refusals of real servers', () => {
  it.skipIf(hasNoNginx)('A13: a limit of nginx stops its whole host, and nobody else', async () => {
    await using folder = await temporaryFolder();
    await using nginx = await startNginx({
      http: 'limit_req_zone $host zone=polls:1m rate=1r/m; limit_req_status 429;',
      server: 'location / { limit_req zone=polls; }',
    });
    for (const id of ['a', 'b', 'c', 'd', 'other']) await nginx.publish(id, FEED, 1e9);
    const sources =
      ['a', 'b', 'c', 'd'].map((id) => source(id, 'limited.test')).join('') + source('other', 'other.test');
    await using running = await start(folder.path, sources, () => ({ host: '127.0.0.1', port: nginx.port }));
    await running.turn(60_000);
    await running.turn();
    const counts = Map.groupBy(running.polls(), (line) => line.split(': ')[1]);
    // One that nginx lets through and one that it refuses; after that nobody asks.
    expect(counts.get('updated')).toHaveLength(2);
    expect(counts.get('rate-limited')).toHaveLength(1);
    expect(running.app.scheduler.status()).toMatchObject({
      queued: 2,
      pauses: [
        { scope: 'host', name: 'limited.test', status: 429 },
        { scope: 'domain', name: 'limited.test' },
      ],
    });
  });

  it('A13: what a server asks for holds over a restart', async () => {
    await using folder = await temporaryFolder();
    await using evil = await startEvilSource();
    evil.on('*', answer({ status: 429, headers: { 'Retry-After': '7200' } }));
    const sources = ['a', 'b', 'c'].map((id) => source(id, `${id}.limited.test`)).join('');
    {
      await using running = await start(folder.path, sources, evil.dial);
      await running.turn(60_000);
      // Polls of one domain's hosts that began together are all refused; none follows.
      expect(running.polls()).toHaveLength(3);
      await running.app.savePolls();
    }
    const asked = evil.requests.length;
    evil.on('*', answer({ body: FEED }));
    await using running = await start(folder.path, sources, evil.dial, Date.UTC(2026, 10, 20, 0, 5));
    expect(
      running.app.scheduler
        .status()
        .pauses.map(({ scope, name }) => `${scope} ${name}`)
        .toSorted(),
    ).toEqual(['domain limited.test', 'host a.limited.test', 'host b.limited.test', 'host c.limited.test']);
    // Refused at 00:01; now it is 00:05.
    await running.turn(115 * 60_000);
    expect(evil.requests.length).toBe(asked);
    // Each source comes back at a moment of its own.
    await running.turn(2 * 60 * 60_000);
    expect(running.polls()).toEqual(expect.arrayContaining(['a: updated', 'b: updated', 'c: updated']));
    expect(running.app.scheduler.status().pauses).toEqual([]);
  });
});
