// One request and its answer over one connection, bounded in header bytes, interim answers and body bytes.
// RFC 9110, section 15.2 (interim answers); RFC 9112.
import type { Dispatcher } from 'undici';
import type { ResponseHeaders } from '../../model/fetch-outcome.ts';
import type { Connection, Connections } from './connections.ts';
import { FetchProblem, isConnectionLoss, problemOfExchange, tooLarge } from './fetch-problem.ts';
import { GrowingBytes } from './growing-bytes.ts';

export type HeaderValue = string | readonly string[];

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  /** Lower-case names, values one character a byte. */
  readonly headers: Readonly<Record<string, HeaderValue | undefined>>;
  /** Still encoded; empty where the status says that there is no document in it. */
  readonly encodedBody: Uint8Array;
}

export interface Ask {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes as they travel. */
  readonly bodyBytesMax: number;
  readonly signal: AbortSignal;
  /** Sent by POST; of the answer then only status and header are read. Without it, a GET. */
  readonly content?: string | undefined;
}

/** A server may send 1xx answers before its real one; no feed needs more than a few. */
const INTERIM_MAX = 8;

/**
 * The answer to a request; a FetchProblem where there is none. A server may close an idle connection at any time
 * (RFC 9112, section 9.3.1): a request that went over one and met its end is sent again, once, over a new one.
 */
export async function exchange(connections: Connections, ask: Ask): Promise<Answer> {
  for (let isRepeat = false; ; isRepeat = true) {
    const connection = isRepeat
      ? connections.open(ask.url.origin, ask.signal)
      : connections.take(ask.url.origin, ask.signal);
    const openings = connection.openings;
    const receiver = new Receiver(ask.bodyBytesMax, ask.content === undefined, connections.received);
    try {
      return await send(connection, ask, receiver);
    } catch (error) {
      ask.signal.throwIfAborted();
      const wasReused = openings > 0 && connection.openings === openings;
      if (!isRepeat && wasReused && !receiver.hasBegun && isConnectionLoss(error)) continue;
      throw problemOfExchange(error, receiver.hasBegun);
    } finally {
      if (receiver.isComplete) connections.giveBack(connection);
      else connections.drop(connection);
    }
  }
}

async function send(connection: Connection, ask: Ask, receiver: Receiver): Promise<Answer> {
  ask.signal.throwIfAborted();
  const onAbort = () => receiver.fail(ask.signal.reason);
  ask.signal.addEventListener('abort', onAbort, { once: true });
  try {
    const path = `${ask.url.pathname}${ask.url.search}`;
    const headers = { ...ask.headers };
    const request = ask.content === undefined ? { method: 'GET' } : { method: 'POST', body: ask.content };
    connection.client.dispatch({ ...request, path, headers }, receiver);
    return await receiver.answer;
  } finally {
    ask.signal.removeEventListener('abort', onAbort);
  }
}

/**
 * Takes in one answer. Documents are read to their end; of any other answer the status and header are enough, and the
 * connection is kept only if its body happened to be there already.
 */
class Receiver implements Dispatcher.DispatchHandler {
  readonly answer: Promise<Answer>;
  hasBegun = false;
  isComplete = false;
  readonly #bodyBytesMax: number;
  readonly #wantsDocument: boolean;
  readonly #received: (bytes: number) => void;
  readonly #resolve: (answer: Answer) => void;
  readonly #reject: (error: unknown) => void;
  #interim = 0;
  #head: Omit<Answer, 'encodedBody'> | undefined;
  #body: GrowingBytes | undefined;

  constructor(bodyBytesMax: number, wantsDocument: boolean, received: (bytes: number) => void) {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.answer = promise;
    // Awaited by send(); where that stops earlier, nobody is left to hear of a failure.
    promise.catch(() => {});
    this.#resolve = resolve;
    this.#reject = reject;
    this.#bodyBytesMax = bodyBytesMax;
    this.#wantsDocument = wantsDocument;
    this.#received = received;
  }

  fail(error: unknown): void {
    this.#reject(error);
  }

  onRequestStart(): void {}

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Answer['headers'],
  ): void {
    if (status < 200) {
      this.#interim += 1;
      if (this.#interim > INTERIM_MAX) {
        controller.abort(new FetchProblem('bad-response', 'the server sends interim answers without end'));
      }
      return;
    }
    this.hasBegun = true;
    this.#head = { status, headers };
    if (!this.#wantsDocument || !carriesDocument(status)) {
      this.#resolve({ ...this.#head, encodedBody: new Uint8Array() });
      return;
    }
    const length = Number(headers['content-length'] ?? 0);
    if (length > this.#bodyBytesMax) controller.abort(tooLarge(this.#bodyBytesMax));
    else this.#body = new GrowingBytes(length, this.#bodyBytesMax);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#received(chunk.length);
    if (this.#body?.append(chunk) === false) controller.abort(tooLarge(this.#bodyBytesMax));
  }

  onResponseEnd(): void {
    this.isComplete = true;
    if (this.#head !== undefined && this.#body !== undefined) {
      this.#resolve({ ...this.#head, encodedBody: this.#body.bytes() });
    }
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#reject(error);
  }
}

/** 203 is a 200 that passed a transforming proxy (RFC 9110, section 15.3.4). */
export function carriesDocument(status: number): boolean {
  return status === 200 || status === 203;
}

export function joinedHeaders(headers: Answer['headers']): ResponseHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : (value ?? []).join(', '),
    ]),
  );
}
