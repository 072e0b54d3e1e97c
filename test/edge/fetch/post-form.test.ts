// What hubs are asked with: a form over a vetted connection, redirects that keep method and secrecy followed.
import { describe, expect, it } from 'vitest';
import { type AnswerParts, answer, startEvilSource } from '../../rig/evil-source.ts';
import { fetcherFor } from './fetching.ts';

const FORM = { 'hub.mode': 'subscribe', 'hub.topic': 'https://ä.example/?a=b&c' };

/** The rig reads no bodies: each request has a connection of its own. */
const to = (location: string, status = 307): AnswerParts => ({ status, headers: { location }, close: true });

describe('a form sent by POST', () => {
  it('arrives as it is, and its answer is status and Retry-After', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/hub', answer({ status: 202, headers: { 'retry-after': '7' }, body: 'not read' }));
    const outcome = await polls.fetcher.post({
      url: 'http://hub.test/hub?x=1',
      form: FORM,
      timeoutMs: 20_000,
    });
    expect(outcome).toEqual({ kind: 'answered', status: 202, retryAfter: '7' });
    expect(source.requests[0]?.head).toMatch(/^POST \/hub\?x=1 HTTP\/1\.1\r\n/);
    expect(source.requests[0]?.headers).toMatchObject({
      host: 'hub.test',
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(new URLSearchParams(FORM).toString().length),
    });
  });

  it('follows 307 and 308, and no other redirect', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/a', answer(to('http://other.test/b')));
    source.on('/b', answer(to('/c', 308)));
    source.on('/c', answer({ status: 202 }));
    source.on('/get', answer(to('/c', 302)));
    source.on('/round', answer(to('/round')));
    const post = (url: string) => polls.fetcher.post({ url, form: FORM, timeoutMs: 20_000 });
    expect(await post('http://hub.test/a')).toMatchObject({ kind: 'answered', status: 202 });
    expect(source.requests.map(({ head }) => head.split(' ', 2).join(' '))).toEqual([
      'POST /a',
      'POST /b',
      'POST /c',
    ]);
    expect(await post('http://hub.test/get')).toMatchObject({ kind: 'answered', status: 302 });
    expect(await post('http://hub.test/round')).toMatchObject({ error: { code: 'too-many-redirects' } });
  });

  it('goes to no address that is not public, redirected or not, and to no port of another protocol', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/inside', answer(to('http://127.0.0.1/hub')));
    for (const url of [
      'http://127.0.0.1/hub',
      'http://hub.test/inside',
      'http://hub.test:25/',
      'http://[::1]/',
    ])
      expect(await polls.fetcher.post({ url, form: FORM, timeoutMs: 20_000 })).toMatchObject({
        error: { code: 'address-refused' },
      });
    expect(source.requests).toHaveLength(1);
  });

  it('fails in words that tell nothing of the form, the path or credentials', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('*', (socket) => socket.destroy());
    const outcome = await polls.fetcher.post({
      url: 'http://user:hunter2@hub.test/secret-path',
      form: { 'hub.secret': 'hunter2' },
      timeoutMs: 20_000,
    });
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'bad-response' } });
    expect(JSON.stringify(outcome)).not.toMatch(/hunter2|secret-path/);
    expect(source.requests[0]?.headers['authorization']).toBeUndefined();
  });
});
