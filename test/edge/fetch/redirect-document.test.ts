import { describe, expect, it } from 'vitest';
import { locationOfRedirectDocument } from '../../../src/edge/fetch/redirect-document.ts';
import { answer, redirect, startEvilSource } from '../../rig/evil-source.ts';
import { codeOf, fetched, fetcherFor, textOf } from './fetching.ts';

const to = (address: string) =>
  `<?xml version="1.0"?>\n<redirect>\n <newLocation>${address}</newLocation>\n</redirect>\n`;
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a redirect document', () => {
  it.each([
    [to('http://new.test/feed?a=1&amp;b=2'), 'http://new.test/feed?a=1&b=2'],
    ['<!-- moved --><redirect version="1"><newLocation> /feed </newLocation></redirect>', '/feed'],
    ['<rss><channel><title>&lt;redirect></title></channel></rss>', undefined],
    [`${to('http://new.test/')}<rss/>`, undefined],
    ['<redirect><newLocation></newLocation></redirect>', undefined],
    [`<redirect><newLocation>${'x'.repeat(5000)}</newLocation></redirect>`, undefined],
    ['', undefined],
  ])('%j leads to %j', (text, location) => {
    expect(locationOfRedirectDocument(bytes(text))).toBe(location);
  });

  it('is followed as 301 is, and is a move for good', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/old', answer({ body: to('http://new.test/feed') }));
    source.on('/feed', answer({ body: 'the feed' }));
    const outcome = await polls.fetch('http://public.test/old', {
      headers: { authorization: 'Bearer hunter2' },
    });
    expect(textOf(outcome)).toBe('the feed');
    expect(fetched(outcome)).toMatchObject({
      movedTo: 'http://new.test/feed',
      finalUrl: 'http://new.test/feed',
    });
    expect(source.requests.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer hunter2',
      undefined,
    ]);
  });

  it('behind a redirect for now is no move', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/old', redirect(302, '/middle'));
    source.on('/middle', answer({ body: to('/feed') }));
    source.on('/feed', answer({ body: 'the feed' }));
    expect(fetched(await polls.fetch('http://public.test/old')).movedTo).toBeUndefined();
  });

  it.each([
    ['http://169.254.169.254/latest/', 'address-refused'],
    ['file:///etc/passwd', 'bad-redirect'],
    ['http://public.test/old', 'too-many-redirects'],
    ['http://public.test:25/', 'address-refused'],
  ])('to %s is refused as a redirect is: %s', async (address, code) => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('/old', answer({ body: to(address) }));
    expect(codeOf(await polls.fetch('http://public.test/old'))).toBe(code);
  });

  it('that leads to the next for ever ends', async () => {
    await using source = await startEvilSource();
    await using polls = fetcherFor(source);
    source.on('*', (socket, { path }) =>
      answer({ body: to(`${path}x`) })(socket, source.requests.at(-1) as never),
    );
    expect(codeOf(await polls.fetch('http://public.test/a'))).toBe('too-many-redirects');
    expect(source.requests).toHaveLength(6);
  });
});
