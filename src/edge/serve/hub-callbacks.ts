// Callbacks of hubs (WebSub, sections 5.3 and 7): a GET asks whether we meant it, a POST delivers. The address is a capability:
// nothing of it is logged or answered. A delivery is answered as soon as it is here, before any work.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Answer, textAnswer } from './answer.ts';
import { requestPath } from './request-path.ts';

export interface HubCallbacks {
  /** Whether it is known yet what is subscribed to. */
  isReady(): boolean;
  /** What to answer a question of a hub with; undefined where it asks for what we do not want. */
  answer(name: string, query: URLSearchParams): string | undefined;
  /** How many bytes may be delivered; undefined where there is no such subscription. */
  bytesMaxOf(name: string): number | undefined;
  deliver(name: string, delivery: Delivery): void;
}

export interface Delivery {
  /** As it came; undefined where it was more than is allowed. */
  readonly body: Uint8Array | undefined;
  readonly contentType: string | undefined;
  /** The header X-Hub-Signature. */
  readonly signature: string | undefined;
}

/** Deliveries that are read at once: of one subscription, and in bytes of all. */
const OF_ONE_MAX = 2;
const BYTES_MAX = 64 * 1024 * 1024;
const BUSY_RETRY_AFTER_S = '30';
/** Under any prefix: our address may have been another when the hub was asked. */
const PATH = /\/websub\/([\w-]{1,128})$/;

export interface CallbackAnswer {
  readonly answer: Answer;
  /** The request's body was read to its end. */
  readonly isWhole: boolean;
}

export class CallbackDesk {
  readonly #callbacks: HubCallbacks;
  readonly #reading = new Map<string, number>();
  #bytes = 0;

  constructor(callbacks: HubCallbacks) {
    this.#callbacks = callbacks;
  }

  /** Undefined where the request is for something else. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<CallbackAnswer> | undefined {
    const name = PATH.exec(requestPath(request.url ?? '') ?? '')?.[1];
    if (name === undefined) return undefined;
    if (!this.#callbacks.isReady()) return Promise.resolve({ answer: busy(), isWhole: false });
    if (request.method === 'GET')
      return Promise.resolve({ answer: this.#question(name, request), isWhole: false });
    if (request.method === 'POST') return this.#delivery(name, request, response);
    return Promise.resolve({
      answer: refuse(405, 'A hub asks by GET and delivers by POST.\n', ['Allow', 'GET, POST']),
      isWhole: false,
    });
  }

  #question(name: string, { url = '' }: IncomingMessage): Answer {
    const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
    const text = url.includes('?') ? this.#callbacks.answer(name, query) : undefined;
    if (text === undefined) return refuse(404, 'Nothing is subscribed to here.\n');
    return textAnswer(200, text, [], 'application/octet-stream');
  }

  async #delivery(name: string, request: IncomingMessage, response: ServerResponse): Promise<CallbackAnswer> {
    const bytesMax = this.#callbacks.bytesMaxOf(name);
    if (bytesMax === undefined)
      return { answer: refuse(410, 'Nothing is subscribed to here any more.\n'), isWhole: false };
    const length = Number(request.headers['content-length'] ?? bytesMax);
    const bytes = Math.min(Number.isNaN(length) ? bytesMax : length, bytesMax);
    if (!this.#admit(name, bytes)) return { answer: busy(), isWhole: false };
    try {
      if (request.headers.expect !== undefined) response.writeContinue();
      const body = length > bytesMax ? undefined : await readBody(request, bytesMax);
      const { 'content-type': contentType, 'x-hub-signature': signature } = request.headers;
      const delivery = { body, contentType, signature: signature?.toString() };
      setImmediate(() => this.#callbacks.deliver(name, delivery));
      return { answer: refuse(202, ''), isWhole: body !== undefined };
    } finally {
      this.#release(name, bytes);
    }
  }

  #admit(name: string, bytes: number): boolean {
    const ofThis = this.#reading.get(name) ?? 0;
    if (ofThis >= OF_ONE_MAX || (this.#bytes > 0 && this.#bytes + bytes > BYTES_MAX)) return false;
    this.#reading.set(name, ofThis + 1);
    this.#bytes += bytes;
    return true;
  }

  #release(name: string, bytes: number): void {
    const left = (this.#reading.get(name) ?? 1) - 1;
    if (left === 0) this.#reading.delete(name);
    else this.#reading.set(name, left);
    this.#bytes -= bytes;
  }
}

function busy(): Answer {
  return refuse(503, 'Please try again in a moment.\n', ['Retry-After', BUSY_RETRY_AFTER_S]);
}

function refuse(status: number, text: string, headers: readonly string[] = []): Answer {
  return textAnswer(status, text, headers);
}

/** Undefined as soon as it is more than `bytesMax`; rejects where the connection ends first. */
function readBody(request: IncomingMessage, bytesMax: number): Promise<Uint8Array | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array | undefined>();
  const chunks: Uint8Array[] = [];
  let length = 0;
  request.on('data', (chunk: Uint8Array) => {
    length += chunk.length;
    if (length <= bytesMax) chunks.push(chunk);
    else {
      request.pause();
      resolve(undefined);
    }
  });
  request.on('end', () => resolve(Buffer.concat(chunks)));
  request.on('close', () => reject(new Error('the delivery was cut short')));
  request.on('error', reject);
  return promise;
}
