// A source that may misbehave in every way that bytes allow: a raw TCP (or TLS) server on loopback, because an HTTP
// server would mend what must be wrong on purpose. A behaviour per path, replaced at any time to switch between polls;
// a log of the requests; counts of connections.
//
//   await using source = await startEvilSource();
//   source.on('/feed', answer({ headers: { etag: '"1"' }, body: '<rss/>' }));
//   … poll http://public.test/feed with `resolve: source.resolve, dial: source.dial` …
//   expect(source.requests[0]?.headers['if-none-match']).toBe('"1"');
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

export interface LoggedRequest {
  readonly path: string;
  /** Lower-case names, one character a byte; repeated headers joined by ', '. */
  readonly headers: Readonly<Record<string, string>>;
  /** Request line and headers, byte for byte. */
  readonly head: string;
  /** Which connection it came by, from 1. */
  readonly connection: number;
}

/** Answers a request by writing to the socket whatever it likes, now or later. */
export type Behaviour = (socket: Socket, request: LoggedRequest) => void;

export interface EvilSource extends AsyncDisposable {
  readonly port: number;
  readonly requests: readonly LoggedRequest[];
  /** Accepted so far, and open now. */
  readonly connections: { readonly accepted: number; readonly open: number };
  /** From now on the path (query aside) behaves so; `*` stands for every path without a behaviour of its own. */
  on(path: string, behaviour: Behaviour): void;
  /** For the seams of createFetcher: every name is one public address, and every address is this server. */
  readonly resolve: (hostname: string) => Promise<readonly string[]>;
  readonly dial: () => { readonly host: string; readonly port: number };
  /** Waits until no connection is open. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface EvilSourceOptions {
  /** Serves TLS with one of test/rig/certificates: `valid`, `expired`, `other-host`, `self-signed`; all for public.test. */
  readonly certificate?: string;
  readonly tls?: TlsOptions;
  /** Called for each connection before anything is read; true where it took the connection over. */
  readonly onConnection?: (socket: Socket) => boolean;
}

const PUBLIC_ADDRESS = '93.184.216.34';

export async function startEvilSource(options: EvilSourceOptions = {}): Promise<EvilSource> {
  const behaviours = new Map<string, Behaviour>();
  const requests: LoggedRequest[] = [];
  const sockets = new Set<Socket>();
  let accepted = 0;

  const listen = (socket: Socket, connection: number) => {
    let received = '';
    socket.on('data', (bytes: Buffer) => {
      received += bytes.toString('latin1');
      for (let end = received.indexOf('\r\n\r\n'); end >= 0; end = received.indexOf('\r\n\r\n')) {
        const request = parseHead(received.slice(0, end), connection);
        received = received.slice(end + 4);
        requests.push(request);
        const path = request.path.replace(/\?.*/s, '');
        (behaviours.get(path) ?? behaviours.get('*') ?? answer({ status: 404 }))(socket, request);
      }
    });
  };
  const onTcp = (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {});
  };
  const onReady = (socket: Socket) => {
    socket.on('error', () => {});
    if (options.onConnection?.(socket) !== true) listen(socket, accepted);
    // Unread, it would not notice that the other side has gone.
    else socket.resume();
  };

  const server = createServerFor(options, onTcp, onReady);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    port,
    requests,
    connections: {
      get accepted() {
        return accepted;
      },
      get open() {
        return sockets.size;
      },
    },
    on: (path, behaviour) => void behaviours.set(path, behaviour),
    resolve: async () => [PUBLIC_ADDRESS],
    dial: () => ({ host: '127.0.0.1', port }),
    async idle() {
      while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

export interface AnswerParts {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
  /** Closes the connection behind the answer. */
  readonly close?: boolean;
}

/** A correct answer: with Content-Length unless the headers speak of length themselves. */
export function answer(parts: AnswerParts = {}): Behaviour {
  return (socket) => {
    socket.write(answerBytes(parts));
    if (parts.close === true) socket.end();
  };
}

export function answerBytes({ status = 200, headers = {}, body = '', close = false }: AnswerParts): Buffer {
  const bytes = Buffer.from(body);
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const lines = [`HTTP/1.1 ${status} Whatever`];
  for (const [name, value] of Object.entries(headers)) {
    for (const one of typeof value === 'string' ? [value] : value) lines.push(`${name}: ${one}`);
  }
  if (!names.includes('content-length') && !names.includes('transfer-encoding') && status !== 304) {
    lines.push(`Content-Length: ${bytes.length}`);
  }
  if (close) lines.push('Connection: close');
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

export function redirect(status: number, location: string | undefined): Behaviour {
  return answer({ status, headers: location === undefined ? {} : { Location: location } });
}

/** These bytes as they are. */
export function raw(bytes: string | Uint8Array, { close = false } = {}): Behaviour {
  return (socket) => {
    socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
    if (close) socket.end();
  };
}

/** `first`, and then `piece` again and again until the other side goes away. */
export function endless(first: string, piece: string | Uint8Array, everyMs: number): Behaviour {
  return (socket) => {
    socket.write(first);
    const timer = setInterval(() => socket.write(piece), everyMs);
    socket.on('close', () => clearInterval(timer));
  };
}

/** `first`, and then `piece` as fast as the other side takes it. Gives up after `piecesMax`. */
export function flood(first: string, piece: Uint8Array, piecesMax: number): Behaviour {
  return (socket) => {
    let pieces = 0;
    const pour = () => {
      while (!socket.destroyed && pieces < piecesMax) {
        pieces += 1;
        if (!socket.write(piece)) return;
      }
      socket.end();
    };
    socket.on('drain', pour);
    socket.write(first);
    pour();
  };
}

/** Accepted, read, never answered. */
export const silence: Behaviour = () => {};

/** The rig's own authority, PEM: for tls.setDefaultCACertificates. */
export function testAuthority(): string {
  return certificateFile('authority.pem');
}

function certificateFile(name: string): string {
  return readFileSync(new URL(`./certificates/${name}`, import.meta.url), 'utf8');
}

function createServerFor(
  options: EvilSourceOptions,
  onTcp: (socket: Socket) => void,
  onReady: (socket: Socket) => void,
): Server {
  if (options.certificate === undefined) {
    return createServer((socket) => {
      onTcp(socket);
      onReady(socket);
    });
  }
  const server = createTlsServer(
    {
      key: certificateFile(`${options.certificate}.key`),
      cert: certificateFile(`${options.certificate}.pem`),
      ...options.tls,
    },
    onReady,
  );
  server.on('connection', onTcp);
  server.on('tlsClientError', () => {});
  return server;
}

function parseHead(head: string, connection: number): LoggedRequest {
  const [requestLine = '', ...lines] = head.split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  return { path: requestLine.split(' ')[1] ?? '', headers, head, connection };
}
