// Through a proxy: it is told vetted addresses and nothing else, and what it refuses is named.
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher, type FetcherOptions } from '../../../src/edge/fetch/fetcher.ts';
import type { FetchOutcome } from '../../../src/model/fetch-outcome.ts';
import { type ConnectProxyOptions, SILENCE, startConnectProxy } from '../../rig/connect-proxy.ts';
import { answer, type EvilSource, redirect, startEvilSource, testAuthority } from '../../rig/evil-source.ts';
import { codeOf, messageOf, textOf } from './fetching.ts';

async function behind(
  source: EvilSource,
  refuse?: ConnectProxyOptions['refuse'],
  userinfo = '',
  options: Partial<FetcherOptions> = {},
) {
  const proxy = await startConnectProxy({ target: source.dial(), ...(refuse && { refuse }) });
  const fetcher = createFetcher(
    { allow: [], proxy: `http://${userinfo}127.0.0.1:${proxy.port}` },
    { userAgent: 'Tributary/test', resolve: source.resolve, ...options },
  );
  return {
    proxy,
    fetch: (url: string, timeoutMs = 20_000): Promise<FetchOutcome> =>
      fetcher.fetch({ url, headers: {}, validators: {}, timeoutMs, bodyBytesMax: 1_000_000 }),
    async [Symbol.asyncDispose]() {
      await fetcher.close();
      await proxy[Symbol.asyncDispose]();
    },
  };
}

describe('a proxy', () => {
  const trusted = getCACertificates('default');
  beforeAll(() => setDefaultCACertificates([...trusted, testAuthority()]));
  afterAll(() => setDefaultCACertificates(trusted));

  it('is asked for the address that was vetted; the name stands in the Host header alone', async () => {
    await using source = await startEvilSource();
    await using polls = await behind(source);
    source.on('/feed', answer({ body: 'plain' }));
    expect(textOf(await polls.fetch('http://public.test/feed'))).toBe('plain');
    expect(textOf(await polls.fetch('http://public.test/feed'))).toBe('plain');
    expect(polls.proxy.heads).toEqual([
      'CONNECT 93.184.216.34:80 HTTP/1.1\r\nHost: 93.184.216.34:80\r\n\r\n',
    ]);
    expect(source.requests.map(({ headers }) => headers['host'])).toEqual(['public.test', 'public.test']);
    expect(source.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it('carries TLS, whose certificate must be the name’s', async () => {
    await using source = await startEvilSource({ certificate: 'valid' });
    await using polls = await behind(source);
    source.on('/feed', answer({ body: 'secure' }));
    expect(textOf(await polls.fetch('https://public.test/feed'))).toBe('secure');
    expect(polls.proxy.heads[0]).toMatch(/^CONNECT 93\.184\.216\.34:443 /);
    expect(codeOf(await polls.fetch('https://other.test/feed'))).toBe('tls');
  });

  it('is told the user and password of its address, and no server is', async () => {
    await using source = await startEvilSource();
    await using polls = await behind(source, undefined, 'tributary:p%40ss@');
    source.on('/feed', answer({ body: 'plain' }));
    await polls.fetch('http://public.test/feed');
    const expected = `Proxy-Authorization: Basic ${Buffer.from('tributary:p@ss').toString('base64')}\r\n`;
    expect(polls.proxy.heads[0]).toContain(expected);
    expect(JSON.stringify(source.requests)).not.toContain('roxy-');
  });

  it.each([
    ['http://10.0.0.7/feed', async () => [] as string[]],
    ['http://inner.test/feed', async () => ['10.0.0.7']],
    ['http://localhost/feed', async () => []],
    ['http://[::1]:8080/feed', async () => []],
  ])('is not asked for %s: the guard stands before it', async (url, resolve) => {
    await using source = await startEvilSource();
    await using polls = await behind(source, undefined, '', { resolve });
    expect(codeOf(await polls.fetch(url))).toBe('address-refused');
    expect(polls.proxy.heads).toEqual([]);
  });

  it('is not asked for where a redirect leads inside', async () => {
    await using source = await startEvilSource();
    await using polls = await behind(source);
    source.on('/feed', redirect(302, 'http://169.254.169.254/latest/meta-data/'));
    expect(codeOf(await polls.fetch('http://public.test/feed'))).toBe('address-refused');
    expect(polls.proxy.heads).toHaveLength(1);
  });

  it.each([
    [
      'wants a password',
      'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n',
      'proxy',
      /user and a password.*407/,
    ],
    [
      'forbids the port',
      'HTTP/1.1 403 Forbidden\r\n\r\n<h1>no</h1>',
      'proxy',
      /refuses to connect us \(status 403\)/,
    ],
    [
      'cannot reach the host',
      'HTTP/1.1 502 Bad Gateway\r\n\r\n',
      'connect',
      /the proxy cannot reach the host \(status 502\)/,
    ],
    ['is something else', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', 'proxy', /check network\.proxy/],
    [
      'never ends its header',
      `HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(4000)}`,
      'proxy',
      /check network\.proxy/,
    ],
    ['says nothing and leaves', '', 'proxy', /without an answer/],
  ])('that %s is named', async (_what, said, code, words) => {
    await using source = await startEvilSource();
    await using polls = await behind(source, () => said, 'tributary:hunter2@');
    const outcome = await polls.fetch('http://public.test/feed');
    expect(codeOf(outcome)).toBe(code);
    expect(messageOf(outcome)).toMatch(words);
    expect(JSON.stringify(outcome)).not.toMatch(/hunter2|127\.0\.0\.1/);
    expect(source.requests).toEqual([]);
  });

  it('that hangs costs the poll its time and no more', async () => {
    await using source = await startEvilSource();
    await using polls = await behind(source, () => SILENCE);
    expect(codeOf(await polls.fetch('http://public.test/feed', 300))).toBe('timeout');
  });

  it('that is not there is named, once for all addresses of the server', async () => {
    await using source = await startEvilSource();
    const fetcher = createFetcher(
      { allow: [], proxy: 'http://127.0.0.1:9' },
      { userAgent: 'Tributary/test', resolve: async () => ['93.184.216.34', '93.184.216.35'] },
    );
    const outcome = await fetcher.fetch({
      url: 'http://public.test/feed',
      headers: {},
      validators: {},
      timeoutMs: 20_000,
      bodyBytesMax: 1000,
    });
    expect([codeOf(outcome), messageOf(outcome)]).toEqual([
      'proxy',
      expect.stringMatching(/cannot be reached: nothing listens/),
    ]);
    await fetcher.close();
    expect(source.requests).toEqual([]);
  });

  it('that reaches nobody at the first address is asked for the next', async () => {
    await using source = await startEvilSource();
    const refuse = (head: string) => (head.includes('2606:') ? 'HTTP/1.1 503 No route\r\n\r\n' : undefined);
    await using polls = await behind(source, refuse, '', {
      resolve: async () => ['2606:2800:220:1::1', '93.184.216.34'],
    });
    source.on('/feed', answer({ body: 'second' }));
    expect(textOf(await polls.fetch('http://public.test/feed'))).toBe('second');
    expect(polls.proxy.heads.map((head) => head.split(' ')[1])).toEqual([
      '[2606:2800:220:1::1]:80',
      '93.184.216.34:80',
    ]);
  });
});
