import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/edge/store/store.ts';
import { StoreError } from '../../src/model/errors.ts';
import { timestampOfClock } from '../../src/model/timestamp.ts';
import { loadKnownSources } from '../../src/pipeline/known-sources.ts';
import { rss } from '../e2e/origin.ts';
import { buildConfig, fetched, type PipelineRig, pipelineRig, sourceA } from './rig.ts';

const FEED = rss('A', [{ guid: '1', title: 'One', link: 'https://a.example/1' }]);
const DAY_MS = 86_400_000;

async function rigWith(text = FEED, etag = '"v1"'): Promise<PipelineRig> {
  const rig = await pipelineRig(buildConfig([sourceA]));
  rig.answer(sourceA.feedUrl, fetched(text, { etag }));
  return rig;
}

const recordOf = (rig: PipelineRig) => {
  const state = rig.known.of(sourceA.id);
  return state.kind === 'known' ? state.record : undefined;
};

describe('a poll', () => {
  it('remembers what is new', async () => {
    await using rig = await rigWith();
    expect(await rig.poll(sourceA)).toMatchObject({
      outcome: 'updated',
      items: 1,
      new: 1,
      contentChanged: true,
    });
    expect(await rig.store.readSource(sourceA.id)).toMatchObject({
      kind: 'hit',
      value: { revision: 1, validators: { etag: '"v1"' } },
    });
    const hashes = recordOf(rig)?.items.map((entry) => entry.hash) ?? [];
    expect(await rig.store.readItems(hashes)).toMatchObject({
      kind: 'hit',
      value: new Map([
        [hashes[0], expect.objectContaining({ item: expect.objectContaining({ title: 'One' }) })],
      ]),
    });
  });

  it('asks conditionally the next time, and writes nothing for a 304 with the same validators', async () => {
    await using rig = await rigWith();
    await rig.poll(sourceA);
    rig.answer(sourceA.feedUrl, { kind: 'notModified', validators: { etag: '"v1"' }, movedTo: undefined });
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'not-modified', new: 0, items: 1 });
    expect(rig.requests.map((request) => request.validators)).toEqual([{}, { etag: '"v1"' }]);
    expect(recordOf(rig)?.revision).toBe(1);
  });

  it('keeps new validators of a 304 and of an unchanged 200', async () => {
    await using rig = await rigWith();
    await rig.poll(sourceA);
    rig.answer(sourceA.feedUrl, { kind: 'notModified', validators: { etag: '"v2"' }, movedTo: undefined });
    await rig.poll(sourceA);
    expect(recordOf(rig)).toMatchObject({ revision: 2, contentRevision: 1, validators: { etag: '"v2"' } });
    rig.answer(sourceA.feedUrl, fetched(FEED, { etag: '"v3"' }));
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'unchanged', contentChanged: false });
    expect(recordOf(rig)).toMatchObject({ revision: 3, contentRevision: 1, validators: { etag: '"v3"' } });
  });

  it('does not read the same bytes again', async () => {
    await using rig = await rigWith();
    await rig.poll(sourceA);
    const before = recordOf(rig);
    rig.nowMs += DAY_MS;
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'unchanged' });
    expect(recordOf(rig)).toBe(before);
  });

  it('does not even decompress the same compressed bytes again, unless its rights headers say otherwise', async () => {
    await using rig = await rigWith();
    const encoded = gzipSync(FEED);
    let headers: Readonly<Record<string, string>> = { 'content-encoding': 'gzip' };
    let decompressed = 0;
    rig.answer(sourceA.feedUrl, () => {
      if (rig.requests.at(-1)?.knowsEncoded?.(encoded, headers) === true)
        return { kind: 'sameBytes', validators: { etag: '"v2"' }, movedTo: undefined, headers };
      decompressed += 1;
      return fetched(gunzipSync(encoded), { headers });
    });
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'updated', new: 1 });
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'unchanged', items: 1, contentChanged: false });
    expect(decompressed).toBe(1);
    expect(recordOf(rig)).toMatchObject({ validators: { etag: '"v2"' }, contentRevision: 1 });
    headers = { ...headers, 'tdm-reservation': '1' };
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'updated', contentChanged: true });
    expect(decompressed).toBe(2);
  });

  it('takes a build date that moves for no change', async () => {
    const built = (date: string) =>
      FEED.replace('<description>', `<lastBuildDate>${date}</lastBuildDate><description>`);
    await using rig = await rigWith(built('Fri, 20 Nov 2026 10:00:00 GMT'));
    await rig.poll(sourceA);
    rig.answer(sourceA.feedUrl, fetched(built('Fri, 20 Nov 2026 11:00:00 GMT')));
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'unchanged', contentChanged: false });
    expect(recordOf(rig)?.contentRevision).toBe(1);
  });

  it('takes counters that move for no change, a new transcript for one', async () => {
    const counting = (count: number, transcript = '') =>
      FEED.replace(
        '<description>',
        `<opensearch:totalResults>${count}</opensearch:totalResults><description>`,
      ).replace('</guid>', `</guid><slash:comments>${count}</slash:comments>${transcript}`);
    await using rig = await rigWith(counting(1));
    await rig.poll(sourceA);
    rig.answer(sourceA.feedUrl, fetched(counting(2)));
    expect(await rig.poll(sourceA)).toMatchObject({
      outcome: 'unchanged',
      changed: 0,
      contentChanged: false,
    });
    rig.answer(sourceA.feedUrl, fetched(counting(2, '<itunes:episodeType>full</itunes:episodeType>')));
    await rig.poll(sourceA);
    rig.answer(sourceA.feedUrl, fetched(counting(2, '<itunes:episodeType>bonus</itunes:episodeType>')));
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'updated', changed: 1, contentChanged: true });
    const [entry] = recordOf(rig)?.items ?? [];
    expect(entry?.revision).toBe(2);
    expect(await rig.store.readItems(entry === undefined ? [] : [entry.hash])).toMatchObject({
      value: new Map([
        [
          entry?.hash,
          expect.objectContaining({
            item: expect.objectContaining({
              extensions: [
                expect.objectContaining({ name: 'slash:comments', text: '2' }),
                expect.objectContaining({ name: 'itunes:episodeType', text: 'bonus' }),
              ],
            }),
          }),
        ],
      ]),
    });
  });

  it('A12: asks unconditionally at least every 7 days, though the server says 304 for ever', async () => {
    await using rig = await rigWith();
    const beganMs = rig.nowMs;
    let unconditionalMs = beganMs;
    let unconditional = 0;
    rig.answer(sourceA.feedUrl, () => {
      expect(rig.nowMs - unconditionalMs).toBeLessThanOrEqual(7 * DAY_MS);
      if (rig.requests.at(-1)?.validators.etag !== undefined)
        return { kind: 'notModified', validators: { etag: '"v1"' }, movedTo: undefined };
      unconditional += 1;
      unconditionalMs = rig.nowMs;
      return fetched(FEED, { etag: '"v1"' });
    });
    while (rig.nowMs < beganMs + 30 * DAY_MS) rig.nowMs = (await rig.poll(sourceA)).nextPollAtMs;
    expect(unconditional).toBe(5);
    expect(rig.requests.length).toBeGreaterThan(680);
  });

  it('sends no validators of another address', async () => {
    await using rig = await rigWith();
    await rig.poll(sourceA);
    const moved = { ...sourceA, feedUrl: 'https://b.example/feed', address: 'https://b.example/feed' };
    rig.answer(moved.feedUrl, fetched(FEED));
    expect(await rig.poll(moved)).toMatchObject({ outcome: 'unchanged', new: 0 });
    expect(rig.requests.at(-1)?.validators).toEqual({});
    expect(recordOf(rig)).toMatchObject({ firstAddress: sourceA.address, address: moved.address });
  });

  it.each([
    ['a page', '<!doctype html><title>Log in</title>', 'not-a-feed'],
    ['nothing', '', 'empty-body'],
  ])('that brings %s fails, and forgets nothing', async (_what, text, reason) => {
    await using rig = await rigWith();
    await rig.poll(sourceA);
    const before = recordOf(rig);
    rig.answer(sourceA.feedUrl, fetched(text));
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'failed', reason, items: 1 });
    expect(recordOf(rig)).toBe(before);
  });

  it('counts failures in a row, and begins anew after a success', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, { kind: 'failed', error: { code: 'timeout', message: 'too slow' } });
    for (const hours of [1, 2, 4]) {
      const waitHours = ((await rig.poll(sourceA)).nextPollAtMs - rig.nowMs) / 3_600_000;
      expect(waitHours).toBeGreaterThanOrEqual(hours);
      expect(waitHours).toBeLessThan(hours * 1.25 + 0.1);
    }
    expect(rig.known.pollOf(sourceA.id)).toMatchObject({ failures: 3, outcome: 'failed', reason: 'timeout' });
    rig.answer(sourceA.feedUrl, fetched(FEED));
    await rig.poll(sourceA);
    expect(rig.known.pollOf(sourceA.id)).toMatchObject({ failures: 0, outcome: 'updated' });
  });

  it('keeps Retry-After, and says who is gone', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, { kind: 'rateLimited', status: 429, retryAfter: '7200', host: 'a.example' });
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'rate-limited', reason: 'http-429' });
    expect(rig.known.pollOf(sourceA.id)).toMatchObject({
      why: 'retry-after',
      intervalMs: 7_200_000,
      askedUntil: timestampOfClock(rig.nowMs + 7_200_000),
    });
    rig.answer(sourceA.feedUrl, { kind: 'gone' });
    expect(await rig.poll(sourceA)).toMatchObject({
      outcome: 'gone',
      reason: 'gone',
      nextPollAtMs: rig.nowMs + DAY_MS,
    });
  });

  it('is followed by a slower one while a hub tells of what is new, and by the usual one when it stops', async () => {
    await using rig = await rigWith();
    const pushed = { isPushedAfter: () => true };
    await rig.poll(sourceA, pushed);
    expect(rig.known.pollOf(sourceA.id)).toMatchObject({ why: 'push', intervalMs: 6 * 3_600_000 });
    await rig.poll(sourceA);
    expect(rig.known.pollOf(sourceA.id)).toMatchObject({ why: 'every', intervalMs: 3_600_000 });
  });

  it('heeds what document and answer ask for, and says which', async () => {
    const wishful = FEED.replace('<description>', '<ttl>180</ttl><description>');
    await using rig = await rigWith(wishful);
    await rig.poll(sourceA);
    expect(rig.known.pollOf(sourceA.id)).toMatchObject({ why: 'ttl', intervalMs: 3 * 3_600_000 });
    rig.answer(sourceA.feedUrl, {
      kind: 'notModified',
      validators: { etag: '"v1"' },
      movedTo: undefined,
      headers: { 'cache-control': 'max-age=14400', age: '400' },
    });
    await rig.poll(sourceA);
    expect(rig.known.pollOf(sourceA.id)).toMatchObject({ why: 'max-age', intervalMs: 14_000_000 });
  });

  it('counts how often a source says that it moved for good', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, fetched(FEED, { movedTo: 'https://new.example/feed' }));
    for (let poll = 0; poll < 3; poll++) await rig.poll(sourceA);
    expect(rig.known.pollOf(sourceA.id)?.movedTo).toMatchObject({
      feedUrl: 'https://new.example/feed',
      sightings: 3,
    });
    rig.answer(sourceA.feedUrl, fetched(FEED));
    await rig.poll(sourceA);
    expect(rig.known.pollOf(sourceA.id)?.movedTo).toBeUndefined();
  });

  it('that our own stop cut short says nothing of its source', async () => {
    await using rig = await rigWith();
    rig.answer(sourceA.feedUrl, { kind: 'failed', error: { code: 'aborted', message: 'stopped' } });
    await rig.poll(sourceA);
    expect(rig.known.pollOf(sourceA.id)).toBeUndefined();
  });
});

describe('a poll against the store', () => {
  it('is thrown away where another process polled meanwhile, and builds on that the next time', async () => {
    await using rig = await rigWith();
    await rig.poll(sourceA);
    const stale = rig.known;
    rig.known = await loadKnownSources(rig.store, [sourceA]);
    rig.answer(
      sourceA.feedUrl,
      fetched(
        rss('A', [
          { guid: '2', title: 'Two' },
          { guid: '1', title: 'One', link: 'https://a.example/1' },
        ]),
      ),
    );
    await rig.poll(sourceA);
    rig.known = stale;
    rig.answer(sourceA.feedUrl, fetched(rss('A', [{ guid: '3', title: 'Three' }])));
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'failed', reason: 'stale-commit' });
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'updated', new: 1 });
    expect(recordOf(rig)?.items).toHaveLength(3);
  });

  it('does not ask the source while the store does not answer, and takes nothing for new', async () => {
    await using rig = await rigWith();
    await rig.poll(sourceA);
    const error = new StoreError('store-unavailable', 'down');
    const dead = new Proxy(rig.store, {
      get: (store, name) =>
        name === 'readSources'
          ? async (ids: readonly string[]) => new Map(ids.map((id) => [id, { kind: 'unavailable', error }]))
          : Reflect.get(store, name).bind(store),
    }) as Store;
    rig.known = await loadKnownSources(dead, [sourceA]);
    expect(await rig.poll(sourceA)).toMatchObject({ outcome: 'failed', reason: 'store-unavailable' });
    expect(rig.requests).toHaveLength(1);
  });
});
