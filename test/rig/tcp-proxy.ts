// A TCP proxy before a store that fails as networks and servers do: refused, silent, cut in the middle of a reply, slow. The
// mode may change at any time, also for connections that stand.
import { connect, createServer, type Socket } from 'node:net';

export type ProxyMode = 'ok' | 'refuse' | 'black-hole' | 'reset-mid-reply' | 'slow';

export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Connections accepted so far. */
  readonly accepted: number;
  mode: ProxyMode;
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
      if (proxy.mode === 'refuse') client.resetAndDestroy();
      else if (proxy.mode !== 'black-hole') target.write(bytes);
    });
    target.on('data', (bytes: Buffer) => reply(client, bytes));
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
  });

  function reply(client: Socket, bytes: Buffer): void {
    if (proxy.mode === 'black-hole') return;
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
    get mode() {
      return proxy.mode;
    },
    set mode(mode) {
      proxy.mode = mode;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
