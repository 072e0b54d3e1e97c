// Answers made to hurt: too large, too slow, cut short, not HTTP. Nothing of them is used, nothing stays open.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  answer,
  type Behaviour,
  endless,
  flood,
  raw,
  redirect,
  silence,
  startEvilSource,
} from '../../rig/evil-source.ts';
import { codeOf, fetched, fetcherFor, textOf } from './fetching.ts';

const FEED = `<rss>${Array.from({ length: 9_000 }, (_, index) => `<item>harbour ${index}</item>`).join('')}</rss>`;
const OK = 'HTTP/1.1 200 OK\r\n';

/** One poll of one misbehaviour; afterwards no connection may be open, and the next poll must go well. */
async function pollOnce(behaviour: Behaviour, request = {}): Promise<string> {
  await using source = await startEvilSource();
  await using polls = fetcherFor(source);
  source.on('/feed', behaviour);
  source.on('/sane', answer({ body: 'sane', close: true }));
  const outcome = await polls.fetch('http://public.test/feed', request);
  expect(textOf(await polls.fetch('http://public.test/sane'))).toBe('sane');
  await source.idle();
  return codeOf(outcome);
}

describe('an answer that is too large', () => {
  it('is left at the bound', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    let sent = 0;
    const piece = Buffer.alloc(16_384, 'x');
    source.on('/feed', (socket) => {
      socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`);
      const pour = () => {
        while (!socket.destroyed && sent < 200_000_000) {
          sent += piece.length;
          if (!socket.write(Buffer.concat([Buffer.from('4000\r\n'), piece, Buffer.from('\r\n')]))) return;
        }
      };
      socket.on('drain', pour);
      pour();
    });
    expect(codeOf(await polls.fetch('http://public.test/feed'))).toBe('too-large');
    await source.idle();
    expect(sent).toBeLessThan(20_000_000);
  });

  it('is left at once where it says so itself', async () => {
    expect(await pollOnce(raw(`${OK}Content-Length: 200000000\r\n\r\n`))).toBe('too-large');
  });

  it('is read to the last byte of the bound', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ body: 'x'.repeat(1_000) }));
    expect(fetched(await polls.fetch('http://public.test/feed', { bodyBytesMax: 1_000 })).body).toHaveLength(
      1_000,
    );
    expect(codeOf(await polls.fetch('http://public.test/feed', { bodyBytesMax: 999 }))).toBe('too-large');
  });

  const bomb = Buffer.alloc(30_000_000);
  it.each([
    ['gzip', gzipSync(bomb)],
    ['br', brotliCompressSync(bomb, { params: { 0: 0 } })],
    ['zstd', zstdCompressSync(bomb)],
    ['deflate', deflateSync(bomb)],
    ['gzip, gzip', gzipSync(gzipSync(bomb))],
  ])('is left at the bound where it comes out of %s', async (coding, body) => {
    expect(body.length).toBeLessThan(100_000);
    expect(await pollOnce(answer({ headers: { 'Content-Encoding': coding }, body }))).toBe('too-large');
  });
});

describe('content codings', () => {
  it.each([
    ['gzip', gzipSync(FEED)],
    ['gzip', gzipSync(FEED, { level: 0 })],
    ['x-gzip', gzipSync(FEED)],
    ['GZIP', gzipSync(FEED)],
    ['br', brotliCompressSync(FEED)],
    ['zstd', zstdCompressSync(FEED)],
    ['deflate', deflateSync(FEED)],
    ['deflate', deflateRawSync(FEED)],
    ['gzip, br', brotliCompressSync(gzipSync(FEED))],
    ['identity', Buffer.from(FEED)],
    ['gzip, identity,', gzipSync(FEED)],
  ])('%s is undone', async (coding, body) => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ headers: { 'Content-Encoding': coding }, body }));
    expect(textOf(await polls.fetch('http://public.test/feed'))).toBe(FEED);
  });

  it('are undone above a megabyte too', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    const text = FEED.repeat(10);
    for (const [coding, body] of [
      ['gzip', gzipSync(text)],
      ['zstd', zstdCompressSync(text)],
    ] as const) {
      source.on('/feed', answer({ headers: { 'Content-Encoding': coding }, body }));
      const outcome = await polls.fetch('http://public.test/feed', { bodyBytesMax: 10_000_000 });
      expect(textOf(outcome) === text).toBe(true);
    }
  });

  it('gzip is read to its end whatever follows it', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    const named = Buffer.from(gzipSync(FEED));
    const withName = Buffer.concat([
      named.subarray(0, 3),
      Buffer.from([8]),
      named.subarray(4, 10),
      Buffer.from('name\0'),
      named.subarray(10),
    ]);
    const bodies = [
      Buffer.concat([gzipSync(FEED), Buffer.from('<!-- served in 3 ms -->')]),
      Buffer.concat([gzipSync(FEED), Buffer.alloc(100)]),
      Buffer.concat([withName, Buffer.from('garbage')]),
      Buffer.concat([gzipSync(FEED.slice(0, 500)), gzipSync(FEED.slice(500))]),
    ];
    for (const body of bodies) {
      source.on('/feed', answer({ headers: { 'Content-Encoding': 'gzip' }, body }));
      expect(textOf(await polls.fetch('http://public.test/feed'))).toBe(FEED);
    }
  });

  const badMember = Buffer.from(gzipSync(FEED));
  badMember.fill(0xff, 12, 40);
  const halfMember = gzipSync(FEED).subarray(0, 30);
  it.each([
    ['compress', Buffer.from(FEED), 'bad-encoding'],
    ['__proto__', Buffer.from(FEED), 'bad-encoding'],
    ['gzip', Buffer.from(FEED), 'bad-encoding'],
    ['br', Buffer.from(FEED), 'bad-encoding'],
    ['gzip,gzip,gzip', gzipSync(gzipSync(gzipSync(FEED))), 'bad-encoding'],
    ['gzip,gzip,gzip,gzip,gzip,gzip', gzipSync(FEED), 'bad-encoding'],
    ['gzip', gzipSync(FEED).subarray(0, -1), 'truncated'],
    ['gzip', gzipSync(FEED).subarray(0, 12), 'truncated'],
    ['gzip', Buffer.concat([gzipSync(FEED), halfMember]), 'truncated'],
    ['gzip', Buffer.concat([gzipSync(FEED), badMember]), 'bad-encoding'],
    ['br', brotliCompressSync(FEED).subarray(0, -2), 'truncated'],
    ['zstd', zstdCompressSync(FEED).subarray(0, -2), 'truncated'],
    ['deflate', deflateSync(FEED).subarray(0, -4), 'truncated'],
  ])('%s over %o is refused', async (coding, body, code) => {
    expect(await pollOnce(answer({ headers: { 'Content-Encoding': coding }, body }))).toBe(code);
  });

  it('gzip with a broken checksum is refused', async () => {
    const body = Buffer.from(gzipSync(FEED));
    body.writeUInt32LE(1, body.length - 8);
    expect(await pollOnce(answer({ headers: { 'Content-Encoding': 'gzip' }, body }))).toBe('bad-encoding');
  });

  it('a transfer coding that we did not ask for is refused', async () => {
    const body = gzipSync(FEED);
    const head = `${OK}Transfer-Encoding: gzip, chunked\r\n\r\n${body.length.toString(16)}\r\n`;
    const bytes = Buffer.concat([Buffer.from(head), body, Buffer.from('\r\n0\r\n\r\n')]);
    expect(await pollOnce(raw(bytes))).toBe('bad-encoding');
  });
});

describe('an answer cut short', () => {
  const partial = '<rss><item>one</item>';
  it.each([
    ['its Content-Length', `${OK}Content-Length: 5000\r\n\r\n${partial}`],
    [
      'its Content-Length, Connection: close',
      `${OK}Content-Length: 5000\r\nConnection: close\r\n\r\n${partial}`,
    ],
    ['its last chunk', `${OK}Transfer-Encoding: chunked\r\n\r\n15\r\n${partial}\r\n`],
    [
      'its last chunk, Connection: close',
      `${OK}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n15\r\n${partial}\r\n`,
    ],
    ['the end of a chunk', `${OK}Transfer-Encoding: chunked\r\n\r\nfff\r\n${partial}`],
  ])('before %s is not used', async (_, bytes) => {
    expect(await pollOnce(raw(bytes, { close: true }))).toBe('truncated');
  });

  it('by a reset is not used', async () => {
    const reset: Behaviour = (socket) => {
      socket.write(`${OK}Content-Length: 5000\r\n\r\n${partial}`, () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      );
    };
    expect(await pollOnce(reset)).toBe('truncated');
  });

  it('is told from one that only ends with the connection', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', raw(`${OK}\r\n${FEED}`, { close: true }));
    expect(textOf(await polls.fetch('http://public.test/feed'))).toBe(FEED);
  });
});

describe('an answer that does not come', () => {
  it.each<[string, Behaviour]>([
    ['silence', silence],
    ['a header in drops', endless('HTTP/1.1 200 OK\r\nX: ', 'x', 20)],
    ['a body in drops', endless(`${OK}Content-Length: 100000\r\n\r\n`, 'x', 20)],
    ['chunks without end', endless(`${OK}Transfer-Encoding: chunked\r\n\r\n`, '1\r\nx\r\n', 20)],
    ['interim answers in drops', endless('', 'HTTP/1.1 102 Wait\r\n\r\n', 100)],
  ])('(%s) is given up at the deadline', async (_, behaviour) => {
    expect(await pollOnce(behaviour, { timeoutMs: 300 })).toBe('timeout');
  });

  it('is given up at one deadline over all redirects', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    for (const hop of [0, 1, 2, 3, 4]) {
      source.on(`/${hop}`, (socket, request) => {
        setTimeout(() => redirect(302, `/${hop + 1}`)(socket, request), 200);
      });
    }
    expect(codeOf(await polls.fetch('http://public.test/0', { timeoutMs: 500 }))).toBe('timeout');
    expect(source.requests.length).toBeLessThan(5);
    await source.idle();
  });

  it('is given up where the name is not answered for', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source, { resolve: () => new Promise(() => {}) });
    expect(codeOf(await polls.fetch('http://public.test/feed', { timeoutMs: 100 }))).toBe('timeout');
    expect(source.connections.accepted).toBe(0);
  });

  it('holds up no other poll', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/slow', silence);
    source.on('/sane', answer({ body: 'sane' }));
    const slow = Promise.all(
      Array.from({ length: 50 }, () => polls.fetch('http://public.test/slow', { timeoutMs: 1_000 })),
    );
    const order: string[] = [];
    void slow.then(() => order.push('slow'));
    expect(textOf(await polls.fetch('http://public.test/sane'))).toBe('sane');
    order.push('sane');
    expect((await slow).map(codeOf)).toEqual(Array.from({ length: 50 }, () => 'timeout'));
    expect(order).toEqual(['sane', 'slow']);
  });
});

describe('an answer that is not HTTP as it should be', () => {
  const interim = Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'.repeat(100));
  it.each<[string, Behaviour]>([
    ['a header of 1 MB', raw(`${OK}X-Large: ${'x'.repeat(1_000_000)}\r\n\r\n`)],
    ['an ETag of 17 KB', raw(`${OK}ETag: "${'x'.repeat(17_000)}"\r\nContent-Length: 1\r\n\r\nx`)],
    ['10,000 headers', raw(`${OK}${'X-A: b\r\n'.repeat(10_000)}\r\n`)],
    ['100 interim answers', raw(`${interim}${OK}Content-Length: 1\r\n\r\nx`)],
    ['50,000 interim answers', flood('', interim, 500)],
    [
      'a 101 that nobody asked for',
      raw('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
    ],
    ['no HTTP at all', raw('220 mail.example ESMTP\r\n')],
    ['two different lengths', raw(`${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`)],
    [
      'length and chunks',
      raw(`${OK}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n`),
    ],
    ['a length that is no number', raw(`${OK}Content-Length: 1e3\r\n\r\nx`)],
    ['a length beyond all', raw(`${OK}Content-Length: 99999999999999999999999999\r\n\r\nx`)],
    ['a bad chunk size', raw(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n`)],
    ['NUL in a header', raw(`${OK}X: a\0b\r\nContent-Length: 1\r\n\r\nx`)],
    ['nothing', (socket) => socket.end()],
    [
      'trailers of 1 MB',
      raw(`${OK}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX: ${'x'.repeat(1_000_000)}\r\n\r\n`),
    ],
  ])('(%s) is refused', async (_, behaviour) => {
    expect(await pollOnce(behaviour)).toBe('bad-response');
  });

  it('may be preceded by a few interim answers', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', raw(`HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n${OK}Content-Length: 2\r\n\r\nok`));
    expect(textOf(await polls.fetch('http://public.test/feed'))).toBe('ok');
  });

  it('leaves nothing in the connection that another poll could take for its own', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    const forged = `${OK}Content-Length: 6\r\n\r\nforged`;
    source.on('/feed', raw(`${OK}Content-Length: 2\r\n\r\nok${forged}`));
    source.on('/not-modified', raw(`HTTP/1.1 304 Same\r\nContent-Length: ${forged.length}\r\n\r\n${forged}`));
    source.on('/sane', answer({ body: 'sane' }));
    for (const path of ['/feed', '/not-modified']) {
      await polls.fetch(`http://public.test${path}`, { validators: { etag: '"1"' } });
      expect(textOf(await polls.fetch('http://public.test/sane'))).toBe('sane');
    }
  });
});

describe('a compressed answer with Connection: close', () => {
  it('is read fifty times over', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source, {}, []);
    const text = Array.from({ length: 40_000 }, (_, index) => `line ${index} of it\n`).join('');
    source.on(
      '/feed',
      answer({ headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(text), close: true }),
    );
    for (let run = 0; run < 50; run += 1) {
      expect(fetched(await polls.fetch('http://public.test/feed')).body).toHaveLength(text.length);
    }
    await source.idle();
    expect(source.connections.accepted).toBe(50);
  });
});
