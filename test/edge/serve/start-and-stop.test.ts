import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ServeError } from '../../../src/edge/serve/serve-error.ts';
import { curl, open, readAll, rendition, startRig } from './serve-rig.ts';

const GET_LARGE = 'GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n';
const BODY = Buffer.alloc(20_000_000, 'x');
const LARGE = rendition('large.txt', 'text/plain', BODY);
const site = () => new Map([[LARGE.path, LARGE]]);

test('says what to do when the port is taken', async () => {
  const rig = await startRig();
  const second = startRig({ port: rig.port });
  await expect(second).rejects.toThrow(ServeError);
  await expect(second).rejects.toMatchObject({
    code: 'port-in-use',
    message: expect.stringMatching(/127\.0\.0\.1 port \d+.*server\.port or \$PORT/),
  });
});

test.each([
  ['203.0.113.7', 'bad-host'],
  ['no-such-host.invalid', 'bad-host'],
])('says what to do when %s is no address of this machine', async (host, code) => {
  await expect(startRig({ host })).rejects.toMatchObject({
    code,
    message: expect.stringContaining('server.host'),
  });
});

test('may be closed before it listens, and twice', async () => {
  const rig = await startRig();
  await Promise.all([rig.server.close(1_000), rig.server.close(1_000)]);
  await rig.server.close(1_000);
});

test('frees its port, ends idle and half-asked connections at once, and refuses new ones when it stops', async () => {
  const rig = await startRig();
  const [idle, silent, halfAsked] = await Promise.all([open(rig), open(rig), open(rig)]);
  idle.write('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(idle, 'data');
  halfAsked.write('GET / HTT');
  while (rig.server.connectionCount() < 3) await delay(1);
  // A grace so long that only connections ended at once let the test end.
  await rig.server.close(600_000);
  await Promise.all([readAll(idle), readAll(silent), readAll(halfAsked)]);
  await expect(curl(rig, '/healthz')).rejects.toThrow();
  const next = createServer().listen(rig.port, '127.0.0.1');
  onTestFinished(() => void next.close());
  await once(next, 'listening');
});

test('finishes answers under way when it stops, then ends their connections', async () => {
  const rig = await startRig({ site });
  const socket = await open(rig);
  socket.write(GET_LARGE);
  await once(socket, 'readable');
  const closed = rig.server.close(600_000);
  expect((await readAll(socket)).length).toBeGreaterThan(BODY.length);
  await closed;
});

test('answers what was already asked when it stops, and says that it ends the connection', async () => {
  const rig = await startRig({ site });
  const socket = await open(rig);
  socket.write(`${GET_LARGE}GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n`);
  await once(socket, 'readable');
  const closed = rig.server.close(600_000);
  const wire = (await readAll(socket)).toString('latin1');
  await closed;
  expect(wire.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  expect(wire.endsWith('ok\n')).toBe(true);
});

test('cuts what is not finished when the grace is over', async () => {
  const rig = await startRig({ site });
  const socket = await open(rig);
  socket.write(GET_LARGE);
  await once(socket, 'readable');
  await rig.server.close(50);
  expect((await readAll(socket)).length).toBeLessThan(BODY.length);
});

test('cuts at once when it is told a second time, without grace', async () => {
  const rig = await startRig({ site });
  const socket = await open(rig);
  socket.write(GET_LARGE);
  await once(socket, 'readable');
  const closed = rig.server.close(600_000);
  await rig.server.close(0);
  await closed;
  expect((await readAll(socket)).length).toBeLessThan(BODY.length);
});
