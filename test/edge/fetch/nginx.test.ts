// Against nginx: its own ETags, dates, compression, ranges, redirects and refusals.
import { describe, expect, it } from 'vitest';
import type { FetchRequest } from '../../../src/edge/fetch/fetch-request.ts';
import { createFetcher } from '../../../src/edge/fetch/fetcher.ts';
import { hasNoNginx, type Nginx, startNginx } from '../../rig/nginx.ts';
import { codeOf, fetched, textOf } from './fetching.ts';

const MODIFIED = Date.UTC(2026, 10, 20, 12) / 1000;
const BODY = `<rss>${'harbour '.repeat(2000)}</rss>`;

function pollsOf({ port }: Nginx) {
  const fetcher = createFetcher(
    { allow: [] },
    {
      userAgent: 'Tributary/test',
      resolve: async () => ['93.184.216.34'],
      dial: () => ({ host: '127.0.0.1', port }),
    },
  );
  return {
    fetch: (path: string, said: Partial<FetchRequest> = {}) =>
      fetcher.fetch({
        url: `http://public.test${path}`,
        headers: {},
        validators: {},
        timeoutMs: 20_000,
        bodyBytesMax: 1_000_000,
        ...said,
      }),
    [Symbol.asyncDispose]: () => fetcher.close(),
  };
}

describe.skipIf(hasNoNginx)('nginx', () => {
  it('gives validators that it then answers 304 to, both together and each alone', async () => {
    await using nginx = await startNginx();
    await using polls = pollsOf(nginx);
    await nginx.publish('feed', BODY, MODIFIED);
    const { validators } = fetched(await polls.fetch('/feed'));
    // The weak form, since it compressed the document.
    expect(validators).toEqual({
      etag: expect.stringMatching(/^W\/"[0-9a-f]+-[0-9a-f]+"$/),
      lastModified: 'Fri, 20 Nov 2026 12:00:00 GMT',
    });
    const { etag, lastModified } = validators;
    for (const sent of [{ etag, lastModified }, { etag }, { lastModified }])
      expect(await polls.fetch('/feed', { validators: sent })).toMatchObject({ kind: 'notModified' });
    await nginx.publish('feed', `${BODY} new`, MODIFIED + 60);
    expect(textOf(await polls.fetch('/feed', { validators }))).toBe(`${BODY} new`);
  });

  it('compresses what it sends, and we read it', async () => {
    await using nginx = await startNginx();
    await using polls = pollsOf(nginx);
    await nginx.publish('feed', BODY, MODIFIED);
    const { headers, body } = fetched(await polls.fetch('/feed'));
    expect([headers['content-encoding'], new TextDecoder().decode(body)]).toEqual(['gzip', BODY]);
  });

  it('is never asked for a range; one that it sends all the same is no document', async () => {
    await using nginx = await startNginx();
    await using polls = pollsOf(nginx);
    await nginx.publish('feed', BODY, MODIFIED);
    expect(fetched(await polls.fetch('/feed')).status).toBe(200);
    expect(
      codeOf(await polls.fetch('/feed', { headers: { Range: 'bytes=0-9', 'Accept-Encoding': 'identity' } })),
    ).toBe('bad-status');
  });

  it('redirects, and refuses, as it is told to', async () => {
    await using nginx = await startNginx({
      server: `
        location /moved { return 301 /feed; }
        location /for-now { return 302 /feed; }
        location /gone { return 410; }
        location /secret { auth_basic "s"; auth_basic_user_file /dev/null; }
        location /forbidden { deny all; }
        location /down { add_header Retry-After 120 always; return 503; }`,
    });
    await using polls = pollsOf(nginx);
    await nginx.publish('feed', BODY, MODIFIED);
    expect(fetched(await polls.fetch('/moved')).movedTo).toBe('http://public.test/feed');
    expect(fetched(await polls.fetch('/for-now')).movedTo).toBeUndefined();
    expect(codeOf(await polls.fetch('/gone'))).toBe('gone');
    expect(codeOf(await polls.fetch('/secret'))).toBe('unauthorized');
    expect(codeOf(await polls.fetch('/forbidden'))).toBe('forbidden');
    expect(codeOf(await polls.fetch('/nothing'))).toBe('not-found');
    expect(await polls.fetch('/down')).toEqual({
      kind: 'rateLimited',
      status: 503,
      retryAfter: '120',
      host: 'public.test',
    });
  });

  it('keeps one connection for polls that follow each other, and closes it when it likes', async () => {
    await using nginx = await startNginx({ http: 'keepalive_requests 3;' });
    await using polls = pollsOf(nginx);
    await nginx.publish('feed', BODY, MODIFIED);
    for (let poll = 0; poll < 10; poll++) expect(textOf(await polls.fetch('/feed'))).toBe(BODY);
  });
});
