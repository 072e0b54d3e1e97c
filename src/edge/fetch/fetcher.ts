// Polite, guarded fetching: everything over vetted connections, under one deadline and within bounds. What went wrong comes back
// as an outcome, never as an exception.
import type { NetworkConfig } from '../../model/config.ts';
import type { FetchOutcome } from '../../model/fetch-outcome.ts';
import { createAddressGuard } from './address-guard.ts';
import { Connections } from './connections.ts';
import { createConnector, type Dial, type Resolver, systemResolver } from './connector.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { FetchProblem } from './fetch-problem.ts';
import type { FetchRequest } from './fetch-request.ts';
import { readFileSource } from './file-source.ts';
import { failed, HttpPoll } from './http-poll.ts';
import { type PostOutcome, type PostRequest, postForm } from './post-form.ts';
import { proxyOf } from './proxy.ts';

export interface Fetcher {
  /** Never rejects. */
  fetch(request: FetchRequest): Promise<FetchOutcome>;
  /** Sends a form by POST, to vetted addresses as everything else. Never rejects. */
  post(request: PostRequest): Promise<PostOutcome>;
  /** Stops what is under way (outcome `aborted`) and closes every connection. */
  close(): Promise<void>;
}

export interface FetcherOptions {
  readonly userAgent: string;
  /** How names become addresses; the system's way unless told otherwise. */
  readonly resolve?: Resolver;
  /** For tests: where a vetted address is really to be found. */
  readonly dial?: Dial;
  /** Told of the bytes of bodies as they come, still encoded. */
  readonly received?: ((bytes: number) => void) | undefined;
}

export function createFetcher(
  network: Pick<NetworkConfig, 'allow' | 'proxy'>,
  options: FetcherOptions,
): Fetcher {
  const guard = createAddressGuard(network.allow);
  const connections = new Connections(
    createConnector({
      guard,
      resolve: options.resolve ?? systemResolver,
      dial: options.dial,
      proxy: network.proxy === undefined ? undefined : proxyOf(network.proxy),
    }),
    options.received,
  );
  const running = new Set<Deadline>();
  let isClosed = false;

  async function within<T>(
    { timeoutMs, signal }: Pick<FetchRequest, 'timeoutMs' | 'signal'>,
    work: (deadline: Deadline) => Promise<T>,
  ): Promise<T> {
    const deadline = startDeadline(timeoutMs, signal);
    if (isClosed) deadline.abort();
    running.add(deadline);
    try {
      return await work(deadline);
    } finally {
      running.delete(deadline);
      deadline.clear();
    }
  }

  return {
    fetch: (request) =>
      within(request, (deadline) => fetchWithin(deadline, request, connections, options.userAgent)),
    post: (request) =>
      within(request, (deadline) =>
        postForm(request, { deadline, connections, userAgent: options.userAgent }),
      ),
    async close() {
      isClosed = true;
      for (const deadline of running) deadline.abort();
      await connections.close();
    },
  };
}

async function fetchWithin(
  deadline: Deadline,
  request: FetchRequest,
  connections: Connections,
  userAgent: string,
): Promise<FetchOutcome> {
  if (!URL.canParse(request.url))
    return failed(new FetchProblem('bad-url', 'the address of the source cannot be read'));
  const url = new URL(request.url);
  if (url.protocol !== 'file:') return new HttpPoll(url, request, connections, userAgent, deadline).run();
  try {
    deadline.signal.throwIfAborted();
    return { kind: 'fetched', response: await deadline.race(readFileSource(url, request.bodyBytesMax)) };
  } catch (error) {
    return failed(error);
  }
}
