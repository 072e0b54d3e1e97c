// The rig itself: each mode does to a client what its name says, and the real server is none the wiser.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

let echo: Server;
let targetPort = 0;

beforeAll(async () => {
  echo = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => socket.write(bytes));
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  targetPort = (echo.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => echo.close(resolve)));

async function client({ port }: TcpProxy): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Unlike `once`, no failure where the other side resets. */
function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** What comes back until all is there, the connection ends, or some time has passed. */
async function answerTo(socket: Socket, text: string): Promise<{ text: string; isOpen: boolean }> {
  let got = '';
  socket.on('data', (bytes) => {
    got += bytes;
  });
  const closed = closing(socket);
  socket.write(text);
  const patience = new Promise((resolve) => setTimeout(resolve, 300));
  const whole = (async () => {
    while (got.length < text.length) await new Promise((resolve) => setTimeout(resolve, 5));
  })();
  await Promise.race([closed, patience, whole]);
  const answer = { text: got, isOpen: !socket.destroyed };
  got = text;
  return answer;
}

describe('a proxy before a store', () => {
  it.each([
    ['ok', { text: 'a question', isOpen: true }],
    ['refuse', { text: '', isOpen: false }],
    ['black-hole', { text: '', isOpen: true }],
    ['reset-mid-reply', { text: 'a que', isOpen: false }],
    ['slow', { text: '', isOpen: true }],
  ] as const)('in mode %s', async (mode, expected) => {
    await using proxy = await startTcpProxy({ targetPort, latencyMs: 5000 });
    const socket = await client(proxy);
    proxy.mode = mode;
    expect(await answerTo(socket, 'a question')).toEqual(expected);
    socket.destroy();
  });

  it('works again when it is told to', async () => {
    await using proxy = await startTcpProxy({ targetPort });
    proxy.mode = 'refuse';
    const refused = connect(proxy.port, '127.0.0.1');
    refused.on('error', () => {});
    await closing(refused);
    proxy.mode = 'ok';
    const socket = await client(proxy);
    expect(await answerTo(socket, 'again')).toEqual({ text: 'again', isOpen: true });
    expect(proxy.accepted).toBe(2);
    socket.destroy();
  });
});
