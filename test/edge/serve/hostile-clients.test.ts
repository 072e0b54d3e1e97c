// Clients that are broken, slow or hostile, byte by byte over raw sockets: ADVERSARIAL cases G2 to G6.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { curl, DOCUMENTS, exchange, open, readAll, rendition, startRig } from './serve-rig.ts';

const GET = 'GET /feeds/city.rss HTTP/1.1\r\nHost: x\r\n';
const LEAK = /\bat [\w/.]|\.js:|\.ts:|node_modules|node:|HPE_|Error:|ECONN/;

test.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400],
  ['a TLS hello', Buffer.from('16030100c8010000c40303', 'hex'), 400],
  ['binary rubbish', Buffer.alloc(2_000, 0xff), 400],
  ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['a NUL in the address', 'GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['no address', 'GET  HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['a header without a colon', 'GET / HTTP/1.1\r\nHost: x\r\nbroken\r\n\r\n', 400],
  ['a CR within a header', 'GET / HTTP/1.1\r\nHost: x\r\nA: b\rC: d\r\n\r\n', 400],
  ['two lengths', `${GET}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400],
  ['a length and chunks', `${GET}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  ['an address of 100 KB', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 414],
  ['a header of 100 KB', `${GET}A: ${'a'.repeat(100_000)}\r\n\r\n`, 431],
  ['10,000 headers', `${GET}${'A: b\r\n'.repeat(10_000)}\r\n`, 431],
  ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n', 405],
])('answers %s with a short text and ends the connection', async (_, bytes, status) => {
  const rig = await startRig();
  const received = await exchange(rig, bytes);
  expect(received.status).toBe(status);
  expect(received.headers.connection).toBe('close');
  expect(received.body.length).toBeLessThan(100);
  expect(received.wire).not.toMatch(LEAK);
  expect((await curl(rig, '/healthz')).status).toBe(200);
});

test.each([
  [
    'a whole URL',
    'GET http://evil.example/feeds/city.rss?x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    200,
  ],
  ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 204],
  ['GET *', 'GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 400],
  ['HTTP/1.0 without Host', 'GET /feeds/city.rss HTTP/1.0\r\n\r\n', 200],
  ['an upgrade', `${GET}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`, 200],
  ['the expectation of a "100 Continue"', `${GET}Expect: 100-continue\r\nContent-Length: 9\r\n\r\n`, 200],
  ['a body with GET', `${GET}Content-Length: 5\r\n\r\nhello`, 200],
  [
    'a chunked body with POST',
    'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
    405,
  ],
  ['an unknown method', 'PROPFIND / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 405],
])('answers %s', async (_, bytes, status) => {
  const rig = await startRig();
  const received = await exchange(rig, bytes);
  expect(received.status).toBe(status);
  expect(received.wire.match(/HTTP\/1\.1 \d/g)).toHaveLength(1);
});

test('answers 1,000 pipelined requests in order', async () => {
  const rig = await startRig();
  const paths = Array.from({ length: 999 }, (_, index) => (index % 2 === 0 ? '/tiny.txt' : '/healthz'));
  const requests = paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
  const last = 'GET /nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  const { wire } = await exchange(rig, [...requests, last].join(''));
  const bodies = Array.from(wire.matchAll(/\r\n\r\n(tiny|ok\n|Not found\.\n)/g), ([, body]) => body);
  expect(bodies).toEqual([...paths.map((path) => (path === '/healthz' ? 'ok\n' : 'tiny')), 'Not found.\n']);
});

test('answers good requests before it refuses rubbish behind them', async () => {
  const body = Buffer.alloc(8_000_000, 'x');
  const large = rendition('large.txt', 'text/plain', body);
  const rig = await startRig({ site: () => new Map([[large.path, large]]) });
  const request = 'GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n';
  const { wire } = await exchange(rig, `${request}${request}rubbish\r\n\r\n`);
  const statuses = Array.from(wire.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => status);
  expect(statuses).toEqual(['200', '200', '400']);
  expect(wire.length).toBeGreaterThan(2 * body.length);
});

test('ends connections whose request never comes to an end', async () => {
  const rig = await startRig({ limits: { headersTimeoutMs: 150, requestTimeoutMs: 300 } });
  const silent = await open(rig);
  const slowloris = await open(rig);
  slowloris.write('GET / HTTP/1.1\r\nHost: x\r\n');
  const drip = setInterval(() => slowloris.write('A: b\r\n'), 30);
  const received = await Promise.all([readAll(silent), readAll(slowloris)]);
  clearInterval(drip);
  for (const wire of received) expect(wire.toString()).toMatch(/^HTTP\/1\.1 408 /);
});

test('ends idle connections, and keeps those in use', async () => {
  const rig = await startRig({ limits: { keepAliveTimeoutMs: 50 } });
  const socket = await open(rig);
  const wire = readAll(socket);
  for (let sent = 0; sent < 3; sent += 1) {
    socket.write(`${GET}\r\n`);
    await delay(10);
  }
  expect((await wire).toString().match(/HTTP\/1\.1 200/g)).toHaveLength(3);
});

test('cuts readers slower than the write deadline, however many bytes they still take', async () => {
  const body = Buffer.alloc(30_000_000, 'x');
  const large = rendition('large.txt', 'text/plain', body);
  const rig = await startRig({
    site: () => new Map([[large.path, large]]),
    limits: { writeDeadlineMs: 300 },
  });
  const socket = await open(rig);
  socket.write('GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n');
  socket.pause();
  let taken = 0;
  const sip = setInterval(() => {
    taken += (socket.read(1_000) as Buffer | null)?.length ?? 0;
  }, 5);
  // A client notices only when it has read what is on its way: the server is asked instead.
  while (rig.server.connectionCount() > 0) await delay(20);
  clearInterval(sip);
  expect(taken).toBeGreaterThan(0);
  expect((await readAll(socket)).length + taken).toBeLessThan(body.length);
});

test('shares one buffer between slow readers', async () => {
  const body = Buffer.alloc(20_000_000, 'x');
  const large = rendition('large.txt', 'text/plain', body);
  const rig = await startRig({ site: () => new Map([[large.path, large]]) });
  const before = process.memoryUsage();
  const sockets = await Promise.all(Array.from({ length: 100 }, () => open(rig)));
  for (const socket of sockets) {
    socket.pause();
    socket.write('GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n');
  }
  // Each has received something: its answer is under way, its document waiting.
  await Promise.all(sockets.map((socket) => once(socket, 'readable')));
  const after = process.memoryUsage();
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(2 * body.length);
  expect(after.external - before.external).toBeLessThan(2 * body.length);
  for (const socket of sockets) socket.destroy();
});

test.each([
  ['as plain as they are', GET],
  ['as node:http takes them', `${GET}Proxy-Connection: keep-alive\r\n`],
])('answers others, %s, while hundreds of idle and slow readers hang', async (_, asked) => {
  const body = Buffer.alloc(20_000_000, 'x');
  const large = rendition('large.txt', 'text/plain', body);
  const rig = await startRig({ site: () => new Map([...DOCUMENTS, large].map((one) => [one.path, one])) });
  const idle = await Promise.all(Array.from({ length: 200 }, () => open(rig)));
  for (const socket of idle) {
    socket.write(`${asked}\r\n`);
    await once(socket, 'data');
  }
  const slow = await Promise.all(Array.from({ length: 100 }, () => open(rig)));
  for (const socket of slow) {
    socket.pause();
    socket.write(`${asked.replace('/feeds/city.rss', '/large.txt')}\r\n`);
    await once(socket, 'readable');
  }
  for (let request = 0; request < 20; request += 1)
    expect((await curl(rig, '/feeds/city.rss', ['-H', 'If-None-Match: *'])).status).toBe(304);
  // All of them are still there, and the idle ones are answered again.
  expect(rig.server.connectionCount()).toBeGreaterThanOrEqual(300);
  for (const socket of idle) {
    socket.write(`${asked}\r\n`);
    await once(socket, 'data');
  }
  // Who reads at last gets everything.
  const [first] = slow as [Socket];
  let received = 0;
  first.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  first.resume();
  while (received < body.length) await delay(5);
  for (const socket of [...idle, ...slow]) socket.destroy();
});

test('turns away connections beyond the limit, says so once, and serves again when some are gone', async () => {
  const rig = await startRig({ limits: { connectionsMax: 5 } });
  const held = await Promise.all(Array.from({ length: 5 }, () => open(rig)));
  for (const socket of held) {
    socket.write(`${GET}\r\n`);
    await once(socket, 'data');
  }
  const turnedAway = await Promise.all(Array.from({ length: 20 }, async () => readAll(await open(rig))));
  expect(turnedAway.every((wire) => wire.length === 0)).toBe(true);
  expect(rig.logged.map((line) => line.event)).toEqual(['connections-refused']);
  for (const socket of held) socket.destroy();
  while (rig.server.connectionCount() > 0) await delay(5);
  expect((await curl(rig, '/healthz')).status).toBe(200);
});

test('serves one document under any query without keeping anything of it', async () => {
  const rig = await startRig();
  const socket = await open(rig);
  let received = 0;
  socket.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  const request = (query: number) =>
    `HEAD /feeds/city.rss?x=${query}&${'y'.repeat(500)} HTTP/1.1\r\nHost: x\r\n\r\n`;
  const before = process.memoryUsage().heapUsed;
  for (let batch = 0; batch < 100; batch += 1) {
    const expected = received;
    socket.write(Array.from({ length: 100 }, (_, index) => request(batch * 100 + index)).join(''));
    while (received === expected) await delay(1);
  }
  socket.end();
  await readAll(socket);
  // 10,000 queries of 500 characters would be 5 MB of text alone; what is measured includes garbage.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000);
});

test('answers 500 without a word of the error when something breaks, and logs it', async () => {
  const broken = rendition('broken.txt', 'text/plain\r\nX-Injected: 1', 'x');
  const rig = await startRig({
    site: () => new Map([[broken.path, broken]]),
    feeds: () => {
      throw new Error('at secret.ts:1 password=hunter2');
    },
  });
  for (const path of ['/feeds/city.rss', '/broken.txt?token=hunter2']) {
    const received = await curl(rig, path);
    expect(received.status).toBe(500);
    expect(received.body).toBe('Something went wrong here.\n');
    expect(received.headers['x-injected']).toBeUndefined();
  }
  expect(rig.logged.map((line) => line.event)).toEqual(['serve-failed', 'serve-failed']);
  expect(rig.logged[1]).toMatchObject({ fields: { path: '/broken.txt' } });
  expect((await curl(rig, '/healthz')).status).toBe(200);
});
