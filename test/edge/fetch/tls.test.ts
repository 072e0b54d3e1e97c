// TLS with its checks on: against certificates of an authority that only this test trusts.
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, redirect, startEvilSource, testAuthority } from '../../rig/evil-source.ts';
import { codeOf, fetcherFor, messageOf, textOf } from './fetching.ts';

describe('a secure source', () => {
  const trusted = getCACertificates('default');
  beforeAll(() => setDefaultCACertificates([...trusted, testAuthority()]));
  afterAll(() => setDefaultCACertificates(trusted));

  it('is read over one connection', async () => {
    await using source = await startEvilSource({ certificate: 'valid' });
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ body: 'secure' }));
    expect(textOf(await polls.fetch('https://public.test/feed'))).toBe('secure');
    expect(textOf(await polls.fetch('https://public.test/feed'))).toBe('secure');
    expect(source.connections.accepted).toBe(1);
  });

  it.each([
    ['expired', 'public.test', /expired/],
    ['self-signed', 'public.test', /self-signed/],
    ['other-host', 'public.test', /another name/],
    ['valid', 'www.public.test', /another name/],
    ['valid', '93.184.216.34', /another name/],
  ])('with a certificate that is %s for %s is refused', async (certificate, host, words) => {
    await using source = await startEvilSource({ certificate });
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ body: 'secure' }));
    const outcome = await polls.fetch(`https://${host}/feed`);
    expect(codeOf(outcome)).toBe('tls');
    expect(messageOf(outcome)).toMatch(words);
    expect(source.requests).toHaveLength(0);
    await source.idle();
  });

  it('is refused whatever the environment says of checks', async () => {
    await using source = await startEvilSource({ certificate: 'self-signed' });
    await using polls = fetcherFor(source);
    source.on('/feed', answer({ body: 'secure' }));
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(codeOf(await polls.fetch('https://public.test/feed'))).toBe('tls');
    } finally {
      delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    }
  });

  it('that speaks TLS 1.0 only is refused', async () => {
    const tls = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await using source = await startEvilSource({ certificate: 'valid', tls });
    await using polls = fetcherFor(source);
    expect(codeOf(await polls.fetch('https://public.test/feed'))).toBe('tls');
    await source.idle();
  });

  it('that speaks no TLS, or says nothing, is given up', async () => {
    await using talker = await startEvilSource({
      onConnection: (socket) => {
        socket.write('HTTP/1.1 400 Bad Request\r\n\r\n');
        return true;
      },
    });
    await using talking = fetcherFor(talker);
    expect(codeOf(await talking.fetch('https://public.test/feed'))).toBe('tls');
    await talker.idle();
    await using mute = await startEvilSource({ onConnection: () => true });
    await using waiting = fetcherFor(mute);
    expect(codeOf(await waiting.fetch('https://public.test/feed', { timeoutMs: 200 }))).toBe('timeout');
    await mute.idle();
    await using closing = await startEvilSource({
      onConnection: (socket) => {
        socket.end();
        return true;
      },
    });
    await using closed = fetcherFor(closing);
    expect(codeOf(await closed.fetch('https://public.test/feed'))).toBe('tls');
  });

  it('does not give its credentials to a redirect without TLS', async () => {
    await using open = await startEvilSource();
    await using source = await startEvilSource({ certificate: 'valid' });
    source.on('/feed', redirect(301, 'http://public.test/feed'));
    open.on('/feed', answer({ body: 'open' }));
    await using polls = fetcherFor(source, {
      dial: (_, port) => ({ host: '127.0.0.1', port: port === 443 ? source.port : open.port }),
    });
    const headers = { authorization: 'Bearer secret', cookie: 'secret' };
    expect(textOf(await polls.fetch('https://public.test/feed', { headers }))).toBe('open');
    expect(source.requests[0]?.head).toContain('secret');
    expect(open.requests[0]?.head).not.toContain('secret');
  });
});
