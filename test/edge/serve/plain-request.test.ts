// What is read without node:http is what node:http would read, to the letter; all else is left to it.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { PLAIN_BYTES_MAX, plainRequest } from '../../../src/edge/serve/plain-request.ts';
import { type RequestFacts, requestFacts } from '../../../src/edge/serve/request-facts.ts';

const read = (text: string) => plainRequest(Buffer.from(text, 'latin1'));
const head = (...lines: string[]) => ['GET /a HTTP/1.1', 'Host: x', ...lines, '', ''].join('\r\n');

test('reads what an answer depends on', () => {
  expect(
    read(head('ACCEPT:text/html', 'accept-encoding: \tgzip ', 'If-None-Match: "a", "b"', 'X-Other: 1')),
  ).toEqual({
    method: 'GET',
    target: '/a',
    accept: 'text/html',
    acceptEncoding: 'gzip',
    authorization: undefined,
    ifNoneMatch: '"a", "b"',
    ifModifiedSince: undefined,
  });
  expect(read(head('Connection: keep-alive'))).toBeDefined();
});

test.each([
  ['a body', head('Content-Length: 0')],
  ['chunks', head('Transfer-Encoding: chunked')],
  ['an expectation', head('Expect: 100-continue')],
  ['an upgrade', head('Connection: upgrade', 'Upgrade: h2c')],
  ['the wish to close', head('Connection: close')],
  ['a header twice', head('Accept: a/b', 'accept: c/d')],
  ['no Host', 'GET / HTTP/1.1\r\nA: b\r\n\r\n'],
  ['two Hosts', head('Host: y')],
  ['no headers', 'GET / HTTP/1.1\r\n\r\n'],
  ['another method', head().replace('GET', 'POST')],
  ['another version', head().replace('1.1', '1.0')],
  ['a whole URL', head().replace('/a', 'http://x/a')],
  ['a fragment', head().replace('/a', '/a#b')],
  ['a space in the target', head().replace('/a', '/a b')],
  ['a byte over 127', head('A: é')],
  ['a NUL', head('A: \0')],
  ['a folded line', head('A: b', ' c')],
  ['white space before a colon', head('A : b')],
  ['a bare LF', head().replaceAll('\r\n', '\n')],
  ['a bare CR', head('A: b\rC: d')],
  ['half a head', head().slice(0, -2)],
  ['a second request behind it', head() + head()],
  ['a byte behind it', `${head()}x`],
  ['more than its bound', head(`A: ${'a'.repeat(PLAIN_BYTES_MAX)}`)],
])('leaves %s to node:http', (_, text) => {
  expect(read(text)).toBeUndefined();
});

test('agrees with node:http on whatever it reads itself', async () => {
  const seen: RequestFacts[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    seen.push(requestFacts(request));
    response.end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  /** Mostly what is right, now and then what is not. */
  const mostly = (right: readonly string[], odd: readonly string[]) =>
    fc.oneof(
      { weight: 15, arbitrary: fc.constantFrom(...right) },
      { weight: 1, arbitrary: fc.constantFrom(...odd) },
    );
  const piece = mostly(['/', 'a', '?', '%41', '..', ';', '*', '"'], ['%', '\\', '#', ' ', '\t', '\x7f', 'é']);
  const name = mostly(
    ['Accept', 'accept-encoding', 'If-None-Match', 'IF-MODIFIED-SINCE', 'Authorization', 'X-A'],
    ['Host', 'Connection', 'Content-Length', 'A B', 'A:', ''],
  );
  const colon = mostly([':', ': ', ':\t'], [' :', '']);
  const value = mostly(['', ' ', '0', ' a ', '\ta\t', 'a, b', '"a"', 'a:b'], ['\x01', 'ü', '\r', '\0']);
  const packet = fc
    .tuple(
      mostly(['GET', 'HEAD'], ['POST', 'get', '']),
      fc.array(piece, { maxLength: 4 }),
      mostly(['HTTP/1.1'], ['HTTP/1.0', 'HTTP/2', 'http/1.1']),
      fc.array(fc.tuple(name, colon, value), { maxLength: 4 }),
      mostly(['\r\n'], ['\n', '\r']),
    )
    .map(([method, pieces, version, lines, eol]) =>
      [
        `${method} /${pieces.join('')} ${version}`,
        'Host: x',
        ...lines.map((line) => line.join('')),
        '',
        '',
      ].join(eol),
    );
  let plain = 0;
  await fc.assert(
    fc.asyncProperty(packet, async (text) => {
      const facts = read(text);
      if (facts === undefined) return;
      plain += 1;
      seen.length = 0;
      const socket = connect(port, '127.0.0.1');
      socket.end(Buffer.from(text, 'latin1'));
      socket.resume();
      await once(socket, 'close');
      expect(seen).toEqual([facts]);
    }),
    { numRuns: 1000 },
  );
  expect(plain).toBeGreaterThan(100);
});
