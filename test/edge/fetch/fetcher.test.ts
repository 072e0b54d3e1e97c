// Conditional requests, redirects, statuses, what we send: against a server on loopback that logs every byte of it.
import { describe, expect, it } from 'vitest';
import { userAgent } from '../../../src/edge/fetch/user-agent.ts';
import { answer, raw, redirect, silence, startEvilSource } from '../../rig/evil-source.ts';
import { codeOf, fetched, fetcherFor, messageOf, textOf } from './fetching.ts';

describe('a request', () => {
  it('introduces us and says what we read', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source, {
      userAgent: userAgent('1.2.3', 'https://feeds.example/about', 7),
    });
    source.on('/feed', answer({ body: 'x' }));
    await polls.fetch('http://public.test/feed?a=b#fragment');
    const [request] = source.requests;
    expect(request?.path).toBe('/feed?a=b');
    expect(request?.headers).toMatchObject({
      host: 'public.test',
      'user-agent': 'Tributary/1.2.3 (+https://feeds.example/about; 7 subscriber feeds)',
      'accept-encoding': 'gzip, br, zstd, deflate',
    });
    expect(request?.headers['accept']).toMatch(/^application\/atom\+xml, application\/rss\+xml/);
    expect(Object.keys(request?.headers ?? {})).not.toContain('cookie');
  });

  it('has a User-Agent that no contact can break', () => {
    expect(userAgent('1.2.3', undefined, 2)).toBe('Tributary/1.2.3 (2 subscriber feeds)');
    expect(userAgent('1.2.3', 'a)\r\nX: y; (é', 2)).toBe('Tributary/1.2.3 (+aX:y; 2 subscriber feeds)');
  });

  it('carries the configured headers, and userinfo as Basic authentication', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ body: 'x' }));
    const outcome = await polls.fetch('http://m%C3%BCller:p%40ss@public.test/feed', {
      headers: { 'X-Key': 'abc', accept: 'text/xml' },
    });
    expect(fetched(outcome).finalUrl).toBe('http://public.test/feed');
    expect(source.requests[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('müller:p@ss').toString('base64')}`,
      'x-key': 'abc',
      accept: 'text/xml',
    });
    await polls.fetch('http://user:pass@public.test/feed', { headers: { authorization: 'Bearer t' } });
    expect(source.requests[1]?.headers['authorization']).toBe('Bearer t');
  });

  it('is refused by us where a configured header cannot be sent', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    const bad = [
      { 'x y': 'a' },
      { 'x-a': 'a\r\nx-b: c' },
      { 'x-a': '€' },
      { host: 'other.test' },
      { 'content-length': '5' },
    ];
    for (const headers of bad) {
      expect(codeOf(await polls.fetch('http://public.test/feed', { headers: { ...headers } }))).toBe(
        'bad-header',
      );
    }
    expect(source.connections.accepted).toBe(0);
  });

  it('goes over the connection that stands', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/a', answer({ body: 'a' }));
    source.on('/b', redirect(302, '/a'));
    source.on('/c', answer({ status: 304 }));
    for (let round = 0; round < 10; round += 1) {
      await polls.fetch('http://public.test/a');
      await polls.fetch('http://public.test/b');
      await polls.fetch('http://public.test/c', { validators: { etag: '"1"' } });
    }
    expect(source.requests).toHaveLength(40);
    expect(source.connections.accepted).toBe(1);
  });

  it('is sent once more, over a new connection, where an idle one proves closed', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ body: 'first' }));
    await polls.fetch('http://public.test/feed');
    source.on('/feed', (socket, request) =>
      request.connection === 1 ? socket.destroy() : answer({ body: 'second' })(socket, request),
    );
    expect(textOf(await polls.fetch('http://public.test/feed'))).toBe('second');
    expect(source.requests.map(({ connection }) => connection)).toEqual([1, 1, 2]);
  });

  it('leaves no more than 256 connections waiting', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('*', answer({ body: 'x' }));
    for (let host = 0; host < 270; host += 1) await polls.fetch(`http://host${host}.test/`);
    while (source.connections.open > 256) await new Promise((resolve) => setTimeout(resolve, 5));
    await polls.fetch('http://host269.test/');
    expect(source.connections.accepted).toBe(270);
    await polls.fetch('http://host0.test/');
    expect(source.connections.accepted).toBe(271);
  });

  it('is not repeated where a new connection is closed without an answer', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', (socket) => socket.destroy());
    expect(codeOf(await polls.fetch('http://public.test/feed'))).toBe('bad-response');
    expect(source.requests).toHaveLength(1);
  });
});

describe('conditional requests', () => {
  it('send back what the server gave, byte for byte, and keep the rest at a 304', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    const etag = 'W/"caf\xc3\xa9 \xff\t\'x"';
    const lastModified = 'Mon,  1 Jan 2024 00:00:00 +0100';
    source.on('/feed', answer({ headers: { ETag: etag, 'Last-Modified': lastModified }, body: 'x' }));
    const { validators } = fetched(await polls.fetch('http://public.test/feed'));
    expect(validators).toEqual({ etag, lastModified });

    source.on('/feed', answer({ status: 304, headers: { ETag: '"new"' } }));
    const outcome = await polls.fetch('http://public.test/feed', { validators });
    expect(source.requests[1]?.head).toContain(`\r\nif-none-match: ${etag}\r\n`);
    expect(source.requests[1]?.head).toContain(`\r\nif-modified-since: ${lastModified}`);
    expect(outcome).toEqual({
      kind: 'notModified',
      headers: expect.any(Object),
      validators: { etag: '"new"', lastModified },
      movedTo: undefined,
    });
  });

  it('take only the validators of the answer after a 200', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ headers: { ETag: '"2"' }, body: 'x' }));
    const outcome = await polls.fetch('http://public.test/feed', {
      validators: { lastModified: 'yesterday' },
    });
    expect(fetched(outcome).validators).toEqual({ etag: '"2"' });
  });

  it('take a 304 that nobody asked for as a failure', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ status: 304 }));
    expect(codeOf(await polls.fetch('http://public.test/feed'))).toBe('unexpected-not-modified');
    const unsendable = { etag: 'a\u0001b', lastModified: 'x'.repeat(2_000) };
    expect(codeOf(await polls.fetch('http://public.test/feed', { validators: unsendable }))).toBe(
      'unexpected-not-modified',
    );
  });

  it.each([
    ['a control byte', '"a\x01b"'],
    ['DEL', '"a\x7f"'],
    ['4 KB', `"${'x'.repeat(4_096)}"`],
  ])('drop an ETag with %s, so that the next poll is a whole request', async (_, etag) => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ headers: { ETag: etag, 'Last-Modified': 'Tue' }, body: 'x' }));
    const first = await polls.fetch('http://public.test/feed');
    const validators = first.kind === 'fetched' ? first.response.validators : { etag };
    expect(await polls.fetch('http://public.test/feed', { validators })).toMatchObject({ kind: first.kind });
    expect(source.requests).toHaveLength(2);
    expect(source.requests[1]?.headers['if-none-match']).toBeUndefined();
  });

  it.each([
    ['unquoted', 'abc'],
    ['with é', '"\xe9"'],
    ['empty', '""'],
    ['with CR escaped', '"\\r\\n"'],
  ])('echo an ETag that is %s', async (_, etag) => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ headers: { ETag: etag }, body: 'x' }));
    const { validators } = fetched(await polls.fetch('http://public.test/feed'));
    await polls.fetch('http://public.test/feed', { validators });
    expect(source.requests[1]?.headers['if-none-match']).toBe(etag);
  });

  it('drop validators that come twice', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ headers: { ETag: ['"1"', '"2"'] }, body: 'x' }));
    expect(fetched(await polls.fetch('http://public.test/feed')).validators).toEqual({});
  });
});

describe('redirects', () => {
  it('are followed five times, and not six', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    for (const [index, status] of [301, 302, 303, 307, 308, 302].entries()) {
      source.on(`/${index}`, redirect(status, `${index + 1}`));
    }
    source.on('/6', answer({ body: 'end' }));
    expect(fetched(await polls.fetch('http://public.test/1')).finalUrl).toBe('http://public.test/6');
    expect(codeOf(await polls.fetch('http://public.test/0'))).toBe('too-many-redirects');
    expect(source.requests.map(({ path }) => path).join(' ')).toBe('/1 /2 /3 /4 /5 /6 /0 /1 /2 /3 /4 /5');
  });

  it('end where they go round in a circle or on for ever', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/self', redirect(301, '/self'));
    source.on('/a', redirect(302, '/b'));
    source.on('/b', redirect(302, '/a#again'));
    source.on('*', (socket, { path }) =>
      redirect(302, `${path}x`)(socket, { path, headers: {}, head: '', connection: 1 }),
    );
    expect(codeOf(await polls.fetch('http://public.test/self'))).toBe('too-many-redirects');
    expect(source.requests).toHaveLength(1);
    expect(codeOf(await polls.fetch('http://public.test/a'))).toBe('too-many-redirects');
    expect(source.requests).toHaveLength(3);
    expect(codeOf(await polls.fetch('http://public.test/new'))).toBe('too-many-redirects');
    expect(source.requests).toHaveLength(9);
  });

  it.each([
    undefined,
    '',
    'file:///etc/passwd',
    'data:text/xml,<rss/>',
    'ftp://public.test/feed',
    'javascript:alert(1)',
    'http://',
    'http://[',
    'http://public.test:99999/',
    'mailto:a@b.test',
    `/${'x'.repeat(9_000)}`,
  ])('to %j are refused', async (location) => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', redirect(301, location));
    expect(codeOf(await polls.fetch('http://public.test/feed'))).toBe('bad-redirect');
    expect(source.requests).toHaveLength(1);
  });

  it.each([
    ['//other.test/b', 'http://other.test/b'],
    ['b?c', 'http://public.test/dir/b?c'],
    ['../b', 'http://public.test/b'],
    ['?q', 'http://public.test/dir/feed?q'],
    ['/caf\xc3\xa9 1', 'http://public.test/caf%C3%A9%201'],
    ['/caf\xe9', 'http://public.test/caf%C3%A9'],
    ['http://b\xc3\xbccher.test/', 'http://xn--bcher-kva.test/'],
    ['http://user:pass@public.test/b#frag', 'http://public.test/b'],
  ])('with the Location %j lead to %s', async (location, target) => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('*', answer({ body: 'x' }));
    source.on('/dir/feed', (socket, request) =>
      (request.path === '/dir/feed' ? redirect(302, location) : answer({ body: 'x' }))(socket, request),
    );
    expect(fetched(await polls.fetch('http://public.test/dir/feed')).finalUrl).toBe(target);
    expect(source.requests[1]?.headers['authorization']).toBeUndefined();
  });

  it('tell a move for good by an unbroken run of 301 and 308', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/1', redirect(301, '/2'));
    source.on('/2', redirect(308, '/3'));
    source.on('/3', redirect(302, '/4'));
    source.on('/4', redirect(301, '/5'));
    source.on('/5', answer({ body: 'x' }));
    expect(fetched(await polls.fetch('http://public.test/1')).movedTo).toBe('http://public.test/3');
    expect(fetched(await polls.fetch('http://public.test/3')).movedTo).toBeUndefined();
    source.on('/5', answer({ status: 304 }));
    expect(await polls.fetch('http://public.test/4', { validators: { etag: '"1"' } })).toEqual({
      kind: 'notModified',
      headers: expect.any(Object),
      validators: { etag: '"1"' },
      movedTo: 'http://public.test/5',
    });
  });

  it('take credentials nowhere but to the configured origin, and not back to it either', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', redirect(302, '/same'));
    source.on('/same', redirect(302, 'http://other.test/away'));
    source.on('/away', redirect(302, 'http://public.test/back'));
    source.on('/back', redirect(302, 'http://public.test:8080/port'));
    source.on('/port', answer({ body: 'x' }));
    const headers = { cookie: 'secret', 'x-token': 'secret' };
    await polls.fetch('http://user:secret@public.test/feed', { headers });
    const withSecrets = source.requests.filter(({ head }) => /secret|authorization/i.test(head));
    expect(source.requests.map(({ path }) => path)).toEqual(['/feed', '/same', '/away', '/back', '/port']);
    expect(withSecrets.map(({ path }) => path)).toEqual(['/feed', '/same']);
  });
});

describe('statuses', () => {
  it.each([
    [200, 'fetched'],
    [203, 'fetched'],
    [201, 'bad-status'],
    [204, 'bad-status'],
    [206, 'bad-status'],
    [226, 'bad-status'],
    [300, 'bad-status'],
    [400, 'bad-status'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [407, 'bad-status'],
    [410, 'gone'],
    [418, 'bad-status'],
    [429, 'rateLimited'],
    [500, 'server-error'],
    [503, 'server-error'],
    [599, 'server-error'],
  ])('%i is %s', async (status, code) => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ status, body: status === 204 ? '' : 'x' }));
    expect(codeOf(await polls.fetch('http://public.test/feed'))).toBe(code);
  });

  it('hand on Retry-After as it was sent', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    for (const [status, retryAfter] of [
      [429, '120'],
      [503, 'Fri, 31 Dec 1999 23:59:59 GMT'],
      [503, 'soon'],
      [429, '1e30'],
    ] as const) {
      source.on('/feed', answer({ status, headers: { 'Retry-After': retryAfter } }));
      expect(await polls.fetch('http://public.test/feed')).toEqual({
        kind: 'rateLimited',
        host: 'public.test',
        status,
        retryAfter,
      });
    }
  });

  it('are not waited on for the body of an error', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/feed', raw('HTTP/1.1 404 No\r\nContent-Length: 1000\r\n\r\nonly this'));
    expect(codeOf(await polls.fetch('http://public.test/feed'))).toBe('not-found');
    await source.idle();
  });
});

describe('a fetcher', () => {
  it('hands on headers by lower-case names, repeated ones joined', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    const headers = {
      'Content-Type': 'text/xml; charset=x',
      Link: ['<a>', '<b>'],
      __proto__x: 'y',
      constructor: 'z',
    };
    source.on('/feed', answer({ headers, body: 'x' }));
    const response = fetched(await polls.fetch('http://public.test/feed'));
    expect(response.headers).toMatchObject({
      'content-type': 'text/xml; charset=x',
      link: '<a>, <b>',
      constructor: 'z',
    });
  });

  it.each(['', 'feed.xml', 'ftp://public.test/', 'http://', 'javascript:1', 'file://elsewhere/feed.xml'])(
    'refuses the address %j',
    async (url) => {
      await using source = await startEvilSource();
      await using polls = fetcherFor(source);
      expect(codeOf(await polls.fetch(url))).toBe('bad-url');
    },
  );

  it('says that a name does not exist, and that nothing listens', async () => {
    await using source = await startEvilSource();
    const noName = async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND public.test'), { code: 'ENOTFOUND' });
    };
    await using nameless = fetcherFor(source, { resolve: noName });
    expect(messageOf(await nameless.fetch('http://public.test/feed'))).toMatch(
      /^http:\/\/public\.test\/feed: the name does/,
    );
    await using empty = fetcherFor(source, { resolve: async () => [] });
    expect(codeOf(await empty.fetch('http://public.test/feed'))).toBe('dns');
    await using deaf = fetcherFor(source, { dial: () => ({ host: '127.0.0.1', port: 1 }) });
    const outcome = await deaf.fetch('http://public.test/feed');
    expect(codeOf(outcome)).toBe('connect');
    expect(messageOf(outcome)).not.toMatch(/ECONN|127\.0\.0\.1/);
  });

  it('never shows userinfo or query, and of a secret address only the host', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    const url = 'http://hidden1:hidden2@public.test/path?hidden3=1';
    expect(messageOf(await polls.fetch(url))).toMatch(/^http:\/\/public\.test\/path\?…: /);
    expect(messageOf(await polls.fetch(url, { urlIsSecret: true }))).toMatch(/^http:\/\/public\.test\/…: /);
    source.on('/path', redirect(302, 'http://other.test/hidden4'));
    const moved = messageOf(await polls.fetch(url, { urlIsSecret: true }));
    expect(moved).toMatch(/^http:\/\/other\.test\/… \(redirect 1 of public\.test\): /);
    expect(moved).not.toContain('hidden');
  });

  it('stops a poll when it is told to, and everything when it is closed', async () => {
    await using source = await startEvilSource();
    const polls = fetcherFor(source);
    source.on('/feed', silence);
    const stop = new AbortController();
    const stopped = polls.fetch('http://public.test/feed', { signal: stop.signal });
    const closed = polls.fetch('http://public.test/feed');
    while (source.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    stop.abort();
    expect(codeOf(await stopped)).toBe('aborted');
    await polls.fetcher.close();
    expect(codeOf(await closed)).toBe('aborted');
    expect(codeOf(await polls.fetch('http://public.test/feed'))).toBe('aborted');
    expect(codeOf(await polls.fetch('http://public.test/feed', { signal: AbortSignal.abort() }))).toBe(
      'aborted',
    );
    await source.idle();
    expect(source.requests).toHaveLength(2);
  });
});

describe('a compressed document that is known', () => {
  it('is not decompressed, and gives the validators of its answer', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on(
      '/same',
      answer({ headers: { 'content-encoding': 'gzip', etag: '"2"' }, body: 'not gzip at all' }),
    );
    const asked: string[] = [];
    const knowsEncoded = (body: Uint8Array) => asked.push(Buffer.from(body).toString()) > 0;
    expect(await polls.fetch('http://public.test/same', { knowsEncoded })).toMatchObject({
      kind: 'sameBytes',
      validators: { etag: '"2"' },
    });
    expect(codeOf(await polls.fetch('http://public.test/same', { knowsEncoded: () => false }))).toBe(
      'bad-encoding',
    );
    source.on('/plain', answer({ body: 'plain' }));
    expect(codeOf(await polls.fetch('http://public.test/plain', { knowsEncoded }))).toBe('fetched');
    expect(asked).toEqual(['not gzip at all']);
  });
});
