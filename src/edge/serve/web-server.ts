// HTTP on node:http alone (docs/adr/0002-serve-from-a-map.md): takes requests, writes answers, keeps clients within
// their limits, stops cleanly. What is answered is decided in answer-request.ts.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Log } from '../ops/log.ts';
import { type Answer, textAnswer } from './answer.ts';
import { answerLater, answerRequest, type Routed } from './answer-request.ts';
import { Connections } from './connections.ts';
import { countedReport } from './counted-report.ts';
import { answerDocument } from './document-answer.ts';
import { createDocuments } from './documents.ts';
import { type CallbackAnswer, CallbackDesk, type HubCallbacks } from './hub-callbacks.ts';
import { DEFAULT_LIMITS, type ServeLimits } from './limits.ts';
import { PlainConnections } from './plain-connections.ts';
import type { Published } from './published.ts';
import { refusal, refusedStatus } from './refusal.ts';
import { type RequestFacts, requestFacts } from './request-facts.ts';
import { requestPath } from './request-path.ts';
import { type Route, routeOfDocument } from './route.ts';
import { listenError } from './serve-error.ts';

export interface WebServerOptions extends Published {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  /** The path of the public URL: begins and ends with '/'. Default '/'. */
  readonly basePath?: () => string;
  /** Ends with '/'. Documents that have hubs say that they are there. */
  readonly publicUrl?: () => string;
  /** Of the hubs that we subscribe to. */
  readonly callbacks?: HubCallbacks | undefined;
  /** Told of each answer: what kind of address it was for, and its status. Must neither throw nor wait. */
  readonly observe?: (route: Route, status: number) => void;
  /** Where the configuration has its host and port: for messages. Default `server`. */
  readonly keys?: string | undefined;
  readonly log: Log;
  readonly limits?: Partial<ServeLimits>;
}

export interface WebServer {
  /** Throws a ServeError that says what to do where the address cannot be had. Once only. */
  listen(): Promise<{ readonly port: number }>;
  /**
   * Takes no more connections, lets answers under way finish for at most `graceMs`, then cuts. Called again, it waits
   * for the same end, and cuts when its own grace is over.
   */
  close(graceMs: number): Promise<void>;
  /** Open connections, idle ones included. */
  connectionCount(): number;
}

export function createWebServer(options: WebServerOptions): WebServer {
  const limits: ServeLimits = { ...DEFAULT_LIMITS, ...options.limits };
  const { log, observe = () => {} } = options;
  const connections = new Connections(limits.writeDeadlineMs);
  const server = createLimitedServer(limits);
  let closed: Promise<void> | undefined;

  const basePath = () => options.basePath?.() ?? '/';
  const desk = options.callbacks && new CallbackDesk(options.callbacks);
  const documents = createDocuments(options, {
    basePath,
    publicUrl: () => options.publicUrl?.(),
  });

  const handle = (request: IncomingMessage, response: ServerResponse) => {
    connections.owe(request.socket, response);
    const isHead = request.method === 'HEAD';
    const isLast = closed !== undefined || hasBody(request);
    try {
      const called = desk?.answer(request, response);
      if (called !== undefined) return writeLater(called, request, response);
      const facts = requestFacts(request);
      const answerOptions = { basePath: basePath(), targetLengthMax: limits.targetLengthMax };
      const later = answerLater(facts, options, answerOptions);
      if (later !== undefined) return writeWhenRead(later, response, isHead, hasBody(request));
      const { route, answer } = answerRequest(facts, options, documents, answerOptions);
      observe(route, answer.status);
      write(response, answer, isHead, isLast);
    } catch (error) {
      log.error('serve-failed', { path: withoutCapability(requestPath(request.url ?? '')), error });
      observe('other', 500);
      write(response, textAnswer(500, 'Something went wrong here.\n'), isHead, isLast);
    }
  };

  /** A document that stands, and that everybody may read. */
  const answerPlain = (facts: RequestFacts): Answer | undefined => {
    const query = facts.target.indexOf('?');
    const path = query < 0 ? facts.target : facts.target.slice(0, query);
    if (facts.target.length > limits.targetLengthMax || path.includes('%')) return undefined;
    const document = documents.at(path, facts.accept) ?? documents.at(withoutBase(path), facts.accept);
    if (document === undefined || document.feed?.access !== undefined) return undefined;
    const answer = answerDocument(document.prepared, facts);
    observe(routeOfDocument(document.path), answer.status);
    return answer;
  };
  const withoutBase = (path: string) =>
    path.startsWith(basePath()) ? path.slice(basePath().length - 1) : path;

  /** A reader may be gone by then. */
  const writeWhenRead = (
    read: Promise<Routed>,
    response: ServerResponse,
    isHead: boolean,
    hasBody: boolean,
  ) => {
    read.then(
      ({ route, answer }) => {
        observe(route, answer.status);
        if (!response.destroyed) write(response, answer, isHead, closed !== undefined || hasBody);
      },
      () => response.destroy(),
    );
  };

  /** A caller that goes away before its delivery is whole gets no answer, and nothing is made of what came. */
  const writeLater = (
    called: Promise<CallbackAnswer>,
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    called.then(
      ({ answer, isWhole }) => {
        observe('websub', answer.status);
        write(response, answer, false, closed !== undefined || (hasBody(request) && !isWhole));
      },
      () => request.socket.destroy(),
    );
  };

  const takeOver = server.listeners('connection')[0] as (socket: Socket) => void;
  server.removeAllListeners('connection');
  const plain = new PlainConnections({
    connections,
    limits,
    answer: answerPlain,
    handOver: (socket) => takeOver.call(server, socket),
  });
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    plain.add(socket);
  });
  server.on('request', handle);
  // A body that is not wanted is answered without a "100 Continue".
  server.on('checkContinue', handle);
  server.on('connect', (_request, socket: Socket) => {
    connections.refuse(socket, refusal(405, new Date()));
  });
  server.on('clientError', (error: ClientError, socket: Socket) => {
    log.debug('client-error', { reason: error.code });
    const packet = error.rawPacket;
    const status = refusedStatus({ code: error.code, packet, bytesReceived: socket.bytesRead });
    connections.refuse(socket, refusal(status, new Date()));
  });
  server.on(
    'drop',
    countedReport((count) => {
      log.warn('connections-refused', { count, connectionsMax: limits.connectionsMax });
    }),
  );

  return {
    async listen() {
      await startListening(server, options);
      // Accepting may fail later, as where no file descriptors are left: connections wait, the process goes on.
      server.on(
        'error',
        countedReport((count, error) => log.error('accept-failed', { count, error })),
      );
      return { port: (server.address() as AddressInfo).port };
    },
    close(graceMs) {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        plain.stop();
        connections.drain();
      });
      const timer = setTimeout(() => connections.cut(), graceMs);
      return closed.finally(() => clearTimeout(timer));
    },
    connectionCount: () => connections.count(),
  };
}

interface ClientError extends NodeJS.ErrnoException {
  readonly rawPacket?: Uint8Array;
}

function createLimitedServer(limits: ServeLimits): Server {
  const server = createServer({
    maxHeaderSize: limits.headBytesMax,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: Math.max(limits.requestTimeoutMs, limits.headersTimeoutMs),
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    // How often the two timeouts are looked at: often enough that they mean what they say.
    connectionsCheckingInterval: Math.min(Math.ceil(limits.headersTimeoutMs / 4), 5_000),
    noDelay: true,
  });
  server.maxConnections = limits.connectionsMax;
  // On close, node:http takes a connection for idle whose answer is handed over but not sent. Ours are drained instead.
  server.closeIdleConnections = () => {};
  return server;
}

function startListening(
  server: Server,
  { host, port, keys = 'server' }: Pick<WebServerOptions, 'host' | 'port' | 'keys'>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => reject(listenError(error, host, port, keys));
    server.once('error', onError);
    server.listen({ host, port }, () => {
      server.off('error', onError);
      resolve();
    });
  });
}

function write(response: ServerResponse, answer: Answer, isHead: boolean, isLast: boolean): void {
  const headers = isLast ? [...answer.headers, 'Connection', 'close'] : [...answer.headers];
  response.writeHead(answer.status, headers);
  if (answer.body === undefined || isHead) response.end();
  else response.end(answer.body);
}

/** Whoever knows the address of a callback may speak for its hub. */
function withoutCapability(path: string | undefined): string | undefined {
  return path?.replace(/\/websub\/.*/, '/websub/…');
}

/** Rather than read a body that nobody wants, the connection ends after the answer. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
