// A publisher's well-behaved server on loopback: documents with ETags, counted requests, items added between polls.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface Origin extends AsyncDisposable {
  readonly url: string;
  /** Serves `text` with an ETag, conditionally. */
  publish(path: string, text: string, contentType?: string): void;
  /** Does whatever it likes. */
  on(path: string, handler: Handler): void;
  /** Status codes of the answers so far, by path. */
  answered(path: string): readonly number[];
}

export async function startOrigin(): Promise<Origin> {
  const handlers = new Map<string, Handler>();
  const answers = new Map<string, number[]>();
  const server = createServer((request, response) => {
    const target = request.url ?? '/';
    response.on('close', () => {
      answers.set(target, [...(answers.get(target) ?? []), response.statusCode]);
    });
    const handler = handlers.get(target);
    if (handler === undefined) response.writeHead(404).end();
    else handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    publish(path, text, contentType = 'application/rss+xml; charset=utf-8') {
      const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 16)}"`;
      handlers.set(path, (request, response) => {
        response.setHeader('etag', etag);
        if (request.headers['if-none-match'] === etag) response.writeHead(304).end();
        else response.writeHead(200, { 'content-type': contentType }).end(text);
      });
    },
    on: (path, handler) => void handlers.set(path, handler),
    answered: (path) => answers.get(path) ?? [],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface Post {
  readonly guid: string;
  readonly title?: string;
  readonly link?: string;
  readonly date?: string;
  readonly body?: string;
}

/** An RSS 2.0 document; everything in a post is put in as it stands, markup included. */
export function rss(title: string, posts: readonly Post[]): string {
  const items = posts.map(
    ({ guid, title: name, link, date, body }) =>
      `<item><guid isPermaLink="false">${guid}</guid>${tag('title', name)}${tag('link', link)}${tag('pubDate', date)}${tag('description', body)}</item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>${title}</title><link>https://site.example/</link><description>${title}</description>${items.join('\n')}</channel></rss>`;
}

function tag(name: string, text: string | undefined): string {
  return text === undefined ? '' : `<${name}>${text}</${name}>`;
}
