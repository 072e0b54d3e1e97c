// An HTTP proxy between us and every server: a tunnel (CONNECT, RFC 9110, section 9.3.6) to an address that the guard has vetted,
// for http as for https. The proxy is told an address, never a name: a name it would resolve itself, past the guard.
import type { Socket } from 'node:net';
import { FetchProblem } from './fetch-problem.ts';

export interface HttpProxy {
  readonly hostname: string;
  readonly port: number;
  /** Of the Proxy-Authorization header (RFC 7617). A secret. */
  readonly authorization: string | undefined;
}

const ANSWER_BYTES_MAX = 16_384;
/** A tunnel takes one connection of the proxy's own; a proxy that is silent for longer is one that hangs. */
const ANSWER_MS_MAX = 10_000;
const STATUS_LINE = /^HTTP\/1\.[01] ([1-5]\d\d)(?: |$)/;

/** Of `network.proxy`: an http address. */
export function proxyOf(address: string): HttpProxy {
  const url = new URL(address);
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return {
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || 80,
    authorization: user === ':' ? undefined : `Basic ${Buffer.from(user).toString('base64')}`,
  };
}

/** Makes an open connection to the proxy one to `address`. Throws a FetchProblem `proxy`, or `connect` where the proxy reaches nobody there. */
export async function tunnel(
  socket: Socket,
  { authorization }: HttpProxy,
  address: string,
  port: number,
  signal: AbortSignal,
): Promise<Socket> {
  const authority = `${address.includes(':') ? `[${address}]` : address}:${port}`;
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`];
  if (authorization !== undefined) lines.push(`Proxy-Authorization: ${authorization}`);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  try {
    const status = STATUS_LINE.exec(await answerHead(socket, signal))?.[1];
    if (status?.startsWith('2')) return socket;
    throw problemOfStatus(status);
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Up to the empty line; what comes after it is put back. */
function answerHead(socket: Socket, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let head = Buffer.alloc(0);
  const onData = (chunk: Buffer) => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) {
      if (head.length > ANSWER_BYTES_MAX) reject(notHttp());
      return;
    }
    socket.off('data', onData);
    socket.pause();
    if (head.length > end + 4) socket.unshift(head.subarray(end + 4));
    resolve(head.toString('latin1', 0, end));
  };
  const onClose = () =>
    reject(new FetchProblem('proxy', 'the proxy closed the connection without an answer'));
  const onAbort = () => reject(signal.reason);
  const timer = setTimeout(
    () => reject(new FetchProblem('proxy', `the proxy did not answer within ${ANSWER_MS_MAX / 1000} s`)),
    ANSWER_MS_MAX,
  );
  socket.on('data', onData);
  socket.once('close', onClose);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  return promise.finally(() => {
    clearTimeout(timer);
    socket.off('data', onData);
    socket.off('close', onClose);
    signal.removeEventListener('abort', onAbort);
  });
}

function problemOfStatus(status: string | undefined): FetchProblem {
  switch (status) {
    case undefined:
      return notHttp();
    case '407':
      return new FetchProblem(
        'proxy',
        'the proxy asks for a user and a password, or refuses those of network.proxy (status 407)',
      );
    case '502':
    case '503':
    case '504':
      return new FetchProblem('connect', `the proxy cannot reach the host (status ${status})`);
    default:
      return new FetchProblem(
        'proxy',
        `the proxy refuses to connect us (status ${status}): it must let CONNECT through to this port`,
      );
  }
}

function notHttp(): FetchProblem {
  return new FetchProblem('proxy', 'the proxy does not answer as an HTTP proxy does: check network.proxy');
}
