// A hub, written from the text of the WebSub recommendation (23 January 2018): takes subscriptions, verifies intent, distributes
// with signatures, ends leases, is told of changes; and misbehaves where a test says so. Names lead where `reach` says.
import { createHmac, randomBytes } from 'node:crypto';
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import type { AddressInfo } from 'node:net';

export interface HubRequest {
  readonly mode: string;
  readonly topic: string;
  readonly form: URLSearchParams;
}

export interface Subscribed {
  readonly topic: string;
  readonly callback: string;
  readonly secret: string | undefined;
  readonly endsAtMs: number;
}

export interface Got {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HubOptions {
  /** The port on loopback that a host is at. */
  readonly reach: (host: string) => number;
  readonly now: () => number;
}

export interface Hub extends AsyncDisposable {
  readonly port: number;
  /** Every form that was sent, as it came. */
  readonly requests: readonly HubRequest[];
  /** By callback. */
  readonly subscribed: ReadonlyMap<string, Subscribed>;
  /** Status codes that deliveries and verifications were answered with. */
  readonly deliveries: readonly number[];
  readonly verifications: readonly number[];
  /** Seconds that are granted, whatever was asked. */
  leaseSeconds: number;
  method: string;
  isDown: boolean;
  /** What a request is answered with. */
  status: number;
  headers: Readonly<Record<string, string>>;
  /** A topic that is answered with 400. */
  refusedTopic: string | undefined;
  /** What is done with a subscription once it was asked for. */
  behaviour: 'verify' | 'deny' | 'forget' | 'other-topic';
  /** Delivers to everyone subscribed to the topic (section 7). */
  distribute(topic: string, body: string | Uint8Array, said?: Distribution): Promise<readonly number[]>;
  /** A request to a callback as anyone could make it. */
  call(callback: string, said?: Call): Promise<Got>;
}

export interface Distribution {
  readonly contentType?: string;
  /** Instead of the right one; '' for none. */
  readonly signature?: string;
}

export interface Call {
  readonly method?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export async function startHub({ reach, now }: HubOptions): Promise<Hub> {
  const requests: HubRequest[] = [];
  const subscribed = new Map<string, Subscribed>();
  const deliveries: number[] = [];
  const verifications: number[] = [];

  const server = createServer(async (request, response) => {
    if (hub.isDown) return void request.socket.destroy();
    const form = new URLSearchParams(await textOf(request));
    const mode = form.get('hub.mode') ?? '';
    const topic = form.get('hub.topic') ?? '';
    requests.push({ mode, topic, form });
    const status = topic === hub.refusedTopic ? 400 : hub.status;
    response.writeHead(status, { ...hub.headers }).end();
    if (status >= 300) return;
    const work = mode === 'publish' ? republish(form.get('hub.url') ?? topic) : consider(mode, topic, form);
    // Whoever is called may be gone by then.
    await work.catch(() => undefined);
  });

  /** Sections 5.2 and 5.3. */
  async function consider(mode: string, topic: string, form: URLSearchParams): Promise<void> {
    const callback = form.get('hub.callback') ?? '';
    if (hub.behaviour === 'forget') return;
    if (hub.behaviour === 'deny') {
      const query = { 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': 'not for you' };
      verifications.push((await hub.call(callback, { query })).status);
      return;
    }
    const challenge = randomBytes(24).toString('base64');
    const query = {
      'hub.mode': mode,
      'hub.topic': hub.behaviour === 'other-topic' ? `${topic}?other` : topic,
      'hub.challenge': challenge,
      'hub.lease_seconds': String(hub.leaseSeconds),
    };
    const { status, body } = await hub.call(callback, { query });
    verifications.push(status);
    if (status < 200 || status > 299 || body !== challenge) return;
    if (mode === 'unsubscribe') subscribed.delete(callback);
    else
      subscribed.set(callback, {
        topic,
        callback,
        secret: form.get('hub.secret') ?? undefined,
        endsAtMs: now() + hub.leaseSeconds * 1000,
      });
  }

  /** Section 6: a hub that was told of a change fetches the topic and hands it on. */
  async function republish(topic: string): Promise<void> {
    const { body, headers } = await hub.call(topic);
    await hub.distribute(topic, body, { contentType: headers['content-type'] ?? '' });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const hub: Hub = {
    port,
    requests,
    subscribed,
    deliveries,
    verifications,
    leaseSeconds: 864_000,
    method: 'sha256',
    isDown: false,
    status: 202,
    headers: {},
    refusedTopic: undefined,
    behaviour: 'verify',
    async distribute(topic, body, { contentType = 'application/rss+xml', signature } = {}) {
      const statuses: number[] = [];
      for (const each of [...subscribed.values()]) {
        if (each.endsAtMs <= now()) subscribed.delete(each.callback);
        if (each.topic !== topic || each.endsAtMs <= now()) continue;
        const right =
          each.secret && `${hub.method}=${createHmac(hub.method, each.secret).update(body).digest('hex')}`;
        const signed = signature ?? right ?? '';
        const headers = {
          'content-type': contentType,
          link: `<http://hub.test/>; rel="hub", <${topic}>; rel="self"`,
          ...(signed === '' ? {} : { 'x-hub-signature': signed }),
        };
        const { status } = await hub.call(each.callback, { method: 'POST', headers, body });
        if (status === 410) subscribed.delete(each.callback);
        statuses.push(status);
      }
      deliveries.push(...statuses);
      return statuses;
    },
    call: (callback, said = {}) => call(callback, said, reach),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return hub;
}

function call(
  url: string,
  { method = 'GET', query, headers, body }: Call,
  reach: HubOptions['reach'],
): Promise<Got> {
  const { hostname, pathname, search } = new URL(url);
  const params = query === undefined ? '' : `${search === '' ? '?' : '&'}${new URLSearchParams(query)}`;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: reach(hostname),
        path: `${pathname}${search}${params}`,
        method,
        agent: false,
        headers: {
          host: hostname,
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      },
      (response) => {
        textOf(response).then(
          (text) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          reject,
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString();
}
