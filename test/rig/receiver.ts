// Who is told of alerts: a web server on loopback that keeps what it is sent.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly path: string;
  readonly body: AlertMessage;
}

export interface AlertMessage {
  readonly text: string;
  readonly service: string;
  readonly alerts: readonly (Readonly<Record<string, unknown>> & {
    readonly event: string;
    readonly text: string;
  })[];
}

export interface Receiver extends AsyncDisposable {
  readonly url: string;
  readonly received: readonly Received[];
  /** Answers with these from now on; a redirect goes to `location`. */
  answerWith(status: number, location?: string): void;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let answer: { readonly status: number; readonly location?: string | undefined } = { status: 200 };
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, path: request.url ?? '', body: JSON.parse(text) });
      const { status, location } = answer;
      response.writeHead(status, location === undefined ? {} : { location }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answerWith(status, location) {
      answer = { status, location };
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
