// Polite, guarded fetching: conditional GET over vetted connections, redirects followed by hand, everything under one
// deadline and within bounds. RFC 9110, RFC 9111. What went wrong comes back as an outcome, never as an exception.
import type { NetworkConfig } from '../../model/config.ts';
import type {
  FetchedResponse,
  FetchOutcome,
  ResponseHeaders,
  Validators,
} from '../../model/fetch-outcome.ts';
import { createAddressGuard } from './address-guard.ts';
import { outcomeOfStatus } from './answer-outcome.ts';
import { Connections } from './connections.ts';
import { createConnector, type Dial, type Resolver, systemResolver } from './connector.ts';
import { decodeBody } from './content-coding.ts';
import { type Deadline, startDeadline } from './deadline.ts';
import { type Answer, carriesDocument, exchange, joinedHeaders } from './exchange.ts';
import { FetchProblem, printableUrl } from './fetch-problem.ts';
import { readFileSource } from './file-source.ts';
import { type PostOutcome, type PostRequest, postForm } from './post-form.ts';
import { proxyOf } from './proxy.ts';
import {
  checkTarget,
  isPermanent,
  isRedirect,
  REDIRECTS_MAX,
  redirectTarget,
  withoutSecrets,
} from './redirect.ts';
import { locationOfRedirectDocument } from './redirect-document.ts';
import { ownHeaders, requestHeaders } from './request-headers.ts';
import { readValidators, usableValidators } from './validators.ts';

export interface FetchRequest {
  /** Of the configuration: http, https or file, userinfo allowed. */
  readonly url: string;
  /** Of the configuration; sent to the origin of `url` only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly validators: Validators;
  /** Asked of a compressed document before it is decompressed: true ends the poll as `sameBytes`. */
  readonly knowsEncoded?: ((encodedBody: Uint8Array, headers: ResponseHeaders) => boolean) | undefined;
  /** For everything: name, connection, redirects and body. */
  readonly timeoutMs: number;
  /** Of the body, as it travels and decoded. */
  readonly bodyBytesMax: number;
  /** Messages then show no path either. Userinfo and query they never show. */
  readonly urlIsSecret?: boolean;
  readonly signal?: AbortSignal;
}

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

/** One poll over HTTP: the hops it takes and what it learns on the way. */
class HttpPoll {
  readonly #request: FetchRequest;
  readonly #connections: Connections;
  readonly #userAgent: string;
  readonly #deadline: Deadline;
  readonly #configured: URL;
  readonly #sent: Validators;
  readonly #visited = new Set<string>();
  #own: Readonly<Record<string, string>> = {};
  #url: URL;
  #hop = 0;
  #isMoveForGood = true;
  #movedTo: string | undefined;

  constructor(
    url: URL,
    request: FetchRequest,
    connections: Connections,
    userAgent: string,
    deadline: Deadline,
  ) {
    this.#configured = url;
    this.#url = withoutSecrets(url);
    this.#request = request;
    this.#connections = connections;
    this.#userAgent = userAgent;
    this.#deadline = deadline;
    this.#sent = usableValidators(request.validators);
  }

  async run(): Promise<FetchOutcome> {
    try {
      this.#own = ownHeaders(this.#configured, this.#request.headers);
      for (;;) {
        const answer = await this.#finalAnswer();
        if (!carriesDocument(answer.status)) {
          const where = { host: this.#url.host, movedTo: this.#movedTo };
          return this.#placed(outcomeOfStatus(answer, this.#sent, where));
        }
        const outcome = await this.#document(answer);
        const location =
          outcome.kind === 'fetched' ? locationOfRedirectDocument(outcome.response.body) : undefined;
        if (location === undefined) return outcome;
        this.#follow(redirectTarget(location, this.#url), true);
      }
    } catch (error) {
      return this.#placed(failed(error));
    }
  }

  /** What stands at the end of redirects. */
  async #finalAnswer(): Promise<Answer> {
    for (;;) {
      checkTarget(this.#url);
      this.#visited.add(this.#url.href);
      const answer = await exchange(this.#connections, {
        url: this.#url,
        headers: requestHeaders(this.#userAgent, this.#sent, this.#own),
        bodyBytesMax: this.#request.bodyBytesMax,
        signal: this.#deadline.signal,
      });
      if (!isRedirect(answer.status)) return answer;
      this.#follow(redirectTarget(answer.headers['location'], this.#url), isPermanent(answer.status));
    }
  }

  #follow(target: URL, isForGood: boolean): void {
    if (this.#hop === REDIRECTS_MAX) {
      throw new FetchProblem('too-many-redirects', `more than ${REDIRECTS_MAX} redirects`);
    }
    if (this.#visited.has(target.href))
      throw new FetchProblem('too-many-redirects', 'the redirects go round in a circle');
    // Once a redirect has led away, what leads back is another's wish: our credentials do not follow it.
    if (target.origin !== this.#url.origin) this.#own = {};
    this.#isMoveForGood &&= isForGood;
    if (this.#isMoveForGood) this.#movedTo = target.href;
    this.#url = target;
    this.#hop += 1;
  }

  async #document(answer: Answer): Promise<FetchOutcome> {
    const headers = joinedHeaders(answer.headers);
    const isEncoded = headers['content-encoding'] !== undefined && answer.encodedBody.length > 0;
    if (isEncoded && this.#request.knowsEncoded?.(answer.encodedBody, headers) === true) {
      const validators = readValidators(answer.headers);
      return { kind: 'sameBytes', validators, movedTo: this.#movedTo, headers };
    }
    return { kind: 'fetched', response: await this.#deadline.race(this.#response(answer, headers)) };
  }

  async #response(answer: Answer, headers: ResponseHeaders): Promise<FetchedResponse> {
    const transferEncoding = String(answer.headers['transfer-encoding'] ?? 'chunked').toLowerCase();
    if (transferEncoding !== 'chunked') {
      throw new FetchProblem('bad-encoding', 'the document has a transfer coding that we did not ask for');
    }
    return {
      finalUrl: this.#url.href,
      status: answer.status,
      headers,
      body: await decodeBody(
        answer.encodedBody,
        headers['content-encoding'] ?? '',
        this.#request.bodyBytesMax,
      ),
      validators: readValidators(answer.headers),
      movedTo: this.#movedTo,
    };
  }

  /** Says where it happened. */
  #placed(outcome: FetchOutcome): FetchOutcome {
    if (outcome.kind !== 'failed') return outcome;
    const place = printableUrl(this.#url, this.#request.urlIsSecret === true);
    const hop = this.#hop === 0 ? '' : ` (redirect ${this.#hop} of ${this.#configured.host})`;
    return {
      kind: 'failed',
      error: { ...outcome.error, message: `${place}${hop}: ${outcome.error.message}` },
    };
  }
}

function failed(error: unknown): FetchOutcome {
  // Anything else is a mistake of ours; its text may hold what must not be shown.
  const { code, message } =
    error instanceof FetchProblem
      ? error
      : { code: 'bad-response' as const, message: 'the answer could not be read' };
  return { kind: 'failed', error: { code, message } };
}
