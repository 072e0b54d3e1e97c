// What many idle and many slow readers cost: memory of the server's process, and whether others are answered meanwhile.
// Run: node bench/connections.ts [--idle N] [--slow N] [--limit MB]   defaults: 10000, 500. --limit: fails where either takes more memory.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createWebServer } from '../src/edge/serve/web-server.ts';
import type { Rendition } from '../src/model/edition.ts';
import { feedId } from '../src/model/ids.ts';
import { timestampOfClock } from '../src/model/timestamp.ts';

/** The most that a document of ours may have, about. */
const BODY_BYTES = 5_000_000;
const SANE_REQUESTS = 500;
/** So many are opened at once: more than the queue of a listening socket are dropped. */
const BATCH = 200;
const GET = 'GET /feeds/city.rss HTTP/1.1\r\nHost: feeds.example\r\n';

const { values } = parseArgs({
  options: {
    idle: { type: 'string', default: '10000' },
    slow: { type: 'string', default: '500' },
    limit: { type: 'string' },
    server: { type: 'boolean', default: false },
  },
});

interface State {
  readonly rss: number;
  readonly connections: number;
}

if (values.server) serve();
else await measure(Number(values.idle), Number(values.slow));

function serve(): void {
  const body = Buffer.alloc(BODY_BYTES, 'x');
  const document: Rendition = {
    path: 'feeds/city.rss',
    mediaType: 'application/rss+xml; charset=utf-8',
    body,
    gzip: gzipSync(body),
    etag: '"a"',
    gzipEtag: '"a-gzip"',
    brotli: brotliCompressSync(body),
    brotliEtag: '"a-br"',
    changedAt: timestampOfClock(0),
  };
  const site = new Map([[document.path, document]]);
  const feeds = [{ id: feedId('city') }];
  const log = () => {};
  const server = createWebServer({
    host: '127.0.0.1',
    port: 0,
    site: () => site,
    feeds: () => feeds,
    readiness: () => ({ ready: true, missing: [] }),
    log: { debug: log, info: log, warn: log, error: log },
    // A slow machine opens ten thousand connections for longer than they may be idle.
    limits: { keepAliveTimeoutMs: 600_000, writeDeadlineMs: 600_000 },
  });
  void server.listen().then(({ port }) => process.send?.(port));
  process.on('message', () => {
    for (let round = 0; round < 3; round += 1) globalThis.gc?.();
    process.send?.({ rss: process.memoryUsage.rss(), connections: server.connectionCount() } satisfies State);
  });
  process.on('disconnect', () => process.exit());
}

async function measure(idleCount: number, slowCount: number): Promise<void> {
  const child = fork(import.meta.filename, ['--server'], {
    execArgv: ['--no-warnings', '--expose-gc', '--max-semi-space-size=4'],
  });
  const [port] = (await once(child, 'message')) as [number];
  const state = async (): Promise<State> => {
    child.send('state');
    return ((await once(child, 'message')) as [State])[0];
  };
  await sane(port);
  const before = await state();
  const alone = await sane(port);

  const idle = await openAll(port, idleCount, async (socket) => {
    socket.write(`${GET}If-None-Match: *\r\n\r\n`);
    await once(socket, 'data');
  });
  const withIdle = await state();
  const besideIdle = await sane(port);
  for (const socket of idle) socket.destroy();
  while ((await state()).connections > 0) await new Promise((resolve) => setTimeout(resolve, 50));

  const between = await state();
  const slow = await openAll(port, slowCount, async (socket) => {
    socket.pause();
    socket.write(`${GET}\r\n`);
    await once(socket, 'readable');
    socket.read(1);
  });
  const withSlow = await state();
  const besideSlow = await sane(port);
  for (const socket of slow) socket.destroy();
  child.disconnect();

  const mb = (bytes: number) => bytes / 1e6;
  const [ofIdle, ofSlow] = [mb(withIdle.rss - before.rss), mb(withSlow.rss - between.rss)];
  const ms = ({ p99 }: { p99: number }) => `${p99.toFixed(1)} ms`;
  console.log(`memory before: ${mb(before.rss).toFixed(0)} MB; a 304 alone: p99 ${ms(alone)}`);
  console.log(
    `${withIdle.connections} idle connections: ${ofIdle.toFixed(1)} MB more, ${((ofIdle / idleCount) * 1000).toFixed(1)} KB each; p99 beside them ${ms(besideIdle)}`,
  );
  console.log(
    `${withSlow.connections} slow readers of ${mb(BODY_BYTES)} MB each: ${ofSlow.toFixed(1)} MB more; p99 beside them ${ms(besideSlow)}`,
  );
  const areThere = withIdle.connections >= idleCount && withSlow.connections >= slowCount;
  if (!areThere) console.log('some connections were not kept');
  const isTooMuch = values.limit !== undefined && Math.max(ofIdle, ofSlow) > Number(values.limit);
  if (isTooMuch) console.log(`more than ${values.limit} MB`);
  process.exitCode = areThere && !isTooMuch ? 0 : 1;
}

async function openAll(
  port: number,
  count: number,
  begin: (socket: Socket) => Promise<void>,
): Promise<readonly Socket[]> {
  const sockets: Socket[] = [];
  const one = async () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    await begin(socket);
    sockets.push(socket);
  };
  while (sockets.length < count)
    await Promise.all(Array.from({ length: Math.min(BATCH, count - sockets.length) }, one));
  return sockets;
}

/** One client that asks and waits, again and again. */
async function sane(port: number): Promise<{ readonly p99: number }> {
  const socket = connect(port, '127.0.0.1');
  const took: number[] = [];
  for (let request = 0; request < SANE_REQUESTS; request += 1) {
    const startedMs = performance.now();
    socket.write(`${GET}If-None-Match: *\r\n\r\n`);
    await once(socket, 'data');
    took.push(performance.now() - startedMs);
  }
  socket.destroy();
  return { p99: took.toSorted((a, b) => a - b)[Math.floor(SANE_REQUESTS * 0.99)] ?? Number.NaN };
}
