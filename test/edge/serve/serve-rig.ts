// A real server on loopback with a small site, and two clients that show what is on the wire: raw sockets and curl.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { ServedFeed } from '../../../src/edge/serve/published.ts';
import {
  createWebServer,
  type WebServer,
  type WebServerOptions,
} from '../../../src/edge/serve/web-server.ts';
import type { Rendition } from '../../../src/model/edition.ts';
import { feedId } from '../../../src/model/ids.ts';
import { type Timestamp, timestampFromMs } from '../../../src/model/timestamp.ts';

export const CHANGED_AT = timestampFromMs(Date.UTC(2026, 2, 4, 5, 6, 7, 890)) as Timestamp;
export const LAST_MODIFIED = 'Wed, 04 Mar 2026 05:06:07 GMT';

export function rendition(path: string, mediaType: string, body: string | Uint8Array): Rendition {
  const bytes = Buffer.from(body);
  const name = path.replaceAll('/', '-');
  return {
    path,
    mediaType,
    body: bytes,
    gzip: gzipSync(bytes),
    etag: `"${name}"`,
    gzipEtag: `"${name}-gzip"`,
    brotli: brotliCompressSync(bytes),
    brotliEtag: `"${name}-br"`,
    changedAt: CHANGED_AT,
  };
}

const text = (word: string) => `${word} `.repeat(200);

export const DOCUMENTS: readonly Rendition[] = [
  rendition('index.html', 'text/html; charset=utf-8', text('index')),
  rendition('credits.html', 'text/html; charset=utf-8', text('credits')),
  rendition('style.css', 'text/css; charset=utf-8', text('style')),
  rendition('sources.opml', 'text/x-opml; charset=utf-8', text('opml')),
  rendition('tiny.txt', 'text/plain; charset=utf-8', 'tiny'),
  rendition('feeds/city.rss', 'application/rss+xml; charset=utf-8', text('rss')),
  rendition('feeds/city.atom', 'application/atom+xml; charset=utf-8', text('atom')),
  rendition('feeds/city.json', 'application/feed+json', text('json')),
  rendition('feeds/city.html', 'text/html; charset=utf-8', text('html')),
  rendition('feeds/half.atom', 'application/atom+xml; charset=utf-8', text('half')),
];

export const FEEDS: readonly ServedFeed[] = [
  { id: feedId('city'), hubs: ['https://hub.example/', 'https://other.example/hub'] },
  { id: feedId('half'), noindex: true },
  { id: feedId('soon') },
];

export interface LoggedLine {
  readonly event: string;
  readonly fields: unknown;
}

export interface Rig {
  readonly server: WebServer;
  readonly port: number;
  readonly origin: string;
  readonly logged: LoggedLine[];
}

/** Feeds `city` (published), `half` (in one format so far) and `soon` (not at all); stopped when its test is over. */
export async function startRig(options: Partial<WebServerOptions> = {}): Promise<Rig> {
  const site = new Map(DOCUMENTS.map((document) => [document.path, document]));
  const logged: LoggedLine[] = [];
  const log = (event: string, fields?: unknown) => void logged.push({ event, fields });
  const server = createWebServer({
    host: '127.0.0.1',
    port: 0,
    site: () => site,
    feeds: () => FEEDS,
    publicUrl: () => 'https://feeds.example/',
    redirects: () => [
      { from: '/rss20.xml', to: 'feeds/city.rss' },
      { from: '/planet/', to: '' },
      // What stands goes before what has moved.
      { from: '/credits', to: '' },
    ],
    readiness: () => ({ ready: false, missing: [feedId('soon')] }),
    log: { debug: log, info: log, warn: log, error: log },
    ...options,
  });
  const { port } = await server.listen();
  onTestFinished(() => server.close(0));
  return { server, port, origin: `http://127.0.0.1:${port}`, logged };
}

export interface Received {
  readonly status: number;
  /** Lower-case names; of a repeated one all values joined by ', '. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The first response in what came over the wire. */
export function parseResponse(wire: Buffer): Received {
  const [head = '', ...rest] = wire.toString('latin1').split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    const value = line.slice(line.indexOf(':') + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return { status: Number(statusLine.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}

/** What curl shows of one request; its own Accept (everything) goes where the arguments say none. */
export async function curl(rig: Rig, path: string, args: readonly string[] = []): Promise<Received> {
  const command = ['-si', '--path-as-is', '--max-time', '20', ...args, `${rig.origin}${path}`];
  const { stdout } = await promisify(execFile)('curl', command, { encoding: 'buffer', maxBuffer: 2 ** 26 });
  return parseResponse(stdout);
}

export async function open(rig: Rig): Promise<Socket> {
  const socket = connect(rig.port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Everything that the server sends until it ends the connection. */
export async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.resume();
  if (!socket.closed) await once(socket, 'close');
  return Buffer.concat(chunks);
}

/** Sends bytes as they are and reads until the server ends the connection. */
export async function exchange(
  rig: Rig,
  bytes: string | Buffer,
): Promise<Received & { readonly wire: string }> {
  const socket = await open(rig);
  socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  const wire = await readAll(socket);
  return { ...parseResponse(wire), wire: wire.toString('latin1') };
}
