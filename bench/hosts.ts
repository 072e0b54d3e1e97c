// Many sources due at once on many hosts of loopback, over real sockets: whether the rules of hosts hold, counted by the server; what the
// service's memory and event loop make of it. The server is a process of its own.
// Run: node bench/hosts.ts [--sources N] [--hosts N] [--limit MB]   defaults: 10000 each. --limit: fails where the service takes more memory.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { createApp } from '../src/app.ts';
import { parseConfig } from '../src/edge/config/load-config.ts';
import { systemClock } from '../src/edge/ops/clock.ts';
import { createLog } from '../src/edge/ops/log.ts';

const ANSWER_MS = 20;
const GAP_MS = 400;
/** Our clock and the server's differ by what a request takes to get there, and by how late our loop was when it was sent. */
const TOLERANCE_MS = 50;
const ITEMS = 5;

const { values } = parseArgs({
  options: {
    sources: { type: 'string', default: '10000' },
    hosts: { type: 'string', default: '10000' },
    limit: { type: 'string' },
    server: { type: 'boolean', default: false },
  },
});

interface Tally {
  readonly polls: number;
  readonly hosts: number;
  /** Requests that came while another of their host was answered. */
  readonly atOnce: number;
  /** The shortest time between two requests to one host, in ms. */
  readonly closestMs: number;
  readonly mostAtOnce: number;
}

if (values.server) serve();
else await measure(Number(values.sources), Number(values.hosts));

function serve(): void {
  const hosts = new Map<string, { running: number; startedMs: number }>();
  let [polls, atOnce, closestMs, running, mostAtOnce] = [0, 0, Number.MAX_VALUE, 0, 0];
  const server = createServer((request, response) => {
    if (request.url === '/.well-known/tdmrep.json') return void response.writeHead(404).end();
    const name = request.headers.host ?? '';
    const host = hosts.get(name) ?? { running: 0, startedMs: Number.NEGATIVE_INFINITY };
    const nowMs = performance.now();
    polls += 1;
    running += 1;
    mostAtOnce = Math.max(mostAtOnce, running);
    if (host.running > 0) atOnce += 1;
    closestMs = Math.min(closestMs, nowMs - host.startedMs);
    hosts.set(name, { running: host.running + 1, startedMs: nowMs });
    setTimeout(() => {
      const now = hosts.get(name);
      if (now !== undefined) now.running -= 1;
      running -= 1;
      response
        .writeHead(200, { 'content-type': 'application/rss+xml', etag: '"1"' })
        .end(feed(name + request.url));
    }, ANSWER_MS);
  });
  server.listen(0, '0.0.0.0', 4096, () => process.send?.((server.address() as AddressInfo).port));
  process.on('message', () =>
    process.send?.({ polls, hosts: hosts.size, atOnce, closestMs, mostAtOnce } satisfies Tally),
  );
  process.on('disconnect', () => process.exit());
}

function feed(name: string): string {
  const items = Array.from(
    { length: ITEMS },
    (_, n) =>
      `<item><guid>http://${name}/${n}</guid><title>${name} ${n}</title><description>A text of this item.</description></item>`,
  );
  return `<rss version="2.0"><channel><title>${name}</title><link>http://${name}/</link><description/>${items.join('')}</channel></rss>`;
}

async function measure(sources: number, hosts: number): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tributary-hosts-'));
  const server = fork(import.meta.filename, ['--server']);
  const [port] = (await once(server, 'message')) as [number];
  const config = parseConfig(yaml(folder, sources, hosts, port), {
    file: 'tributary.yaml',
    env: {},
    cwd: folder,
  });
  const before = process.memoryUsage().rss;
  const app = await createApp(config, {
    clock: systemClock,
    log: createLog({ level: 'error', pretty: false, secrets: [], destination: process.stderr }),
  });
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 100);
  const startedMs = performance.now();
  await app.scheduler.pollAll((ms) => systemClock.sleep(ms));
  const tookMs = performance.now() - startedMs;
  clearInterval(watch);
  delays.disable();
  server.send('tally');
  const [tally] = (await once(server, 'message')) as [Tally];
  await app.stop(0);
  server.disconnect();
  await rm(folder, { recursive: true });

  const mb = (bytes: number) => Math.round(bytes / 1e6);
  console.log(
    `${sources} sources on ${hosts} hosts: ${tally.polls} polls of ${tally.hosts} hosts in ${(tookMs / 1000).toFixed(1)} s`,
  );
  console.log(
    `most at once ${tally.mostAtOnce}; beside another of their host ${tally.atOnce}; two to one host no closer than ${tally.closestMs.toFixed(0)} of ${GAP_MS} ms`,
  );
  console.log(
    `memory ${mb(before)} MB before, ${mb(most)} MB at most; ${((most - before) / sources / 1000).toFixed(1)} KB a source`,
  );
  console.log(
    `the loop's lag: median ${(delays.percentile(50) / 1e6).toFixed(1)} ms, p99 ${(delays.percentile(99) / 1e6).toFixed(1)} ms, most ${(delays.max / 1e6).toFixed(1)} ms`,
  );
  const isRested = tally.closestMs >= GAP_MS - TOLERANCE_MS - delays.max / 1e6;
  const isKept = tally.polls === sources && tally.hosts === hosts && tally.atOnce === 0 && isRested;
  if (!isKept) console.log('a rule was broken');
  const isTooMuch = values.limit !== undefined && mb(most) > Number(values.limit);
  if (isTooMuch) console.log(`more than ${values.limit} MB`);
  process.exitCode = isKept && !isTooMuch ? 0 : 1;
}

function yaml(folder: string, sources: number, hosts: number, port: number): string {
  const address = (n: number) => `127.${1 + Math.floor(n / 65_536)}.${Math.floor(n / 256) % 256}.${n % 256}`;
  const list = Array.from(
    { length: sources },
    (_, n) => `  - { id: s${n}, url: 'http://${address(n % hosts)}:${port}/${n}' }`,
  );
  return `
dataDir: ${folder}/data
store: sqlite:${folder}/store.db
network: { allow: [127.0.0.0/8], perHost: { gap: ${GAP_MS}ms } }
sources:
${list.join('\n')}
feeds: [{ id: all, title: All }]
`;
}
