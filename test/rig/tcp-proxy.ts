// A TCP proxy before a store that fails as networks and servers do: refused, silent, cut in the middle of a reply or of a request,
// slow, deaf or mute. The mode may change at any time, also for connections that stand.
import { connect, createServer, type Socket } from 'node:net';

/** `mute`: requests arrive, and nothing comes back. `deaf`: what was asked before is answered, and nothing more arrives. */
export type ProxyMode = 'ok' | 'refuse' | 'black-hole' | 'reset-mid-reply' | 'slow' | 'mute' | 'deaf';

export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Connections accepted so far. */
  readonly accepted: number;
  /** Sent by clients so far. */
  readonly requestBytes: number;
  /** How often a client began to send after a reply, or first. */
  readonly roundTrips: number;
  mode: ProxyMode;
  /** Of what clients send from now on, so many bytes still arrive; then every connection is reset. */
  cutAfter(requestBytes: number): void;
  /** Ends every connection that stands. */
  hangUp(): void;
}

export interface TcpProxyOptions {
  /** The real server, on loopback. */
  readonly targetPort: number;
  /** What `slow` adds to each piece of a reply, in milliseconds. */
  readonly latencyMs?: number;
}

export async function startTcpProxy({ targetPort, latencyMs = 2000 }: TcpProxyOptions): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  let requestBytes = 0;
  let roundTrips = 0;
  let wasReply = true;
  let bytesLeft = Number.POSITIVE_INFINITY;
  const proxy = { mode: 'ok' as ProxyMode };

  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((client) => {
    accepted += 1;
    hold(client);
    // A listener cannot refuse for a while: what a client sees of it is a connection that is reset at once.
    if (proxy.mode === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const target = connect(targetPort, '127.0.0.1');
    hold(target);
    client.on('data', (bytes: Buffer) => {
      requestBytes += bytes.length;
      if (wasReply) roundTrips += 1;
      wasReply = false;
      if (proxy.mode === 'refuse') client.resetAndDestroy();
      else if (proxy.mode !== 'black-hole' && proxy.mode !== 'deaf') request(client, target, bytes);
    });
    target.on('data', (bytes: Buffer) => {
      wasReply = true;
      reply(client, bytes);
    });
    client.on('close', () => target.end());
    target.on('close', () => client.destroy());
  });

  function request(client: Socket, target: Socket, bytes: Buffer): void {
    const passed = bytes.subarray(0, bytesLeft);
    bytesLeft -= passed.length;
    if (bytesLeft > 0) {
      target.write(passed);
      return;
    }
    bytesLeft = Number.POSITIVE_INFINITY;
    client.resetAndDestroy();
    target.end(passed);
  }

  function reply(client: Socket, bytes: Buffer): void {
    if (proxy.mode === 'black-hole' || proxy.mode === 'mute' || client.destroyed) return;
    if (proxy.mode === 'slow') {
      setTimeout(() => client.destroyed || client.write(bytes), latencyMs);
      return;
    }
    if (proxy.mode !== 'reset-mid-reply') {
      client.write(bytes);
      return;
    }
    client.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => client.resetAndDestroy());
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    port,
    get accepted() {
      return accepted;
    },
    get requestBytes() {
      return requestBytes;
    },
    get roundTrips() {
      return roundTrips;
    },
    get mode() {
      return proxy.mode;
    },
    set mode(mode) {
      proxy.mode = mode;
    },
    cutAfter(requestBytes) {
      bytesLeft = requestBytes;
    },
    hangUp() {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
