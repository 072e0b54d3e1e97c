// What the libraries do when they are used as their first page says, where the list of adversarial cases claims that it harms:
// each claim shown on the pinned version, so that nobody undoes what we do about it without noticing, and a version that mends it
// is noticed too. Times that grow are in bench/naive.ts.
import { createServer, type Server, type Socket } from 'node:net';
import { Feed } from 'feed';
import Parser from 'rss-parser';
import { Agent, request } from 'undici';
import { describe, expect, it } from 'vitest';

interface Listener extends AsyncDisposable {
  readonly port: number;
  readonly accepted: () => number;
}

async function listener(onSocket: (socket: Socket) => void): Promise<Listener> {
  let accepted = 0;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    accepted: () => accepted,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An agent that is destroyed with its scope. */
function scoped(options: ConstructorParameters<typeof Agent>[0]) {
  const agent = new Agent(options);
  return { agent, [Symbol.asyncDispose]: () => agent.destroy() };
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok';

describe('A2: a guard in `connect.lookup` of undici', () => {
  const guarded = () =>
    scoped({
      connect: { lookup: (_hostname, _options, callback) => callback(new Error('refused by the guard'), []) },
    });

  it('refuses what a name leads to', async () => {
    await using server = await listener((socket) => void socket.end(OK));
    await using naive = guarded();
    await expect(request(`http://localhost:${server.port}/`, { dispatcher: naive.agent })).rejects.toThrow(
      'guard',
    );
    expect(server.accepted()).toBe(0);
  });

  it.each(['127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '127.1'])(
    'is not asked about %s, which is connected to',
    async (host) => {
      await using server = await listener((socket) => void socket.end(OK));
      await using naive = guarded();
      const { body } = await request(`http://${host}:${server.port}/`, { dispatcher: naive.agent });
      expect(await body.text()).toBe('ok');
      expect(server.accepted()).toBe(1);
    },
  );
});

describe('A9: `bodyTimeout` of undici', () => {
  it('never ends a body that drips: twenty bytes arrive over several times the timeout', async () => {
    const TIMEOUT_MS = 1100;
    const BYTES = 20;
    await using server = await listener((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${BYTES}\r\nConnection: close\r\n\r\n`);
      let left = BYTES;
      const timer = setInterval(() => {
        left -= 1;
        socket.write('x');
        if (left === 0) clearInterval(timer);
      }, TIMEOUT_MS / 6);
      socket.on('close', () => clearInterval(timer));
    });
    await using naive = scoped({ bodyTimeout: TIMEOUT_MS, headersTimeout: TIMEOUT_MS });
    const { body } = await request(`http://127.0.0.1:${server.port}/`, { dispatcher: naive.agent });
    expect(await body.text()).toHaveLength(BYTES);
  });
});

describe('B7: rss-parser', () => {
  const feedIn = (label: string, title: Buffer | string) =>
    Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="${label}"?><rss version="2.0"><channel><title>`),
      Buffer.from(title),
      Buffer.from('</title></channel></rss>'),
    ]);
  it.each<[string, Buffer, string]>([
    ['Shift_JIS', feedIn('Shift_JIS', Buffer.from('93fa967b', 'hex')), '日本'],
    ['GBK', feedIn('GBK', Buffer.from('d6d0b9fa', 'hex')), '中国'],
    ['windows-1251', feedIn('windows-1251', Buffer.from('cceef1eae2e0', 'hex')), 'Москва'],
    ['Big5', feedIn('Big5', Buffer.from('a4a4a4e5', 'hex')), '中文'],
  ])('reads no %s', async (_, bytes, title) => {
    expect(await titleOf(bytes)).not.toBe(title);
  });

  it('reads UTF-8', async () => {
    expect(await titleOf(feedIn('utf-8', '日本'))).toBe('日本');
  });

  async function titleOf(bytes: Buffer): Promise<string | undefined> {
    await using server = await listener((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`);
      socket.end(bytes);
    });
    const feed = await new Parser().parseURL(`http://127.0.0.1:${server.port}/`).catch(() => undefined);
    return feed?.title;
  }
});

describe('C3, C5: the writers of feed', () => {
  it('C3: a second end of CDATA in the content is an item of its own for who reads the document', async () => {
    const feed = new Feed({ title: 'T', id: 'urn:x', copyright: '' });
    const forged = '<item><title>forged</title><link>javascript:alert(1)</link></item>';
    const content = `]]>]]></content:encoded></item>${forged}<item><content:encoded><![CDATA[`;
    feed.addItem({ title: 'One', link: 'https://a.example/1', date: new Date(0), content });
    const { items } = await new Parser().parseString(feed.rss2());
    expect(items.map(({ link }) => link)).toContain('javascript:alert(1)');
  });

  it('C5: an id that is no address loses the whole of Atom', () => {
    const feed = new Feed({ title: 'T', id: 'urn:x', copyright: '' });
    feed.addItem({ title: 'One', id: '42', link: '42', date: new Date(0) });
    expect(() => feed.atom1()).toThrow();
  });
});
