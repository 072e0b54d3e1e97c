// An HTTP proxy on raw sockets: CONNECT alone, as strict or as rude as a test wants it. Every target leads to one server.
import { connect, createServer, type Socket } from 'node:net';

export interface ConnectProxy extends AsyncDisposable {
  readonly port: number;
  /** Heads of requests, as they came. */
  readonly heads: readonly string[];
}

export interface ConnectProxyOptions {
  readonly target: { readonly host: string; readonly port: number };
  /** In place of a tunnel, on the head of a request; undefined lets it through. */
  readonly refuse?: (head: string, socket: Socket) => string | undefined;
}

const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\nX-Proxy: test\r\n\r\n';
export const SILENCE = 'silence';

export async function startConnectProxy({ target, refuse }: ConnectProxyOptions): Promise<ConnectProxy> {
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((socket) => {
    hold(socket);
    let received = '';
    const onData = (bytes: Buffer) => {
      received += bytes.toString('latin1');
      if (!received.includes('\r\n\r\n')) return;
      socket.off('data', onData);
      heads.push(received);
      const refusal = refuse?.(received, socket);
      if (refusal === SILENCE) return;
      if (refusal !== undefined) return void socket.end(refusal);
      const upstream = connect(target, () => {
        socket.write(ESTABLISHED);
        socket.pipe(upstream).pipe(socket);
      });
      hold(upstream);
    };
    socket.on('data', onData);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    heads,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
