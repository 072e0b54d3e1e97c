// Opens connections, to vetted addresses only. The address that was judged is the address that is connected to: no
// second look-up stands between check and connection, so a name that changes its answer in between gains nothing.
import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type AddressGuard, ownAddresses } from './address-guard.ts';
import { raceAgainst } from './deadline.ts';
import { FetchProblem, problemOfConnect, problemOfLookup, problemOfTls } from './fetch-problem.ts';
import { type HttpProxy, tunnel } from './proxy.ts';

/** The addresses of a name, best first; rejects where there are none. */
export type Resolver = (hostname: string) => Promise<readonly string[]>;

/** Where a vetted address is really to be found. For tests, whose servers listen on loopback: it comes after the guard. */
export type Dial = (address: string, port: number) => { readonly host: string; readonly port: number };

export interface ConnectionTarget {
  readonly protocol: string;
  /** As in URL.hostname: IPv6 in brackets or bare. */
  readonly hostname: string;
  readonly port: number;
}

export type Connector = (target: ConnectionTarget, signal: AbortSignal) => Promise<Socket>;

/** Of a name's addresses so many are tried, each for so long unless it is the last. */
const ATTEMPTS_MAX = 6;
const ATTEMPT_MS_MAX = 3_000;

export const systemResolver: Resolver = async (hostname) =>
  (await lookup(hostname, { all: true, order: 'verbatim' })).map(({ address }) => address);

/** How a connection to a vetted address is opened; `attemptMs`: how long it may take, undefined for as long as there is time. */
type Opener = (
  address: string,
  port: number,
  attemptMs: number | undefined,
  signal: AbortSignal,
) => Promise<Socket>;

export interface ConnectorOptions {
  readonly guard: AddressGuard;
  readonly resolve: Resolver;
  readonly dial?: Dial | undefined;
  /** What stands between us and every server. The operator names it: it may be private. */
  readonly proxy?: HttpProxy | undefined;
}

export function createConnector({ guard, resolve, dial, proxy }: ConnectorOptions): Connector {
  const openTo = proxy === undefined ? directly(dial) : through(proxy, resolve);
  return async (target, signal) => {
    const addresses = await vettedAddresses(guard, resolve, target.hostname, signal);
    const socket = await openFirst(addresses, target.port, openTo, signal);
    return target.protocol === 'https:' ? secure(socket, target.hostname, signal) : socket;
  };
}

async function vettedAddresses(
  guard: AddressGuard,
  resolve: Resolver,
  hostname: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const own = ownAddresses(hostname);
  const addresses =
    own ?? (await raceAgainst(resolve(hostname), signal).catch((error) => rethrowLookup(error)));
  if (addresses.length === 0) throw new FetchProblem('dns', 'the name has no address');
  const { allowed, refusedAs } = guard.vet(hostname, addresses);
  if (allowed.length > 0) return allowed.slice(0, ATTEMPTS_MAX);
  throw new FetchProblem(
    'address-refused',
    `${own === undefined ? 'the name leads only to addresses that are' : 'the address is'} not public ` +
      `(${refusedAs.join(', ')}): if that is meant, name it in network.allow`,
  );
}

function rethrowLookup(error: unknown): never {
  throw error instanceof FetchProblem ? error : problemOfLookup(error);
}

function directly(dial: Dial | undefined): Opener {
  return (address, port, attemptMs, signal) => {
    const place = dial?.(address, port) ?? { host: address, port };
    return open(place.host, place.port, attemptMs, signal);
  };
}

function through(proxy: HttpProxy, resolve: Resolver): Opener {
  return async (address, port, _attemptMs, signal) => {
    const socket = await openProxy(proxy, resolve, signal);
    return tunnel(socket, proxy, address, port, signal);
  };
}

async function openProxy(
  { hostname, port }: HttpProxy,
  resolve: Resolver,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    const addresses = ownAddresses(hostname) ?? (await raceAgainst(resolve(hostname), signal));
    return await openFirst(addresses.slice(0, ATTEMPTS_MAX), port, directly(undefined), signal);
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof FetchProblem ? error.message : 'its name cannot be resolved';
    throw new FetchProblem('proxy', `the proxy cannot be reached: ${reason}`, { cause: error });
  }
}

async function openFirst(
  addresses: readonly string[],
  port: number,
  openTo: Opener,
  signal: AbortSignal,
): Promise<Socket> {
  let problem: FetchProblem | undefined;
  for (const [index, address] of addresses.entries()) {
    const isLast = index === addresses.length - 1;
    try {
      return await openTo(address, port, isLast ? undefined : ATTEMPT_MS_MAX, signal);
    } catch (error) {
      signal.throwIfAborted();
      problem = problemOfConnect(error);
      // The proxy itself fails: another address of the server changes nothing.
      if (problem.code === 'proxy') break;
    }
  }
  throw problem ?? new FetchProblem('dns', 'the name has no address');
}

function open(
  host: string,
  port: number,
  attemptMs: number | undefined,
  signal: AbortSignal,
): Promise<Socket> {
  // A name here would be resolved anew, past the guard.
  if (isIP(host) === 0) throw new TypeError('only addresses are connected to');
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 });
  if (attemptMs !== undefined) {
    socket.setTimeout(attemptMs, () =>
      socket.destroy(new FetchProblem('connect', 'the host does not answer')),
    );
  }
  return untilReady(socket, 'connect', signal).finally(() => socket.setTimeout(0));
}

/** TLS with the checks always on: nothing in configuration or environment turns them off. */
function secure(socket: Socket, hostname: string, signal: AbortSignal): Promise<Socket> {
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.replace(/\.$/, '');
  const secured = connectTls({
    socket,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  });
  return untilReady(secured, 'secureConnect', signal).catch((error) => {
    socket.destroy();
    throw problemOfTls(error);
  });
}

function untilReady<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  signal: AbortSignal,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const onAbort = () => socket.destroy(signal.reason);
    // Stays for the socket's life: between here and its next owner an error must not go unheard and end the process.
    socket.on('error', reject);
    socket.once('close', () =>
      reject(new FetchProblem('connect', 'the connection was closed while it was opened')),
    );
    socket.once(event, () => {
      signal.removeEventListener('abort', onAbort);
      resolve(socket);
    });
    socket.once('close', () => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
