// What a server may do to whoever asks it for a feed, each by its number in the list of adversarial cases (A, fetching), with
// more of the same kind. One source of three is hostile; see test/rig/world.ts for what is asked after each.
import { Buffer } from 'node:buffer';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/edge/config/load-config.ts';
import {
  answer,
  answerBytes,
  type Behaviour,
  endless,
  flood,
  raw,
  redirect,
  silence,
} from '../rig/evil-source.ts';
import { feedAnswer, rss, type WorldOptions, world } from '../rig/world.ts';

const ITEM = '<item><guid>https://hostile.test/1</guid><title>hostile item</title></item>';
const FEED = rss(ITEM);
const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n';
const BOMB = Buffer.alloc(40_000_000, ' ');

/** The hostile source fails for this reason; nothing of it is published; all else stands. */
async function refuses(options: WorldOptions, reason: string, text?: RegExp): Promise<void> {
  await using it = await world(options);
  expect(it.polls()).toMatchObject([{ outcome: 'failed', reason }]);
  if (text !== undefined) expect(it.polls()[0]?.message).toMatch(text);
  expect((await it.items()).some(({ title }) => title === 'hostile item')).toBe(false);
  await it.standing();
}

async function reads(options: WorldOptions): Promise<void> {
  await using it = await world(options);
  expect(it.polls()).toMatchObject([{ outcome: 'updated', items: 1 }]);
  expect((await it.items()).map(({ title }) => title)).toContain('hostile item');
  await it.standing();
}

describe.concurrent('A1, A2: addresses that are not public, in any spelling', () => {
  it.each([
    'http://127.0.0.1/hostile',
    'http://10.0.0.1/hostile',
    'http://172.16.0.1/hostile',
    'http://192.168.1.1/hostile',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/hostile',
    'http://0.0.0.0/hostile',
    'http://[::1]/hostile',
    'http://[fd00::1]/hostile',
    'http://[fe80::1]/hostile',
    'http://[::ffff:127.0.0.1]/hostile',
    'http://[64:ff9b::7f00:1]/hostile',
    'http://224.0.0.1/hostile',
    'http://255.255.255.255/hostile',
    'http://2130706433/hostile',
    'http://0x7f.1/hostile',
    'http://0177.0.0.1/hostile',
    'http://127.1/hostile',
    'http://127.0.0.1./hostile',
    'http://①②⑦.⓪.⓪.①/hostile',
    'http://LOCALHOST./hostile',
    'http://[2002:7f00:1::]/hostile',
    'http://[2001:0:7f00:1::]/hostile',
    'http://hostile.test:22/hostile',
  ])('%s is refused, and nobody is connected to', async (url) => {
    await using it = await world({ url, behaviour: feedAnswer(FEED) });
    expect(it.polls()).toMatchObject([{ outcome: 'failed', reason: 'address-refused' }]);
    expect(it.evil.requests.filter(({ path }) => path === '/hostile')).toEqual([]);
    await it.standing();
  });

  it('lets through what network.allow names', () =>
    reads({ url: 'http://10.0.0.1/hostile', behaviour: feedAnswer(FEED), network: ', allow: [10.0.0.0/8]' }));
});

describe.concurrent('A3: a name with public and inner addresses', () => {
  it('is connected to by its public one', () =>
    reads({
      behaviour: feedAnswer(FEED),
      resolve: async (name) =>
        name === 'hostile.test' ? ['127.0.0.1', '93.184.216.34', '::1'] : ['93.184.216.34'],
    }));

  it('is refused where it has only inner ones', () =>
    refuses(
      {
        behaviour: feedAnswer(FEED),
        resolve: async (name) => (name === 'hostile.test' ? ['10.0.0.5', 'fd00::5'] : ['93.184.216.34']),
      },
      'address-refused',
    ));
});

describe.concurrent('A4: redirects to where nobody may go', () => {
  it.each([
    'http://169.254.169.254/latest/',
    'http://127.0.0.1:1/',
    'http://localhost/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://0x7f000001/',
    'http://hostile.test:25/',
    '//127.0.0.1/',
  ])('to %s is refused at the hop', (target) =>
    refuses({ behaviour: redirect(302, target) }, 'address-refused', /redirect 1/),
  );
});

describe.concurrent('A5: redirects without sense', () => {
  const chain =
    (hops: number): Behaviour =>
    (socket, request) => {
      const hop = Number(new URLSearchParams(request.path.split('?')[1]).get('hop') ?? 0);
      const next = hop < hops ? redirect(302, `/hostile?hop=${hop + 1}`) : feedAnswer(FEED);
      next(socket, request);
    };

  it('five in a row are followed', () => reads({ behaviour: chain(5) }));

  it.each<[string, Behaviour, string]>([
    ['six in a row', chain(6), 'too-many-redirects'],
    ['a circle of one', redirect(302, '/hostile'), 'too-many-redirects'],
    ['ever new addresses', chain(1e9), 'too-many-redirects'],
    ['no Location', redirect(301, undefined), 'bad-redirect'],
    ['an empty Location', redirect(301, ''), 'bad-redirect'],
    ['to a file', redirect(302, 'file:///etc/passwd'), 'bad-redirect'],
    ['to data:', redirect(302, 'data:application/rss+xml,<rss/>'), 'bad-redirect'],
    ['to ftp:', redirect(302, 'ftp://hostile.test/'), 'bad-redirect'],
    ['to javascript:', redirect(302, 'javascript:alert(1)'), 'bad-redirect'],
    ['to gopher:', redirect(302, 'gopher://hostile.test/'), 'bad-redirect'],
    ['to what is no address', redirect(302, 'http://[/'), 'bad-redirect'],
  ])('%s: a failure with a reason', (_, behaviour, reason) => refuses({ behaviour }, reason));

  it('two names that lead to each other end too', () =>
    refuses(
      {
        behaviour: (socket, { headers, ...rest }) =>
          redirect(
            302,
            headers['host'] === 'a.test' ? 'http://hostile.test/hostile' : 'http://a.test/hostile',
          )(socket, { headers, ...rest }),
      },
      'too-many-redirects',
    ));

  it('characters beyond ASCII in Location are read as UTF-8, as browsers do', () =>
    reads({
      behaviour: (socket, request) =>
        (request.path === '/hostile'
          ? redirect(302, Buffer.from('/hostile?é').toString('latin1'))
          : feedAnswer(FEED))(socket, request),
    }));
});

describe.concurrent('A6, A7: bodies without end, and bombs', () => {
  const chunk = Buffer.concat([Buffer.from('4000\r\n'), Buffer.alloc(0x4000, 'x'), Buffer.from('\r\n')]);
  it.each<[string, Behaviour]>([
    ['200 MB in chunks', flood(`${OK}Transfer-Encoding: chunked\r\n\r\n`, chunk, 12_800)],
    ['200 MB announced', raw(`${OK}Content-Length: 200000000\r\n\r\n`)],
    ['a body until the connection closes', flood(`${OK}\r\n`, Buffer.alloc(65_536, 'x'), 3_200)],
    ['a gzip bomb', feedAnswer(gzipSync(BOMB), { 'Content-Encoding': 'gzip' })],
    [
      'a brotli bomb',
      feedAnswer(brotliCompressSync(BOMB, { params: { 0: 0 } }), { 'Content-Encoding': 'br' }),
    ],
    ['a zstd bomb', feedAnswer(zstdCompressSync(BOMB), { 'Content-Encoding': 'zstd' })],
    ['a bomb in a bomb', feedAnswer(gzipSync(gzipSync(BOMB)), { 'Content-Encoding': 'gzip, gzip' })],
  ])('%s: left at the bound', (_, behaviour) => refuses({ behaviour, maxBytes: '2MB' }, 'too-large'));

  it('a gzip bomb that says nothing of gzip is left at the bound as well', async () => {
    await using it = await world({ behaviour: feedAnswer(gzipSync(BOMB)), maxBytes: '2MB' });
    expect(it.polls()[0]).toMatchObject({ outcome: 'failed' });
    await it.standing();
  });

  it.each([5, 6])('%i codings on top of each other are refused', (times) => {
    let body: Uint8Array = Buffer.from(FEED);
    for (let time = 0; time < times; time += 1) body = gzipSync(body);
    const coding = Array.from({ length: times }, () => 'gzip').join(', ');
    return refuses({ behaviour: feedAnswer(body, { 'Content-Encoding': coding }) }, 'bad-encoding');
  });
});

describe.concurrent('A8: bodies cut short', () => {
  it.each<[string, Behaviour]>([
    [
      'a Content-Length beyond the body',
      raw(`${OK}Content-Length: ${FEED.length + 10}\r\n\r\n${FEED}`, { close: true }),
    ],
    [
      'chunks without the last',
      raw(`${OK}Transfer-Encoding: chunked\r\n\r\n${FEED.length.toString(16)}\r\n${FEED}\r\n`, {
        close: true,
      }),
    ],
    ['half a chunk', raw(`${OK}Transfer-Encoding: chunked\r\n\r\nffff\r\n${FEED}`, { close: true })],
    [
      'half of a gzip stream',
      feedAnswer(gzipSync(FEED.repeat(50)).subarray(0, 120), { 'Content-Encoding': 'gzip' }),
    ],
  ])('%s: nothing of it is published', (_, behaviour) => refuses({ behaviour }, 'truncated'));
});

describe.concurrent('A9: answers that do not come', () => {
  const timeout = '1s';
  it.each<[string, Behaviour]>([
    ['a body that drips', endless(`${OK}Content-Length: 100000\r\n\r\n`, 'x', 50)],
    ['headers that drip', endless('HTTP/1.1 200 OK\r\nX: ', 'x', 50)],
    ['header lines without end', endless('HTTP/1.1 200 OK\r\n', 'X: y\r\n', 20)],
    ['silence', silence],
    ['chunks of one byte', endless(`${OK}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n', 50)],
  ])('%s: given up at the deadline of the whole poll', (_, behaviour) =>
    refuses({ behaviour, timeout }, 'timeout'),
  );

  it('a name that is not answered for is given up too', () =>
    refuses(
      {
        timeout,
        resolve: (name) =>
          name === 'hostile.test' ? new Promise(() => {}) : Promise.resolve(['93.184.216.34']),
      },
      'timeout',
    ));
});

describe.concurrent('A10: heads that are no heads', () => {
  it.each<[string, Behaviour]>([
    ['an ETag of 17 KB', answer({ headers: { ETag: `"${'x'.repeat(17_000)}"` }, body: FEED })],
    [
      'a megabyte of headers',
      answer({
        headers: Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`X-${n}`, 'y'.repeat(1000)])),
        body: FEED,
      }),
    ],
    ['50,000 interim answers', flood('', Buffer.from('HTTP/1.1 103 Early Hints\r\n\r\n'), 50_000)],
    ['not HTTP', raw('SSH-2.0-OpenSSH_9.6\r\n\r\n', { close: true })],
    ['a line that never ends', raw(`HTTP/1.1 200 ${'x'.repeat(200_000)}`, { close: true })],
    ['two lengths', raw(`${OK}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!`, { close: true })],
    ['a length below zero', raw(`${OK}Content-Length: -1\r\n\r\n`, { close: true })],
    ['a header without a name', raw(`${OK}: x\r\n\r\n`, { close: true })],
  ])('%s: refused', (_, behaviour) => refuses({ behaviour }, 'bad-response'));
});

describe.concurrent('A11: validators that cannot be sent back', () => {
  it.each([
    '"\xe9"',
    'x y',
    '"\x01"',
    '"\x7f"',
    `"${'x'.repeat(4096)}"`,
    'unquoted',
    'W/',
    '"',
    '""',
    'W/"\xff"',
  ])('ETag %j: the item is read, and the next poll is a valid request', async (etag) => {
    await using it = await world({
      behaviour: (socket, request) => {
        const head = answerBytes({
          headers: { 'Content-Type': 'application/rss+xml', ETag: etag },
          body: FEED,
        });
        if (/^[\x20-\x7e\r\n\t\x80-\xff]*$/.test(request.head)) socket.write(head);
        else socket.destroy();
      },
    });
    const [poll] = it.polls();
    // A control byte makes the answer itself no HTTP.
    if (poll?.outcome === 'failed') expect(poll.reason).toBe('bad-response');
    else expect((await it.items()).map(({ title }) => title)).toContain('hostile item');
    await it.standing();
  });
});

describe.concurrent('A14: TLS that proves nothing', () => {
  it.each(['self-signed', 'expired', 'other-host'])('a certificate that is %s is refused', (certificate) =>
    refuses(
      { url: 'https://public.test/hostile', behaviour: feedAnswer(FEED), secure: { certificate } },
      'tls',
    ),
  );

  it('TLS 1.0 alone is refused', () =>
    refuses(
      {
        url: 'https://public.test/hostile',
        behaviour: feedAnswer(FEED),
        secure: {
          certificate: 'valid',
          tls: { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
        },
      },
      'tls',
    ));

  it('and no key of the configuration turns the checks off', () => {
    const text =
      '{ sources: [{ url: "https://a.example/", insecure: true, rejectUnauthorized: false }], feeds: [{ id: f, title: F }] }';
    expect(() => parseConfig(text, { file: 'c.yaml', env: {}, cwd: '/' })).toThrow(/insecure: unknown key/);
  });
});

describe.concurrent('A15: what ends a process that uses the built-in fetch', () => {
  it('a compressed megabyte with Connection: close is read', () =>
    reads({
      behaviour: answer({
        headers: { 'Content-Type': 'application/rss+xml', 'Content-Encoding': 'gzip' },
        body: gzipSync(
          rss(
            `${ITEM.replace('</item>', `<description>${'harbour news '.repeat(80_000)}</description></item>`)}`,
          ),
        ),
        close: true,
      }),
    }));
});
