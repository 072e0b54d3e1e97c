// No address but an allowed one is ever connected to, whichever way it is reached: the real program against sockets that listen.

import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { startOrigin } from './origin.ts';
import { run, temporaryFolder } from './tributary.ts';

interface Trap extends AsyncDisposable {
  readonly port: number;
  readonly connections: () => number;
}

/** Listens on every address of this machine and counts who comes. */
async function startTrap(): Promise<Trap> {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const HOSTS = [
  '127.0.0.1',
  '127.1',
  '127.0.0.2',
  '2130706433',
  '0x7f.1',
  '0x7f000001',
  '0177.0.0.1',
  '017700000001',
  '127.0.0.1.',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '0.0.0.0',
  '0',
  'localhost',
  'LOCALHOST.',
  'localhost.',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '%31%32%37.0.0.1',
];

it('refuses each source whose address is this machine in any spelling, before a connection', async () => {
  await using folder = await temporaryFolder();
  await using trap = await startTrap();
  const sources = HOSTS.map((host, n) => `  - { id: s${n}, url: 'http://${host}:${trap.port}/feed' }`);
  const config = await folder.write(
    'tributary.yaml',
    `network: { perHost: { gap: 0s } }\nsources:\n${sources.join('\n')}\nfeeds: [{ id: all, title: All }]\n`,
  );
  const { code, stderr } = await run(['once', '--config', config, '--out', folder.file('site')], {
    TRIBUTARY_DATA: folder.file('data'),
  });
  expect(code).toBe(1);
  const refused = stderr.split('\n').filter((line) => / failed +address-refused: /.test(line));
  expect(refused).toHaveLength(HOSTS.length);
  expect(trap.connections()).toBe(0);
});

it('refuses each redirect to such an address, and follows one to an allowed one', async () => {
  await using folder = await temporaryFolder();
  await using trap = await startTrap();
  await using origin = await startOrigin();
  // 127.0.0.1 is allowed, and with it every spelling of it: the traps are the other addresses of this machine.
  const targets = [
    '127.0.0.2',
    '0.0.0.0',
    '[::1]',
    '[::ffff:127.0.0.2]',
    '169.254.169.254',
    '[64:ff9b::7f00:2]',
  ];
  for (const [n, host] of targets.entries()) {
    const location = `http://${host}:${trap.port}/`;
    origin.on(`/${n}`, (_request, response) => void response.writeHead(302, { location }).end());
  }
  origin.on('/moved', (_request, response) => void response.writeHead(302, { location: '/feed' }).end());
  origin.publish(
    '/feed',
    '<rss version="2.0"><channel><title>T</title><item><title>There</title></item></channel></rss>',
  );
  const urls = [...targets.keys(), 'moved'].map(
    (name) => `  - { id: s${name}, url: '${origin.url}/${name}' }`,
  );
  const config = await folder.write(
    'tributary.yaml',
    `network: { allow: [127.0.0.1], perHost: { gap: 0s } }\nsources:\n${urls.join('\n')}\nfeeds: [{ id: all, title: All }]\n`,
  );
  const { code, stderr } = await run(['once', '--config', config, '--out', folder.file('site')], {
    TRIBUTARY_DATA: folder.file('data'),
  });
  expect(code).toBe(0);
  expect(stderr.split('\n').filter((line) => / failed +address-refused: /.test(line))).toHaveLength(
    targets.length,
  );
  expect(stderr).toMatch(/^smoved +updated +1 +1$/m);
  expect(trap.connections()).toBe(0);
});
