// The end and the beginning of a service in a bad moment: ADVERSARIAL cases I2 and I4.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { rss, startOrigin } from './origin.ts';
import { serve, temporaryFolder, until } from './tributary.ts';

const ANSWERS = 40;
const LONG = 'word '.repeat(4_000);
const POSTS = Array.from({ length: 40 }, (_, n) => ({
  guid: `p-${n}`,
  title: `Post ${n}`,
  body: `${LONG}${n}`,
}));

/** Asks many times for a long document, and reads none of it yet. */
async function slowReader(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.pause();
  socket.write('GET /feeds/all.rss HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(ANSWERS));
  await once(socket, 'readable');
  return socket;
}

async function startWorld() {
  const folder = await temporaryFolder();
  const origin = await startOrigin();
  origin.publish('/feed', rss('Site', POSTS));
  // A poll that never ends by itself.
  const hung = Promise.withResolvers<void>();
  origin.on('/hung', () => hung.resolve());
  const config = await folder.write(
    'tributary.yaml',
    `network: { allow: [127.0.0.1], perHost: { concurrency: 2, gap: 0s } }
sources: [{ id: site, url: '${origin.url}/feed' }, { id: hung, url: '${origin.url}/hung' }]
feeds: [{ id: all, title: All, sources: [site] }]
`,
  );
  const service = await serve(config, { TRIBUTARY_DATA: folder.file('data') });
  await until(async () => (await service.get('/readyz')).ok, 'the feed');
  await hung.promise;
  return {
    service,
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await origin[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const isRefused = (url: string) => async () =>
  (await fetch(`${url}/healthz`).catch((error: Error) => error)) instanceof Error;

it('takes nobody in, finishes what was asked and ends with 0 when it is told to stop, in the middle of a poll', async () => {
  await using world = await startWorld();
  const { service } = world;
  const socket = await slowReader(service.url);
  service.send('SIGTERM');
  await until(isRefused(service.url), 'new connections to be refused');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.resume();
  await once(socket, 'close');
  const wire = Buffer.concat(chunks).toString('latin1');
  expect(wire.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(ANSWERS);
  expect(wire.match(/<\/rss>/g)).toHaveLength(ANSWERS);
  expect((await service.kill('SIGTERM')).code).toBe(0);
});

it('cuts what is not finished at a second signal, and ends with 0 all the same', async () => {
  await using world = await startWorld();
  const { service } = world;
  const socket = await slowReader(service.url);
  service.send('SIGTERM');
  await until(isRefused(service.url), 'new connections to be refused');
  let hasEnded = false;
  const ended = service.kill('SIGTERM').finally(() => {
    hasEnded = true;
  });
  // The first of them may be an echo of the one signal.
  await until(() => {
    service.send('SIGTERM');
    return hasEnded;
  }, 'the end');
  expect((await ended).code).toBe(0);
  let received = 0;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  socket.resume();
  if (!socket.closed) await once(socket, 'close');
  expect(received).toBeLessThan(ANSWERS * POSTS.length * LONG.length);
});

it('serves what it published last, byte for byte, where at the start no name is found and no publisher answers', async () => {
  await using folder = await temporaryFolder();
  const env = { TRIBUTARY_DATA: folder.file('data') };
  const write = (url: string, id = 'site') =>
    folder.write(
      'tributary.yaml',
      `network: { allow: [127.0.0.1], timeout: 2s }
sources: [{ id: ${id}, url: '${url}' }]
feeds: [{ id: all, title: All }]
`,
    );
  let before: readonly [string | null, string] | undefined;
  {
    await using origin = await startOrigin();
    origin.publish('/feed', rss('Site', POSTS.slice(0, 2)));
    await using service = await serve(await write(`${origin.url}/feed`), env);
    await until(async () => (await service.get('/readyz')).ok, 'the feed');
    const response = await service.get('/feeds/all.rss');
    before = [response.headers.get('etag'), await response.text()];
    await service.kill('SIGTERM');
  }
  await using service = await serve(folder.file('tributary.yaml'), env);
  const same = async () => {
    const response = await service.get('/feeds/all.rss');
    expect([response.headers.get('etag'), await response.text()]).toEqual(before);
  };
  await same();
  await service.kill('SIGTERM');
  // Another source, so that it is due at once.
  await write('https://feeds.no-such-host.invalid/feed', 'lost');
  await using again = await serve(folder.file('tributary.yaml'), env);
  await until(() => again.polls('lost').some((line) => line['outcome'] === 'failed'), 'a poll in vain');
  const response = await again.get('/feeds/all.rss');
  expect(response.status).toBe(200);
  expect(await response.text()).not.toMatch(/ENOTFOUND|EAI_AGAIN|no-such-host/);
});
