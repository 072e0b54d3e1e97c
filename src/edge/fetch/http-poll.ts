// One poll over HTTP: conditional GET, redirects followed by hand, the document decoded within bounds. RFC 9110, RFC 9111.
import type {
  FetchedResponse,
  FetchOutcome,
  ResponseHeaders,
  Validators,
} from '../../model/fetch-outcome.ts';
import { outcomeOfStatus } from './answer-outcome.ts';
import type { Connections } from './connections.ts';
import { decodeBody } from './content-coding.ts';
import type { Deadline } from './deadline.ts';
import { type Answer, carriesDocument, exchange, joinedHeaders } from './exchange.ts';
import { FetchProblem, printableUrl } from './fetch-problem.ts';
import type { FetchRequest } from './fetch-request.ts';
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

/** One poll over HTTP: the hops it takes and what it learns on the way. */
export class HttpPoll {
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

export function failed(error: unknown): FetchOutcome {
  // Anything else is a mistake of ours; its text may hold what must not be shown.
  const { code, message } =
    error instanceof FetchProblem
      ? error
      : { code: 'bad-response' as const, message: 'the answer could not be read' };
  return { kind: 'failed', error: { code, message } };
}
