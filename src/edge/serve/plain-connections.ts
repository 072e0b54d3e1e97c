// Connections whose requests are all plain so far (docs/adr/0023-plain-requests-first.md): answered from what is prepared, in one write, without
// node:http. With the first packet that is anything else a connection becomes node:http's, with that packet, and stays so.
import type { Socket } from 'node:net';
import type { Answer } from './answer.ts';
import type { Connections } from './connections.ts';
import type { ServeLimits } from './limits.ts';
import { plainRequest } from './plain-request.ts';
import { refusal } from './refusal.ts';
import type { RequestFacts } from './request-facts.ts';
import { createHeadWriter } from './wire-head.ts';

export interface PlainConnectionsOptions {
  readonly connections: Connections;
  readonly limits: ServeLimits;
  /** Undefined where it is not known at once: node:http's then. */
  readonly answer: (request: RequestFacts) => Answer | undefined;
  /** Takes a connection over. */
  readonly handOver: (socket: Socket) => void;
}

interface PlainConnection {
  readonly socket: Socket;
  /** When it was opened or the last request came, of `performance.now()`. */
  sinceMs: number;
  hasAsked: boolean;
}

export class PlainConnections {
  readonly #options: PlainConnectionsOptions;
  readonly #open = new Set<PlainConnection>();
  readonly #headOf: ReturnType<typeof createHeadWriter>;
  #sweeping: NodeJS.Timeout | undefined;

  constructor(options: PlainConnectionsOptions) {
    this.#options = options;
    this.#headOf = createHeadWriter(options.limits.keepAliveTimeoutMs, Date.now);
  }

  /** Of a socket that `connections` has. */
  add(socket: Socket): void {
    const connection: PlainConnection = { socket, sinceMs: performance.now(), hasAsked: false };
    this.#open.add(connection);
    const onData = (packet: Buffer) => {
      if (this.#answers(connection, packet)) return;
      this.#open.delete(connection);
      socket.off('data', onData).off('end', onEnd);
      this.#options.handOver(socket);
      // What came already: node:http listens now, and reads all that follows by itself.
      socket.emit('data', packet);
    };
    const onEnd = () => void socket.end();
    socket.on('data', onData).on('end', onEnd);
    socket.once('close', () => this.#open.delete(connection));
    this.#sweeping ??= setInterval(() => this.#sweep(), this.#intervalMs()).unref();
  }

  stop(): void {
    clearInterval(this.#sweeping);
  }

  #answers(connection: PlainConnection, packet: Buffer): boolean {
    const { socket } = connection;
    const { connections } = this.#options;
    if (connections.isBusy(socket)) return false;
    const prepared = this.#prepare(packet);
    if (prepared === undefined) return false;
    const { head, body } = prepared;
    connection.sinceMs = performance.now();
    connection.hasAsked = true;
    const written = connections.oweWritten(socket);
    if (body === undefined) socket.write(head, 'latin1', written);
    else {
      socket.cork();
      socket.write(head, 'latin1');
      socket.write(body, written);
      socket.uncork();
    }
    connections.watch(socket);
    return true;
  }

  #prepare(packet: Buffer): { readonly head: string; readonly body: Uint8Array | undefined } | undefined {
    try {
      const request = plainRequest(packet);
      const answer = request && this.#options.answer(request);
      if (answer === undefined) return undefined;
      return { head: this.#headOf(answer), body: request?.method === 'HEAD' ? undefined : answer.body };
    } catch {
      // It fails on the other way too, and is answered and told there.
      return undefined;
    }
  }

  #intervalMs(): number {
    const { headersTimeoutMs, keepAliveTimeoutMs } = this.#options.limits;
    return Math.min(Math.ceil(Math.min(headersTimeoutMs, keepAliveTimeoutMs) / 4), 5_000);
  }

  /** As node:http does with its own: who never asks is told so, who has asked and is idle is left without a word. */
  #sweep(): void {
    const { connections, limits } = this.#options;
    const nowMs = performance.now();
    for (const { socket, sinceMs, hasAsked } of this.#open) {
      if (connections.isBusy(socket)) continue;
      if (hasAsked && nowMs - sinceMs > limits.keepAliveTimeoutMs) socket.destroySoon();
      else if (!hasAsked && nowMs - sinceMs > limits.headersTimeoutMs)
        connections.refuse(socket, refusal(408, new Date()));
    }
  }
}
