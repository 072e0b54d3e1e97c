// What serving costs beside nginx with the same files: CPU per request as the kernel counts it, over keep-alive connections, for bodies and
// for 304s. Each server is a process of its own, asked in turns by one client.
// Run: node bench/serve.ts [--requests N] [--rounds N] [--limit FACTOR]   defaults: 20000, 5. --limit: fails above FACTOR times the goals.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createWebServer } from '../src/edge/serve/web-server.ts';
import type { Rendition } from '../src/model/edition.ts';
import { feedId } from '../src/model/ids.ts';
import { timestampOfClock } from '../src/model/timestamp.ts';

/** Times nginx's CPU per request (docs/DESIGN, Speed). */
const GOALS = { body: 1.3, 'not-modified': 2.0 } as const;
const CONNECTIONS = 16;
const CHANGED_AT_MS = Date.UTC(2026, 2, 4, 5, 6, 7);

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '5' },
    limit: { type: 'string' },
    server: { type: 'boolean', default: false },
  },
});

interface Kind {
  readonly name: string;
  readonly goal: keyof typeof GOALS;
  readonly headers: (etag: string) => string;
  readonly status: number;
}

const KINDS: readonly Kind[] = [
  { name: 'body, 300 KB plain', goal: 'body', headers: () => '', status: 200 },
  { name: 'body, gzip', goal: 'body', headers: () => 'Accept-Encoding: gzip\r\n', status: 200 },
  {
    name: '304, plain',
    goal: 'not-modified',
    headers: (etag) => `If-None-Match: ${etag}\r\n`,
    status: 304,
  },
  {
    name: '304, as readers ask',
    goal: 'not-modified',
    headers: (etag) =>
      `User-Agent: Reader/1.0\r\nAccept: application/rss+xml, application/xml;q=0.9, */*;q=0.8\r\nAccept-Encoding: gzip, deflate, br\r\nIf-None-Match: ${etag}\r\nIf-Modified-Since: ${new Date(CHANGED_AT_MS).toUTCString()}\r\n`,
    status: 304,
  },
];

if (values.server) serve();
else await measure(Number(values.requests), Number(values.rounds));

/** A feed of 100 items of ordinary length. */
function feedText(): string {
  const words = 'harbour ferry council tram library market lantern depot winter island bridge museum'.split(
    ' ',
  );
  let seed = 7;
  const word = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return `${words[seed % words.length]}${seed % 97}`;
  };
  const text = (length: number) => Array.from({ length }, word).join(' ');
  const items = Array.from(
    { length: 100 },
    (_, n) =>
      `<item><title>${text(6)}</title><guid>https://a.example/${n}</guid><description>${text(320)}</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>City</title>${items.join('\n')}</channel></rss>`;
}

function serve(): void {
  const body = Buffer.from(feedText());
  const document: Rendition = {
    path: 'feeds/city.rss',
    mediaType: 'application/rss+xml; charset=utf-8',
    body,
    gzip: gzipSync(body),
    etag: '"0123456789abcdefghijklmnopq"',
    gzipEtag: '"0123456789abcdefghijklmnopq-gzip"',
    brotli: brotliCompressSync(body),
    brotliEtag: '"0123456789abcdefghijklmnopq-br"',
    changedAt: timestampOfClock(CHANGED_AT_MS),
  };
  const site = new Map([[document.path, document]]);
  const feeds = [{ id: feedId('city') }];
  const log = () => {};
  const server = createWebServer({
    host: '127.0.0.1',
    port: 0,
    site: () => site,
    feeds: () => feeds,
    publicUrl: () => 'https://feeds.example/',
    readiness: () => ({ ready: true, missing: [] }),
    log: { debug: log, info: log, warn: log, error: log },
  });
  void server.listen().then(({ port }) => process.send?.(port));
  process.on('disconnect', () => process.exit());
}

async function measure(requests: number, rounds: number): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'tributary-serve-'));
  const nginxPort = await startNginx(folder);
  const child = fork(import.meta.filename, ['--server']);
  const [ourPort] = (await once(child, 'message')) as [number];
  const nginxPid = Number(await readFile(path.join(folder, 'pid'), 'utf8'));
  const contestants = [
    { name: 'nginx', pid: nginxPid, port: nginxPort },
    { name: 'ours', pid: child.pid ?? 0, port: ourPort },
  ] as const;
  let isOver = false;
  for (const kind of KINDS) {
    const costs: Record<string, number[]> = { nginx: [], ours: [] };
    for (let round = 0; round <= rounds; round += 1) {
      for (const { name, pid, port } of contestants) {
        const etag = await etagAt(port, kind.name === '304, as readers ask');
        const before = await cpuMicroseconds(pid);
        await ask(port, requests, kind, etag);
        const perRequest = ((await cpuMicroseconds(pid)) - before) / requests;
        // The first warms up.
        if (round > 0) costs[name]?.push(perRequest);
      }
    }
    const [nginx, ours] = [median(costs['nginx'] ?? []), median(costs['ours'] ?? [])];
    const goal = GOALS[kind.goal];
    if (values.limit !== undefined && ours / nginx > goal * Number(values.limit)) isOver = true;
    console.log(
      `${kind.name.padEnd(20)} nginx ${nginx.toFixed(1).padStart(6)} µs, ours ${ours.toFixed(1).padStart(6)} µs: ${(ours / nginx).toFixed(2)} times (goal ${goal})`,
    );
  }
  child.disconnect();
  process.kill(nginxPid, 'SIGTERM');
  await rm(folder, { recursive: true });
  if (isOver) console.log(`more than ${values.limit} times a goal`);
  process.exitCode = isOver ? 1 : 0;
}

async function startNginx(folder: string): Promise<number> {
  const text = feedText();
  for (const [name, bytes] of [
    ['city.rss', text],
    ['city.rss.gz', gzipSync(text)],
    ['city.rss.br', brotliCompressSync(text)],
  ] as const) {
    await writeFile(path.join(folder, name), bytes);
    await utimes(path.join(folder, name), CHANGED_AT_MS / 1000, CHANGED_AT_MS / 1000);
  }
  const port = await freePort();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join('\n');
  await writeFile(
    path.join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events { worker_connections 256; }
http {
  ${temporary}
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; gzip_static on; gzip_vary on; etag on;
  types { application/rss+xml rss; }
  add_header Cache-Control "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400";
  add_header Access-Control-Allow-Origin "*";
  add_header X-Content-Type-Options nosniff;
  server { listen 127.0.0.1:${port}; location /feeds/ { alias ${folder}/; } }
}
`,
  );
  spawn('nginx', ['-c', path.join(folder, 'nginx.conf'), '-p', folder, '-e', 'stderr'], { stdio: 'ignore' });
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/feeds/city.rss`).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) return port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function etagAt(port: number, zipped: boolean): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/feeds/city.rss`, {
    headers: { 'accept-encoding': zipped ? 'gzip, deflate, br' : 'identity' },
  });
  await response.arrayBuffer();
  return response.headers.get('etag') ?? '';
}

/** Every request waits for the last one's answer on its connection. */
async function ask(port: number, requests: number, kind: Kind, etag: string): Promise<void> {
  const request = `GET /feeds/city.rss HTTP/1.1\r\nHost: feeds.example\r\n${kind.headers(etag)}\r\n`;
  let left = requests;
  const one = () =>
    new Promise<void>((resolve, reject) => {
      const socket: Socket = connect(port, '127.0.0.1');
      let awaited = 0;
      const next = () => {
        if (left === 0) {
          socket.destroy();
          resolve();
          return;
        }
        left -= 1;
        socket.write(request);
      };
      socket.on('data', (chunk: Buffer) => {
        if (awaited === 0) {
          const end = chunk.indexOf('\r\n\r\n');
          const head = chunk.toString('latin1', 0, end);
          if (!head.startsWith(`HTTP/1.1 ${kind.status} `)) reject(new Error(head));
          const length = kind.status === 304 ? 0 : Number(/content-length: (\d+)/i.exec(head)?.[1]);
          awaited = length - (chunk.length - end - 4);
        } else awaited -= chunk.length;
        if (awaited === 0) next();
      });
      socket.on('error', reject);
      socket.on('connect', next);
    });
  await Promise.all(Array.from({ length: CONNECTIONS }, one));
}

/** Of all threads of a process, from when each began. */
async function cpuMicroseconds(pid: number): Promise<number> {
  let total = 0;
  for (const task of await readdir(`/proc/${pid}/task`)) {
    const stat = await readFile(`/proc/${pid}/task/${task}/schedstat`, 'utf8');
    total += Number(stat.split(' ')[0]) / 1000;
  }
  return total;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
