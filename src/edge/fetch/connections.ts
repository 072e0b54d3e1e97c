// Keep-alive connections, one undici Client each, one request at a time. A pool of our own rather than undici's Agent:
// so a poll whose time is up closes its own connection even while that is being opened, and it is known for certain
// whether a request went over a fresh connection or over one that the server may have closed meanwhile.
// HTTP/1.1 only: our bounds on headers and interim answers are those of its parser.
import { Client } from 'undici';
import type { Connector } from './connector.ts';

/** Bytes of an answer's header. Node's own default, but not at the mercy of its command line. */
const HEADER_BYTES_MAX = 16_384;

/** Idle connections kept, over all hosts; and for how long, whatever the server offers. */
const IDLE_MAX = 256;
const IDLE_MS = 4_000;
const IDLE_MS_MAX = 15_000;

export interface Connection {
  readonly origin: string;
  readonly client: Client;
  /** The poll that uses it, for opening it. */
  signal: AbortSignal;
  /** How often it was opened: unchanged over a request that used it as it stood. */
  openings: number;
}

export class Connections {
  readonly #connect: Connector;
  readonly #all = new Set<Connection>();
  /** Longest idle first. */
  readonly #idle = new Set<Connection>();

  /** Told of the bytes of bodies as they come, still encoded. */
  readonly received: (bytes: number) => void;

  constructor(connect: Connector, received: (bytes: number) => void = () => {}) {
    this.#connect = connect;
    this.received = received;
  }

  /** An idle connection to the origin, or a new one, which is opened by its first request. */
  take(origin: string, signal: AbortSignal): Connection {
    for (const connection of this.#idle) {
      if (connection.origin !== origin) continue;
      this.#idle.delete(connection);
      connection.signal = signal;
      return connection;
    }
    return this.open(origin, signal);
  }

  /** A new one, whatever stands idle. */
  open(origin: string, signal: AbortSignal): Connection {
    const client = new Client(origin, {
      allowH2: false,
      pipelining: 1,
      maxHeaderSize: HEADER_BYTES_MAX,
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: IDLE_MS_MAX,
      // The poll's deadline stands over all of them.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: ({ protocol, hostname, port }, callback) => {
        connection.openings += 1;
        const target = { protocol, hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) };
        this.#connect(target, connection.signal)
          .then(
            (socket) => callback(null, socket),
            (error) => callback(error, null),
          )
          .catch(() => this.drop(connection));
      },
    });
    const connection: Connection = { origin, client, signal, openings: 0 };
    client.on('disconnect', () => {
      if (this.#idle.has(connection)) this.drop(connection);
    });
    this.#all.add(connection);
    return connection;
  }

  /** After a whole answer. */
  giveBack(connection: Connection): void {
    if (!this.#all.has(connection)) return;
    this.#idle.add(connection);
    const [longestIdle] = this.#idle;
    if (this.#idle.size > IDLE_MAX && longestIdle !== undefined) this.drop(longestIdle);
  }

  /** After anything else: closes it at once, whatever state it is in. */
  drop(connection: Connection): void {
    this.#idle.delete(connection);
    if (this.#all.delete(connection)) void connection.client.destroy();
  }

  async close(): Promise<void> {
    const clients = [...this.#all].map(({ client }) => client);
    this.#all.clear();
    this.#idle.clear();
    await Promise.all(clients.map((client) => client.destroy()));
  }
}
